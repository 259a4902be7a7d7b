import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Currency, Exact, Instant, Nullable, OneOf, PageQuery, Symbol } from '../shapes.ts';

export const Interval = OneOf(['1m', '5m', '15m', '1h', '1d', '1w', '1mo'] as const);
export type Interval = Static<typeof Interval>;

/** A day is the exchange's own, from midnight to midnight. */
const Edge = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2}))?$',
  maxLength: 30,
  description:
    'A day, which is in the range from its first instant to its last by the clock of the exchange, or an instant; in `to` an instant is no longer in the range.',
  examples: ['2026-01-05', '2026-01-05T14:30:00.000Z'],
});
const range = { from: Type.Optional(Edge), to: Type.Optional(Edge) };

/** Says that a plan cut the answer: nothing before `from` is in it. */
const limitField = {
  limitedTo: Nullable(Closed({ from: Instant, days: Type.Integer(), detail: Type.String() })),
} as const;

export const Bar = Closed({ at: Instant, open: Exact, high: Exact, low: Exact, close: Exact, volume: Exact });
export type Bar = Static<typeof Bar>;

const params = Closed({ symbol: Symbol });
const limitation =
  'Anonymous callers and the standard plan see the last 30 days of market prices; what was cut off is said in `limitedTo`, which is null otherwise. Private instruments are never limited.';

export const listBars = route({
  name: 'listBars',
  method: 'GET',
  path: '/api/v1/instruments/{symbol}/bars',
  tag: 'bars',
  summary: 'Open, high, low, close and volume by interval.',
  description: `Bars begin at \`at\` and run up to the next; the last may still be growing. Days, weeks and months are the exchange's own. A range holds at most 3,000 intervals; without an end it ends with the newest price. ${limitation}`,
  access: 'market',
  scope: 'read',
  params,
  query: Closed({
    interval: Type.Optional(Interval),
    ...range,
    adjusted: Type.Optional(
      Type.Boolean({
        description:
          'True (the default) makes prices before a split or cash dividend comparable with those after it; false answers them as they were traded.',
      }),
    ),
  }),
  answers: {
    200: Closed({
      symbol: Symbol,
      interval: Interval,
      adjusted: Type.Boolean(),
      source: Type.String(),
      bars: Type.Array(Bar),
      ...limitField,
    }),
  },
  errors: ['ambiguous_symbol'],
  example: {
    params: { symbol: 'AAPL' },
    query: { interval: '1d', from: '2026-01-05', to: '2026-01-05' },
    answer: {
      symbol: 'AAPL',
      interval: '1d',
      adjusted: true,
      source: 'simulated',
      bars: [{ at: '2026-01-05T05:00:00.000Z', open: '226.1', high: '229.02', low: '225.7', close: '228.44', volume: '48200511' }],
      limitedTo: null,
    },
  },
});

const Tick = Closed({
  at: Instant,
  number: Type.Integer(),
  last: Exact,
  bid: Nullable(Exact),
  bidSize: Nullable(Exact),
  ask: Nullable(Exact),
  askSize: Nullable(Exact),
  lastSize: Nullable(Exact),
  openInterest: Nullable(Exact),
});

export const listTicks = route({
  name: 'listTicks',
  method: 'GET',
  path: '/api/v1/instruments/{symbol}/ticks',
  tag: 'bars',
  summary: 'Stored ticks, oldest first.',
  description: `Ticks that were imported. Those of the simulated market are computed, not stored: ask for its 1m bars. Without \`from\` the day of the newest tick. ${limitation}`,
  access: 'market',
  scope: 'read',
  params,
  query: Closed({ ...range, ...PageQuery }),
  answers: { 200: Closed({ symbol: Symbol, items: Type.Array(Tick), nextCursor: Nullable(Type.String()), ...limitField }) },
  errors: ['ambiguous_symbol', 'conflict'],
  example: {
    params: { symbol: 'RELIANCE.NSE' },
    query: { from: '2026-01-05', limit: 1 },
    answer: {
      symbol: 'RELIANCE',
      items: [
        {
          at: '2026-01-05T03:45:00.000Z',
          number: 1,
          last: '1221.25',
          bid: '1221.2',
          bidSize: '50',
          ask: '1221.3',
          askSize: '25',
          lastSize: '10',
          openInterest: '0',
        },
      ],
      nextCursor: null,
      limitedTo: null,
    },
  },
});

const Figure = Nullable(Type.Number());

export const getStatistics = route({
  name: 'getStatistics',
  method: 'GET',
  path: '/api/v1/instruments/{symbol}/statistics',
  tag: 'bars',
  summary: 'Figures of the daily closing prices of a period.',
  description: `The last 30 days unless \`from\` or \`to\` says otherwise. Figures that need more prices than there are are null. ${limitation}`,
  access: 'market',
  scope: 'read',
  params,
  query: Closed(range),
  answers: {
    200: Closed({
      symbol: Symbol,
      currency: Currency,
      from: Instant,
      to: Instant,
      count: Type.Integer({ description: 'Daily closing prices in the period.' }),
      minimum: Nullable(Exact),
      maximum: Nullable(Exact),
      average: Figure,
      priceDeviation: Nullable(Type.Number({ description: 'Sample standard deviation (n - 1) of the closing prices, in the currency.' })),
      annualizedVolatility: Nullable(
        Type.Number({ description: 'Sample standard deviation of the daily returns times the square root of 252; 0.2 means 20 %.' }),
      ),
      change: Nullable(Exact),
      changePercent: Figure,
      ...limitField,
    }),
  },
  errors: ['ambiguous_symbol'],
  example: {
    params: { symbol: 'AAPL' },
    query: { from: '2026-01-05', to: '2026-01-07' },
    answer: {
      symbol: 'AAPL',
      currency: 'USD',
      from: '2026-01-05T00:00:00.000Z',
      to: '2026-01-08T00:00:00.000Z',
      count: 3,
      minimum: '226',
      maximum: '230',
      average: 228,
      priceDeviation: 2,
      annualizedVolatility: 0.2009,
      change: '4',
      changePercent: 1.7699,
      limitedTo: null,
    },
  },
});

export const getIndicators = route({
  name: 'getIndicators',
  method: 'GET',
  path: '/api/v1/instruments/{symbol}/indicators',
  tag: 'bars',
  summary: 'Technical indicators over the bars of a period.',
  description: `Each series has one value per entry of \`at\`, null while it warms up. Bars before \`from\` are used to warm up where there are any. ${limitation}`,
  access: 'market',
  scope: 'read',
  params,
  query: Closed({
    names: Type.String({
      pattern: '^[A-Za-z]{3,9}\\d{0,3}(,[A-Za-z]{3,9}\\d{0,3}){0,11}$',
      maxLength: 200,
      description: 'Parted by commas, at most 12: smaN, emaN, rsiN, macd, bollingerN, atrN, vwap; N from 1 to 500.',
      examples: ['sma20,rsi14'],
    }),
    interval: Type.Optional(Interval),
    ...range,
  }),
  answers: {
    200: Closed({
      symbol: Symbol,
      interval: Interval,
      at: Type.Array(Instant),
      indicators: Type.Array(
        Closed({
          name: Type.String({ examples: ['sma20'] }),
          lines: Type.Array(Closed({ name: Type.String({ examples: ['value', 'signal', 'upper'] }), values: Type.Array(Figure) })),
        }),
      ),
      ...limitField,
    }),
  },
  errors: ['ambiguous_symbol'],
  example: {
    params: { symbol: 'AAPL' },
    query: { names: 'sma20', interval: '1d', from: '2026-01-05', to: '2026-01-05' },
    answer: {
      symbol: 'AAPL',
      interval: '1d',
      at: ['2026-01-05T05:00:00.000Z'],
      indicators: [{ name: 'sma20', lines: [{ name: 'value', values: [226.31] }] }],
      limitedTo: null,
    },
  },
});
