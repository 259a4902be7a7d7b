import type { NotificationQuery, WebhookDeliveryQuery } from '@holdfast/sdk';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { notificationsKey } from '../../api/queries.ts';

export function notificationListQuery(query: NotificationQuery) {
  return infiniteQueryOptions({
    queryKey: [...notificationsKey, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.notifications.list({ ...query, limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export const notificationPreferencesQuery = queryOptions({
  queryKey: ['notification-preferences'],
  queryFn: ({ signal }) => api.notifications.preferences(signal),
});

export const pushSubscriptionsQuery = queryOptions({
  queryKey: ['push-subscriptions'],
  queryFn: async ({ signal }) => (await api.notifications.pushSubscriptions(signal)).items,
});

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async ({ signal }) => (await api.webhooks.list(signal)).items,
});

export function webhookDeliveriesQuery(id: string, query: WebhookDeliveryQuery) {
  return infiniteQueryOptions({
    queryKey: ['webhook-deliveries', id, query],
    initialPageParam: undefined as string | undefined,
    // A test is posted within a moment.
    refetchInterval: 3_000,
    queryFn: ({ signal, pageParam }) =>
      api.webhooks.deliveries(id, { ...query, limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
