/** What users are told: written with its effect, shown in the app, told on the stream, and sent by mail, webhook and push. */
export { localeOf } from './notification.ts';
export type { Locale, NewNotification, NotificationText } from './notification.ts';
export { createNotifier, DELIVERIES_ADDED } from './notifier.ts';
export type { Notifier } from './notifier.ts';
export { openNotifications } from './open-notifications.ts';
export type { Notifications } from './open-notifications.ts';
export { createMailQueue } from './queue-mail.ts';
export type { MailContent, MailQueue, QueuedMail } from './queue-mail.ts';
export { notificationJson } from './notification-json.ts';
export { selectNotifications } from './notification-store.ts';
export { readNotifications } from './read-notifications.ts';
export type { ReadNeeds } from './read-notifications.ts';
