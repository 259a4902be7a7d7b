/** Alerts: standing questions about prices, indicators and portfolios, and what they answered. */
import { Type } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Exact, ExactInput, Id, Instant, Nullable, OneOf, Page, PageQuery, Symbol } from '../shapes.ts';
import { Alert, ALERT_STATUSES, AlertChange, AlertCondition, AlertEvent, AlertInput, exampleAlert, exampleEvent } from './shapes.ts';

export {
  Alert,
  ALERT_CHANNELS,
  ALERT_CONDITIONS,
  ALERT_STATUSES,
  AlertChange,
  AlertCondition,
  AlertEvent,
  AlertInput,
  INSTRUMENT_CONDITIONS,
  PORTFOLIO_CONDITIONS,
} from './shapes.ts';
export type { AlertDirection, AlertStatus } from './shapes.ts';

const tag = 'Alerts';
const alertParams = Closed({ id: Id });
const params = { id: exampleAlert.id };

export const createAlert = route({
  name: 'createAlert',
  method: 'POST',
  path: '/api/v1/alerts',
  tag,
  summary: 'Ask a standing question.',
  description:
    'An alert fires at the edge, when its condition becomes true. priceAbove and the other states fire at the next price if they are true already; crossings need to see the other side first. marketMove without figures takes those of /alert-settings. With a watchlistId in place of a symbol it asks about every instrument of the list: one that is added is looked at from then on, one that is removed no more, and each answers at its own edge.',
  access: 'user',
  scope: 'write',
  body: AlertInput,
  answers: { 201: Alert },
  errors: ['unknown_symbol', 'ambiguous_symbol', 'not_found', 'conflict'],
  idempotent: 'replayed',
  example: { body: { condition: 'priceAbove', symbol: 'AAPL', threshold: '200', note: 'Sell half' }, answer: exampleAlert },
});

export const ALERT_SORTS = ['-createdAt', 'createdAt', '-lastFiredAt', 'lastFiredAt', 'symbol', '-symbol'] as const;

export const listAlerts = route({
  name: 'listAlerts',
  method: 'GET',
  path: '/api/v1/alerts',
  tag,
  summary: 'Alerts, newest first unless asked otherwise.',
  access: 'user',
  scope: 'read',
  query: Closed({
    ...PageQuery,
    status: Type.Optional(OneOf(ALERT_STATUSES)),
    condition: Type.Optional(AlertCondition),
    symbol: Type.Optional(Symbol),
    portfolioId: Type.Optional(Id),
    watchlistId: Type.Optional(Id),
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'In symbols, names and notes.' })),
    sort: Type.Optional(OneOf(ALERT_SORTS)),
  }),
  answers: { 200: Page(Alert) },
  errors: ['ambiguous_symbol'],
  example: { query: { status: 'active' }, answer: { items: [exampleAlert], nextCursor: null } },
});

export const getAlert = route({
  name: 'getAlert',
  method: 'GET',
  path: '/api/v1/alerts/{id}',
  tag,
  summary: 'One alert.',
  access: 'user',
  scope: 'read',
  params: alertParams,
  answers: { 200: Alert },
  errors: [],
  example: { params, answer: exampleAlert },
});

export const changeAlert = route({
  name: 'changeAlert',
  method: 'PATCH',
  path: '/api/v1/alerts/{id}',
  tag,
  summary: 'Change what an alert asks. It begins anew: what it saw before does not count.',
  access: 'user',
  scope: 'write',
  params: alertParams,
  body: AlertChange,
  answers: { 200: Alert },
  errors: [],
  example: { params, body: { threshold: '210' }, answer: { ...exampleAlert, threshold: '210' } },
});

export const deleteAlert = route({
  name: 'deleteAlert',
  method: 'DELETE',
  path: '/api/v1/alerts/{id}',
  tag,
  summary: 'Delete an alert and its events. It can be restored for a day.',
  access: 'user',
  scope: 'write',
  params: alertParams,
  answers: { 204: null },
  errors: [],
  example: { params },
});

const stateRoute = <const Name extends string, const Verb extends string>(name: Name, verb: Verb, summary: string) =>
  route({
    name,
    method: 'POST',
    path: `/api/v1/alerts/{id}/${verb}`,
    tag,
    summary,
    access: 'user',
    scope: 'write',
    params: alertParams,
    answers: { 200: Alert },
    errors: [],
    example: { params, answer: exampleAlert },
  });

export const activateAlert = stateRoute(
  'activateAlert',
  'activate',
  'Let a fired, paused or expired alert ask again, from now on. An expiry that has passed is taken off. On a watchlist the instruments that had their answer are asked about again.',
);
export const deactivateAlert = stateRoute('deactivateAlert', 'deactivate', 'Pause an alert.');
export const restoreAlert = stateRoute('restoreAlert', 'restore', 'Bring a deleted alert back, paused or active as it was.');

export const snoozeAlert = route({
  name: 'snoozeAlert',
  method: 'POST',
  path: '/api/v1/alerts/{id}/snooze',
  tag,
  summary: 'Keep an alert silent until an instant; null wakes it. It goes on looking.',
  access: 'user',
  scope: 'write',
  params: alertParams,
  body: Closed({ until: Nullable(Instant) }),
  answers: { 200: Alert },
  errors: [],
  example: {
    params,
    body: { until: '2026-01-06T14:30:00.000Z' },
    answer: { ...exampleAlert, snoozedUntil: '2026-01-06T14:30:00.000Z' },
  },
});

export const listAlertEvents = route({
  name: 'listAlertEvents',
  method: 'GET',
  path: '/api/v1/alerts/{id}/events',
  tag,
  summary: 'When an alert fired, newest first, with the value before and after.',
  access: 'user',
  scope: 'read',
  params: alertParams,
  query: Closed(PageQuery),
  answers: { 200: Page(AlertEvent) },
  errors: [],
  example: { params, answer: { items: [exampleEvent], nextCursor: null } },
});

const AlertSettings = Closed({
  marketMovePercent: Type.String({ ...Exact, description: 'A day’s change that counts as significant, in per cent.' }),
  marketMoveSigmas: Type.String({ ...Exact, description: 'Or so many standard deviations of the last 20 daily returns, if that is less.' }),
});
const defaults = { marketMovePercent: '5', marketMoveSigmas: '3' };

export const getAlertSettings = route({
  name: 'getAlertSettings',
  method: 'GET',
  path: '/api/v1/alert-settings',
  tag,
  summary: 'What a significant market move is for you, where an alert does not say.',
  access: 'user',
  scope: 'read',
  answers: { 200: AlertSettings },
  errors: [],
  example: { answer: defaults },
});

export const changeAlertSettings = route({
  name: 'changeAlertSettings',
  method: 'PATCH',
  path: '/api/v1/alert-settings',
  tag,
  summary: 'Change what a significant market move is for you. Standing marketMove alerts without figures of their own follow.',
  access: 'user',
  scope: 'write',
  body: Closed({ marketMovePercent: Type.Optional(ExactInput), marketMoveSigmas: Type.Optional(ExactInput) }),
  answers: { 200: AlertSettings },
  errors: [],
  example: { body: { marketMovePercent: '4' }, answer: { ...defaults, marketMovePercent: '4' } },
});

export const alertRoutes: readonly Route[] = [
  createAlert,
  listAlerts,
  getAlert,
  changeAlert,
  deleteAlert,
  activateAlert,
  deactivateAlert,
  restoreAlert,
  snoozeAlert,
  listAlertEvents,
  getAlertSettings,
  changeAlertSettings,
];
