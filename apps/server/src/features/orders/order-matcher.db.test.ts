/** Resting orders: a quote fills them, their time ends them, their owner cancels them, and of all that exactly one happens. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogger } from '../../platform/observe/index.ts';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperOrder, PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { createOrderMatcher } from './index.ts';
import type { OrderMatcher } from './index.ts';

let app: TestApp;
let second: TestApp;
let trader: PaperTrader;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
  await app.app.market.quotes.flush();
  second = await startTestApp({ beside: app });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const limit = (side: 'buy' | 'sell', quantity: string, more: object = {}) => ({
  ...{ symbol: 'SHARE', side, type: 'limit', quantity, timeInForce: 'gtc' },
  ...more,
});

/** A matcher as a worker has it, on the desk of a server. */
async function matcherOn(server: TestApp): Promise<OrderMatcher> {
  const { trading, market } = server.app;
  const { desk, news } = trading;
  const matcher = createOrderMatcher({
    pool: server.pool,
    desk,
    news,
    quotes: market.quotes.board,
    clock: server.clock,
    logger: silentLogger(),
  });
  await matcher.start();
  return matcher;
}

/** Waits until none of a portfolio's orders is open. */
async function untilNoneIsOpen(id: string): Promise<readonly PaperOrder[]> {
  while ((await trader.orders(id, '?status=open&limit=1')).length > 0);
  return trader.orders(id, '?limit=500');
}

test('a quote fills what it reaches, at the better price, and nothing else', async () => {
  trader.quote('10');
  const matcher = await matcherOn(app);
  const id = await trader.open();
  await trader.place(id, { ...limit('buy', '5'), limitPrice: '10' });
  const place = async (body: object) => (await trader.place(id, body)).as<PaperOrder>();
  const near = await place(limit('buy', '3', { limitPrice: '9.50' }));
  const far = await place(limit('buy', '2', { limitPrice: '9' }));
  const sale = await place(limit('sell', '5', { limitPrice: '11' }));
  expect([matcher.size, (await trader.cash(id)).reserved]).toEqual([3, '46.5']); // 3 x 9.50 + 2 x 9
  trader.quote('9.40');
  expect((await reached(id, near.id)).fills).toMatchObject([{ quantity: '3', price: '9.4' }]);
  // 950 - 3 x 9.40, and what the other order holds.
  expect(await trader.cash(id)).toEqual({ balance: '921.8', reserved: '18', available: '903.8' });
  trader.quote('11.25');
  expect(await reached(id, sale.id)).toMatchObject({ status: 'filled', averageFillPrice: '11.25' });
  expect(await trader.cash(id)).toEqual({ balance: '978.05', reserved: '18', available: '960.05' }); // + 5 x 11.25
  expect((await trader.order(id, far.id)).status).toBe('accepted');
  expect(matcher.size).toBe(1);
  await matcher.stop();
});

test('I7: fills add up to what is filled, never to more than was ordered, and their average is exact', async () => {
  const matcher = await matcherOn(app);
  const id = await trader.open({ settings: { fillModel: 'sizeAware' } });
  trader.quote({ bid: '10', ask: '10.03', askSize: '3' });
  const { id: orderId } = (await trader.place(id, limit('buy', '10', { limitPrice: '10.10' }))).as<PaperOrder>();
  const sizes: string[] = [];
  for (const [ask, askSize] of [
    ['10.10', '1.5'],
    ['10.07', '2.25'],
    ['10.11', '50'], // beyond the limit
    ['9.99', '0.75'],
    ['10.01', '100'],
  ] as const) {
    const before = (await trader.order(id, orderId)).filledQuantity;
    trader.quote({ bid: '9.90', ask, askSize });
    if (ask !== '10.11') while ((await trader.order(id, orderId)).filledQuantity === before);
    sizes.push((await trader.order(id, orderId)).filledQuantity);
  }
  expect(sizes).toEqual(['4.5', '6.75', '6.75', '7.5', '10']);
  const order = await trader.order(id, orderId);
  expect(order.fills.map(({ quantity, price }) => `${quantity} at ${price}`)).toEqual([
    '3 at 10.03',
    '1.5 at 10.1',
    '2.25 at 10.07',
    '0.75 at 9.99',
    '2.5 at 10.01',
  ]);
  // 30.09 + 15.15 + 22.6575 + 7.4925 + 25.025 = 100.415, over 10.
  expect([order.status, order.filledQuantity, order.averageFillPrice]).toEqual(['filled', '10', '10.0415']);
  // Each fill is posted in cents, half to even: 30.09 + 15.15 + 22.66 + 7.49 + 25.02 = 100.41.
  expect(await trader.cash(id)).toEqual({ balance: '899.59', reserved: '0', available: '899.59' });
  await matcher.stop();
  trader.quote('10');
});

test('I7: an average without an end is rounded in its eighteenth decimal', async () => {
  const id = await trader.open({ settings: { fillModel: 'sizeAware' } });
  const matcher = await matcherOn(app);
  trader.quote({ bid: '10', ask: '10', askSize: '1' });
  const { id: orderId } = (await trader.place(id, limit('buy', '3', { limitPrice: '10.10' }))).as<PaperOrder>();
  trader.quote({ bid: '10', ask: '10.01', askSize: '2' });
  // (10 + 2 x 10.01) / 3 = 30.02 / 3 = 10.00666…
  expect((await reached(id, orderId)).averageFillPrice).toBe('10.006666666666666667');
  await matcher.stop();
  trader.quote('10');
});

test('what is partly filled and then canceled keeps its fills and gives the rest back', async () => {
  const id = await trader.open({ settings: { fillModel: 'sizeAware' } });
  trader.quote({ bid: '10', ask: '10', askSize: '1' });
  const { id: orderId } = (await trader.place(id, limit('buy', '3', { limitPrice: '10' }))).as<PaperOrder>();
  expect(await trader.cash(id)).toEqual({ balance: '990', reserved: '20', available: '970' });
  const canceled = (await trader.client.delete(`portfolios/${id}/orders/${orderId}`)).as<PaperOrder>();
  expect(canceled).toMatchObject({ status: 'canceled', filledQuantity: '1', fills: [{ quantity: '1', price: '10' }] });
  expect([await trader.cash(id), await trader.holdings(id)]).toEqual([{ balance: '990', reserved: '0', available: '990' }, { SHARE: '1' }]);
  trader.quote('10');
});

test('a day order ends with its day, and a matcher that starts later finds what is over', async () => {
  trader.quote('10');
  const id = await trader.open();
  const day = (await trader.place(id, limit('buy', '1', { limitPrice: '5', timeInForce: 'day' }))).as<PaperOrder>();
  const long = (await trader.place(id, limit('buy', '1', { limitPrice: '5' }))).as<PaperOrder>();
  // One server tells, on a clock that has passed midnight; the app's own stands still, so that its tokens last.
  const { trading, market } = app.app;
  let now = Date.parse(day.expiresAt ?? '') - 1;
  const needs = { pool: app.pool, desk: trading.desk, news: trading.news, quotes: market.quotes.board, logger: silentLogger() };
  const matcher = createOrderMatcher({ ...needs, clock: { now: () => now } });
  await matcher.start();
  matcher.expire();
  expect((await trader.orders(id, '?status=open')).map((order) => order.id)).toEqual([long.id, day.id]);
  now += 1;
  matcher.expire();
  expect(await reached(id, day.id)).toMatchObject({ status: 'expired', filledQuantity: '0' });
  expect(await trader.cash(id)).toEqual({ balance: '1000', reserved: '5', available: '995' });
  expect((await trader.client.delete(`portfolios/${id}/orders/${day.id}`)).code).toBe('order_final');
  expect((await trader.orders(id, '?status=expired')).map((order) => order.id)).toEqual([day.id]);
  await matcher.stop();
});

test('an order that can no longer be paid when it could fill is rejected, says why, and gives everything back', async () => {
  trader.quote('10');
  const matcher = await matcherOn(app);
  const id = await trader.open();
  const { id: orderId } = (await trader.place(id, limit('buy', '100', { limitPrice: '9.99' }))).as<PaperOrder>();
  expect(await trader.cash(id)).toEqual({ balance: '1000', reserved: '999', available: '1' });
  // The fee came after the reservation: 100 x 9.99 + 5 is more than there is.
  await trader.client.patch(`portfolios/${id}`, { settings: { fees: { fixed: '5' } } });
  trader.quote('9.99');
  expect(await reached(id, orderId)).toMatchObject({
    status: 'rejected',
    filledQuantity: '0',
    rejection: { code: 'insufficient_cash' },
  });
  expect((await trader.orders(id, '?status=rejected')).map((order) => order.id)).toEqual([orderId]);
  expect(await trader.cash(id)).toEqual({ balance: '1000', reserved: '0', available: '1000' });
  await matcher.stop();
});

test('I8: of cancel against fill exactly one wins, on two servers at once, and the loser is told', async () => {
  const price = 9;
  let [canceledInAll, filledInAll] = [0, 0];
  for (let round = 0; round < 12; round += 1) {
    for (const server of [app, second]) trader.quote('10', server);
    const id = await trader.open();
    await trader.place(id, { ...limit('buy', '8'), limitPrice: '10' });
    const placed: PaperOrder[] = [];
    for (let at = 0; at < 8; at += 1) {
      const order = at % 2 === 0 ? limit('buy', '1', { limitPrice: String(price) }) : limit('sell', '1', { limitPrice: '10.50' });
      placed.push((await trader.place(id, order)).as<PaperOrder>());
    }
    const matchers = [await matcherOn(app), await matcherOn(second)];
    const doors = [trader.client, second.as(trader.user)];
    // The first is canceled before any quote, the last after all is over: both sides win at least once. The others race.
    const cancel = async (order: PaperOrder | undefined, door: number) =>
      (await doors[door]?.delete(`portfolios/${id}/orders/${order?.id ?? ''}`))?.status;
    const answers = [[await cancel(placed[0], 0)]];
    const race = placed.slice(1, -1).map(async (order, at) => Promise.all([cancel(order, at % 2), cancel(order, (at + 1) % 2)]));
    // One quote reaches both sides: asked at 9, bid at 10.50.
    for (const server of [app, second]) trader.quote({ bid: '10.50', ask: String(price) }, server);
    answers.push(...(await Promise.all(race)));
    const last = placed.at(-1);
    while ((await trader.order(id, last?.id ?? '')).status === 'accepted');
    answers.push([await cancel(last, 0)]);
    const after = await untilNoneIsOpen(id);
    for (const matcher of matchers) await matcher.stop();

    const ended = placed.map(({ id: orderId }) => after.find((order) => order.id === orderId));
    // Whoever canceled was told 200 once where the order ended so, and 409 everywhere else.
    expect(answers.map((told) => told.filter((status) => status === 200).length)).toEqual(
      ended.map((order) => (order?.status === 'canceled' ? 1 : 0)),
    );
    expect(new Set(answers.flat().filter((status) => status !== 200))).toEqual(new Set([409]));
    expect(ended.every((order) => order?.status === 'canceled' || order?.status === 'filled')).toBe(true);
    const filled = after.filter(({ status }) => status === 'filled').slice(0, -1);
    const bought = filled.filter(({ averageFillPrice }) => averageFillPrice === '9').length;
    const sold = filled.length - bought;
    // 1,000 - 8 x 10 to begin with; each purchase costs 9 and each sale brings 10.50.
    expect(await trader.cash(id)).toMatchObject({ reserved: '0', balance: String(920 - bought * price + sold * 10.5) });
    expect(await trader.holdings(id)).toEqual({ SHARE: String(8 + bought - sold) });
    canceledInAll += placed.length - filled.length;
    filledInAll += filled.length;
  }
  expect([canceledInAll >= 12, filledInAll >= 12]).toEqual([true, true]);
}, 120_000);

test('I8: every order that this file made moved along the legal arrows only, and ended once', async () => {
  const { rows } = await app.pool.query<{ order_id: string; statuses: string[] }>(
    'select order_id, array_agg(status order by portfolio_id, sequence) as statuses from order_events group by order_id',
  );
  expect(rows.length).toBeGreaterThan(100);
  // The story of an order as one may tell it: begun, perhaps in parts, and at most one end.
  const story = /^(accepted )?(partiallyFilled )*((filled|canceled|expired|rejected) )?$/;
  expect(rows.filter(({ statuses }) => !story.test(statuses.map((status) => `${status} `).join('')))).toEqual([]);
});

/** Waits until the order is final. */
async function reached(id: string, orderId: string): Promise<PaperOrder> {
  for (;;) {
    const order = await trader.order(id, orderId);
    if (order.status !== 'accepted' && order.status !== 'partiallyFilled') return order;
  }
}
