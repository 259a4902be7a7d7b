/** One order takes the place of another. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { matcherOn, openOrderBench, wish } from '../../testing/order-bench.ts';
import type { ConditionalOrder, OrderBench } from '../../testing/order-bench.ts';

let bench: OrderBench;
beforeAll(async () => {
  bench = await openOrderBench();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.calm();
});

describe('replacing', () => {
  test('a new order takes the place: the old one is replaced, and each names the other', async () => {
    const id = await bench.trader.open();
    const old = await bench.placed(id, wish('buy', 'limit', { limitPrice: '9' }));
    const answer = await bench.change(id, old, { limitPrice: '8', quantity: '10' });
    expect(answer.status).toBe(200);
    const next = answer.as<ConditionalOrder>();
    expect(next).toMatchObject({ status: 'accepted', limitPrice: '8', quantity: '10', timeInForce: 'gtc', replacesId: old.id });
    expect(await bench.now(id, old)).toMatchObject({ status: 'replaced', replacedById: next.id, limitPrice: '9' });
    expect(await bench.trader.cash(id)).toEqual({ balance: '1000', reserved: '80', available: '920' });
    expect(await bench.change(id, old, { limitPrice: '7' })).toMatchObject({ status: 409, code: 'order_final' });
    await bench.expectSound();
  });

  test('refused, the old order stands as it was', async () => {
    const id = await bench.trader.open();
    const old = await bench.placed(id, wish('buy', 'limit', { limitPrice: '9' }));
    for (const [body, code] of [
      [{ quantity: '112' }, 'insufficient_cash'],
      [{ limitPrice: '9.005' }, 'tick_size'],
      [{ quantity: '2000000000' }, 'order_too_large'],
      [{ quantity: '0.00001' }, 'order_too_small'],
    ] as const)
      expect(await bench.change(id, old, body)).toMatchObject({ status: 422, code });
    expect(await bench.now(id, old)).toMatchObject({ status: 'accepted', quantity: '5', limitPrice: '9' });
    expect((await bench.trader.cash(id)).reserved).toBe('45');
    expect(await bench.orders(id)).toHaveLength(1);
  });

  test.each<[type: string, has: object, body: object, path: string]>([
    ['limit', { limitPrice: '11' }, { stopPrice: '9' }, 'stopPrice'],
    ['limit', { limitPrice: '11' }, { trailAmount: '1' }, 'trailAmount'],
    ['limit', { limitPrice: '11' }, { quantity: '0' }, 'quantity'],
    ['stop', { stopPrice: '9' }, { limitPrice: '9' }, 'limitPrice'],
    ['stop', { stopPrice: '9' }, { timeInForce: 'fok' }, 'timeInForce'],
    ['trailingStop', { trailAmount: '1' }, { trailAmount: '1', trailPercent: '1' }, 'trailAmount'],
    ['trailingStop', { trailAmount: '1' }, { trailPercent: '100' }, 'trailPercent'],
    ['limit', { limitPrice: '11', stopLoss: '9' }, { quantity: '1' }, 'quantity'],
  ])('a %s order with %j takes no %j', async (type, has, body, path) => {
    const id = await bench.holding();
    const order = await bench.placed(id, wish('sell', type, has));
    const answer = await bench.change(id, order, body);
    expect([answer.status, answer.code]).toEqual([422, 'invalid_value']);
    expect(answer.as<{ errors: { path: string }[] }>().errors[0]?.path).toBe(path);
  });

  test('what has filled stays with the old order; the new one is for the rest, or for what is asked', async () => {
    const id = await bench.trader.open({ settings: { fillModel: 'sizeAware' } });
    bench.trader.quote({ bid: '10', ask: '10', askSize: '2' });
    const old = await bench.placed(id, wish('buy', 'limit', { limitPrice: '10' }));
    const next = (await bench.change(id, old, { limitPrice: '9' })).as<ConditionalOrder>();
    expect(await bench.now(id, old)).toMatchObject({ status: 'replaced', filledQuantity: '2', quantity: '5' });
    expect(next).toMatchObject({ status: 'accepted', quantity: '3', filledQuantity: '0' });
    await bench.expectSound();
  });

  test('a stop moves, a trailing stop keeps the best price, and a stop that is reached is refused', async () => {
    const id = await bench.holding();
    const stop = await bench.placed(id, wish('sell', 'stop', { stopPrice: '9', quantity: '2' }));
    expect((await bench.change(id, stop, { stopPrice: '9.50' })).body).toMatchObject({
      stopPrice: '9.5',
      status: 'accepted',
      quantity: '2',
    });
    const matcher = await matcherOn(bench.app);
    const trailing = await bench.placed(id, wish('sell', 'trailingStop', { trailAmount: '1', quantity: '2' }));
    bench.trader.quote('12');
    bench.trader.quote('11.50');
    await matcher.stop();
    const next = (await bench.change(id, trailing, { trailAmount: '2' })).as<ConditionalOrder>();
    expect(next).toMatchObject({ stopPrice: '10', trailAmount: '2' }); // 12 less 2
    expect(await bench.change(id, next, { trailPercent: '1' })).toMatchObject({ status: 422, code: 'stop_reached' }); // 12 less 1 % is 11.88
  });

  test('one of a pair changes its price; both still hold one quantity', async () => {
    const id = await bench.holding();
    const profit = await bench.placed(id, wish('sell', 'limit', { limitPrice: '12', stopLoss: '9' }));
    const next = (await bench.change(id, profit, { limitPrice: '13' })).as<ConditionalOrder>();
    expect(next).toMatchObject({ status: 'accepted', limitPrice: '13', pairId: profit.pairId });
    const [loss] = await bench.orders(id, '?type=stop&status=open');
    expect(await bench.change(id, loss ?? next, { stopPrice: '10' })).toMatchObject({ code: 'stop_reached' });
    await bench.expectSound();
    expect((await bench.trader.client.delete(`portfolios/${id}/orders`)).body).toEqual({ canceled: 2 });
    expect(await bench.trader.place(id, wish('sell', 'market', { timeInForce: 'day' }))).toMatchObject({ status: 201 });
    await bench.expectSound();
  });

  test('asked twice with a client order id, it happens once; the id of another order is refused', async () => {
    const id = await bench.trader.open();
    const old = await bench.placed(id, wish('buy', 'limit', { limitPrice: '9', clientOrderId: 'one' }));
    const body = { limitPrice: '8', clientOrderId: 'two' };
    const [first, again] = [await bench.change(id, old, body), await bench.change(id, old, body)];
    expect([first.status, again.status, again.as<ConditionalOrder>().id]).toEqual([200, 200, first.as<ConditionalOrder>().id]);
    const taken = await bench.change(id, first.as<ConditionalOrder>(), { limitPrice: '7', clientOrderId: 'one' });
    expect(taken).toMatchObject({ status: 409, code: 'client_order_id_taken' });
    expect((await bench.orders(id, '?status=open')).map(({ clientOrderId }) => clientOrderId)).toEqual(['two']);
  });

  test('I8: of a replacement against cancellations and a fill, at once and on two servers, exactly one wins', async () => {
    const id = await bench.trader.open();
    for (let round = 0; round < 5; round += 1) {
      bench.trader.quote('10');
      bench.trader.quote('10', bench.second);
      const old = await bench.placed(id, wish('buy', 'limit', { limitPrice: '9', quantity: '1' }));
      bench.trader.quote('9');
      bench.trader.quote('9', bench.second);
      const path = `portfolios/${id}/orders/${old.id}`;
      await Promise.all([
        bench.trader.client.patch(path, { limitPrice: '5' }),
        bench.second.as(bench.trader.user).patch(path, { limitPrice: '6' }),
        bench.second.as(bench.trader.user).delete(path),
        bench.app.app.trading.desk.submit({ kind: 'trigger', portfolioId: id, by: null, orderId: old.id, seen: null }),
      ]);
      expect(await bench.events(id, old)).toHaveLength(2);
      const successors = (await bench.orders(id, '?status=open')).filter((order) => order.replacesId === old.id);
      expect(successors).toHaveLength((await bench.now(id, old)).status === 'replaced' ? 1 : 0);
    }
    await bench.expectSound();
  });

  test('an archived portfolio replaces nothing, and a sale not more than is held', async () => {
    const id = await bench.holding();
    const order = await bench.placed(id, wish('sell', 'limit', { limitPrice: '11', quantity: '2' }));
    expect(await bench.change(id, order, { quantity: '6' })).toMatchObject({ code: 'insufficient_position' });
    expect((await bench.trader.client.patch(`portfolios/${id}`, { archived: true })).status).toBe(200);
    expect(await bench.change(id, order, { limitPrice: '12' })).toMatchObject({ status: 409, code: 'portfolio_archived' });
  });
});
