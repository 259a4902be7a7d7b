import { toNumber, ZERO } from '@holdfast/engine/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const root = await app.user('root', 'admin');
  await listTwice(root, 'DUO');
});
afterAll(() => app.close());

interface Position {
  readonly id: string;
  readonly user_id: string;
  readonly stock_symbol: string;
  readonly quantity: number;
  readonly purchase_price: number;
  readonly created_at: string;
}
interface Summary {
  readonly total_value: number;
  readonly total_invested: number;
  readonly total_gain_loss: number;
  readonly total_gain_loss_percent: number | null;
  readonly currency: string;
  readonly positions: readonly {
    readonly stock_symbol: string;
    readonly gain_loss_percent: number | null;
    readonly allocation_percent: number;
  }[];
}

/** A symbol with two listings of which neither is the primary one. */
async function listTwice(root: TestUser, symbol: string): Promise<void> {
  const listing = { symbol, name: 'Two listings', assetClass: 'stock', currency: 'GBP', private: false };
  for (const exchange of ['LSE', 'NYSE']) await app.as(root).post('instruments', { ...listing, exchange });
  await app.db.updateTable('instruments').set({ is_primary: false }).where('symbol', '=', symbol).execute();
  const rows = await app.db.selectFrom('instruments').select('key').where('symbol', '=', symbol).execute();
  await app.app.market.reread(rows.map(({ key }) => key));
}

let users = 0;
const newUser = () => app.user(`holder-${(users += 1)}`);
const position = (symbol: string, quantity: number, price: number) => ({ stock_symbol: symbol, quantity, purchase_price: price });

/** The paths as the document writes them, and under the prefix of the rest. */
describe.each(['', '/api/v1'])('under "%s"', (prefix) => {
  const list = async (user: TestUser, query = '') => (await app.as(user).get(`${prefix}/portfolio/positions${query}`)).as<Position[]>();
  const add = (user: TestUser, body: object, headers: Readonly<Record<string, string>> = {}) =>
    app.as(user).post(`${prefix}/portfolio/positions`, body, { headers });
  const added = async (user: TestUser, body: object) => (await add(user, body)).as<Position>();
  const summary = async (user: TestUser) => (await app.as(user).get(`${prefix}/portfolio/summary`)).as<Summary>();
  const price = async (user: TestUser, symbol: string) =>
    (await app.as(user).get(`${prefix}/stocks/${symbol}/price`)).as<{ price: number }>().price;

  test('a position is added, listed, corrected and removed', async () => {
    const user = await newUser();
    const made = await add(user, position('aapl', 10, 150));
    const apple: Position = {
      id: expect.any(String) as string,
      user_id: user.id,
      stock_symbol: 'AAPL',
      quantity: 10,
      purchase_price: 150,
      created_at: new Date(app.clock.now()).toISOString(),
    };
    expect([made.status, made.body]).toEqual([201, apple]);
    const { id } = made.as<Position>();
    app.clock.advance(1_000);
    const second = await added(user, position('MSFT', 2.5, 400.25));
    expect(await list(user)).toEqual([{ ...apple, id }, second]);

    const changed = await app.as(user).put(`${prefix}/portfolio/positions/${id}`, { quantity: 12 });
    expect([changed.status, changed.body]).toEqual([200, { ...apple, id, quantity: 12 }]);
    const renamed = await app.as(user).put(`${prefix}/portfolio/positions/${id}`, position('NVDA', 1, 2));
    expect(renamed.body).toEqual({ ...apple, id, stock_symbol: 'NVDA', quantity: 1, purchase_price: 2 });
    expect((await list(user)).map(({ stock_symbol: symbol }) => symbol)).toEqual(['NVDA', 'MSFT']);

    const removed = await app.as(user).delete(`${prefix}/portfolio/positions/${id}`);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect(await list(user)).toEqual([second]);
    for (const gone of [id, newId(app.clock.now())]) {
      expect((await app.as(user).delete(`${prefix}/portfolio/positions/${gone}`)).code).toBe('not_found');
      expect((await app.as(user).put(`${prefix}/portfolio/positions/${gone}`, { quantity: 1 })).code).toBe('not_found');
    }
  });

  test('the list comes in pages, the oldest first', async () => {
    const user = await newUser();
    for (const paid of [1, 2, 3, 4]) {
      await added(user, position('AAPL', 1, paid));
      app.clock.advance(1_000);
    }
    const prices = async (query: string) => (await list(user, query)).map(({ purchase_price: paid }) => paid);
    expect([await prices(''), await prices('?limit=2'), await prices('?skip=3&limit=2'), await prices('?skip=4')]).toEqual([
      [1, 2, 3, 4],
      [1, 2],
      [4],
      [],
    ]);
    for (const query of ['skip=-1', 'limit=0', 'limit=501', 'limit=x', 'skip=1.5'])
      expect([query, (await app.as(user).get(`${prefix}/portfolio/positions?${query}`)).status]).toEqual([query, 400]);
  });

  test('the summary: value, capital, gain in money and percent, and each stock’s share', async () => {
    const user = await newUser();
    expect(await summary(user)).toEqual({
      total_value: 0,
      total_invested: 0,
      total_gain_loss: 0,
      total_gain_loss_percent: null,
      currency: 'USD',
      positions: [],
    });
    await added(user, position('AAPL', 10, 150));
    await added(user, position('AAPL', 5, 180));
    await added(user, position('MSFT', 2, 400));
    const [apple, microsoft] = [await price(user, 'AAPL'), await price(user, 'MSFT')];
    // Apple: 10 x 150 + 5 x 180 = 2,400 for 15, on average 160. Microsoft: 2 x 400 = 800.
    const [appleValue, microsoftValue] = [cents(15 * apple), cents(2 * microsoft)];
    const value = cents(appleValue + microsoftValue);
    const got = await summary(user);
    expect(got).toMatchObject({ total_value: value, total_invested: 3_200, total_gain_loss: cents(value - 3_200), currency: 'USD' });
    expect(got.total_gain_loss_percent).toBeCloseTo(((value - 3_200) / 3_200) * 100, 9);
    const stocks = [
      {
        stock_symbol: 'AAPL',
        quantity: 15,
        average_price: 160,
        current_price: apple,
        invested: 2_400,
        value: appleValue,
        gain_loss: cents(appleValue - 2_400),
        gain_loss_percent: expect.closeTo(((appleValue - 2_400) / 2_400) * 100, 9) as number,
        allocation_percent: expect.closeTo((appleValue / value) * 100, 9) as number,
      },
      {
        stock_symbol: 'MSFT',
        quantity: 2,
        average_price: 400,
        current_price: microsoft,
        invested: 800,
        value: microsoftValue,
        gain_loss: cents(microsoftValue - 800),
        gain_loss_percent: expect.closeTo(((microsoftValue - 800) / 800) * 100, 9) as number,
        allocation_percent: expect.closeTo((microsoftValue / value) * 100, 9) as number,
      },
    ];
    // The greatest first.
    expect(got.positions).toEqual(stocks.sort((one, other) => other.value - one.value));
    expect(got.positions.reduce((sum, { allocation_percent: share }) => sum + share, 0)).toBeCloseTo(100, 9);
  });

  test('what was sold elsewhere limits what can be taken back here', async () => {
    const user = await newUser();
    const { id } = await added(user, position('AAPL', 10, 100));
    const { items } = (await app.as(user).get('portfolios?kind=tracked')).as<{ items: { id: string }[] }>();
    const sale = { type: 'sell', symbol: 'AAPL', quantity: '8', price: '120' };
    app.clock.advance(1_000);
    expect((await app.as(user).post(`portfolios/${items[0]?.id ?? ''}/transactions`, sale)).status).toBe(201);
    const path = `${prefix}/portfolio/positions/${id}`;
    for (const refused of [await app.as(user).delete(path), await app.as(user).put(path, { quantity: 7 })])
      expect([refused.status, refused.code]).toEqual([400, 'insufficient_position']);
    expect(await list(user)).toMatchObject([{ quantity: 10 }]);
    expect((await app.as(user).put(path, { quantity: 8 })).status).toBe(200);
    // All of it is sold: a position still in the list of what was added, and no value any more.
    expect(await summary(user)).toMatchObject({ total_value: 0, positions: [] });
  });

  test('a symbol that means nothing, or more than one listing, is refused by its name', async () => {
    const user = await newUser();
    const { id } = await added(user, position('AAPL', 1, 1));
    for (const [symbol, status, code] of [
      ['NOSUCH', 400, 'unknown_symbol'],
      ['DUO', 409, 'ambiguous_symbol'],
    ] as const) {
      const put = await app.as(user).put(`${prefix}/portfolio/positions/${id}`, { stock_symbol: symbol });
      for (const refused of [await add(user, position(symbol, 1, 1)), put]) {
        expect([refused.status, refused.code]).toEqual([status, code]);
        expect(refused.as<{ detail: string }>().detail).toContain(symbol);
      }
    }
    expect((await added(user, position('DUO.LSE', 1, 1))).stock_symbol).toBe('DUO.LSE');
    expect(await list(user)).toHaveLength(2);
  });

  test('the same Idempotency-Key adds once', async () => {
    const user = await newUser();
    const headers = { 'idempotency-key': `once-${prefix.length}` };
    const [first, again] = [await add(user, position('AAPL', 1, 1), headers), await add(user, position('AAPL', 1, 1), headers)];
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect((await add(user, position('AAPL', 2, 1), headers)).code).toBe('idempotency_key_reused');
    expect(await list(user)).toHaveLength(1);
  });

  test('each field, wrong in type, sign, size or digits, is 400 by its name and changes nothing', async () => {
    const user = await newUser();
    const { id } = await added(user, position('AAPL', 1, 1));
    const figures = [null, '1', true, [1], {}, 0, -1, -0.5, 1e13, 1e300, 1e-13, 0.1 + 0.2];
    const wrong: readonly (readonly [field: string, values: readonly unknown[]])[] = [
      ['stock_symbol', [null, 5, '', ' ', 'A B', 'A'.repeat(33), ['AAPL'], "A';--"]],
      ['quantity', figures],
      ['purchase_price', figures],
    ];
    for (const [field, values] of wrong) {
      expect((await add(user, { ...position('AAPL', 1, 1), [field]: undefined })).status).toBe(400);
      for (const value of values) {
        const put = await app.as(user).put(`${prefix}/portfolio/positions/${id}`, { [field]: value });
        for (const answer of [await add(user, { ...position('AAPL', 1, 1), [field]: value }), put]) {
          const { errors } = answer.as<{ errors: { path: string }[] }>();
          expect([value, answer.status, answer.code, errors[0]?.path]).toEqual([value, 400, 'invalid_value', field]);
        }
      }
    }
    for (const extra of [{ user_id: user.id }, { id }, { created_at: '2020-01-01' }]) {
      expect((await add(user, { ...position('AAPL', 1, 1), ...extra })).code).toBe('unknown_field');
      expect((await app.as(user).put(`${prefix}/portfolio/positions/${id}`, extra)).code).toBe('unknown_field');
    }
    for (const none of ['1', 'x', `${id}0`]) expect((await app.as(user).delete(`${prefix}/portfolio/positions/${none}`)).status).toBe(400);
    expect(await list(user)).toMatchObject([{ stock_symbol: 'AAPL', quantity: 1, purchase_price: 1 }]);
  });

  test('the price of a stock, with where it is from and how old it is', async () => {
    const user = await newUser();
    const answer = await app.as(user).get(`${prefix}/stocks/aapl/price`);
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        symbol: 'AAPL',
        price: expect.any(Number) as number,
        currency: 'USD',
        source: 'simulated',
        timestamp: expect.stringMatching(/^2026-01-05T15:\d\d:\d\d\.000Z$/) as string,
        age_seconds: expect.any(Number) as number,
      },
    ]);
    const { age_seconds: age, timestamp } = answer.as<{ age_seconds: number; timestamp: string }>();
    expect(age).toBe((app.clock.now() - Date.parse(timestamp)) / 1_000);
    const quote = (await app.as(user).get('quotes/AAPL')).as<{ last: string }>();
    expect(answer.as<{ price: number }>().price).toBe(Number(quote.last));
    expect((await app.as(user).get(`${prefix}/stocks/NOSUCH/price`)).code).toBe('not_found');
    const ambiguous = await app.as(user).get(`${prefix}/stocks/DUO/price`);
    expect([ambiguous.status, ambiguous.code]).toEqual([409, 'ambiguous_symbol']);
  });

  test('I14: a position is its owner’s', async () => {
    const [owner, other] = [await newUser(), await newUser()];
    const { id } = await added(owner, position('AAPL', 10, 150));
    expect([await list(other), (await summary(other)).positions]).toEqual([[], []]);
    expect((await app.as(other).put(`${prefix}/portfolio/positions/${id}`, { quantity: 1 })).code).toBe('not_found');
    expect((await app.as(other).delete(`${prefix}/portfolio/positions/${id}`)).code).toBe('not_found');
    expect(await list(owner)).toHaveLength(1);
  });
});

test('what is held in another currency counts in the portfolio’s own, at today’s rate against the rate of its day', async () => {
  const user = await newUser();
  const loft = { symbol: 'LOFT', name: 'Loft in Berlin', assetClass: 'other', currency: 'EUR' };
  await app.as(user).post('instruments', loft);
  await app.as(user).put('instruments/LOFT/prices', { prices: [{ day: '2026-01-05', price: '120' }] });
  await app.as(user).post('/portfolio/positions', position('LOFT', 10, 100));
  const usdPerEur = toNumber(app.app.market.rates.rate('EUR', 'USD', app.clock.now()) ?? ZERO);
  const got = await app.as(user).get('/portfolio/summary');
  expect(got.body).toMatchObject({ currency: 'USD', positions: [{ average_price: 100, current_price: 120 }] });
  const figures = got.as<Summary>();
  // Bought and valued on the same day, so one rate: 1,000 became 1,200 of the foreign money, 20 % more.
  expect(figures.total_invested).toBeCloseTo(1_000 * usdPerEur, 1);
  expect(figures.total_value).toBeCloseTo(1_200 * usdPerEur, 1);
  expect(figures.total_gain_loss_percent).toBeCloseTo(20, 1);
});

/** Amounts of dollars are whole cents. */
function cents(amount: number): number {
  return Number(amount.toFixed(2));
}
