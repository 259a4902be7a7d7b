import { path, type HttpClient } from '../http-client.ts';
import type {
  NewPushSubscription,
  NewWebhook,
  Notification,
  NotificationChoices,
  NotificationPreferences,
  NotificationQuery,
  PushSubscriptionEntry,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookDeliveryQuery,
  WebhookWithSecret,
} from '../wire/notification.ts';
import type { Page } from '../wire/page.ts';

/** What the user is told, where it goes, and when. */
export function notificationCalls(http: HttpClient) {
  return Object.freeze({
    list: (query: NotificationQuery, signal?: AbortSignal) =>
      http<Page<Notification>>({ method: 'GET', path: '/notifications', query, signal }),
    unread: (signal?: AbortSignal) => http<{ readonly unread: number }>({ method: 'GET', path: '/notifications/unread', signal }),
    read: (which: { readonly ids: readonly string[] } | { readonly all: true }) =>
      http<{ readonly unread: number }>({ method: 'POST', path: '/notifications/read', body: which }),
    preferences: (signal?: AbortSignal) => http<NotificationPreferences>({ method: 'GET', path: '/notification-preferences', signal }),
    choose: (body: NotificationChoices) => http<NotificationPreferences>({ method: 'PUT', path: '/notification-preferences', body }),
    unsubscribe: (token: string) => http<undefined>({ method: 'POST', path: '/unsubscribe', query: { token }, anonymous: true }),
    pushSubscriptions: (signal?: AbortSignal) =>
      http<{ readonly items: readonly PushSubscriptionEntry[] }>({ method: 'GET', path: '/push-subscriptions', signal }),
    addPushSubscription: (body: NewPushSubscription) => http<PushSubscriptionEntry>({ method: 'POST', path: '/push-subscriptions', body }),
    removePushSubscription: (id: string) => http<undefined>({ method: 'DELETE', path: path('/push-subscriptions/{}', id) }),
  });
}

/** Notifications posted to addresses of the user. */
export function webhookCalls(http: HttpClient) {
  return Object.freeze({
    list: (signal?: AbortSignal) => http<{ readonly items: readonly Webhook[] }>({ method: 'GET', path: '/webhooks', signal }),
    create: (body: NewWebhook, key: string) => http<WebhookWithSecret>({ method: 'POST', path: '/webhooks', body, idempotencyKey: key }),
    change: (id: string, body: WebhookChange) => http<Webhook>({ method: 'PATCH', path: path('/webhooks/{}', id), body }),
    remove: (id: string) => http<undefined>({ method: 'DELETE', path: path('/webhooks/{}', id) }),
    rotateSecret: (id: string, key: string) =>
      http<WebhookWithSecret>({ method: 'POST', path: path('/webhooks/{}/secret', id), idempotencyKey: key }),
    test: (id: string) => http<{ readonly deliveryId: string }>({ method: 'POST', path: path('/webhooks/{}/test', id) }),
    deliveries: (id: string, query: WebhookDeliveryQuery, signal?: AbortSignal) =>
      http<Page<WebhookDelivery>>({ method: 'GET', path: path('/webhooks/{}/deliveries', id), query, signal }),
  });
}
