/** The rules of a paper portfolio, each with its effect. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openOrderBench, wish } from '../../testing/order-bench.ts';
import type { OrderBench } from '../../testing/order-bench.ts';

let bench: OrderBench;
beforeAll(async () => {
  bench = await openOrderBench();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.calm();
});

const buy = (quantity: string) => wish('buy', 'market', { quantity, timeInForce: 'day' });
const set = (id: string, settings: object) => bench.trader.client.patch(`portfolios/${id}`, { settings });

describe('the credit limit', () => {
  test('I2: free cash goes as far below zero as it says, and no cent further, on two servers at once', async () => {
    const id = await bench.trader.open({ startingCash: '100', settings: { creditLimit: '50' } });
    const doors = (at: number) => (at % 2 === 0 ? bench.trader.client : bench.second.as(bench.trader.user));
    const answers = await Promise.all(Array.from({ length: 16 }, (_, at) => doors(at).post(`portfolios/${id}/orders`, buy('2'))));
    // 150 pay for seven orders of 20 each.
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(7);
    expect(answers.filter((answer) => answer.code === 'insufficient_cash')).toHaveLength(9);
    expect(await bench.trader.cash(id)).toEqual({ balance: '-40', reserved: '0', available: '10' });
    await bench.expectSound();
  });

  test('not even by hand: the database refuses it', async () => {
    const id = await bench.trader.open({ startingCash: '100', settings: { creditLimit: '50' } });
    const owe = (cash: string) => bench.app.pool.query('update portfolio_heads set cash = $2 where portfolio_id = $1', [id, cash]);
    await owe('-50');
    await expect(owe('-50.01')).rejects.toThrow('cash_is_guarded');
    await owe('100');
  });

  test('it is raised at once, and lowered no further than what is owed', async () => {
    const id = await bench.trader.open({ startingCash: '100' });
    expect(await bench.trader.place(id, buy('12'))).toMatchObject({ code: 'insufficient_cash' });
    expect((await set(id, { creditLimit: '20' })).as<{ settings: object }>().settings).toMatchObject({
      creditLimit: '20',
      fillModel: 'instant',
    });
    await bench.placed(id, buy('12'));
    expect(await set(id, { creditLimit: '19.99' })).toMatchObject({ status: 409, code: 'conflict' });
    expect(await bench.trader.cash(id)).toEqual({ balance: '-20', reserved: '0', available: '0' });
    await bench.placed(id, wish('sell', 'market', { quantity: '12', timeInForce: 'day' }));
    expect((await set(id, { creditLimit: '0' })).status).toBe(200);
  });

  test.each(['-1', '1000000000000.01', '0.000000001'])('a limit of %s is refused', async (creditLimit) => {
    const id = await bench.trader.open();
    expect(await set(id, { creditLimit })).toMatchObject({ status: 422, code: 'invalid_value' });
  });

  test('a clone has the limit, and not the credit as cash', async () => {
    const id = await bench.trader.open({ startingCash: '100', settings: { creditLimit: '50' } });
    const clone = await bench.trader.client.post(`portfolios/${id}/clone`, {});
    expect(clone.body).toMatchObject({ settings: { creditLimit: '50' }, cash: [{ balance: '100', available: '150' }] });
  });
});

describe('the fill model', () => {
  test('by chance: a quote fills or does not, and whoever asks again is told the same', async () => {
    const settings = { fillModel: 'chance', fillChancePercent: 1, fillSeed: 7 };
    const id = await bench.trader.open({ settings });
    const orders = await Promise.all(Array.from({ length: 10 }, () => bench.placed(id, buy('1'))));
    // Of ten orders at one in a hundred some wait, whatever their ids: all ten filled has a chance of 10^-20.
    expect(orders.some(({ status }) => status === 'accepted')).toBe(true);
    await set(id, { fillChancePercent: 100 });
    await bench.withMatcher(async () => {
      bench.trader.quote('9');
      for (const order of orders) await bench.untilStatus(id, order, 'filled');
    });
    expect(await bench.trader.holdings(id)).toEqual({ SHARE: '10' });
    await bench.expectSound();
  });

  test.each([{ fillChancePercent: 0 }, { fillChancePercent: 101 }, { fillSeed: -1 }, { fillModel: 'never' }])(
    '%j is refused',
    async (settings) => {
      const id = await bench.trader.open();
      expect((await set(id, settings)).status).toBe(422);
    },
  );
});
