import { Type } from 'typebox';
import { route } from '../route.ts';
import { Closed, Exact, ExactInput, Id, Instant, Nullable, OneOf, Symbol } from '../shapes.ts';
import { Envelope } from './envelope.ts';

const tag = 'watchlist-api';
const door = 'watchlist' as const;
const alerts = '/api/v1/notifications/alerts';
const notifications = '/api/v1/notifications/notifications';
const byId = Closed({ id: Id });
const paging = {
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
} as const;

const StockAlert = Closed({
  id: Id,
  stock_symbol: Nullable(Type.String()),
  condition_type: Type.String({ examples: ['PRICE_ABOVE'], description: 'Also those of alerts that were made elsewhere, in capitals.' }),
  threshold_value: Nullable(Exact),
  one_time: Type.Boolean(),
  is_active: Type.Boolean(),
  triggered_count: Type.Integer(),
  last_triggered_at: Nullable(Instant),
  created_at: Instant,
});
const ConditionType = OneOf(['PRICE_ABOVE', 'PRICE_BELOW', 'PERCENT_CHANGE'], {
  description: 'PERCENT_CHANGE is against the previous close, either way; 5 is 5 %.',
});
const alertExample = {
  id: '01980a5e-7c1e-7000-8000-00000000d001',
  stock_symbol: 'AAPL',
  condition_type: 'PRICE_ABOVE',
  threshold_value: '250',
  one_time: true,
  is_active: true,
  triggered_count: 0,
  last_triggered_at: null,
  created_at: '2026-01-05T14:30:00.000Z',
};
const params = { id: alertExample.id };
const oneAlert = { data: alertExample, meta: null, errors: null };

export const listStockAlerts = route({
  name: 'listStockAlerts',
  method: 'GET',
  path: alerts,
  tag,
  summary: 'Your alerts, newest first.',
  access: 'user',
  scope: 'read',
  query: Closed(paging),
  answers: { 200: Envelope(Type.Array(StockAlert)) },
  errors: [],
  door,
  example: { answer: { data: [alertExample], meta: { next: null, previous: null, count: 1 }, errors: null } },
});

export const createStockAlert = route({
  name: 'createStockAlert',
  method: 'POST',
  path: alerts,
  tag,
  summary: 'Be told when a price passes a threshold.',
  access: 'user',
  scope: 'write',
  body: Closed({
    stock_symbol: Symbol,
    condition_type: ConditionType,
    threshold_value: ExactInput,
    one_time: Type.Optional(Type.Boolean({ default: true })),
  }),
  answers: { 201: Envelope(StockAlert) },
  errors: ['unknown_symbol', 'ambiguous_symbol'],
  idempotent: 'replayed',
  door,
  example: { body: { stock_symbol: 'AAPL', condition_type: 'PRICE_ABOVE', threshold_value: '250', one_time: true }, answer: oneAlert },
});

export const getStockAlert = route({
  name: 'getStockAlert',
  method: 'GET',
  path: `${alerts}/{id}`,
  tag,
  summary: 'One alert.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: Envelope(StockAlert) },
  errors: [],
  door,
  example: { params, answer: oneAlert },
});

export const changeStockAlert = route({
  name: 'changeStockAlert',
  method: 'PATCH',
  path: `${alerts}/{id}`,
  tag,
  summary: 'Change an alert’s threshold, or whether it fires once.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ threshold_value: Type.Optional(ExactInput), one_time: Type.Optional(Type.Boolean()) }),
  answers: { 200: Envelope(StockAlert) },
  errors: [],
  door,
  example: { params, body: { threshold_value: '260' }, answer: { ...oneAlert, data: { ...alertExample, threshold_value: '260' } } },
});

export const deleteStockAlert = route({
  name: 'deleteStockAlert',
  method: 'DELETE',
  path: `${alerts}/{id}`,
  tag,
  summary: 'Delete an alert.',
  access: 'user',
  scope: 'write',
  params: byId,
  answers: { 204: null },
  errors: [],
  door,
  example: { params },
});

const stateRoute = <const Name extends string>(name: Name, verb: 'activate' | 'deactivate', summary: string) =>
  route({
    name,
    method: 'POST',
    path: `${alerts}/{id}/${verb}`,
    tag,
    summary,
    access: 'user',
    scope: 'write',
    params: byId,
    answers: { 200: Envelope(StockAlert) },
    errors: [],
    door,
    example: { params, answer: oneAlert },
  });

export const activateStockAlert = stateRoute('activateStockAlert', 'activate', 'Let an alert that fired or rests ask again, from now on.');
export const deactivateStockAlert = stateRoute('deactivateStockAlert', 'deactivate', 'Let an alert rest.');

const StockNotification = Closed({
  id: Id,
  notification_type: Type.String({ examples: ['ALERT'] }),
  title: Type.String(),
  message: Type.String(),
  is_read: Type.Boolean(),
  created_at: Instant,
  read_at: Nullable(Instant),
});
const notificationExample = {
  id: '01980a5e-7c1e-7000-8000-00000000f001',
  notification_type: 'ALERT',
  title: 'AAPL is above 250',
  message: 'AAPL rose from 249.87 to 250.04.',
  is_read: false,
  created_at: '2026-01-06T15:02:11.000Z',
  read_at: null,
};
const notificationPage = { data: [notificationExample], meta: { next: null, previous: null, count: 1 }, errors: null };

export const listStockNotifications = route({
  name: 'listStockNotifications',
  method: 'GET',
  path: notifications,
  tag,
  summary: 'Your notifications, newest first.',
  access: 'user',
  scope: 'read',
  query: Closed(paging),
  answers: { 200: Envelope(Type.Array(StockNotification)) },
  errors: [],
  door,
  example: { answer: notificationPage },
});

export const listUnreadStockNotifications = route({
  name: 'listUnreadStockNotifications',
  method: 'GET',
  path: `${notifications}/unread`,
  tag,
  summary: 'Your notifications that are not read, newest first.',
  access: 'user',
  scope: 'read',
  query: Closed(paging),
  answers: { 200: Envelope(Type.Array(StockNotification)) },
  errors: [],
  door,
  example: { answer: notificationPage },
});

export const markStockNotificationsRead = route({
  name: 'markStockNotificationsRead',
  method: 'POST',
  path: `${notifications}/mark_read`,
  tag,
  summary: 'Mark notifications as read: those named, or all of them.',
  access: 'user',
  scope: 'write',
  body: Nullable(Closed({ ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })) })),
  answers: { 200: Envelope(Closed({ unread: Type.Integer() })) },
  errors: [],
  door,
  example: { body: { ids: [notificationExample.id] }, answer: { data: { unread: 0 }, meta: null, errors: null } },
});

export const alertDoorRoutes = [
  listStockAlerts,
  createStockAlert,
  getStockAlert,
  changeStockAlert,
  deleteStockAlert,
  activateStockAlert,
  deactivateStockAlert,
  listStockNotifications,
  listUnreadStockNotifications,
  markStockNotificationsRead,
] as const;
