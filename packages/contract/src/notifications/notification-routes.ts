import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Id, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';
import { Notification, NOTIFICATION_CHANNELS, NOTIFICATION_KINDS, NotificationKind } from './notification.ts';
import type { NotificationChannel } from './notification.ts';

const tag = 'Notifications';
const Unread = Closed({ unread: Type.Integer({ minimum: 0, description: 'How many you have not read.' }) });

export const exampleNotification: Notification = {
  id: '01980a5e-7c1e-7000-8000-00000000a001',
  kind: 'fill',
  severity: 'info',
  title: 'Bought 10 AAPL at 224.98 USD',
  body: 'Your limit order in Practice is filled.',
  link: '/portfolios/01980a5e-7c1e-7000-8000-000000000001',
  createdAt: '2026-01-05T14:30:00.000Z',
  readAt: null,
};

export const listNotifications = route({
  name: 'listNotifications',
  method: 'GET',
  path: '/api/v1/notifications',
  tag,
  summary: 'What you were told, the newest first.',
  description: 'New ones come on the channel `notifications` of the stream. They are kept for a year.',
  access: 'user',
  scope: 'read',
  query: Closed({
    unread: Type.Optional(Type.Boolean({ description: 'true: only those you have not read; false: only those you have.' })),
    kind: Type.Optional(NotificationKind),
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Part of the title or the text.' })),
    ...PageQuery,
  }),
  answers: { 200: Page(Notification) },
  errors: [],
  example: { query: { unread: true, limit: 1 }, answer: { items: [exampleNotification], nextCursor: null } },
});

export const countUnread = route({
  name: 'countUnread',
  method: 'GET',
  path: '/api/v1/notifications/unread',
  tag,
  summary: 'How many notifications you have not read.',
  access: 'user',
  scope: 'read',
  answers: { 200: Unread },
  errors: [],
  example: { answer: { unread: 3 } },
});

export const readNotifications = route({
  name: 'readNotifications',
  method: 'POST',
  path: '/api/v1/notifications/read',
  tag,
  summary: 'Mark notifications as read.',
  description: 'Those with these ids, or all of them. Ids that are not among yours change nothing.',
  access: 'user',
  scope: 'write',
  body: Closed({
    ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })),
    all: Type.Optional(Type.Literal(true, { description: 'In place of `ids`.' })),
  }),
  answers: { 200: Unread },
  errors: [],
  idempotent: 'replayed',
  example: { body: { ids: [exampleNotification.id] }, answer: { unread: 2 } },
});

const TimeOfDay = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
  maxLength: 5,
  description: 'HH:MM in your time zone.',
  examples: ['22:00'],
});

const ChannelSwitches = Closed({
  inApp: Type.Boolean(),
  email: Type.Boolean(),
  webhook: Type.Boolean(),
  push: Type.Boolean(),
});
const Matrix = Closed({
  fill: ChannelSwitches,
  refusal: ChannelSwitches,
  alert: ChannelSwitches,
  marketMove: ChannelSwitches,
  dividend: ChannelSwitches,
  import: ChannelSwitches,
  report: ChannelSwitches,
  margin: ChannelSwitches,
  security: ChannelSwitches,
  announcement: ChannelSwitches,
});

const choices = {
  channels: Matrix,
  emailTiming: OneOf(['immediately', 'daily'], { description: 'daily: one mail a day with everything that cannot be called urgent.' }),
  digestAt: TimeOfDay,
  quietHours: Nullable(Closed({ from: TimeOfDay, to: TimeOfDay }, { description: 'Mail and push wait until they are over.' })),
} as const;

export const NotificationPreferences = Closed({
  ...choices,
  isMailOn: Type.Boolean({ description: 'False where this server sends no mail.' }),
  pushPublicKey: Type.String({ description: 'The VAPID key that a browser subscribes with, base64url.' }),
});
export type NotificationPreferences = Static<typeof NotificationPreferences>;

const exampleChannels = Object.fromEntries(
  NOTIFICATION_KINDS.map((kind) => [
    kind,
    Object.fromEntries(NOTIFICATION_CHANNELS.map((channel) => [channel, channel !== 'email' || kind === 'security'])),
  ]),
) as unknown as Record<NotificationKind, Record<NotificationChannel, boolean>>;
const exampleChoices = {
  channels: exampleChannels,
  emailTiming: 'immediately',
  digestAt: '08:00',
  quietHours: { from: '22:00', to: '07:00' },
} as const;
const examplePreferences: NotificationPreferences = {
  ...exampleChoices,
  isMailOn: true,
  pushPublicKey: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
};

export const getNotificationPreferences = route({
  name: 'getNotificationPreferences',
  method: 'GET',
  path: '/api/v1/notification-preferences',
  tag,
  summary: 'Which notifications reach you where, and when.',
  access: 'user',
  scope: 'read',
  answers: { 200: NotificationPreferences },
  errors: [],
  example: { answer: examplePreferences },
});

export const putNotificationPreferences = route({
  name: 'putNotificationPreferences',
  method: 'PUT',
  path: '/api/v1/notification-preferences',
  tag,
  summary: 'Choose which notifications reach you where, and when.',
  description:
    'Those about security are always shown in the app. Those about security and margin wait neither for the end of quiet hours nor for the daily mail.',
  access: 'user',
  scope: 'write',
  body: Closed(choices),
  answers: { 200: NotificationPreferences },
  errors: [],
  example: { body: exampleChoices, answer: examplePreferences },
});

const unsubscribing = {
  method: 'POST',
  tag,
  access: 'public',
  query: Closed({ token: Type.String({ minLength: 1, maxLength: 500 }) }),
  answers: { 204: null },
  errors: ['not_found'],
  example: { query: { token: '01980a5e-7c1e-7000-8000-000000000001.fill.xxxxxxxxxxxxxxxxxxxxxx' } },
} as const;

export const unsubscribe = route({
  ...unsubscribing,
  name: 'unsubscribe',
  path: '/api/v1/unsubscribe',
  summary: 'Stop the mails of one kind, by the token in them.',
  description: 'Nobody has to sign in. The token of a daily mail stops all kinds but security.',
});

export const unsubscribeByMail = route({
  ...unsubscribing,
  name: 'unsubscribeByMail',
  path: '/unsubscribe',
  summary: 'Stop the mails of one kind, as a mail program does it for its reader (RFC 8058).',
  description: 'Takes the form that mail programs post. For people the same address is a page that asks first.',
});
