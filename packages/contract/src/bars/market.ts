import { Type } from 'typebox';
import { AssetClass } from '../instruments/index.ts';
import { route } from '../route.ts';
import { Closed, Currency, Day, Exact, Instant, Nullable, OneOf, Symbol } from '../shapes.ts';

const Mover = Closed({
  symbol: Symbol,
  name: Type.String(),
  assetClass: AssetClass,
  currency: Currency,
  last: Exact,
  change: Exact,
  changePercent: Type.Number(),
  volume: Nullable(Exact),
  turnover: Nullable(Type.Number({ description: 'About the value traded today, in USD: volume times price at the day’s exchange rate.' })),
});

export const listMovers = route({
  name: 'listMovers',
  method: 'GET',
  path: '/api/v1/market/movers',
  tag: 'market',
  summary: 'Who gains, who loses, what is traded most.',
  description:
    'Of public instruments since the previous close. Without `assetClass` all that can be traded: no indices, no currency pairs.',
  access: 'market',
  scope: 'read',
  query: Closed({
    assetClass: Type.Optional(AssetClass),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  }),
  answers: {
    200: Closed({ at: Instant, gainers: Type.Array(Mover), losers: Type.Array(Mover), mostActive: Type.Array(Mover) }),
  },
  errors: [],
  example: {
    query: { assetClass: 'stock', limit: 1 },
    answer: {
      at: '2026-01-05T15:30:00.000Z',
      gainers: [
        {
          symbol: 'NVDA',
          name: 'NVIDIA Corporation',
          assetClass: 'stock',
          currency: 'USD',
          last: '145.12',
          change: '5.02',
          changePercent: 3.5832,
          volume: '210345002',
          turnover: 30525266690.24,
        },
      ],
      losers: [],
      mostActive: [],
    },
  },
});

const ExchangeHours = Closed({
  exchange: Type.String(),
  name: Type.String(),
  zone: Type.String({ description: 'IANA time zone of its clock.' }),
  isOpen: Type.Boolean({ description: 'By the calendar of the exchange.' }),
  isTradable: Type.Boolean({ description: 'Whether prices move here now: always, while the simulated market keeps no hours.' }),
  opensAt: Nullable(Instant),
  closesAt: Nullable(Instant),
});

export const getMarketClock = route({
  name: 'getMarketClock',
  method: 'GET',
  path: '/api/v1/market/clock',
  tag: 'market',
  summary: 'The time, and which exchanges are open.',
  description: '`closesAt` is the end of the session that runs, `opensAt` the beginning of the next; null where an exchange never closes.',
  access: 'public',
  query: Closed({}),
  answers: {
    200: Closed({
      at: Instant,
      hours: OneOf(['always', 'exchange'] as const, { description: 'Whether the market here keeps the hours of the exchanges.' }),
      exchanges: Type.Array(ExchangeHours),
    }),
  },
  errors: [],
  example: {
    answer: {
      at: '2026-01-05T15:30:00.000Z',
      hours: 'always',
      exchanges: [
        {
          exchange: 'NASDAQ',
          name: 'Nasdaq Stock Market',
          zone: 'America/New_York',
          isOpen: true,
          isTradable: true,
          opensAt: '2026-01-06T14:30:00.000Z',
          closesAt: '2026-01-05T21:00:00.000Z',
        },
      ],
    },
  },
});

export const getMarketCalendar = route({
  name: 'getMarketCalendar',
  method: 'GET',
  path: '/api/v1/market/calendar',
  tag: 'market',
  summary: 'Sessions and holidays of an exchange.',
  description: 'The next 30 days unless `from` and `to` say otherwise; at most 400 days.',
  access: 'public',
  query: Closed({
    exchange: Type.String({ pattern: '^[A-Za-z0-9-]{1,16}$', maxLength: 16, examples: ['NYSE'] }),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
  }),
  answers: {
    200: Closed({
      exchange: Type.String(),
      zone: Type.String(),
      days: Type.Array(
        Closed({
          day: Day,
          isOpen: Type.Boolean(),
          opensAt: Nullable(Instant),
          closesAt: Nullable(Instant),
          isShort: Type.Boolean({ description: 'Whether the session ends early.' }),
          holiday: Nullable(Type.String({ description: 'Why the exchange is closed, or closes early, on a working day.' })),
        }),
      ),
    }),
  },
  errors: ['not_found'],
  example: {
    query: { exchange: 'NYSE', from: '2026-01-01', to: '2026-01-02' },
    answer: {
      exchange: 'NYSE',
      zone: 'America/New_York',
      days: [
        { day: '2026-01-01', isOpen: false, opensAt: null, closesAt: null, isShort: false, holiday: "New Year's Day" },
        {
          day: '2026-01-02',
          isOpen: true,
          opensAt: '2026-01-02T14:30:00.000Z',
          closesAt: '2026-01-02T21:00:00.000Z',
          isShort: false,
          holiday: null,
        },
      ],
    },
  },
});
