/** Quotes and exchange rates on the wire: what the market says now. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Currency, Day, Exact, Instant, Nullable, OneOf, Symbol } from '../shapes.ts';

const quoteFields = {
  symbol: Symbol,
  currency: Currency,
  last: Exact,
  bid: Nullable(Exact),
  ask: Nullable(Exact),
  bidSize: Nullable(Exact),
  askSize: Nullable(Exact),
  open: Nullable(Exact),
  high: Nullable(Exact),
  low: Nullable(Exact),
  previousClose: Nullable(Exact),
  change: Nullable(Exact),
  changePercent: Nullable(Type.Number({ description: 'Since the previous close; 5 means 5 %.' })),
  volume: Nullable(Exact),
  at: Instant,
  source: Type.String({ description: 'Where the price comes from: simulated, import, manual, or the name of a provider.' }),
} as const;

/** What the stream sends on `quotes:SYMBOL`: a quote without the two fields that depend on when it is read. */
export const QuoteEvent = Closed(quoteFields);
export type QuoteEvent = Static<typeof QuoteEvent>;

export const Quote = Closed(
  {
    ...quoteFields,
    ageSeconds: Type.Integer({ description: 'Whole seconds since `at`.' }),
    delayed: Type.Boolean({ description: 'True when the price is older than its source should let it become.' }),
  },
  { description: 'Open, high, low and volume are the day’s so far. Null is what the source does not say.' },
);
export type Quote = Static<typeof Quote>;

const appleQuote: Quote = {
  symbol: 'AAPL',
  currency: 'USD',
  last: '228.44',
  bid: '228.43',
  ask: '228.45',
  bidSize: '300',
  askSize: '200',
  open: '226.1',
  high: '229.02',
  low: '225.7',
  previousClose: '225.69',
  change: '2.75',
  changePercent: 1.2185,
  volume: '31204511',
  at: '2026-01-05T15:30:00.000Z',
  source: 'simulated',
  ageSeconds: 0,
  delayed: false,
};

export const getQuote = route({
  name: 'getQuote',
  method: 'GET',
  path: '/api/v1/quotes/{symbol}',
  tag: 'quotes',
  summary: 'The newest price of an instrument.',
  access: 'market',
  scope: 'read',
  params: Closed({ symbol: Symbol }),
  answers: { 200: Quote },
  errors: ['ambiguous_symbol'],
  example: { params: { symbol: 'AAPL' }, answer: appleQuote },
});

export const listQuotes = route({
  name: 'listQuotes',
  method: 'GET',
  path: '/api/v1/quotes',
  tag: 'quotes',
  summary: 'The newest prices of several instruments.',
  description:
    'In the order asked for, each symbol once. What has no price is named in `missing`, so that one unknown symbol does not hide the others.',
  access: 'market',
  scope: 'read',
  query: Closed({
    symbols: Type.String({
      minLength: 1,
      maxLength: 6_600,
      description: 'At most 200 symbols, parted by commas.',
      examples: ['AAPL,MSFT'],
    }),
  }),
  answers: {
    200: Closed({
      items: Type.Array(Quote),
      missing: Type.Array(Closed({ symbol: Type.String(), reason: OneOf(['unknown_symbol', 'ambiguous_symbol', 'no_quote'] as const) })),
    }),
  },
  errors: [],
  example: {
    query: { symbols: 'AAPL,NOSUCH' },
    answer: { items: [appleQuote], missing: [{ symbol: 'NOSUCH', reason: 'unknown_symbol' }] },
  },
});

export const listExchangeRates = route({
  name: 'listExchangeRates',
  method: 'GET',
  path: '/api/v1/exchange-rates',
  tag: 'quotes',
  summary: 'Exchange rates of a currency, by day.',
  description:
    'Units of each currency per one unit of `base`. Without `from` the newest day only. A day without a rate of its own has the last earlier one; each row says the day its rates are of.',
  access: 'market',
  scope: 'read',
  query: Closed({
    base: Type.Optional(Type.String({ pattern: '^[A-Za-z]{3}$', maxLength: 3, default: 'USD' })),
    currencies: Type.Optional(
      Type.String({ pattern: '^[A-Za-z]{3}(,[A-Za-z]{3})*$', maxLength: 200, description: 'Only these, parted by commas.' }),
    ),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
  }),
  answers: {
    200: Closed({
      base: Currency,
      source: Type.String(),
      days: Type.Array(
        Closed({
          day: Day,
          rates: Type.Record(Type.String(), Exact, { description: 'By currency.' }),
        }),
      ),
    }),
  },
  errors: ['no_exchange_rate'],
  example: {
    query: { base: 'EUR', currencies: 'USD,GBP', from: '2026-01-05', to: '2026-01-05' },
    answer: { base: 'EUR', source: 'simulated', days: [{ day: '2026-01-05', rates: { USD: '1.0412', GBP: '0.8321' } }] },
  },
});

export const quotesRoutes = [getQuote, listQuotes, listExchangeRates] as const;
