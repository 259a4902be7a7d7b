import { Type } from 'typebox';
import type { Static } from 'typebox';
import { Closed, Id, Instant, Nullable, OneOf } from '../shapes.ts';

export const NOTIFICATION_KINDS = [
  'fill',
  'refusal',
  'alert',
  'marketMove',
  'dividend',
  'import',
  'report',
  'margin',
  'security',
  'announcement',
] as const;
export const NotificationKind = OneOf(NOTIFICATION_KINDS);
export type NotificationKind = Static<typeof NotificationKind>;

export const NOTIFICATION_CHANNELS = ['inApp', 'email', 'webhook', 'push'] as const;
export const NotificationChannel = OneOf(NOTIFICATION_CHANNELS);
export type NotificationChannel = Static<typeof NotificationChannel>;

export const NOTIFICATION_SEVERITIES = ['info', 'warning', 'critical'] as const;
export const NotificationSeverity = OneOf(NOTIFICATION_SEVERITIES);
export type NotificationSeverity = Static<typeof NotificationSeverity>;

export const Notification = Closed({
  id: Id,
  kind: NotificationKind,
  severity: NotificationSeverity,
  title: Type.String({ description: 'In the language that the user had then.' }),
  body: Type.String(),
  link: Nullable(Type.String({ description: 'A page of the web app, as a path.' })),
  createdAt: Instant,
  readAt: Nullable(Instant),
});
export type Notification = Static<typeof Notification>;

/** What the stream sends on `notifications`: one was added, or some were read (all of them where `ids` is null). */
export const NotificationEvent = Type.Union([
  Closed({ type: Type.Literal('added'), notification: Notification, unread: Type.Integer() }),
  Closed({ type: Type.Literal('read'), ids: Nullable(Type.Array(Id)), unread: Type.Integer() }),
]);
export type NotificationEvent = Static<typeof NotificationEvent>;
