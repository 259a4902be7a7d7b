/**
 * The market part of the stock portfolio API (seed 002): snake_case, JSON numbers, dates as that document writes them.
 * Instants are naive text in the exchange's own time, as in its samples.
 */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Id, Nullable } from '../shapes.ts';

const QueryDay = Type.String({
  pattern: '^(\\d{2}-\\d{2}-\\d{4}|\\d{4}-\\d{2}-\\d{2})$',
  maxLength: 10,
  description: 'DD-MM-YYYY; YYYY-MM-DD is understood too.',
  examples: ['05-04-2022'],
});
const DayText = Type.String({ pattern: '^\\d{2}-\\d{2}-\\d{4}$', maxLength: 10, examples: ['05-04-2022'] });
const NaiveInstant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?$',
  maxLength: 26,
  description: 'The exchange’s own time, without a zone.',
  examples: ['2022-04-05T10:00:00'],
});
const paging = {
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 100 })),
} as const;
const days = { start_date: Type.Optional(QueryDay), end_date: Type.Optional(QueryDay) } as const;

export const TickersQuery = Closed({
  ...paging,
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the symbol, in either case.' })),
  ...days,
});
export type TickersQuery = Static<typeof TickersQuery>;

export const Ticker = Closed({
  id: Id,
  ticker: Type.String(),
  dates: Type.Array(DayText),
  sellqty: Type.Integer(),
  sellprice: Type.Number(),
  ltp: Type.Number(),
  ltq: Type.Integer(),
  latest_timestamp: NaiveInstant,
});
export type Ticker = Static<typeof Ticker>;

export const TickersAnswer = Closed({
  tickers_with_dates: Type.Array(Ticker),
  total: Type.Integer(),
  skip: Type.Integer(),
  limit: Type.Integer(),
});
export type TickersAnswer = Static<typeof TickersAnswer>;

export const TickerOrder = Closed({
  id: Id,
  ltp: Type.Number(),
  sellprice: Type.Number(),
  sellqty: Type.Integer(),
  ltq: Type.Integer(),
  openinterest: Type.Integer(),
  tick_id: Id,
  buyprice: Type.Number(),
  buyqty: Type.Integer(),
  timestamp: NaiveInstant,
  date: Type.String({ pattern: '^\\d{2}/\\d{2}/\\d{4}$', maxLength: 10 }),
  time: Type.String({ pattern: '^\\d{2}:\\d{2}:\\d{2}$', maxLength: 8 }),
});
export type TickerOrder = Static<typeof TickerOrder>;

export const OhlcBar = Closed({
  ticker: Type.String(),
  date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', maxLength: 10 }),
  open: Type.Number(),
  high: Type.Number(),
  low: Type.Number(),
  close: Type.Number(),
});
export type OhlcBar = Static<typeof OhlcBar>;

const tickId = '01936b2e-7c00-7000-8000-0000000000e1';
const tickers: TickersAnswer = {
  tickers_with_dates: [
    {
      id: tickId,
      ticker: 'AAPL',
      dates: ['05-04-2022'],
      sellqty: 100,
      sellprice: 150,
      ltp: 155,
      ltq: 200,
      latest_timestamp: '2022-04-05T10:00:00',
    },
  ],
  total: 1,
  skip: 0,
  limit: 100,
};

export const listTickers = route({
  name: 'listTickers',
  method: 'GET',
  path: '/api/v1/tickers',
  tag: 'tickers-api',
  summary: 'Tickers with their latest trade and the days there is something of.',
  description:
    'By symbol. `dates` are the days with stored ticks, for a simulated instrument its present day; `start_date` and `end_date` keep tickers with a day among them, and of `dates` those days.',
  access: 'market',
  scope: 'read',
  query: TickersQuery,
  answers: { 200: TickersAnswer },
  errors: ['invalid_value'],
  door: 'tickers',
  example: { query: { limit: 100, search: 'AAP' }, answer: tickers },
});

export const listTickerOrders = route({
  name: 'listTickerOrders',
  method: 'GET',
  path: '/api/v1/tickers/{tick_id}',
  tag: 'tickers-api',
  summary: 'The ticks of one ticker, the oldest first.',
  description: '`interval` keeps those of the last minutes, counted back from now.',
  access: 'market',
  scope: 'read',
  params: Closed({ tick_id: Type.String({ maxLength: 64 }) }),
  query: Closed({ ...paging, interval: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'Minutes.' })) }),
  answers: {
    200: Closed({
      ticker: Type.String(),
      orders: Type.Array(TickerOrder),
      total: Type.Integer(),
      skip: Type.Integer(),
      limit: Type.Integer(),
      interval: Nullable(Type.Integer()),
    }),
  },
  errors: ['not_found'],
  door: 'tickers',
  example: {
    params: { tick_id: tickId },
    query: { limit: 100 },
    answer: {
      ticker: 'AAPL',
      orders: [
        {
          id: '00000007-0000-8000-8300-000000000001',
          ltp: 155,
          sellprice: 150,
          sellqty: 100,
          ltq: 200,
          openinterest: 0,
          tick_id: tickId,
          buyprice: 150,
          buyqty: 100,
          timestamp: '2022-04-05T10:00:00',
          date: '05/04/2022',
          time: '10:00:00',
        },
      ],
      total: 1,
      skip: 0,
      limit: 100,
      interval: null,
    },
  },
});

export const getOhlc = route({
  name: 'getOhlc',
  method: 'GET',
  path: '/api/v1/ohlc',
  tag: 'tickers-api',
  summary: 'Daily open, high, low and close of one ticker.',
  description: 'Both days are included; without them, all there is.',
  access: 'market',
  scope: 'read',
  query: Closed({ ticker: Type.String({ minLength: 1, maxLength: 60 }), ...days }),
  answers: { 200: Type.Array(OhlcBar) },
  errors: ['not_found', 'plan_limit'],
  door: 'tickers',
  example: {
    query: { ticker: 'AAPL', start_date: '05-04-2022', end_date: '05-04-2022' },
    answer: [{ ticker: 'AAPL', date: '2022-04-05', open: 150, high: 155, low: 149, close: 154 }],
  },
});

export const tickersSocket = route({
  name: 'tickersSocket',
  method: 'GET',
  path: '/api/v1/tickers/ws',
  tag: 'tickers-api',
  summary: 'WebSocket: the answer of GET /tickers again whenever it changed.',
  description:
    'At most once a second, and at least every 5 seconds. The query parameters are those of GET /tickers; a message that is a JSON object of them asks for something else from then on. A message that is neither that nor "ping" is answered with `{ "detail", "code" }`.',
  access: 'market',
  scope: 'read',
  query: TickersQuery,
  answers: { 101: null },
  errors: ['invalid_value', 'invalid_request', 'upgrade_required'],
  door: 'tickers',
  example: { query: { limit: 100 } },
});

export const tickersApiMarketRoutes: readonly Route[] = [listTickers, tickersSocket, listTickerOrders, getOhlc];

export {
  getPortfolioPosition,
  getQualityChecks,
  listPurchases,
  logIn,
  logOut,
  postPortfolioPosition,
  recordPurchases,
  renewToken,
  signUp,
  tickersTradingRoutes,
} from './trading-routes.ts';
