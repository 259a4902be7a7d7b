/** What an alert asks, how it stands and what it answered, as they go over the wire. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { Closed, Currency, Exact, ExactInput, Id, Instant, Nullable, OneOf, Symbol } from '../shapes.ts';

/** Conditions that watch an instrument, and those that watch a portfolio. */
export const INSTRUMENT_CONDITIONS = [
  'priceAbove',
  'priceBelow',
  'crosses',
  'crossesUp',
  'crossesDown',
  'percentChange',
  'volumeAbove',
  'averageCross',
  'rsiCross',
  'newHigh',
  'newLow',
  'marketMove',
] as const;
export const PORTFOLIO_CONDITIONS = [
  'portfolioValueAbove',
  'portfolioValueBelow',
  'portfolioDayChange',
  'positionWeightAbove',
  'positionWeightBelow',
] as const;
export const ALERT_CONDITIONS = [...INSTRUMENT_CONDITIONS, ...PORTFOLIO_CONDITIONS] as const;
export const AlertCondition = OneOf(ALERT_CONDITIONS);
export type AlertCondition = Static<typeof AlertCondition>;

export const ALERT_STATUSES = ['active', 'fired', 'paused', 'expired'] as const;
export const AlertStatus = OneOf(ALERT_STATUSES, {
  description: '`fired` is one that asked once and has its answer; a paused one can be activated again.',
});
export type AlertStatus = Static<typeof AlertStatus>;

export const ALERT_CHANNELS = ['inApp', 'email', 'webhook', 'push'] as const;
export const AlertDirection = OneOf(['up', 'down', 'either']);
export type AlertDirection = Static<typeof AlertDirection>;
export const AlertRepeat = OneOf(['once', 'recurring'], {
  description: '`recurring` fires again after its condition has been false, and not before the cooldown is over.',
});
export const AlertInterval = OneOf(['5m', '15m', '1h', '1d']);
export const AlertAverage = OneOf(['sma', 'ema']);
const Channels = Type.Array(OneOf(ALERT_CHANNELS), { minItems: 1, maxItems: 4, uniqueItems: true });
const Window = Type.String({
  pattern: '^[1-9]\\d{0,3}[mhd]$',
  maxLength: 5,
  description: 'Minutes, hours or days: 30m, 4h, 252d. For newHigh and newLow in days.',
  examples: ['1h'],
});
const Period = Type.Integer({ minimum: 2, maximum: 500 });
const Cooldown = Type.Integer({ minimum: 0, maximum: 31_536_000 });

const threshold =
  'A price, a volume, an RSI or a value in the portfolio’s currency; for percentChange, marketMove and portfolioDayChange per cent (5 is 5 %); for position weights a fraction (0.25 is a quarter).';

const asked = {
  threshold: Type.Optional(Type.Union(ExactInput.anyOf, { description: threshold })),
  direction: Type.Optional(AlertDirection),
  window: Type.Optional(Window),
  reference: Type.Optional(Type.Union(ExactInput.anyOf, { description: 'The price that percentChange is measured against.' })),
  average: Type.Optional(AlertAverage),
  period: Type.Optional(Period),
  interval: Type.Optional(AlertInterval),
  sigmas: Type.Optional(Type.Union(ExactInput.anyOf, { description: 'Of marketMove: standard deviations of the last 20 daily returns.' })),
  repeat: Type.Optional(AlertRepeat),
  cooldownSeconds: Type.Optional(Cooldown),
  channels: Type.Optional(Channels),
  expiresAt: Type.Optional(Nullable(Instant)),
  note: Type.Optional(Type.String({ maxLength: 500 })),
} as const;

export const AlertInput = Closed({
  condition: AlertCondition,
  symbol: Type.Optional(Symbol),
  portfolioId: Type.Optional(Id),
  watchlistId: Type.Optional(
    Type.String({
      ...Id,
      description: 'In place of a symbol: every instrument of this watchlist, as it is at any time. Each is looked at by itself.',
    }),
  ),
  ...asked,
});
export type AlertInput = Static<typeof AlertInput>;

export const AlertChange = Closed(asked);
export type AlertChange = Static<typeof AlertChange>;

const AlertMembers = Closed({
  active: Type.Integer({ description: 'So many instruments of the watchlist are looked at.' }),
  fired: Type.Integer({ description: 'So many have had their answer: `once` is once for each. Activating asks about them again.' }),
  paused: Type.Integer({ description: 'So many paused themselves, or all when the alert is paused.' }),
});

export const Alert = Closed({
  id: Id,
  condition: AlertCondition,
  symbol: Nullable(Type.String()),
  portfolioId: Nullable(Id),
  watchlistId: Nullable(Id),
  watchlistName: Nullable(Type.String()),
  members: Nullable(AlertMembers),
  currency: Nullable(Currency),
  threshold: Nullable(Exact),
  direction: Nullable(AlertDirection),
  window: Nullable(Type.String()),
  reference: Nullable(Exact),
  average: Nullable(AlertAverage),
  period: Nullable(Type.Integer()),
  interval: Nullable(AlertInterval),
  sigmas: Nullable(Exact),
  repeat: AlertRepeat,
  cooldownSeconds: Type.Integer(),
  channels: Channels,
  expiresAt: Nullable(Instant),
  note: Type.String(),
  status: AlertStatus,
  pausedBecause: Nullable(
    OneOf(['owner', 'storm'], { description: '`storm`: it fired more than 15 times in 3 minutes and paused itself.' }),
  ),
  snoozedUntil: Nullable(Instant),
  firedCount: Type.Integer(),
  lastFiredAt: Nullable(Instant),
  price: Nullable(Type.String({ ...Exact, description: 'The present price of the instrument, where there is one.' })),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Alert = Static<typeof Alert>;

export const AlertEvent = Closed({
  id: Id,
  at: Instant,
  symbol: Nullable(Type.String()),
  before: Nullable(Exact),
  value: Exact,
  level: Exact,
  price: Nullable(Exact),
  priceBefore: Nullable(Exact),
  direction: OneOf(['rising', 'falling']),
  paused: Type.Boolean({ description: 'Whether the alert paused itself with this event.' }),
});
export type AlertEvent = Static<typeof AlertEvent>;

export const exampleAlert: Alert = {
  id: '01980a5e-7c1e-7000-8000-00000000d001',
  condition: 'priceAbove',
  symbol: 'AAPL',
  portfolioId: null,
  watchlistId: null,
  watchlistName: null,
  members: null,
  currency: 'USD',
  threshold: '200',
  direction: null,
  window: null,
  reference: null,
  average: null,
  period: null,
  interval: null,
  sigmas: null,
  repeat: 'once',
  cooldownSeconds: 0,
  channels: [...ALERT_CHANNELS],
  expiresAt: null,
  note: 'Sell half',
  status: 'active',
  pausedBecause: null,
  snoozedUntil: null,
  firedCount: 0,
  lastFiredAt: null,
  price: '187.31',
  createdAt: '2026-01-05T14:30:00.000Z',
  updatedAt: '2026-01-05T14:30:00.000Z',
};

export const exampleEvent: AlertEvent = {
  id: '01980a5e-7c1e-7000-8000-00000000d101',
  at: '2026-01-06T15:02:11.000Z',
  symbol: 'AAPL',
  before: '199.87',
  value: '200.04',
  level: '200',
  price: '200.04',
  priceBefore: '199.87',
  direction: 'rising',
  paused: false,
};
