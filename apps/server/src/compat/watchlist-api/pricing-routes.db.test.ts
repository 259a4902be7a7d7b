import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
let user: TestUser;
let premium: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  user = await app.user('user');
  premium = await app.user('premium', 'premium');
});
afterAll(() => app.close());

const BASE = '/api/v1/pricing/prices/';
interface Latest {
  readonly data: { readonly stock_symbol: string; readonly price: string; readonly timestamp: string; readonly age_seconds: number };
}

test('the latest price is the quote’s, also a second later, when what was kept is old', async () => {
  const latest = async () => (await app.as(user).get(`${BASE}latest/?symbol=aapl`)).as<Latest>().data;
  const quote = async () => (await app.as(user).get('quotes/AAPL')).as<{ last: string; at: string }>();
  for (let second = 0; second < 3; second += 1) {
    const { last, at } = await quote();
    expect(await latest()).toMatchObject({ stock_symbol: 'AAPL', price: last, timestamp: at, currency: 'USD', source: 'simulated' });
    expect((await latest()).price).toBe(last);
    app.clock.advance(1_000);
  }
});

test('prices that are given by hand are kept until the next one is given', async () => {
  const owner = await app.user('owner');
  const house = { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' };
  await app.as(owner).post('instruments', house);
  const price = async (day: string, amount: string) => app.as(owner).put('instruments/HOUSE/prices', { prices: [{ day, price: amount }] });
  const latest = async () => (await app.as(owner).get(`${BASE}latest/?symbol=HOUSE`)).as<Latest>().data;
  expect((await app.as(owner).get(`${BASE}latest/?symbol=HOUSE`)).status).toBe(404);
  await price('2026-01-02', '250000');
  expect(await latest()).toMatchObject({ price: '250000', age_seconds: 3 * 86_400 + 15.5 * 3_600 + 3 });
  expect((await latest()).price).toBe('250000');
  await price('2026-01-03', '260000');
  expect((await latest()).price).toBe('260000');
  expect((await app.as(user).get(`${BASE}latest/?symbol=HOUSE`)).status).toBe(404);
});

test('the hit rate of the cache is shown', async () => {
  for (let asked = 0; asked < 50; asked += 1) await app.as(user).get(`${BASE}latest/?symbol=MSFT`);
  const text = (await app.anonymous.get('/metrics')).text;
  const figure = (outcome: string) =>
    Number(new RegExp(`cache_requests\\{cache="latest-prices",outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1]);
  expect(figure('hits')).toBeGreaterThanOrEqual(49);
  expect(figure('misses')).toBeGreaterThan(0);
});

test('a price that is kept beyond its time is answered at once while it is still the latest', async () => {
  const owner = await app.user('keeper');
  await app.as(owner).post('instruments', { symbol: 'KEPT', name: 'Kept', assetClass: 'other', currency: 'USD' });
  await app.as(owner).put('instruments/KEPT/prices', { prices: [{ day: '2026-01-02', price: '5' }] });
  const figures = async () => {
    const { text } = await app.anonymous.get('/metrics');
    const figure = (outcome: string) =>
      Number(new RegExp(`cache_requests\\{cache="latest-prices",outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1]);
    return { hits: figure('hits'), misses: figure('misses'), stale: figure('stale') };
  };
  const latest = async () => (await app.as(owner).get(`${BASE}latest/?symbol=KEPT`)).as<Latest>().data.price;
  expect(await latest()).toBe('5');
  const before = await figures();
  app.clock.advance(301_000);
  expect(await latest()).toBe('5');
  app.clock.advance(1_000);
  expect(await latest()).toBe('5');
  expect(await figures()).toEqual({ hits: before.hits + 2, misses: before.misses, stale: before.stale + 1 });
});

interface Days {
  readonly data: readonly { readonly date: string; readonly close: string }[];
  readonly meta: { readonly count: number };
}

test('days of a period, both ends within, are the daily bars', async () => {
  const body = { stock_symbol: 'AAPL', start_date: '2026-01-01', end_date: '2026-01-04' };
  const { data, meta } = (await app.as(user).post(`${BASE}historical/`, body)).as<Days>();
  expect(data.map(({ date }) => date)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04']);
  expect(meta.count).toBe(4);
  const bars = (await app.as(user).get('instruments/AAPL/bars?interval=1d&from=2026-01-01&to=2026-01-04')).as<{
    bars: { close: string }[];
  }>();
  expect(data.map(({ close }) => close)).toEqual(bars.bars.map(({ close }) => close));
});

test('statistics are of the closing prices, with the sample standard deviation', async () => {
  const owner = await app.user('statistician');
  await app.as(owner).post('instruments', { symbol: 'THREE', name: 'Three prices', assetClass: 'other', currency: 'USD' });
  const prices = ['2', '4', '9'].map((price, index) => ({ day: `2026-01-0${index + 1}`, price }));
  await app.as(owner).put('instruments/THREE/prices', { prices });
  const asked = (rest: object) => app.as(owner).post(`${BASE}statistics/`, { stock_symbol: 'THREE', ...rest });
  const all = await asked({ start_date: '2026-01-01', end_date: '2026-01-03' });
  // Mean 15 / 3 = 5; deviations 3, 1, 4: (9 + 1 + 16) / 2 = 13, and the root of 13 is 3.605551…
  expect(all.as<{ data: unknown }>().data).toEqual({
    stock_symbol: 'THREE',
    period: '3 days',
    start_date: '2026-01-01',
    end_date: '2026-01-03',
    avg_price: '5',
    min_price: '2',
    max_price: '9',
    volatility: '3.605551',
    data_points: 3,
  });
  const single = await asked({ start_date: '2026-01-01', end_date: '2026-01-01' });
  expect(single.as<{ data: unknown }>().data).toMatchObject({ avg_price: '2', volatility: null, data_points: 1 });
  const none = await asked({ start_date: '2025-12-01', end_date: '2025-12-02' });
  expect(none.as<{ data: unknown }>().data).toMatchObject({
    avg_price: null,
    min_price: null,
    max_price: null,
    volatility: null,
    data_points: 0,
  });
});

test('the standard plan is limited by the age of the price, not by the length of the range; the last 30 days are the default', async () => {
  for (const route of ['historical', 'statistics']) {
    const ask = (who: TestUser, rest: object) => app.as(who).post(`${BASE}${route}/`, { stock_symbol: 'AAPL', ...rest });
    const old = { start_date: '2025-11-01', end_date: '2025-11-02' };
    const refused = await ask(user, old);
    expect([refused.status, refused.code]).toEqual([403, 'plan_limit']);
    expect(refused.body).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('premium') as string }] });
    expect((await ask(premium, old)).status).toBe(200);
    expect((await ask(user, {})).status).toBe(200);
    // 5 January less 30 days.
    expect((await ask(user, { start_date: '2025-12-06' })).status).toBe(200);
    expect((await ask(user, { start_date: '2025-12-05' })).status).toBe(403);
    expect((await ask(premium, { start_date: '2016-01-01', end_date: '2026-01-05' })).status).toBe(200);
  }
  const { meta } = (await app.as(user).post(`${BASE}historical/`, { stock_symbol: 'AAPL' })).as<Days>();
  expect(meta.count).toBe(30);
});

test('what is asked wrongly is 400, an unknown stock 404, and nobody asks without a token', async () => {
  for (const route of ['historical', 'statistics']) {
    const ask = (body: object) => app.as(user).post(`${BASE}${route}/`, body);
    expect((await ask({ stock_symbol: 'NOSUCH' })).status).toBe(404);
    for (const body of [
      {},
      { stock_symbol: 'AAPL', start_date: '2026-02-30' },
      { stock_symbol: 'AAPL', start_date: '05-01-2026' },
      { stock_symbol: 'AAPL', start_date: '2026-01-04', end_date: '2026-01-03' },
      { stock_symbol: 'AAPL', start_date: '1990-01-01' },
      { stock_symbol: 'AAPL', days: 3 },
    ])
      expect([(await ask(body)).status, body]).toEqual([400, body]);
    expect((await app.anonymous.post(`${BASE}${route}/`, { stock_symbol: 'AAPL' })).status).toBe(401);
    expect(
      (await app.as(user).post(`${BASE}${route}/`, undefined, { payload: '{', headers: { 'content-type': 'application/json' } })).code,
    ).toBe('unparsable');
  }
  expect((await app.as(user).get(`${BASE}latest/`)).status).toBe(400);
  expect((await app.as(user).get(`${BASE}latest/?symbol=NOSUCH`)).status).toBe(404);
  expect((await app.anonymous.get(`${BASE}latest/?symbol=AAPL`)).status).toBe(401);
});

test('a symbol that several exchanges list must be told apart', async () => {
  const owner = await app.user('lister');
  for (const exchange of ['LSE', 'XETRA'])
    await app.as(owner).post('instruments', { symbol: 'TWICE', exchange, name: 'Twice', assetClass: 'stock', currency: 'EUR' });
  expect((await app.as(owner).get(`${BASE}latest/?symbol=TWICE`)).code).toBe('ambiguous_symbol');
  for (const route of ['historical', 'statistics']) {
    const answer = await app.as(owner).post(`${BASE}${route}/`, { stock_symbol: 'TWICE' });
    expect([answer.status, answer.code]).toEqual([409, 'ambiguous_symbol']);
    expect((await app.as(owner).post(`${BASE}${route}/`, { stock_symbol: 'TWICE.LSE' })).status).toBe(200);
  }
});
