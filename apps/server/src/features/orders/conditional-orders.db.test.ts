/** Stops and trailing stops, from the request to the database and back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { matcherOn, openOrderBench, until, wish } from '../../testing/order-bench.ts';
import type { OrderBench } from '../../testing/order-bench.ts';

let bench: OrderBench;
beforeAll(async () => {
  bench = await openOrderBench();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.calm();
});

describe('stops', () => {
  test('a stop waits for the last price, and sells at what the market gives then', () =>
    bench.withMatcher(async () => {
      const id = await bench.holding();
      const stop = await bench.placed(id, wish('sell', 'stop', { stopPrice: '9' }));
      expect(stop).toMatchObject({ status: 'accepted', type: 'stop', stopPrice: '9', limitPrice: null });
      expect(stop).not.toHaveProperty('triggeredAt');
      bench.trader.quote('9.01');
      bench.trader.quote({ last: '9', bid: '8.90', ask: '9.10' });
      await bench.untilStatus(id, stop, 'filled');
      // 950 + 5 x 8.90.
      expect([(await bench.now(id, stop)).averageFillPrice, (await bench.trader.cash(id)).balance]).toEqual(['8.9', '994.5']);
      expect(await bench.now(id, stop)).toHaveProperty('triggeredAt');
    }));

  test('a stop-limit order that was reached beyond its limit waits there, and says so', () =>
    bench.withMatcher(async () => {
      const id = await bench.holding();
      const order = await bench.placed(id, wish('sell', 'stopLimit', { stopPrice: '9', limitPrice: '8.80' }));
      bench.trader.quote('8.50');
      await until(async () => (await bench.now(id, order)).triggeredAt !== undefined);
      expect(await bench.now(id, order)).toMatchObject({ status: 'accepted', stopPrice: '9', limitPrice: '8.8' });
      expect(await bench.events(id, order)).toEqual(['accepted', 'accepted']);
      bench.trader.quote('9');
      await bench.untilStatus(id, order, 'filled');
      expect((await bench.now(id, order)).averageFillPrice).toBe('9');
      await bench.expectSound();
    }));

  test('a buy stop holds back its cost at the stop, fee included', async () => {
    const id = await bench.trader.open({ settings: { fees: { fixed: '1' } } });
    await bench.placed(id, wish('buy', 'stop', { stopPrice: '12' }));
    // 5 x 12 + 1.
    expect(await bench.trader.cash(id)).toEqual({ balance: '1000', reserved: '61', available: '939' });
  });

  test.each<[body: object, path: string]>([
    [wish('sell', 'stop'), 'stopPrice'],
    [wish('sell', 'stop', { stopPrice: '9', limitPrice: '9' }), 'limitPrice'],
    [wish('sell', 'stopLimit', { stopPrice: '9' }), 'limitPrice'],
    [wish('sell', 'limit', { limitPrice: '11', stopPrice: '9' }), 'stopPrice'],
    [wish('sell', 'trailingStop'), 'trailAmount'],
    [wish('sell', 'trailingStop', { trailAmount: '1', trailPercent: '5' }), 'trailAmount'],
    [wish('sell', 'trailingStop', { trailPercent: '100' }), 'trailPercent'],
    [wish('sell', 'market', { trailAmount: '1' }), 'trailAmount'],
    [wish('sell', 'stop', { stopPrice: '9', timeInForce: 'ioc' }), 'timeInForce'],
    [wish('sell', 'stop', { stopPrice: '9', timeInForce: 'fok' }), 'timeInForce'],
    [wish('sell', 'market', { takeProfit: '12' }), 'takeProfit'],
    [wish('sell', 'market', { stopLoss: '9' }), 'stopLoss'],
    [wish('sell', 'limit', { limitPrice: '11', stopLoss: '11' }), 'stopLoss.stopPrice'],
    [wish('sell', 'limit', { limitPrice: '11', stopLoss: '9', timeInForce: 'ioc' }), 'timeInForce'],
    [wish('buy', 'market', { takeProfit: '9', stopLoss: '9' }), 'stopLoss.stopPrice'],
  ])('%j contradicts itself in %s', async (body, path) => {
    const id = await bench.holding();
    const answer = await bench.trader.place(id, body);
    expect([answer.status, answer.code]).toEqual([422, 'invalid_value']);
    expect(answer.as<{ errors: { path: string }[] }>().errors.map((error) => error.path)).toEqual([path]);
  });

  test.each([
    [wish('sell', 'stop', { stopPrice: '10' }), 'stop_reached'],
    [wish('sell', 'stop', { stopPrice: '10.01' }), 'stop_reached'],
    [wish('buy', 'stop', { stopPrice: '10' }), 'stop_reached'],
    [wish('sell', 'stop', { stopPrice: '9.005' }), 'tick_size'],
    [wish('buy', 'market', { stopLoss: '9.005' }), 'tick_size'],
    [wish('sell', 'stop', { stopPrice: '9', quantity: '6' }), 'insufficient_position'],
    [wish('buy', 'stop', { stopPrice: '12', quantity: '90' }), 'insufficient_cash'],
  ])('%j is refused: %s', async (body, code) => {
    const id = await bench.holding();
    expect(await bench.trader.place(id, body)).toMatchObject({ status: 422, code });
    expect((await bench.orders(id)).length).toBe(1);
  });

  test('a preview of a stop rests and says what it would hold', async () => {
    const id = await bench.trader.open();
    const preview = await bench.trader.client.post(`portfolios/${id}/orders/preview`, wish('buy', 'stop', { stopPrice: '12' }));
    expect(preview.body).toMatchObject({ outcome: 'rests', price: '12', amount: '60', reserved: '60', refusal: null });
    expect(await bench.orders(id)).toEqual([]);
  });

  test('money instead of a quantity buys at the stop what the money is worth there', async () => {
    const id = await bench.trader.open();
    const order = await bench.placed(id, wish('buy', 'stop', { stopPrice: '12.50', quantity: undefined, notional: '100' }));
    expect(order).toMatchObject({ quantity: '8', notional: '100' });
  });
});

describe('trailing stops', () => {
  test('the stop follows the best price, and a restart goes on from there', async () => {
    const id = await bench.holding();
    const first = await matcherOn(bench.app);
    const order = await bench.placed(id, wish('sell', 'trailingStop', { trailAmount: '1' }));
    expect(order).toMatchObject({ status: 'accepted', stopPrice: '9', trailAmount: '1' });
    bench.trader.quote('12');
    bench.trader.quote('11.50');
    await first.stop();
    expect(await bench.now(id, order)).toMatchObject({ status: 'accepted', stopPrice: '11' });
    // Meanwhile nobody looks. The mark is that of before: 12 and not 11.20.
    bench.trader.quote('11.20');
    const next = await matcherOn(bench.app);
    bench.trader.quote('11.01');
    bench.trader.quote('11');
    await bench.untilStatus(id, order, 'filled');
    expect((await bench.now(id, order)).averageFillPrice).toBe('11');
    await next.stop();
    await bench.expectSound();
  });

  test('a percentage trails by a share of the best price', () =>
    bench.withMatcher(async () => {
      const id = await bench.holding();
      const order = await bench.placed(id, wish('sell', 'trailingStop', { trailPercent: '10' }));
      bench.trader.quote('20');
      bench.trader.quote('18.01');
      // 20 less a tenth.
      await until(async () => (await bench.now(id, order)).stopPrice === '18');
      bench.trader.quote('18');
      await bench.untilStatus(id, order, 'filled');
    }));

  test('what has moved on another server is not forgotten here', async () => {
    const id = await bench.holding();
    const order = await bench.placed(id, wish('sell', 'trailingStop', { trailAmount: '1' }));
    const [here, there] = [await matcherOn(bench.app), await matcherOn(bench.second)];
    bench.trader.quote('14', bench.second);
    await there.stop();
    bench.trader.quote('12');
    await here.stop();
    expect((await bench.now(id, order)).stopPrice).toBe('13');
  });
});

test('I13: a day order ends once, whichever of two servers looks', async () => {
  const id = await bench.trader.open();
  const order = await bench.placed(id, wish('buy', 'limit', { limitPrice: '5', timeInForce: 'day' }));
  const late = { now: () => Date.parse(order.expiresAt ?? '') };
  const matchers = await Promise.all([bench.app, bench.second].map((server) => matcherOn(server, late)));
  for (const matcher of [...matchers, ...matchers]) matcher.expire();
  await bench.untilStatus(id, order, 'expired');
  for (const matcher of matchers) matcher.expire();
  for (const matcher of matchers) await matcher.stop();
  expect(await bench.events(id, order)).toEqual(['accepted', 'expired']);
});

test('a list is cut by side, type, time and parent', async () => {
  const id = await bench.holding();
  await bench.placed(id, wish('sell', 'stop', { stopPrice: '9' }));
  const count = async (query: string) => (await bench.orders(id, query)).length;
  expect(await Promise.all(['?side=buy', '?side=sell', '?type=stop', '?type=limit'].map(count))).toEqual([1, 1, 1, 0]);
  expect(await count('?from=2000-01-01T00:00:00.000Z&to=2000-01-02T00:00:00.000Z')).toBe(0);
  expect(await count('?from=2000-01-01T00:00:00.000Z&to=2100-01-01T00:00:00.000Z')).toBe(2);
});
