import { newId } from '../../platform/ids.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperOrder, PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let trader: PaperTrader;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
});
afterAll(() => app.close());

const buy = (more: object = {}) => ({ symbol: 'SHARE', side: 'buy', type: 'market', quantity: '1', ...more });
const rest = (more: object = {}) => buy({ type: 'limit', limitPrice: '1', timeInForce: 'gtc', ...more });
const ids = (orders: readonly PaperOrder[]) => orders.map(({ id }) => id);

/** `placed` answers the order of a placement that has to go well. */
async function placed(id: string, body: object): Promise<PaperOrder> {
  const answer = await trader.place(id, body);
  expect([answer.status, answer.text]).toEqual([201, answer.text]);
  return answer.as<PaperOrder>();
}

describe('placing', () => {
  test('an order has every field of its document', async () => {
    const id = await trader.open();
    const answer = await trader.place(id, buy({ quantity: '3.50', clientOrderId: 'all-fields' }));
    const at = '2026-01-05T15:30:00.000Z';
    expect([answer.status, answer.body]).toEqual([
      201,
      {
        id: answer.as<PaperOrder>().id,
        clientOrderId: 'all-fields',
        portfolioId: id,
        symbol: 'SHARE',
        side: 'buy',
        type: 'market',
        timeInForce: 'day',
        quantity: '3.5',
        notional: null,
        limitPrice: null,
        stopPrice: null,
        status: 'filled',
        filledQuantity: '3.5',
        averageFillPrice: '10',
        fees: '0',
        currency: 'USD',
        fills: [{ quantity: '3.5', price: '10', at }],
        rejection: null,
        createdAt: at,
        updatedAt: at,
        // The midnight that ends the day in UTC, the portfolio's zone.
        expiresAt: '2026-01-06T00:00:00.000Z',
      },
    ]);
    expect((await trader.client.get(`portfolios/${id}/orders/${answer.as<PaperOrder>().id}`)).body).toEqual(answer.body);
  });

  // Cash 1,000; the share is bid at 9.90 and asked at 10.00; 2 are held, bought for 20.00. Sizes of 4 where the portfolio minds them.
  test.each<[order: object, settings: object, outcome: string]>([
    [{ quantity: '3' }, {}, 'filled 3 at 10, cash 950, reserved 0'], // 980 - 3 x 10
    [{ quantity: 3 }, {}, 'filled 3 at 10, cash 950, reserved 0'],
    [{ quantity: '+0.5' }, {}, 'filled 0.5 at 10, cash 975, reserved 0'],
    [{ quantity: undefined, notional: '25' }, {}, 'filled 2.5 at 10, cash 955, reserved 0'],
    [{ side: 'sell', quantity: '2' }, {}, 'filled 2 at 9.9, cash 999.8, reserved 0'], // 980 + 2 x 9.90
    [{ side: 'sell', quantity: undefined, notional: '9.90' }, {}, 'filled 1 at 9.9, cash 989.9, reserved 0'],
    [{ type: 'limit', quantity: '3', limitPrice: '9.99' }, {}, 'accepted 0, cash 980, reserved 29.97'],
    [{ type: 'limit', quantity: '3', limitPrice: '10' }, {}, 'filled 3 at 10, cash 950, reserved 0'],
    [{ type: 'limit', quantity: '3', limitPrice: '11' }, {}, 'filled 3 at 10, cash 950, reserved 0'],
    [{ type: 'limit', quantity: '3', limitPrice: '9', timeInForce: 'ioc' }, {}, 'canceled 0, cash 980, reserved 0'],
    [{ type: 'limit', quantity: '3', limitPrice: '9', timeInForce: 'fok' }, {}, 'canceled 0, cash 980, reserved 0'],
    [{ type: 'limit', side: 'sell', quantity: '2', limitPrice: '9.91' }, {}, 'accepted 0, cash 980, reserved 0'],
    [{ type: 'limit', side: 'sell', quantity: '2', limitPrice: '9.9' }, {}, 'filled 2 at 9.9, cash 999.8, reserved 0'],
    [{ quantity: '5' }, { fillModel: 'sizeAware' }, 'partiallyFilled 4 at 10, cash 940, reserved 10'],
    [{ quantity: '5', timeInForce: 'ioc' }, { fillModel: 'sizeAware' }, 'canceled 4 at 10, cash 940, reserved 0'],
    [{ quantity: '5', timeInForce: 'fok' }, { fillModel: 'sizeAware' }, 'canceled 0, cash 980, reserved 0'],
    [{ quantity: '4', timeInForce: 'fok' }, { fillModel: 'sizeAware' }, 'filled 4 at 10, cash 940, reserved 0'],
    [{ quantity: '2' }, { slippageBasisPoints: 100 }, 'filled 2 at 10.1, cash 959.8, reserved 0'], // 10 x 1.01; 980 - 20.20
    [{ quantity: '2' }, { fees: { fixed: '1', basisPoints: 50 } }, 'filled 2 at 10, cash 958.9, reserved 0'], // 20 + 1 + 0.5 % of 20
    [{ quantity: '2' }, { fees: { minimum: '3.30' } }, 'filled 2 at 10, cash 956.7, reserved 0'],
    [
      { type: 'limit', quantity: '2', limitPrice: '9' },
      { fees: { fixed: '1', basisPoints: 100 } },
      'accepted 0, cash 980, reserved 19.18', // 18 + 1 + 0.18
    ],
  ])('%j under %j: %s', async (order, settings, outcome) => {
    const id = await trader.open();
    trader.quote('10');
    await placed(id, buy({ quantity: '2' }));
    await trader.client.patch(`portfolios/${id}`, { settings });
    trader.quote({ bid: '9.90', ask: '10', bidSize: '4', askSize: '4' });
    const { status, filledQuantity, averageFillPrice } = await placed(id, buy(order));
    const { balance, reserved } = await trader.cash(id);
    const filled = averageFillPrice === null ? filledQuantity : `${filledQuantity} at ${averageFillPrice}`;
    expect(`${status} ${filled}, cash ${balance}, reserved ${reserved}`).toBe(outcome);
    trader.quote('10');
  });

  test.each([
    ['day', 'UTC', '2026-01-06T00:00:00.000Z'],
    ['day', 'Asia/Tokyo', '2026-01-06T15:00:00.000Z'], // There it is 00:30 on 6 January, and the day ends at 15:00 in UTC.
    ['day', 'America/New_York', '2026-01-06T05:00:00.000Z'],
    ['gtc', 'UTC', '2026-04-05T15:30:00.000Z'], // 90 days: 26 left in January, 28, 31, and 5 in April.
    ['ioc', 'UTC', null],
    ['fok', 'UTC', null],
  ])('%s in %s lasts until %s', async (timeInForce, timeZone, expiresAt) => {
    const id = await trader.open({ timeZone });
    expect((await placed(id, rest({ timeInForce }))).expiresAt).toBe(expiresAt);
  });

  test('a day order of a portfolio with trading hours ends with the session', async () => {
    const id = await trader.open({ settings: { tradingHours: 'exchange' } });
    // NASDAQ closes at 16:00 in New York, five hours behind UTC in January.
    expect((await placed(id, rest({ symbol: 'AAPL', timeInForce: 'day' }))).expiresAt).toBe('2026-01-05T21:00:00.000Z');
  });

  test('a purchase in another currency pays with what is there of it and exchanges the rest', async () => {
    const id = await trader.open({ baseCurrency: 'EUR' });
    await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '4', currency: 'USD' });
    await placed(id, buy());
    const { cash } = (await trader.client.get(`portfolios/${id}`)).as<{ cash: { currency: string; balance: string }[] }>();
    const { items } = (await trader.client.get(`portfolios/${id}/transactions?type=exchange`)).as<{
      items: { amount: string; currency: string; cashEffect: string }[];
    }>();
    const { days } = (await trader.client.get('exchange-rates?base=USD&currencies=EUR')).as<{ days: { rates: { EUR: string } }[] }>();
    // 10 USD are needed and 4 are there: 6 are bought with euros at the rate of the day, and no dollar is left.
    expect(items).toMatchObject([{ currency: 'EUR', cashEffect: `-${items[0]?.amount ?? ''}` }]);
    expect(Number(items[0]?.amount)).toBeCloseTo(6 * Number(days[0]?.rates.EUR), 2);
    expect(cash.map(({ currency }) => currency)).toEqual(['EUR']);
    expect(Number(cash[0]?.balance)).toBeCloseTo(1_000 - Number(items[0]?.amount), 9);
  });
});

describe('reading', () => {
  test('orders are listed newest first, page by page, and none is missed or shown twice', async () => {
    const id = await trader.open();
    const all: string[] = [];
    for (let at = 0; at < 7; at += 1) all.unshift((await placed(id, rest())).id);
    const seen: string[] = [];
    let cursor: string | null = '';
    const sizes: number[] = [];
    while (cursor !== null) {
      const page = await trader.client.get(`portfolios/${id}/orders?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      const { items, nextCursor } = page.as<{ items: PaperOrder[]; nextCursor: string | null }>();
      seen.push(...ids(items));
      sizes.push(items.length);
      cursor = nextCursor;
      // What is placed meanwhile is newer than the place of the cursor.
      if (sizes.length === 1) await placed(id, rest());
    }
    expect([seen, sizes]).toEqual([all, [3, 3, 1]]);
  });

  test('orders are found by state, symbol and client order id', async () => {
    const id = await trader.open({ startingCash: '100000', settings: { fillModel: 'sizeAware' } });
    const open = await placed(id, rest({ clientOrderId: 'waits' }));
    const filled = await placed(id, buy());
    const apple = await placed(id, buy({ symbol: 'aapl' }));
    const canceled = await placed(id, rest({ timeInForce: 'ioc' }));
    trader.quote({ bid: '10', ask: '10', askSize: '1', bidSize: '1' });
    const part = await placed(id, buy({ quantity: '2' }));
    trader.quote('10');
    const found = async (query: string) => ids(await trader.orders(id, `?${query}`));
    expect(await found('status=open')).toEqual([part.id, open.id]);
    expect(await found('status=final')).toEqual([canceled.id, apple.id, filled.id]);
    expect(await found('status=accepted')).toEqual([open.id]);
    expect(await found('status=partiallyFilled')).toEqual([part.id]);
    expect(await found('status=filled')).toEqual([apple.id, filled.id]);
    expect(await found('status=canceled')).toEqual([canceled.id]);
    for (const status of ['replaced', 'expired', 'rejected']) expect(await found(`status=${status}`)).toEqual([]);
    expect(await found('symbol=AAPL')).toEqual([apple.id]);
    expect(await found('symbol=share&status=filled')).toEqual([filled.id]);
    expect(await found('symbol=NOSUCH')).toEqual([]);
    expect(await found('clientOrderId=waits')).toEqual([open.id]);
    expect(await found('clientOrderId=WAITS')).toEqual([]);
    expect(await found('clientOrderId=%25')).toEqual([]);
    // A page of one, filtered: the next page goes on with the filter.
    const page = (await trader.client.get(`portfolios/${id}/orders?status=final&limit=1`)).as<{ nextCursor: string }>();
    expect(await found(`status=final&limit=1&cursor=${page.nextCursor}`)).toEqual([apple.id]);
  });

  test.each([
    'limit=0',
    'limit=501',
    'limit=1.5',
    'limit=x',
    'status=done',
    'symbol=a%20b',
    `clientOrderId=${'x'.repeat(65)}`,
    'clientOrderId=%00',
    'cursor=x',
  ])('the list refuses %s', async (query) => {
    const id = await trader.open();
    expect((await trader.client.get(`portfolios/${id}/orders?${query}`)).code).toBe('invalid_value');
  });

  test('a cursor of another list, or a made-up one, is refused', async () => {
    const id = await trader.open();
    const cursorOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const cursor of [cursorOf('portfolios', id), cursorOf('orders', 'x'), cursorOf('orders'), cursorOf('orders', id, id)])
      expect((await trader.client.get(`portfolios/${id}/orders?cursor=${cursor}`)).code).toBe('invalid_value');
  });

  test('the events of an order are its whole story', async () => {
    const id = await trader.open({ settings: { fillModel: 'sizeAware', fees: { fixed: '0.50' } } });
    trader.quote({ bid: '10', ask: '10', askSize: '3', bidSize: '3' });
    const order = await placed(id, buy({ type: 'limit', quantity: '5', limitPrice: '10' }));
    await trader.client.delete(`portfolios/${id}/orders/${order.id}`);
    trader.quote('10');
    const at = '2026-01-05T15:30:00.000Z';
    const part = { at, filledQuantity: '3', averageFillPrice: '10', fees: '0.5' };
    expect((await trader.client.get(`portfolios/${id}/orders/${order.id}/events`)).body).toEqual({
      items: [
        { sequence: 1, status: 'partiallyFilled', ...part },
        { sequence: 2, status: 'canceled', ...part },
      ],
    });
  });

  test('an order is found in its own portfolio only, and what is no id is refused', async () => {
    const [one, other] = [await trader.open(), await trader.open()];
    const order = await placed(one, rest());
    for (const [id, orderId] of [
      [other, order.id],
      [one, newId(app.clock.now())],
      [newId(app.clock.now()), order.id],
    ] as const) {
      const url = `portfolios/${id}/orders/${orderId}`;
      expect((await trader.client.get(url)).code).toBe('not_found');
      expect((await trader.client.get(`${url}/events`)).code).toBe('not_found');
      expect((await trader.client.delete(url)).code).toBe('not_found');
    }
    expect((await trader.client.get(`portfolios/${one}/orders/1`)).code).toBe('invalid_value');
    expect((await trader.client.delete(`portfolios/${one}/orders/${order.id}x`)).code).toBe('invalid_value');
    expect((await trader.order(one, order.id)).status).toBe('accepted');
  });

  test('nobody else reads, cancels or adds to the orders of a portfolio', async () => {
    const stranger = app.as(await app.user('stranger'));
    const id = await trader.open();
    const order = await placed(id, rest());
    const asked = [
      stranger.get(`portfolios/${id}/orders`),
      stranger.get(`portfolios/${id}/orders/${order.id}`),
      stranger.get(`portfolios/${id}/orders/${order.id}/events`),
      stranger.delete(`portfolios/${id}/orders/${order.id}`),
      stranger.delete(`portfolios/${id}/orders`),
      stranger.post(`portfolios/${id}/orders`, buy({ symbol: 'AAPL' })),
      stranger.post(`portfolios/${id}/orders/preview`, buy({ symbol: 'AAPL' })),
      stranger.post(`portfolios/${id}/orders/batch`, { orders: [buy({ symbol: 'AAPL' })] }),
      stranger.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '1' }),
    ];
    expect((await Promise.all(asked)).map(({ code }) => code)).toEqual(asked.map(() => 'not_found'));
    // The owner's share is nothing to others: not even its name is known.
    const theirs = (await stranger.post('portfolios', { name: 'Theirs', kind: 'paper' })).as<{ id: string }>().id;
    expect((await stranger.post(`portfolios/${theirs}/orders`, buy())).code).toBe('unknown_symbol');
    expect(await trader.orders(id)).toMatchObject([{ id: order.id, status: 'accepted' }]);
  });
});

describe('canceling', () => {
  test('one order: it gives back what it held, and its portfolio goes on', async () => {
    const id = await trader.open();
    await placed(id, buy({ quantity: '5' }));
    const [purchase, sale] = [
      await placed(id, rest({ quantity: '4' })),
      await placed(id, rest({ side: 'sell', quantity: '5', limitPrice: '99' })),
    ];
    expect(await trader.cash(id)).toEqual({ balance: '950', reserved: '4', available: '946' });
    expect((await trader.place(id, buy({ side: 'sell' }))).code).toBe('insufficient_position');
    for (const { id: orderId } of [purchase, sale])
      expect((await trader.client.delete(`portfolios/${id}/orders/${orderId}`)).body).toMatchObject({ id: orderId, status: 'canceled' });
    expect(await trader.cash(id)).toEqual({ balance: '950', reserved: '0', available: '950' });
    expect((await trader.place(id, buy({ side: 'sell', quantity: '5' }))).status).toBe(201);
  });

  test('a final order: it says in which state it is', async () => {
    const id = await trader.open();
    const filled = await placed(id, buy());
    const answer = await trader.client.delete(`portfolios/${id}/orders/${filled.id}`);
    expect([answer.status, answer.code, answer.as<{ detail: string }>().detail]).toEqual([
      409,
      'order_final',
      'The order is filled and cannot be canceled.',
    ]);
    expect(await trader.order(id, filled.id)).toEqual(filled);
  });

  test('all open orders at once, and none the second time', async () => {
    const id = await trader.open();
    const filled = await placed(id, buy());
    for (let at = 0; at < 3; at += 1) await placed(id, rest());
    expect((await trader.client.delete(`portfolios/${id}/orders`)).body).toEqual({ canceled: 3 });
    expect((await trader.client.delete(`portfolios/${id}/orders`)).body).toEqual({ canceled: 0 });
    expect((await trader.orders(id)).map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled', 'filled']);
    expect(await trader.order(id, filled.id)).toEqual(filled);
    expect(await trader.cash(id)).toEqual({ balance: '990', reserved: '0', available: '990' });
  });
});
