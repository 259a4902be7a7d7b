/** Figures that vendors write in ways of their own, and what they are. */
import { formatDecimal } from '@holdfast/engine/money';
import type { Bar } from '@holdfast/engine/bars';
import { formatDay, parseDay } from '@holdfast/engine/time';
import { expect, test } from 'vitest';
import { fixedClock } from '../../../testing/fixed-clock.ts';
import { vendorServerOfTest } from '../../../testing/vendor-server.ts';
import { alphaVantage } from './alpha-vantage.ts';
import { finnhub } from './finnhub.ts';
import { alphaVantageAnswers, twelveDataAnswers, yahooAnswers } from '../../../testing/vendor-answers.ts';
import { twelveData } from './twelve-data.ts';
import { lastTradeOn } from './vendor-listing.ts';
import { yahooFinance } from './yahoo-finance.ts';

const base = { clock: fixedClock('2026-01-07T15:30:00Z'), apiKey: 'k', timeoutMs: 10_000, quotas: [] };
const ibm = { symbol: 'IBM', exchange: 'NYSE' };
const seconds = (instant: string) => Date.parse(instant) / 1_000;
const text = ({ open, high, low, close, volume }: Bar) => [open, high, low, close, volume].map((figure) => formatDecimal(figure)).join(' ');
const day = (written: string) => parseDay(written) ?? 0;

test('a day begins at midnight in New York', async () => {
  const server = await vendorServerOfTest(alphaVantageAnswers);
  const range = { fromMs: Date.parse('2026-01-01'), toMs: Date.parse('2026-01-07') };
  const history = await alphaVantage({ ...base, baseUrl: server.url }).history(ibm, { interval: '1d', ...range });
  expect(history?.bars.map((bar) => `${new Date(bar.startAt).toISOString()} ${text(bar)}`)).toEqual([
    '2026-01-02T05:00:00.000Z 296.1 296.8 290.8 291.5 4218830',
    '2026-01-05T05:00:00.000Z 292 296 291.5 294.97 3584711',
    '2026-01-06T05:00:00.000Z 295 297.5 294.1 296.93 3010224',
  ]);
});

test('where the whole history is not in the plan, the last 100 days are taken', async () => {
  const server = await vendorServerOfTest((url) =>
    url.searchParams.get('outputsize') === 'full'
      ? { body: { Information: 'The outputsize=full parameter value is a premium feature for the TIME_SERIES_DAILY endpoint.' } }
      : alphaVantageAnswers(url),
  );
  const asked = { interval: '1d', fromMs: Date.parse('2021-01-01'), toMs: Date.parse('2026-01-07') } as const;
  expect((await alphaVantage({ ...base, baseUrl: server.url }).history(ibm, asked))?.bars).toHaveLength(3);
  expect(server.asked.map((url) => url.searchParams.get('outputsize'))).toEqual(['full', 'compact']);
});

test('minutes are of the session as traded, by the clock of New York: the last 30 days at once, older ones by the month', async () => {
  const server = await vendorServerOfTest(alphaVantageAnswers);
  const provider = alphaVantage({ ...base, baseUrl: server.url });
  const ask = (from: string, to: string) => provider.history(ibm, { interval: '1m', fromMs: Date.parse(from), toMs: Date.parse(to) });
  expect((await ask('2026-01-06T15:31:00Z', '2026-01-06T15:33:00Z'))?.bars.map((bar) => `${bar.startAt} ${text(bar)}`)).toEqual([
    `${Date.parse('2026-01-06T15:31:00Z')} 296.05 296.2 296 296.12 4310`,
    `${Date.parse('2026-01-06T15:32:00Z')} 296.12 296.12 295.7 295.75 6044`,
  ]);
  await ask('2025-10-29T13:30:00Z', '2025-11-03T21:00:00Z');
  expect(server.asked.map(({ searchParams }) => searchParams.get('month'))).toEqual([null, '2025-10', '2025-11']);
  for (const { searchParams } of server.asked)
    expect(Object.fromEntries(searchParams)).toMatchObject({ adjusted: 'false', extended_hours: 'false', outputsize: 'full' });
  // Of other exchanges it has days only.
  const elsewhere = await provider.history({ symbol: 'SAP', exchange: 'XETRA' }, { interval: '1m', fromMs: 0, toMs: 1 });
  expect([elsewhere, server.asked.length]).toEqual([null, 3]);
});

test('Yahoo is not asked for minutes from before its last 29 days', async () => {
  const server = await vendorServerOfTest(yahooAnswers);
  const provider = yahooFinance({ ...base, baseUrl: server.url });
  const ask = (from: string, to: string) => provider.history(ibm, { interval: '1m', fromMs: Date.parse(from), toMs: Date.parse(to) });
  expect((await ask('2025-12-01', '2025-12-09'))?.bars).toEqual([]);
  expect(server.asked).toEqual([]);
  await ask('2025-12-01', '2026-01-07');
  // 7 January 15:30 less 29 days.
  expect(server.asked[0]?.searchParams.get('period1')).toBe(String(seconds('2025-12-09T15:30:00Z')));
});

test.each([
  // In the session the price is of now; after it, of its close; on a holiday, of the last session that is named.
  ['2026-01-07T15:30:00Z', '2026-01-07', '2026-01-07T15:30:00.000Z'],
  ['2026-01-07T23:30:00Z', '2026-01-07', '2026-01-07T21:00:00.000Z'],
  ['2026-01-08T11:30:00Z', '2026-01-07', '2026-01-07T21:00:00.000Z'],
  ['2025-11-29T11:30:00Z', '2025-11-28', '2025-11-28T18:00:00.000Z'],
])('at %s the last trade of %s was at %s', (now, on, at) => {
  expect(new Date(lastTradeOn(ibm, day(on), Date.parse(now))).toISOString()).toBe(at);
});

test('floats of 32 bits become the prices they were', async () => {
  const server = await vendorServerOfTest(yahooAnswers);
  const range = { fromMs: Date.parse('2026-01-01'), toMs: Date.parse('2026-01-07') };
  const history = await yahooFinance({ ...base, baseUrl: server.url }).history(ibm, { interval: '1d', ...range });
  expect(history?.bars.map(text)).toEqual([
    '296.1 296.8 290.8 291.5 4218830',
    '292 296 291.5 294.97 3584711',
    '295 297.5 294.1 296.93 3010224',
  ]);
});

/** 4 for 1 on 31 August 2020: before it 499.23 was traded, which is written as 499.23 / 4 = 124.8075. */
const apple = { symbol: 'AAPL', exchange: 'NASDAQ' };
const beforeAndAfter = ['2020-08-28T13:30:00Z', '2020-08-31T13:30:00Z'].map(seconds);
const later = { fromMs: Date.parse('2020-08-28'), toMs: Date.parse('2020-08-29T12:00:00Z') };

test('Yahoo: what it divides by a later split is what was traded, also when the split is after the range', async () => {
  const column = [124.80750274658203, 129.0399932861328];
  const result = {
    meta: { currency: 'USD', symbol: 'AAPL', priceHint: 2 },
    timestamp: beforeAndAfter,
    events: {
      splits: { x: { date: beforeAndAfter[1], numerator: 4, denominator: 1, splitRatio: '4:1' } },
      dividends: { y: { amount: 0.205, date: seconds('2020-08-07T13:30:00Z') } },
    },
    indicators: { quote: [{ open: column, high: column, low: column, close: column, volume: [187_630_000, 225_702_700] }] },
  };
  const server = await vendorServerOfTest(() => ({ body: { chart: { result: [result] } } }));
  const provider = yahooFinance({ ...base, baseUrl: server.url });
  const history = await provider.history(apple, { interval: '1d', ...later });
  // 124.8075 x 4 = 499.23 and 187,630,000 / 4 = 46,907,500.
  expect(history?.bars.map(text)).toEqual(['499.23 499.23 499.23 499.23 46907500']);
  // On the day of the split itself the new shares are traded.
  const both = await provider.history(apple, { interval: '1d', ...later, toMs: Date.parse('2020-09-01') });
  expect(both?.bars.map(({ close }) => formatDecimal(close))).toEqual(['499.23', '129.04']);
  // 0.205 x 4 = 0.82, which is what was paid.
  const actions = await provider.actions(apple, { from: day('2020-08-01'), to: day('2020-08-30') });
  expect(actions).toMatchObject([{ kind: 'cashDividend', amountPerShare: 820_000_000_000_000_000n }]);
});

test('Finnhub: days that are divided by later splits are multiplied back', async () => {
  const candles = { s: 'ok', t: [seconds('2020-08-28T00:00:00Z')], o: [124.8075], h: [124.8075], l: [124.8075], c: [124.8075], v: [4] };
  const server = await vendorServerOfTest((url) =>
    url.pathname === '/stock/split' ? { body: [{ symbol: 'AAPL', date: '2020-08-31', fromFactor: 1, toFactor: 4 }] } : { body: candles },
  );
  const provider = finnhub({ ...base, baseUrl: server.url, socketUrl: server.socketUrl });
  expect((await provider.history(apple, { interval: '1d', ...later }))?.bars.map(text)).toEqual(['499.23 499.23 499.23 499.23 1']);
});

test('London’s pence become pounds', async () => {
  const shell = { symbol: 'SHEL', exchange: 'LSE' };
  const yahoo = await vendorServerOfTest(() => ({
    body: {
      quoteResponse: {
        result: [{ symbol: 'SHEL.L', currency: 'GBp', priceHint: 2, regularMarketPrice: 2712.5, regularMarketTime: 1767772800 }],
      },
    },
  }));
  const [quote] = await yahooFinance({ ...base, baseUrl: yahoo.url }).quotes([shell]);
  expect(formatDecimal(quote?.last ?? (0n as never))).toBe('27.125');
  const twelve = await vendorServerOfTest(() => ({ body: { currency: 'GBp', datetime: '2026-01-07', close: '2712.5', open: '2700' } }));
  const [other] = await twelveData({ ...base, baseUrl: twelve.url }).quotes([shell]);
  expect([other?.last, other?.open].map((figure) => formatDecimal(figure ?? (0n as never)))).toEqual(['27.125', '27']);
  expect(twelve.asked[0]?.searchParams.get('symbol')).toBe('SHEL:LSE');
});

test('Twelve Data answers several symbols at once, and one that it does not know hides none', async () => {
  const server = await vendorServerOfTest((url) => {
    const one = twelveDataAnswers(new URL('/quote?symbol=IBM', url));
    const body = typeof one === 'object' ? one.body : null;
    return { body: { IBM: body, NOSUCH: { code: 404, message: 'not found', status: 'error' } } };
  });
  const quotes = await twelveData({ ...base, baseUrl: server.url }).quotes([ibm, { symbol: 'NOSUCH', exchange: null }]);
  expect(quotes.map(({ listing, at }) => [listing.symbol, new Date(at).toISOString()])).toEqual([['IBM', '2026-01-07T15:29:00.000Z']]);
  expect(server.asked).toHaveLength(1);
});

test('Yahoo’s charts answer where its quotes want a visit first', async () => {
  const server = await vendorServerOfTest((url) =>
    url.pathname === '/v7/finance/quote' ? { status: 401, body: { finance: { error: { code: 'Unauthorized' } } } } : yahooAnswers(url),
  );
  const [quote] = await yahooFinance({ ...base, baseUrl: server.url }).quotes([{ symbol: 'IBM', exchange: null }]);
  expect(formatDecimal(quote?.last ?? (0n as never))).toBe('296.21');
  expect(quote?.previousClose).toBe(296_930_000_000_000_000_000n);
});

test('splits and dividends are read as what they are', async () => {
  const server = await vendorServerOfTest(alphaVantageAnswers);
  const actions = await alphaVantage({ ...base, baseUrl: server.url }).actions(ibm, { from: day('1999-01-01'), to: day('2026-01-07') });
  expect(
    actions?.map((action) =>
      action.kind === 'split'
        ? `${formatDay(action.exOn)} ${formatDecimal(action.newShares)}:${formatDecimal(action.oldShares)}`
        : `${formatDay(action.exOn)} ${formatDecimal(action.amountPerShare)} ${action.currency} ${action.payOn === null ? '-' : formatDay(action.payOn)}`,
    ),
  ).toEqual(['1999-05-27 2:1', '2025-11-10 1.68 USD 2025-12-10', '2026-01-05 1.68 USD -']);
});

test('symbols are written as each vendor writes them', async () => {
  const server = await vendorServerOfTest(() => ({ status: 404, body: {} }));
  const settings = { ...base, baseUrl: server.url };
  for (const listing of [
    { symbol: 'BRK.B', exchange: null },
    { symbol: 'SAP', exchange: 'XETRA' },
    { symbol: 'BTC', exchange: 'CRYPTO' },
    { symbol: 'EURUSD', exchange: 'FX' },
  ]) {
    await yahooFinance(settings).quotes([listing]);
    await twelveData(settings).quotes([listing]);
  }
  expect(server.asked.map((url) => url.searchParams.get('symbols') ?? url.searchParams.get('symbol'))).toEqual([
    'BRK-B',
    'BRK.B',
    'SAP.DE',
    'SAP:XETR',
    'BTC-USD',
    'BTC/USD',
    'EURUSD=X',
    'EUR/USD',
  ]);
  expect(alphaVantage(settings).covers({ symbol: 'SHEL', exchange: 'LSE' })).toBe(false);
});
