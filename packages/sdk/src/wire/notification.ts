import type { AnswerOf, BodyOf, QueryOf } from '@holdfast/contract';
import type {
  addPushSubscription,
  createWebhook,
  getNotificationPreferences,
  getWebhook,
  listNotifications,
  listWebhookDeliveries,
  putNotificationPreferences,
  changeWebhook,
} from '@holdfast/contract/notifications';

export type Notification = AnswerOf<typeof listNotifications>['items'][number];
export type NotificationKind = Notification['kind'];
export type NotificationQuery = QueryOf<typeof listNotifications>;
/** What the stream tells on `notifications`. */
export type { NotificationEvent } from '@holdfast/contract/notifications';
export type NotificationPreferences = AnswerOf<typeof getNotificationPreferences>;
export type NotificationChoices = BodyOf<typeof putNotificationPreferences>;
export type Webhook = AnswerOf<typeof getWebhook>;
export type NewWebhook = BodyOf<typeof createWebhook>;
export type WebhookChange = BodyOf<typeof changeWebhook>;
export type WebhookWithSecret = AnswerOf<typeof createWebhook>;
export type WebhookDelivery = AnswerOf<typeof listWebhookDeliveries>['items'][number];
export type WebhookDeliveryQuery = QueryOf<typeof listWebhookDeliveries>;
export type NewPushSubscription = BodyOf<typeof addPushSubscription>;
export type PushSubscriptionEntry = AnswerOf<typeof addPushSubscription>;
