/** Retries: the same key or client order id is one order, whoever sends it twice, when, and through which server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperOrder, PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestClient } from '../../testing/test-client.ts';

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

/** The trader at each of two servers in turn. */
const door = (at: number): TestClient => (at % 2 === 0 ? trader.client : second.as(trader.user));
const buy = (more: object = {}) => ({ symbol: 'SHARE', side: 'buy', type: 'market', quantity: '1', ...more });
const limit = (more: object = {}) => buy({ type: 'limit', limitPrice: '5', timeInForce: 'gtc', ...more });
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
const REPLAYED = 'idempotency-replayed';

describe('clientOrderId', () => {
  test('the same wish, however it is written, answers the first order with 200, as it is now', async () => {
    const id = await trader.open();
    const first = (await trader.place(id, limit({ quantity: '2', clientOrderId: 'same' }))).as<PaperOrder>();
    const written: object[] = [
      limit({ quantity: '2', clientOrderId: 'same' }),
      limit({ quantity: '2.000', clientOrderId: 'same' }),
      limit({ quantity: 2, clientOrderId: 'same', limitPrice: 5 }),
      limit({ quantity: '+2', clientOrderId: 'same', symbol: 'share' }),
    ];
    for (const body of written) {
      const again = await trader.place(id, body);
      expect([again.status, again.headers[REPLAYED], again.body]).toEqual([200, undefined, first]);
    }
    await trader.client.delete(`portfolios/${id}/orders/${first.id}`);
    const after = await trader.place(id, limit({ quantity: '2', clientOrderId: 'same' }));
    expect([after.status, after.as<PaperOrder>().id, after.as<PaperOrder>().status]).toEqual([200, first.id, 'canceled']);
    expect(await trader.orders(id)).toHaveLength(1);
  });

  test.each([
    { quantity: '3' },
    { limitPrice: '6' },
    { side: 'sell' },
    { timeInForce: 'day' },
    { symbol: 'AAPL' },
    { type: 'market', limitPrice: undefined },
    { quantity: undefined, notional: '2' },
  ])('I6: with %j instead it is taken', async (change) => {
    const id = await trader.open();
    const first = (await trader.place(id, limit({ quantity: '2', clientOrderId: 'mine' }))).as<PaperOrder>();
    const before = await trader.cash(id);
    const other = await trader.place(id, limit({ quantity: '2', clientOrderId: 'mine', ...change }));
    expect([other.status, other.code]).toEqual([409, 'client_order_id_taken']);
    expect([await trader.orders(id), await trader.cash(id)]).toEqual([[first], before]);
  });

  test('it belongs to its portfolio: another one may use it, and so may another user', async () => {
    const [one, other] = [await trader.open(), await trader.open()];
    const first = await trader.place(one, buy({ clientOrderId: 'shared' }));
    const elsewhere = await trader.place(other, buy({ clientOrderId: 'shared' }));
    expect([first.status, elsewhere.status]).toEqual([201, 201]);
    expect(elsewhere.as<PaperOrder>().id).not.toBe(first.as<PaperOrder>().id);
  });

  test('it is remembered for as long as the order is, beyond a day and a reset', async () => {
    const id = await trader.open();
    const first = (await trader.place(id, buy({ clientOrderId: 'forever' }))).as<PaperOrder>();
    expect((await trader.client.post(`portfolios/${id}/reset`, {})).status).toBe(200);
    const again = await trader.place(id, buy({ clientOrderId: 'forever' }));
    expect([again.status, again.as<PaperOrder>().id]).toEqual([200, first.id]);
    expect(await trader.holdings(id)).toEqual({});
  });

  test('I5: sent 24 times at once through two servers, it is one order', async () => {
    const id = await trader.open();
    const wish = buy({ clientOrderId: 'once' });
    const answers = await Promise.all(Array.from({ length: 24 }, (_, at) => door(at).post(`portfolios/${id}/orders`, wish)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(23);
    expect(new Set(answers.map((answer) => answer.as<PaperOrder>().id)).size).toBe(1);
    expect([await trader.holdings(id), (await trader.cash(id)).balance]).toEqual([{ SHARE: '1' }, '990']);
  });

  test('I5: of two wishes with one id at once, one is the order and the other is told so', async () => {
    const id = await trader.open();
    const wishes = [buy({ clientOrderId: 'either' }), buy({ quantity: '2', clientOrderId: 'either' })];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => door(at).post(`portfolios/${id}/orders`, wishes[Math.floor(at / 2) % 2])),
    );
    const [order] = await trader.orders(id);
    expect(await trader.orders(id)).toHaveLength(1);
    const won = order?.quantity === '1' ? 0 : 1;
    // Six of each: of the winner's one made the order and five found it.
    expect(answers.map((answer, at) => [Math.floor(at / 2) % 2 === won, answer.code ?? answer.as<PaperOrder>().id === order?.id])).toEqual(
      answers.map((_, at) => (Math.floor(at / 2) % 2 === won ? [true, true] : [false, 'client_order_id_taken'])),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
  });
});

describe('Idempotency-Key', () => {
  test('I5: an order sent 24 times at once through two servers is one order, and every answer is the first one', async () => {
    const id = await trader.open();
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) => door(at).post(`portfolios/${id}/orders`, buy(), keyed('parallel-order'))),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers[REPLAYED] === 'true')).toHaveLength(23);
    expect([await trader.holdings(id), (await trader.cash(id)).balance]).toEqual([{ SHARE: '1' }, '990']);
  });

  test('I5: a deposit sent 24 times at once through two servers is made once, and so is a withdrawal', async () => {
    const id = await trader.open();
    for (const [type, balance] of [
      ['deposit', '1250.5'],
      ['withdrawal', '1000'],
    ] as const) {
      const answers = await Promise.all(
        Array.from({ length: 24 }, (_, at) =>
          door(at).post(`portfolios/${id}/cash`, { type, amount: '250.50' }, keyed(`parallel-${type}`)),
        ),
      );
      expect(new Set(answers.map((answer) => [answer.status, answer.text].join(' '))).size).toBe(1);
      expect(answers.filter((answer) => answer.headers[REPLAYED] === 'true')).toHaveLength(23);
      expect((await trader.cash(id)).balance).toBe(balance);
    }
  });

  test('I5: a portfolio opened, cloned or reset 12 times at once through two servers is opened, cloned and reset once', async () => {
    const id = await trader.open();
    const mine = async () => (await trader.client.get('portfolios?limit=500&kind=paper')).as<{ items: { id: string }[] }>().items.length;
    const before = await mine();
    for (const [url, body, status, made] of [
      ['portfolios', { name: 'Once', kind: 'paper' }, 201, 1],
      [`portfolios/${id}/clone`, {}, 201, 2],
      [`portfolios/${id}/reset`, { startingCash: '7' }, 200, 2],
    ] as const) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, at) => door(at).post(url, body, keyed(`parallel ${url}`.replace(' ', '-')))),
      );
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
      expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
      expect(answers.filter((answer) => answer.headers[REPLAYED] === 'true')).toHaveLength(11);
      expect(await mine()).toBe(before + made);
    }
    expect((await trader.client.get(`portfolios/${id}`)).body).toMatchObject({ epoch: 2 });
  });

  test('I6: with another body, another portfolio or at another door it is refused and has no effect', async () => {
    const [id, other] = [await trader.open(), await trader.open()];
    const key = keyed('one-use');
    expect((await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '1' }, key)).status).toBe(201);
    const refused = [
      trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '2' }, key),
      trader.client.post(`portfolios/${id}/cash`, { type: 'withdrawal', amount: '1' }, key),
      trader.client.post(`portfolios/${other}/cash`, { type: 'deposit', amount: '1' }, key),
      trader.client.post(`portfolios/${id}/orders`, buy(), key),
      trader.client.post(`portfolios/${id}/orders/batch`, { orders: [buy()] }, key),
      trader.client.post(`portfolios/${id}/reset`, {}, key),
      trader.client.post(`portfolios/${id}/clone`, {}, key),
      trader.client.post('portfolios', { name: 'No', kind: 'paper' }, key),
    ];
    expect((await Promise.all(refused)).map(({ code }) => code)).toEqual(refused.map(() => 'idempotency_key_reused'));
    expect([await trader.cash(id), await trader.cash(other)]).toMatchObject([{ balance: '1001' }, { balance: '1000' }]);
    expect(await trader.orders(id)).toEqual([]);
    // Written another way it is the same deposit.
    const same = await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '1.00', currency: 'USD' }, key);
    expect([same.status, same.headers[REPLAYED]]).toEqual([201, 'true']);
  });

  test('a key and a client order id together: each finds the order, and neither goes to another one', async () => {
    const id = await trader.open();
    const first = (await trader.client.post(`portfolios/${id}/orders`, buy({ clientOrderId: 'both' }), keyed('both'))).as<PaperOrder>();
    const byBoth = await trader.client.post(`portfolios/${id}/orders`, buy({ clientOrderId: 'both' }), keyed('both'));
    const byClientId = await trader.client.post(`portfolios/${id}/orders`, buy({ clientOrderId: 'both' }), keyed('both-2'));
    const byKeyAlone = await trader.client.post(`portfolios/${id}/orders`, buy(), keyed('both'));
    expect([byBoth.status, byBoth.as<PaperOrder>().id, byBoth.headers[REPLAYED]]).toEqual([201, first.id, 'true']);
    expect([byClientId.status, byClientId.as<PaperOrder>().id]).toEqual([200, first.id]);
    expect(byKeyAlone.code).toBe('idempotency_key_reused');
    expect(await trader.orders(id)).toHaveLength(1);
  });

  test('a replay answers the order as it is now', async () => {
    const id = await trader.open();
    const first = (await trader.client.post(`portfolios/${id}/orders`, limit(), keyed('later'))).as<PaperOrder>();
    await trader.client.delete(`portfolios/${id}/orders/${first.id}`);
    const again = await trader.client.post(`portfolios/${id}/orders`, limit(), keyed('later'));
    expect([again.status, again.as<PaperOrder>().id, again.as<PaperOrder>().status]).toEqual([201, first.id, 'canceled']);
  });

  test('a refusal uses nothing up: the same request succeeds once it can', async () => {
    const id = await trader.open({ startingCash: '5' });
    const wish = buy({ clientOrderId: 'patient' });
    const orders = `portfolios/${id}/orders`;
    expect((await trader.client.post(orders, wish, keyed('patient'))).code).toBe('insufficient_cash');
    expect((await trader.client.post(`portfolios/${id}/cash`, { type: 'withdrawal', amount: '6' }, keyed('patient'))).code).toBe(
      'insufficient_cash',
    );
    await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '5' });
    expect((await trader.client.post(orders, wish, keyed('patient'))).status).toBe(201);
    expect((await trader.cash(id)).balance).toBe('0');
  });
});

describe('a batch', () => {
  test('is decided in its order: what an order leaves, the next may use', async () => {
    const id = await trader.open();
    const orders = [
      buy({ quantity: '100' }),
      buy({ quantity: '1' }),
      buy({ side: 'sell', quantity: '40' }),
      buy({ side: 'sell', quantity: '61' }),
      limit({ quantity: '80' }),
      buy({ quantity: '0.1' }),
    ];
    const { items } = (await trader.client.post(`portfolios/${id}/orders/batch`, { orders })).as<{
      items: { status: number; order: PaperOrder | null; error: { code: string } | null }[];
    }>();
    // 1,000 buys 100; nothing is left; 40 of them bring 400; 60 are left to sell; 80 at 5 hold all the 400 back.
    expect(items.map(({ order, error }) => error?.code ?? order?.status)).toEqual([
      'filled',
      'insufficient_cash',
      'filled',
      'insufficient_position',
      'accepted',
      'insufficient_cash',
    ]);
    expect(items.map(({ status }) => status)).toEqual([201, 422, 201, 422, 201, 422]);
    expect(await trader.cash(id)).toEqual({ balance: '400', reserved: '400', available: '0' });
  });

  test('of 500 is placed whole', async () => {
    const id = await trader.open();
    const answer = await trader.client.post(`portfolios/${id}/orders/batch`, {
      orders: Array.from({ length: 500 }, () => buy({ quantity: '0.2' })),
    });
    const { items } = answer.as<{ items: { index: number; status: number }[] }>();
    expect(items).toHaveLength(500);
    expect(items.every(({ index, status }, at) => index === at && status === 201)).toBe(true);
    // 500 x 0.2 x 10 = 1,000.
    expect([await trader.holdings(id), (await trader.cash(id)).balance]).toEqual([{ SHARE: '100' }, '0']);
  });

  test('I5: sent 8 times at once with a key through two servers, each of its orders is placed once', async () => {
    const id = await trader.open();
    const orders = [buy(), buy(), buy({ quantity: '1000' }), limit({ clientOrderId: 'in-batch' })];
    const send = (at: number) => door(at).post(`portfolios/${id}/orders/batch`, { orders }, keyed('batch'));
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => send(at)));
    const orderIds = answers.map((answer) =>
      answer.as<{ items: { order: PaperOrder | null }[] }>().items.map(({ order }) => order?.id ?? null),
    );
    expect(new Set(orderIds.map((given) => given?.join())).size).toBe(1);
    expect(new Set(orderIds[0]).size).toBe(4);
    const later = await send(0);
    expect([later.headers[REPLAYED], answers.map((answer) => answer.text)]).toEqual(['true', expect.arrayContaining([later.text])]);
    expect([await trader.holdings(id), await trader.cash(id)]).toEqual([
      { SHARE: '2' },
      { balance: '980', reserved: '5', available: '975' },
    ]);
    const changed = await trader.client.post(`portfolios/${id}/orders/batch`, { orders: orders.slice(1) }, keyed('batch'));
    expect(changed.code).toBe('idempotency_key_reused');
    expect(await trader.orders(id)).toHaveLength(3);
  });

  test('a batch that never came to its answer is begun again when it is sent again, and finds what it had placed', async () => {
    const id = await trader.open();
    const orders = [buy(), limit()];
    const first = await trader.client.post(`portfolios/${id}/orders/batch`, { orders }, keyed('lost'));
    // As a server leaves it that was killed between its orders and its answer.
    await app.pool.query(`update idempotency_keys set status = null, body = null where key = 'lost'`);
    const again = await trader.client.post(`portfolios/${id}/orders/batch`, { orders }, keyed('lost'));
    const idsOf = (answer: typeof first) => answer.as<{ items: { order: PaperOrder }[] }>().items.map(({ order }) => order.id);
    expect(again.headers[REPLAYED]).toBeUndefined();
    expect(idsOf(again)).toEqual(idsOf(first));
    expect([await trader.holdings(id), (await trader.orders(id)).length]).toEqual([{ SHARE: '1' }, 2]);
  });

  test('of a poisoned order in a batch only that order fails, and with a key the others are found again', async () => {
    await app.pool.query(`create function refuse_poison() returns trigger language plpgsql as
      $$ begin raise exception 'poison' using errcode = 'check_violation'; end $$`);
    await app.pool.query(
      `create trigger poison before insert on orders for each row when (new.client_order_id = 'poison') execute function refuse_poison()`,
    );
    const id = await trader.open();
    const body = { orders: [buy(), buy({ clientOrderId: 'poison' }), buy()] };
    type Rows = { items: { status: number; order: PaperOrder | null; error: { code: string } | null }[] };
    const first = (await trader.client.post(`portfolios/${id}/orders/batch`, body, keyed('poisoned'))).as<Rows>();
    expect(first.items.map(({ status, error }) => [status, error?.code])).toEqual([
      [201, undefined],
      [500, 'internal'],
      [201, undefined],
    ]);
    expect((await trader.orders(id)).length).toBe(2);
    // A batch of which no order could be decided has failed as a whole. The contract allows no 500: this one is asked for past it.
    const headers = { host: 'localhost', authorization: `Bearer ${trader.user.accessToken}` };
    const payload = { orders: [buy({ clientOrderId: 'poison' })] };
    expect((await app.http.inject({ method: 'POST', url: `/api/v1/portfolios/${id}/orders/batch`, headers, payload })).statusCode).toBe(
      500,
    );
    await app.pool.query('drop trigger poison on orders');
    const again = await trader.client.post(`portfolios/${id}/orders/batch`, body, keyed('poisoned'));
    const found = again.as<Rows>().items;
    expect(found.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect([found[0]?.order?.id, found[2]?.order?.id]).toEqual([first.items[0]?.order?.id, first.items[2]?.order?.id]);
    expect([await trader.holdings(id), await trader.cash(id)]).toMatchObject([{ SHARE: '3' }, { balance: '970' }]);
  });
});
