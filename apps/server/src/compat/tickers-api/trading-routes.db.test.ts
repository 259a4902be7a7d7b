import { toNumber, ZERO } from '@holdfast/engine/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { AskOptions } from '../../testing/test-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Purchase {
  readonly id: string;
  readonly user_id: string;
  readonly tick_id: string;
  readonly purchase_price: number;
  readonly purchase_qty: number;
  readonly timestamp: string;
}
interface Purchases {
  readonly orders: readonly Purchase[];
  readonly total: number;
  readonly skip: number;
  readonly limit: number;
}
interface Positions {
  readonly user_id: string;
  readonly positions: readonly { symbol: string; quantity: number; average_price: number; current_price: number; pnl: number }[];
  readonly total_pnl: number;
}
interface Ticker {
  readonly id: string;
  readonly ltp: number;
}

async function ticker(symbol: string): Promise<Ticker> {
  const found = (await app.anonymous.get(`tickers?search=${symbol}`)).as<{ tickers_with_dates: (Ticker & { ticker: string })[] }>();
  const one = found.tickers_with_dates.find((item) => item.ticker === symbol);
  if (one === undefined) throw new Error(`There is no ticker ${symbol}.`);
  return one;
}
const bought = (tickId: string, price: number, quantity: number) => ({ tick_id: tickId, purchase_price: price, purchase_qty: quantity });
const place = (user: TestUser, orders: readonly object[], options: AskOptions = {}) => app.as(user).post('place-order', orders, options);
const purchases = async (user: TestUser, query = '') => (await app.as(user).get(`orders/purchased${query}`)).as<Purchases>();
const positions = async (user: TestUser, query = '') => (await app.as(user).post(`portfolio-position${query}`)).as<Positions>();
const NAIVE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

describe('POST /place-order', () => {
  test('answers what it recorded, field by field', async () => {
    const user = await app.user('placing');
    const { id } = await ticker('AAPL');
    const answer = await place(user, [bought(id, 150, 100), bought(id, 0.5, 1)]);
    const recorded = { id: expect.any(String) as string, user_id: user.id, tick_id: id, timestamp: '2026-01-05T15:30:00' };
    expect([answer.status, answer.body]).toEqual([
      200,
      [
        { ...recorded, purchase_price: 150, purchase_qty: 100 },
        { ...recorded, purchase_price: 0.5, purchase_qty: 1 },
      ],
    ]);
  });

  test('a tick_id may be written in capitals', async () => {
    const user = await app.user('capitals');
    const { id } = await ticker('AAPL');
    expect((await place(user, [bought(id.toUpperCase(), 1, 1)])).as<Purchase[]>()[0]?.tick_id).toBe(id);
  });

  test('all of them or none, and up to 500', async () => {
    const user = await app.user('wholesale');
    const { id } = await ticker('AAPL');
    const refused = await place(user, [bought(id, 150, 1), bought(newId(0), 150, 1)]);
    expect([refused.status, refused.code]).toEqual([400, 'unknown_symbol']);
    expect((await purchases(user)).total).toBe(0);
    const many = (count: number) => Array.from({ length: count }, (_, at) => bought(id, 1 + at, 1));
    expect((await place(user, many(501))).code).toBe('invalid_value');
    expect((await place(user, many(500))).as<Purchase[]>()).toHaveLength(500);
    expect((await purchases(user)).total).toBe(500);
  });

  test('another’s private instrument is as unknown as no instrument; one that is not traded any more is refused', async () => {
    const [owner, other] = [await app.user('owner'), await app.user('other')];
    const made = await app.as(owner).post('instruments', { symbol: 'ATTIC', name: 'Attic', assetClass: 'other', currency: 'USD' });
    const { id } = made.as<{ id: string }>();
    const [foreign, unknown] = [await place(other, [bought(id, 1, 1)]), await place(other, [bought(newId(0), 1, 1)])];
    expect([foreign.status, foreign.code, unknown.code]).toEqual([400, 'unknown_symbol', 'unknown_symbol']);
    expect((await place(owner, [bought(id, 1, 1)])).status).toBe(200);
    await app.as(owner).delete('instruments/ATTIC');
    const inactive = await place(owner, [bought(id, 1, 1)]);
    expect([inactive.status, inactive.code]).toEqual([400, 'instrument_inactive']);
  });

  test('the same Idempotency-Key records once; with other orders it is refused', async () => {
    const user = await app.user('repeating');
    const { id } = await ticker('AAPL');
    const headers = { 'idempotency-key': 'the-same' };
    const first = await place(user, [bought(id, 150, 1)], { headers });
    const again = await place(user, [bought(id, 150, 1)], { headers });
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([200, first.text, 'true']);
    const reused = await place(user, [bought(id, 150, 2)], { headers });
    expect([reused.status, reused.code]).toEqual([400, 'idempotency_key_reused']);
    expect((await purchases(user)).total).toBe(1);
  });

  test('each field, wrong in type, sign, size or digits, is 400 by its name and records nothing', async () => {
    const user = await app.user('wrong');
    const { id } = await ticker('AAPL');
    const wrong: readonly (readonly [field: string, values: readonly unknown[]])[] = [
      ['tick_id', [undefined, null, 5, '', 'AAPL', `${id} `, [id], '0'.repeat(36), `${id}'--`]],
      ['purchase_price', [undefined, null, '150', true, [150], {}, 0, -1, -0.01, 1e13, 1e300, 1e-13, 0.1 + 0.2, 123_456.123_456_789_12]],
      ['purchase_qty', [undefined, null, '1', true, [1], {}, 0, -1, 1.5, 0.000_1, 1e13, 1e300]],
    ];
    for (const [field, values] of wrong) {
      for (const value of values) {
        const answer = await place(user, [{ ...bought(id, 150, 1), [field]: value }]);
        const { detail, errors } = answer.as<{ detail: string; errors: { path: string }[] }>();
        expect([value, answer.status, answer.code, errors[0]?.path]).toEqual([value, 400, 'invalid_value', `0.${field}`]);
        expect(detail).toContain(field);
      }
    }
    for (const body of [[], {}, 'text', 5, bought(id, 150, 1), [null], [[]], [5]]) {
      const options = { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await app.as(user).post('place-order', undefined, options);
      expect([body, answer.status]).toEqual([body, 400]);
    }
    for (const extra of [{ user_id: newId(0) }, { total: 5 }, { side: 'sell' }])
      expect((await place(user, [{ ...bought(id, 150, 1), ...extra }])).code).toBe('unknown_field');
    // Each figure may be as large as it is; their product may not.
    expect((await place(user, [bought(id, 2_000_000, 1_000_000)])).code).toBe('invalid_value');
    expect((await purchases(user)).total).toBe(0);
  });

  test('figures stay exact: their sum in the database is that on paper, and the answer has the same number', async () => {
    const user = await app.user('exact');
    const { id } = await ticker('AAPL');
    for (const price of [0.1, 0.2, 1234.56789, 0.000_001, 99_999_999.99]) {
      const [recorded] = (await place(user, [bought(id, price, 3)])).as<Purchase[]>();
      expect(recorded?.purchase_price).toBe(price);
    }
    const sums = await app.db
      .selectFrom('transactions')
      .select(({ fn }) => fn.sum<string>('price').as('price'))
      .where('portfolio_id', '=', await defaultPortfolio(user))
      .executeTakeFirstOrThrow();
    // 0.1 + 0.2 + 1234.56789 + 0.000001 + 99999999.99 = 100001234.857891, which binary fractions miss.
    expect(sums.price).toMatch(/^100001234\.8578910*$/);
  });
});

describe('GET /orders/purchased', () => {
  test('newest first, by pages, with the number of all', async () => {
    const user = await app.user('paging');
    const { id } = await ticker('AAPL');
    expect(await purchases(user)).toEqual({ orders: [], total: 0, skip: 0, limit: 100 });
    for (const price of [1, 2, 3, 4, 5]) {
      await place(user, [bought(id, price, 1)]);
      app.clock.advance(1_000);
    }
    const prices = (page: Purchases) => page.orders.map(({ purchase_price: price }) => price);
    expect(prices(await purchases(user))).toEqual([5, 4, 3, 2, 1]);
    const page = await purchases(user, '?skip=1&limit=2');
    expect([prices(page), page.total, page.skip, page.limit]).toEqual([[4, 3], 5, 1, 2]);
    expect(await purchases(user, '?skip=5')).toMatchObject({ orders: [], total: 5 });
    for (const query of ['skip=-1', 'limit=0', 'limit=10001', 'skip=1.5', 'skip=x', 'skip=9999999999'])
      expect([query, (await app.as(user).get(`orders/purchased?${query}`)).status]).toEqual([query, 400]);
  });

  test('an answer that is kept is never older than the last purchase, wherever that was recorded', async () => {
    const user = await app.user('fresh');
    const { id } = await ticker('AAPL');
    const beside = await startTestApp({ beside: app });
    try {
      for (let count = 1; count <= 4; count += 1) {
        const server = count % 2 === 0 ? app : beside;
        await server.as(user).post('place-order', [bought(id, count, 1)]);
        for (const reader of [app, beside, app]) expect((await reader.as(user).get('orders/purchased')).as<Purchases>().total).toBe(count);
      }
      // Removed at another door: gone here too.
      const [newest] = (await purchases(user)).orders;
      await app.as(user).delete(`portfolio/positions/${newest?.id ?? ''}`);
      expect((await purchases(user)).orders.map(({ purchase_price: price }) => price)).toEqual([3, 2, 1]);
    } finally {
      await beside.close();
    }
  });

  test('I14: nobody sees another’s purchases', async () => {
    const [one, two] = [await app.user('one'), await app.user('two')];
    await place(one, [bought((await ticker('AAPL')).id, 150, 1)]);
    expect((await purchases(one)).total).toBe(1);
    expect((await purchases(two)).total).toBe(0);
    expect((await positions(two)).positions).toEqual([]);
    expect((await app.as(two).get('quality-checks')).as<{ issues: unknown[] }>().issues).toEqual([]);
  });
});

describe('POST /portfolio-position', () => {
  test('quantity, average, present price and profit per symbol, and their sum', async () => {
    const user = await app.user('holding');
    const [apple, microsoft] = [await ticker('AAPL'), await ticker('MSFT')];
    expect(await positions(user)).toEqual({ user_id: user.id, positions: [], total_pnl: 0 });
    await place(user, [bought(apple.id, 150, 100), bought(apple.id, 180, 50), bought(microsoft.id, 400, 2)]);
    // (100 x 150 + 50 x 180) / 150 = 24,000 / 150 = 160.
    const applePnl = cents(150 * apple.ltp - 24_000);
    const microsoftPnl = cents(2 * microsoft.ltp - 800);
    const timestamp = expect.stringMatching(NAIVE) as string;
    const expected = {
      user_id: user.id,
      positions: [
        { symbol: 'AAPL', quantity: 150, average_price: 160, current_price: apple.ltp, pnl: applePnl, timestamp },
        { symbol: 'MSFT', quantity: 2, average_price: 400, current_price: microsoft.ltp, pnl: microsoftPnl, timestamp },
      ],
      total_pnl: cents(applePnl + microsoftPnl),
    };
    const [posted, read] = [await app.as(user).post('portfolio-position'), await app.as(user).get('portfolio-position')];
    expect(posted.body).toEqual(expected);
    expect(read.body).toEqual(expected);
  });

  test('the same gain at every door', async () => {
    const user = await app.user('everywhere');
    await place(user, [bought((await ticker('AAPL')).id, 123.45, 7), bought((await ticker('NVDA')).id, 99, 3)]);
    const here = await positions(user);
    const summary = (await app.as(user).get('/portfolio/summary')).as<{
      total_gain_loss: number;
      positions: { stock_symbol: string; gain_loss: number; gain_loss_percent: number }[];
    }>();
    const id = await defaultPortfolio(user);
    const own = (await app.as(user).get(`portfolios/${id}/positions`)).as<{
      items: { symbol: string; unrealizedGain: string; unrealizedGainPercent: number }[];
    }>();
    expect(summary.total_gain_loss).toBe(here.total_pnl);
    for (const { symbol, pnl } of here.positions) {
      const there = summary.positions.find((position) => position.stock_symbol === symbol);
      const third = own.items.find((position) => position.symbol === symbol);
      expect([there?.gain_loss, Number(third?.unrealizedGain)]).toEqual([pnl, pnl]);
      expect(there?.gain_loss_percent).toBe(third?.unrealizedGainPercent);
    }
  });

  test('portfolio=all adds up every tracked portfolio, and anything else is 400', async () => {
    const user = await app.user('several');
    const apple = await ticker('AAPL');
    await place(user, [bought(apple.id, 100, 1)]);
    const second = (await app.as(user).post('portfolios', { name: 'Second', kind: 'tracked' })).as<{ id: string }>();
    await app.as(user).post(`portfolios/${second.id}/transactions`, { type: 'buy', symbol: 'AAPL', quantity: '3', price: '200' });
    expect((await positions(user)).positions).toMatchObject([{ quantity: 1, average_price: 100 }]);
    // (1 x 100 + 3 x 200) / 4 = 175.
    const all = await positions(user, '?portfolio=all');
    expect(all.positions).toMatchObject([{ quantity: 4, average_price: 175, pnl: cents(4 * apple.ltp - 700) }]);
    for (const query of ['portfolio=none', 'portfolio=', `portfolio=${second.id}`])
      expect([query, (await app.as(user).post(`portfolio-position?${query}`)).status]).toEqual([query, 400]);
  });

  test('amounts of two currencies are never added up as they stand', async () => {
    const user = await app.user('abroad');
    const usdPerEur = toNumber(app.app.market.rates.rate('EUR', 'USD', app.clock.now()) ?? ZERO);
    const euros = { symbol: 'LOFT', name: 'Loft in Berlin', assetClass: 'other', currency: 'EUR' };
    const loft = (await app.as(user).post('instruments', euros)).as<{ id: string }>();
    await app.as(user).put('instruments/LOFT/prices', { prices: [{ day: '2026-01-05', price: '150' }] });
    await place(user, [bought(loft.id, 100, 10)]);
    // All in one currency: 10 x (150 - 100) of it.
    expect((await positions(user)).total_pnl).toBe(500);
    const apple = await ticker('AAPL');
    await place(user, [bought(apple.id, 100, 1)]);
    const both = await positions(user);
    expect(both.positions.map(({ symbol, pnl }) => [symbol, pnl])).toEqual([
      ['AAPL', cents(apple.ltp - 100)],
      ['LOFT', 500],
    ]);
    expect(both.total_pnl).toBeCloseTo(apple.ltp - 100 + 500 * usdPerEur, 2);
  });

  test('a position without a price counts at its cost, and never at the price of another’s instrument of that name', async () => {
    const [one, two] = [await app.user('priced'), await app.user('unpriced')];
    const shed = { symbol: 'SHED', name: 'Shed', assetClass: 'other', currency: 'USD' };
    const ids = [];
    for (const user of [one, two]) ids.push((await app.as(user).post('instruments', shed)).as<{ id: string }>().id);
    await app.as(one).put('instruments/SHED/prices', { prices: [{ day: '2026-01-05', price: '900' }] });
    await place(one, [bought(ids[0] ?? '', 100, 1)]);
    await place(two, [bought(ids[1] ?? '', 100, 1)]);
    expect((await positions(one)).positions).toMatchObject([{ symbol: 'SHED', current_price: 900, pnl: 800 }]);
    expect(await positions(two)).toMatchObject({ positions: [{ symbol: 'SHED', current_price: 100, pnl: 0 }], total_pnl: 0 });
    expect((await app.as(two).get('/stocks/SHED/price')).status).toBe(404);
  });
});

describe('a price of the client’s own choosing', () => {
  test('buys nothing with virtual cash', async () => {
    const user = await app.user('cheap');
    const apple = await ticker('AAPL');
    const opened = await app.as(user).post('portfolios', { name: 'Practice', kind: 'paper', startingCash: '10000' });
    const { id } = opened.as<{ id: string }>();
    await place(user, [bought(apple.id, 0.01, 1_000_000)]);
    expect((await app.as(user).get(`portfolios/${id}/summary`)).body).toMatchObject({ totalValue: '10000', positions: 0 });
    const order = { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1', price: '0.01' };
    expect((await app.as(user).post(`portfolios/${id}/orders`, order)).code).toBe('unknown_field');
    const sale = { symbol: 'AAPL', side: 'sell', type: 'market', quantity: '1000000' };
    expect((await app.as(user).post(`portfolios/${id}/orders`, sale)).code).toBe('insufficient_position');
    expect((await app.as(user).get(`portfolios/${id}`)).body).toMatchObject({ cash: [{ balance: '10000', available: '10000' }] });
  });

  test('what was recorded cannot be sold as more than it is', async () => {
    const user = await app.user('oversold');
    await place(user, [bought((await ticker('AAPL')).id, 150, 5)]);
    const id = await defaultPortfolio(user);
    const sale = { type: 'sell', symbol: 'AAPL', quantity: '1000000', price: '1' };
    expect((await app.as(user).post(`portfolios/${id}/transactions`, sale)).code).toBe('insufficient_position');
    expect((await positions(user)).positions).toMatchObject([{ quantity: 5 }]);
  });
});

async function defaultPortfolio(user: TestUser): Promise<string> {
  const { items } = (await app.as(user).get('portfolios?kind=tracked')).as<{ items: { id: string; isDefault: boolean }[] }>();
  return items.find(({ isDefault }) => isDefault)?.id ?? '';
}

/** Amounts of dollars are whole cents. */
function cents(amount: number): number {
  return Number(amount.toFixed(2));
}
