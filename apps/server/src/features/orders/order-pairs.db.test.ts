/** Orders that belong to others: what protects a purchase, and two of which one cancels the other. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openOrderBench, until, wish } from '../../testing/order-bench.ts';
import type { OrderBench } from '../../testing/order-bench.ts';

let bench: OrderBench;
beforeAll(async () => {
  bench = await openOrderBench();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.calm();
});

describe('brackets and pairs', () => {
  test('the exits come with the fill: two orders for one quantity', async () => {
    const id = await bench.trader.open();
    const entry = await bench.placed(id, wish('buy', 'market', { takeProfit: { limitPrice: '12' }, stopLoss: { stopPrice: '9' } }));
    expect(entry).toMatchObject({ status: 'filled', takeProfit: { limitPrice: '12' }, stopLoss: { stopPrice: '9', limitPrice: null } });
    const exits = await bench.orders(id, `?parentId=${entry.id}`);
    expect(exits).toMatchObject([
      { side: 'sell', type: 'stop', quantity: '5', stopPrice: '9', status: 'accepted', timeInForce: 'gtc', expiresAt: null },
      { side: 'sell', type: 'limit', quantity: '5', limitPrice: '12', status: 'accepted', parentId: entry.id },
    ]);
    expect(new Set(exits.map(({ pairId }) => pairId)).size).toBe(1);
    expect(await bench.trader.place(id, wish('sell', 'market', { timeInForce: 'day' }))).toMatchObject({ code: 'insufficient_position' });
    // One database transaction: every row carries its instant, and the events are dense.
    const { rows } = await bench.app.pool.query<{ instants: number; events: number; last: number }>(
      `select count(distinct o.created_at)::int as instants, count(distinct e.sequence)::int as events, max(e.sequence)::int as last
        from orders o join order_events e on e.portfolio_id = o.portfolio_id and e.order_id = o.id where o.portfolio_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ instants: 1, events: 3, last: 3 }]);
    await bench.expectSound();
  });

  test('the exits follow the fills of the entry, part by part', () =>
    bench.withMatcher(async () => {
      const id = await bench.trader.open({ settings: { fillModel: 'sizeAware' } });
      bench.trader.quote({ bid: '10', ask: '10', askSize: '2' });
      const entry = await bench.placed(id, wish('buy', 'limit', { limitPrice: '10', takeProfit: '12', stopLoss: '9' }));
      const exits = async () => (await bench.orders(id, `?parentId=${entry.id}`)).map(({ quantity }) => quantity);
      expect([entry.status, await exits()]).toEqual(['partiallyFilled', ['2', '2']]);
      bench.trader.quote({ bid: '10', ask: '10', askSize: '1' });
      await until(async () => (await exits()).join() === '3,3');
      bench.trader.quote({ bid: '10', ask: '10', askSize: '50' });
      await until(async () => (await exits()).join() === '5,5');
      expect((await bench.orders(id)).length).toBe(3);
      await bench.expectSound();
    }));

  test('of the two exactly one wins, and what one sells in part the other does not', () =>
    bench.withMatcher(async () => {
      const id = await bench.trader.open({ settings: { fillModel: 'sizeAware' } });
      const entry = await bench.placed(id, wish('buy', 'market', { takeProfit: '12', stopLoss: '9' }));
      const exit = async (type: string) => (await bench.orders(id, `?parentId=${entry.id}&type=${type}`))[0];
      bench.trader.quote({ bid: '12', ask: '12', bidSize: '2' });
      await until(async () => (await exit('limit'))?.status === 'partiallyFilled');
      expect(await exit('stop')).toMatchObject({ status: 'accepted', quantity: '3' });
      await bench.expectSound();
      bench.trader.quote({ bid: '8', ask: '8', bidSize: '50' });
      await until(async () => (await exit('stop'))?.status === 'filled');
      expect([await exit('limit'), await exit('stop')]).toMatchObject([
        { status: 'canceled', filledQuantity: '2' },
        { status: 'filled', filledQuantity: '3' },
      ]);
      expect([await bench.trader.holdings(id), await bench.trader.cash(id)]).toMatchObject([{}, { balance: '998', reserved: '0' }]); // 950 + 2 x 12 + 3 x 8
      await bench.expectSound();
    }));

  test('I8: both exits triggered at once on two servers sell what is held once', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => bench.trader.open()));
    const entries = await Promise.all(ids.map((id) => bench.placed(id, wish('buy', 'market', { takeProfit: '12', stopLoss: '9' }))));
    const exits = await Promise.all(ids.map((id, at) => bench.orders(id, `?parentId=${entries[at]?.id ?? ''}`)));
    bench.trader.quote({ last: '9', bid: '12', ask: '12' });
    bench.trader.quote({ last: '9', bid: '12', ask: '12' }, bench.second);
    const desks = [bench.app.app.trading.desk, bench.second.app.trading.desk];
    await Promise.all(
      ids.flatMap((portfolioId, at) =>
        (exits[at] ?? []).flatMap((order) =>
          desks.map((desk) => desk.submit({ kind: 'trigger', portfolioId, by: null, orderId: order.id, seen: null })),
        ),
      ),
    );
    for (const id of ids) {
      const ended = (await bench.orders(id, '?side=sell')).map(({ status }) => status);
      expect([...ended].sort()).toEqual(['canceled', 'filled']);
      // 950 + 5 x 12: once.
      expect([await bench.trader.holdings(id), (await bench.trader.cash(id)).balance]).toEqual([{}, '1010']);
    }
    await bench.expectSound();
  });

  test('a sale at a limit with a stop loss: one cancels the other', () =>
    bench.withMatcher(async () => {
      const id = await bench.holding();
      const profit = await bench.placed(id, wish('sell', 'limit', { limitPrice: '12', stopLoss: { stopPrice: '9', limitPrice: '8.50' } }));
      const [loss] = await bench.orders(id, '?type=stopLimit');
      expect(loss).toMatchObject({ quantity: '5', stopPrice: '9', limitPrice: '8.5', pairId: profit.pairId });
      bench.trader.quote('12');
      await bench.untilStatus(id, profit, 'filled');
      expect(await bench.now(id, loss ?? profit)).toMatchObject({ status: 'canceled', filledQuantity: '0' });
      expect(await bench.trader.holdings(id)).toEqual({});
      await bench.expectSound();
    }));

  test('canceling one leaves the other with all of it; canceling both gives everything back', async () => {
    const id = await bench.holding();
    const profit = await bench.placed(id, wish('sell', 'limit', { limitPrice: '12', stopLoss: '9' }));
    await bench.trader.client.delete(`portfolios/${id}/orders/${profit.id}`);
    expect(await bench.trader.place(id, wish('sell', 'market', { timeInForce: 'day' }))).toMatchObject({ code: 'insufficient_position' });
    await bench.expectSound();
    expect((await bench.trader.client.delete(`portfolios/${id}/orders`)).body).toEqual({ canceled: 1 });
    expect(await bench.trader.place(id, wish('sell', 'market', { timeInForce: 'day' }))).toMatchObject({ status: 201 });
  });
});
