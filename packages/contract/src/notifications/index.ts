/** Notifications: what users are told, in the app and outside of it. */
import type { Route } from '../route.ts';
import {
  countUnread,
  getNotificationPreferences,
  listNotifications,
  putNotificationPreferences,
  readNotifications,
  unsubscribe,
  unsubscribeByMail,
} from './notification-routes.ts';
import { addPushSubscription, listPushSubscriptions, removePushSubscription } from './push-routes.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhookDeliveries,
  listWebhooks,
  rotateWebhookSecret,
  testWebhook,
} from './webhook-routes.ts';

export {
  Notification,
  NotificationChannel,
  NotificationEvent,
  NotificationKind,
  NotificationSeverity,
  NOTIFICATION_CHANNELS,
  NOTIFICATION_KINDS,
  NOTIFICATION_SEVERITIES,
} from './notification.ts';
export {
  countUnread,
  getNotificationPreferences,
  listNotifications,
  NotificationPreferences,
  putNotificationPreferences,
  readNotifications,
  unsubscribe,
  unsubscribeByMail,
} from './notification-routes.ts';
export { addPushSubscription, listPushSubscriptions, PushSubscription, removePushSubscription } from './push-routes.ts';
export {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhookDeliveries,
  listWebhooks,
  rotateWebhookSecret,
  testWebhook,
  Webhook,
  WebhookDelivery,
} from './webhook-routes.ts';

export const notificationRoutes: readonly Route[] = [
  listNotifications,
  countUnread,
  readNotifications,
  getNotificationPreferences,
  putNotificationPreferences,
  unsubscribe,
  unsubscribeByMail,
  listWebhooks,
  createWebhook,
  getWebhook,
  changeWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listWebhookDeliveries,
  listPushSubscriptions,
  addPushSubscription,
  removePushSubscription,
];
