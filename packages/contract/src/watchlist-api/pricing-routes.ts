import { Type } from 'typebox';
import { route } from '../route.ts';
import { Closed, Currency, Day, Exact, Instant, Nullable, Symbol } from '../shapes.ts';
import { Envelope } from './envelope.ts';

const tag = 'watchlist-api';
const door = 'watchlist' as const;
const limitation =
  'The standard plan sees prices of the last 30 days, by the age of the price and not by the length of the range: an earlier `start_date` is refused with `plan_limit`.';

const period = Closed({ stock_symbol: Symbol, start_date: Type.Optional(Day), end_date: Type.Optional(Day) });

export const getLatestStockPrice = route({
  name: 'getLatestStockPrice',
  method: 'GET',
  path: '/api/v1/pricing/prices/latest',
  tag,
  summary: 'The latest price of a stock.',
  description: 'Kept for at most LATEST_PRICE_TTL, and dropped as soon as there is a newer price.',
  access: 'user',
  scope: 'read',
  query: Closed({ symbol: Symbol }),
  answers: {
    200: Envelope(
      Closed({
        stock_symbol: Symbol,
        price: Exact,
        currency: Currency,
        previous_close: Nullable(Exact),
        volume: Nullable(Exact),
        timestamp: Instant,
        source: Type.String(),
        age_seconds: Type.Integer(),
      }),
    ),
  },
  errors: ['not_found', 'ambiguous_symbol'],
  door,
  example: {
    query: { symbol: 'AAPL' },
    answer: {
      data: {
        stock_symbol: 'AAPL',
        price: '228.44',
        currency: 'USD',
        previous_close: '225.69',
        volume: '31204511',
        timestamp: '2026-01-05T15:30:00.000Z',
        source: 'simulated',
        age_seconds: 0,
      },
      meta: null,
      errors: null,
    },
  },
});

export const listHistoricalStockPrices = route({
  name: 'listHistoricalStockPrices',
  method: 'POST',
  path: '/api/v1/pricing/prices/historical',
  tag,
  summary: 'Daily prices of a period, oldest first.',
  description: `The last 30 days unless the dates say otherwise; both days are within. ${limitation}`,
  access: 'user',
  scope: 'read',
  body: period,
  answers: {
    200: Envelope(
      Type.Array(
        Closed({ date: Day, open: Exact, high: Exact, low: Exact, close: Exact, price: Exact, volume: Exact, timestamp: Instant }),
      ),
    ),
  },
  errors: ['not_found', 'ambiguous_symbol', 'plan_limit'],
  door,
  example: {
    body: { stock_symbol: 'AAPL', start_date: '2026-01-05', end_date: '2026-01-05' },
    answer: {
      data: [
        {
          date: '2026-01-05',
          open: '226.1',
          high: '229.02',
          low: '225.7',
          close: '228.44',
          price: '228.44',
          volume: '48200511',
          timestamp: '2026-01-05T05:00:00.000Z',
        },
      ],
      meta: { next: null, previous: null, count: 1 },
      errors: null,
    },
  },
});

export const getStockPriceStatistics = route({
  name: 'getStockPriceStatistics',
  method: 'POST',
  path: '/api/v1/pricing/prices/statistics',
  tag,
  summary: 'Lowest, highest and average daily price of a period, and how widely prices spread.',
  description: `\`volatility\` is the sample standard deviation (n - 1) of the closing prices, in the currency; null below two prices. ${limitation}`,
  access: 'user',
  scope: 'read',
  body: period,
  answers: {
    200: Envelope(
      Closed({
        stock_symbol: Symbol,
        period: Type.String({ examples: ['30 days'] }),
        start_date: Day,
        end_date: Day,
        avg_price: Nullable(Exact),
        min_price: Nullable(Exact),
        max_price: Nullable(Exact),
        volatility: Nullable(Exact),
        data_points: Type.Integer(),
      }),
    ),
  },
  errors: ['not_found', 'ambiguous_symbol', 'plan_limit'],
  door,
  example: {
    body: { stock_symbol: 'AAPL', start_date: '2026-01-02', end_date: '2026-01-05' },
    answer: {
      data: {
        stock_symbol: 'AAPL',
        period: '4 days',
        start_date: '2026-01-02',
        end_date: '2026-01-05',
        avg_price: '227.5',
        min_price: '226',
        max_price: '229',
        volatility: '2.12132',
        data_points: 2,
      },
      meta: null,
      errors: null,
    },
  },
});

export const pricingRoutes = [getLatestStockPrice, listHistoricalStockPrices, getStockPriceStatistics] as const;
