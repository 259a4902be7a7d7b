import { decimal } from '@holdfast/engine/money';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import type { Instrument } from '../instruments/index.ts';
import type { Quote } from './quote.ts';

let app: TestApp;
let ada: TestUser;
let bob: TestUser;
let admin: TestUser;

beforeAll(async () => {
  app = await startTestApp({ settings: { MARKET_SEED: 'quotes' } });
  [ada, bob, admin] = [await app.user('ada'), await app.user('bob'), await app.user('root', 'admin')];
});
afterAll(() => app.close());

interface WireQuote {
  readonly symbol: string;
  readonly last: string;
  readonly bid: string;
  readonly ask: string;
  readonly high: string;
  readonly low: string;
  readonly previousClose: string;
  readonly change: string;
  readonly changePercent: number;
  readonly at: string;
  readonly ageSeconds: number;
}

const house = { symbol: 'HOUSE', name: 'House', assetClass: 'other', currency: 'EUR' };

test('a quote says the price of this second, and its figures agree', async () => {
  const quote = (await app.anonymous.get('quotes/aapl')).as<WireQuote>();
  expect(quote).toMatchObject({
    symbol: 'AAPL',
    currency: 'USD',
    at: '2026-01-05T15:30:00.000Z',
    source: 'simulated',
    ageSeconds: 0,
    delayed: false,
  });
  const cents = (text: string) => Math.round(Number(text) * 100);
  expect(cents(quote.change)).toBe(cents(quote.last) - cents(quote.previousClose));
  // To four decimals of a per cent.
  expect(quote.changePercent).toBeCloseTo((100 * cents(quote.change)) / cents(quote.previousClose), 3);
  expect(cents(quote.bid)).toBeLessThanOrEqual(cents(quote.last));
  expect(cents(quote.ask)).toBeGreaterThanOrEqual(cents(quote.last));
  expect(cents(quote.low)).toBeLessThanOrEqual(cents(quote.last));
  expect(cents(quote.high)).toBeGreaterThanOrEqual(cents(quote.last));
});

test('two servers with one seed say the same, with another seed something else', async () => {
  const same = await startTestApp({ beside: app, settings: { MARKET_SEED: 'quotes' } });
  const other = await startTestApp({ beside: app, settings: { MARKET_SEED: 'other' } });
  const here = (await app.anonymous.get('quotes/NVDA')).body;
  expect((await same.anonymous.get('quotes/NVDA')).body).toEqual(here);
  expect((await other.anonymous.get('quotes/NVDA')).body).not.toEqual(here);
  await Promise.all([same.close(), other.close()]);
});

test('several quotes come in the order asked for, each once, and what has none is named', async () => {
  await app.as(ada).post('instruments', house);
  const answer = await app.as(ada).get('quotes?symbols=MSFT,aapl,NOSUCH,MSFT,house,,');
  const { items, missing } = answer.as<{ items: WireQuote[]; missing: unknown }>();
  expect(items.map(({ symbol }) => symbol)).toEqual(['MSFT', 'AAPL']);
  expect(missing).toEqual([
    { symbol: 'NOSUCH', reason: 'unknown_symbol' },
    { symbol: 'HOUSE', reason: 'no_quote' },
  ]);
  expect((await app.as(bob).get('quotes?symbols=HOUSE')).body).toEqual({
    items: [],
    missing: [{ symbol: 'HOUSE', reason: 'unknown_symbol' }],
  });
  const many = Array.from({ length: 201 }, (_, index) => `S${index}`).join(',');
  expect((await app.anonymous.get(`quotes?symbols=${many}`)).code).toBe('invalid_value');
  expect((await app.anonymous.get('quotes')).code).toBe('invalid_value');
});

test('a price read asks the database nothing', async () => {
  let asked = 0;
  const count = () => (asked += 1);
  app.pool.on('acquire', count);
  await app.anonymous.get('quotes/AAPL');
  await app.anonymous.get('quotes?symbols=AAPL,MSFT');
  await app.anonymous.get('instruments?search=a');
  expect(asked).toBe(0);
  await app.anonymous.get('health');
  app.pool.off('acquire', count);
  expect(asked).toBeGreaterThan(0);
});

test('prices given by hand make the quote: the newest against the one before', async () => {
  const client = app.as(ada);
  const put = await client.put('instruments/HOUSE/prices', {
    prices: [
      { day: '2026-01-05', price: '352500.00' },
      { day: '2025-12-31', price: '350000' },
      { day: '2025-06-30', price: 340000 },
    ],
  });
  expect(put.body).toEqual({ symbol: 'HOUSE', count: 3, firstOn: '2025-06-30', lastOn: '2026-01-05', last: '352500' });
  // 352,500 - 350,000 = 2,500; 2,500 / 350,000 = 0.714285… %. Midnight to 15:30 is 55,800 s.
  expect((await client.get('quotes/HOUSE')).body).toMatchObject({
    last: '352500',
    previousClose: '350000',
    change: '2500',
    changePercent: 0.7143,
    at: '2026-01-05T00:00:00.000Z',
    source: 'manual',
    ageSeconds: 55_800,
    delayed: false,
    bid: null,
  });
  expect((await app.as(bob).get('quotes/HOUSE')).code).toBe('not_found');
  expect((await app.anonymous.get('quotes/HOUSE')).code).toBe('not_found');

  // The newest is taken back, the one before is corrected.
  const corrected = await client.put('instruments/HOUSE/prices', {
    prices: [
      { day: '2026-01-05', price: null },
      { day: '2025-12-31', price: '351000' },
    ],
  });
  expect(corrected.body).toEqual({ symbol: 'HOUSE', count: 2, firstOn: '2025-06-30', lastOn: '2025-12-31', last: '351000' });
  expect((await client.get('quotes/HOUSE')).body).toMatchObject({
    last: '351000',
    previousClose: '340000',
    at: '2025-12-31T00:00:00.000Z',
  });

  await client.put('instruments/HOUSE/prices', {
    prices: [
      { day: '2025-12-31', price: null },
      { day: '2025-06-30', price: null },
    ],
  });
  expect((await client.get('quotes/HOUSE')).code).toBe('not_found');
});

test.each([
  [[{ day: '2026-01-07', price: '1' }], 'prices.0.day'],
  [[{ day: '2025-02-29', price: '1' }], 'prices.0.day'],
  [[{ day: '2026-01-02', price: '0' }], 'prices.0.price'],
  [
    [
      { day: '2026-01-02', price: '1' },
      { day: '2026-01-02', price: '2' },
    ],
    'prices.1.day',
  ],
  [[{ day: '2026-01-02', price: 0.1 + 0.2 }], 'prices.0.price'],
])('prices %j are refused and none is kept', async (prices, path) => {
  const answer = await app.as(ada).put('instruments/HOUSE/prices', { prices });
  expect(answer.code).toBe('invalid_value');
  expect(answer.body).toMatchObject({ errors: [{ path }] });
  const kept = await app.db
    .selectFrom('bars')
    .select('at')
    .where('source', '=', 'manual')
    .where('at', '=', new Date('2026-01-02'))
    .execute();
  expect(kept).toEqual([]);
});

test('what the market prices takes no prices by hand', async () => {
  const body = { prices: [{ day: '2026-01-02', price: '1' }] };
  expect((await app.as(ada).put('instruments/AAPL/prices', body)).code).toBe('forbidden');
  expect((await app.as(admin).put('instruments/AAPL/prices', body)).code).toBe('conflict');
});

function imported(instrument: Instrument, number: number, last: string): Quote {
  const none = {
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    lastSize: null,
    open: null,
    high: null,
    low: null,
    previousClose: null,
    volume: null,
  };
  const at = Date.parse('2026-01-05T15:29:50Z');
  return { instrumentKey: instrument.key, symbol: '', last: decimal(last), ...none, at, source: 'import', number };
}

test('an instrument that a file prices loses the simulated price; its newest price is stored and survives a restart', async () => {
  const { instruments, quotes } = app.app.market;
  const found = instruments.book.resolve('RELIANCE');
  if (found === null) throw new Error('RELIANCE is not in the simulated market.');
  await app.db.updateTable('instruments').set({ source: 'import' }).where('key', '=', found.key).execute();
  await instruments.reread([found.key]);
  expect((await app.anonymous.get('quotes/RELIANCE')).code).toBe('not_found');

  quotes.record([imported(found, 1, '1221.25'), imported(found, 3, '1222.5'), imported(found, 2, '1221.9')]);
  expect((await app.anonymous.get('quotes/RELIANCE')).body).toMatchObject({
    last: '1222.5',
    currency: 'INR',
    source: 'import',
    ageSeconds: 10,
    delayed: false,
  });
  await quotes.flush();
  quotes.record([imported(found, 2, '1')]);
  await quotes.flush();

  const rows = await app.db.selectFrom('latest_prices').select(['last', 'number']).where('instrument_key', '=', found.key).execute();
  expect(rows).toEqual([{ last: '1222.500000000000000000', number: 3 }]);
  const restarted = await startTestApp({ beside: app, settings: { MARKET_SEED: 'quotes' } });
  expect((await restarted.anonymous.get('quotes/RELIANCE')).body).toMatchObject({ last: '1222.5' });
  await restarted.close();
});

test('another server shows a recorded price once it is stored', async () => {
  const near = await startTestApp({ beside: app, postgresBus: true });
  const far = await startTestApp({ beside: app, postgresBus: true });
  const found = near.app.market.instruments.book.resolve('RELIANCE');
  if (found === null) throw new Error('RELIANCE is not there.');
  const heard = new Promise<readonly Quote[]>((resolve) => far.app.market.quotes.board.onTick(resolve));

  near.app.market.quotes.record([imported(found, 9, '1230')]);
  await near.app.market.quotes.flush();

  expect(await heard).toMatchObject([{ instrumentKey: found.key, symbol: 'RELIANCE', last: decimal('1230'), number: 9 }]);
  await Promise.all([near.close(), far.close()]);
});

test('exchange rates of a range: the days that have their own, and the last one before the first', async () => {
  interface Rates {
    readonly base: string;
    readonly days: readonly { readonly day: string; readonly rates: Record<string, string> }[];
  }
  const newest = (await app.anonymous.get('exchange-rates?base=eur')).as<Rates>();
  expect(newest.base).toBe('EUR');
  expect(newest.days.map(({ day }) => day)).toEqual(['2026-01-05']);
  expect(Object.keys(newest.days[0]?.rates ?? {})).toEqual(expect.arrayContaining(['USD', 'GBP', 'JPY', 'CHF', 'INR', 'SEK', 'SGD']));
  expect(newest.days[0]?.rates).not.toHaveProperty('EUR');

  // Saturday 3 January has Friday's; the future has none yet.
  const range = (await app.anonymous.get('exchange-rates?base=USD&currencies=SEK&from=2026-01-03&to=2026-01-31')).as<Rates>();
  expect(range.days.map(({ day }) => day)).toEqual(['2026-01-02', '2026-01-05']);
  expect((await app.anonymous.get('exchange-rates?base=XXX')).code).toBe('no_exchange_rate');
  expect((await app.anonymous.get('exchange-rates?currencies=SEK,XXX')).code).toBe('no_exchange_rate');
  expect((await app.anonymous.get('exchange-rates?from=2026-02-30')).code).toBe('invalid_value');
  expect((await app.anonymous.get('exchange-rates?from=2020-01-01')).code).toBe('invalid_value');
  expect((await app.anonymous.get('exchange-rates?from=2026-02-01')).code).toBe('invalid_value');
});

test('with PUBLIC_MARKET_DATA off prices are for those who signed in', async () => {
  const closed = await startTestApp({ beside: app, settings: { PUBLIC_MARKET_DATA: 'off' } });
  expect((await closed.anonymous.get('quotes/AAPL')).code).toBe('unauthenticated');
  expect((await closed.as(ada).get('quotes/AAPL')).status).toBe(200);
  await closed.close();
});
