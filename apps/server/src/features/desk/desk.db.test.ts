import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
let trader: TestUser;

interface Order {
  readonly id: string;
  readonly status: string;
  readonly averageFillPrice: string | null;
  readonly filledQuantity: string;
  readonly clientOrderId: string | null;
}

beforeAll(async () => {
  app = await startTestApp();
  trader = await app.user('trader');
});
afterAll(async () => {
  await app.close();
});

async function paper(startingCash: string, user: TestUser = trader): Promise<string> {
  const answer = await app.as(user).post('/api/v1/portfolios', { name: 'Practice', kind: 'paper', startingCash });
  return answer.as<{ id: string }>().id;
}

/** What one share of a symbol costs a buyer now. */
async function ask(symbol: string): Promise<number> {
  return Number((await app.as(trader).get(`/api/v1/quotes/${symbol}`)).as<{ ask: string }>().ask);
}

const buy = (quantity: string, more: object = {}) => ({ symbol: 'AAPL', side: 'buy', type: 'market', quantity, ...more });

test('an order fills at the quote; cash, position, transaction and order agree', async () => {
  const id = await paper('100000');
  const price = await ask('AAPL');
  const placed = await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('10', { clientOrderId: 'first' }));
  expect(placed.status).toBe(201);
  const order = placed.as<Order>();
  expect(order).toMatchObject({ status: 'filled', filledQuantity: '10', clientOrderId: 'first' });
  expect(Number(order.averageFillPrice)).toBe(price);
  const portfolio = (await app.as(trader).get(`/api/v1/portfolios/${id}`)).as<{ cash: { balance: string; reserved: string }[] }>();
  // 100,000 less ten times the ask.
  expect(Number(portfolio.cash[0]?.balance)).toBeCloseTo(100_000 - 10 * price, 6);
  const positions = (await app.as(trader).get(`/api/v1/portfolios/${id}/positions`)).as<{
    items: { symbol: string; quantity: string; averagePrice: string }[];
  }>();
  expect(positions.items).toHaveLength(1);
  expect(positions.items[0]).toMatchObject({ symbol: 'AAPL', quantity: '10' });
  const transactions = (await app.as(trader).get(`/api/v1/portfolios/${id}/transactions?type=buy`)).as<{
    items: { orderId: string; cashEffect: string }[];
  }>();
  expect(transactions.items).toHaveLength(1);
  expect(transactions.items[0]?.orderId).toBe(order.id);
});

test('I2: of 100 parallel buys for all the cash exactly as many succeed as the cash covers', async () => {
  const price = await ask('AAPL');
  const id = await paper((price * 7.5).toFixed(2));
  const answers = await Promise.all(Array.from({ length: 100 }, () => app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('1'))));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
  const refused = answers
    .filter(({ status }) => status === 422)
    .map((answer) => answer.as<{ code: string; needed: string; available: string }>());
  expect(refused).toHaveLength(93);
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['insufficient_cash']));
  expect(Number(refused[0]?.needed)).toBe(price);
});

test('I3: sells never reserve more than is held', async () => {
  const id = await paper('100000');
  await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('10'));
  const limit = { symbol: 'AAPL', side: 'sell', type: 'limit', quantity: '4', limitPrice: '99999', timeInForce: 'gtc' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => app.as(trader).post(`/api/v1/portfolios/${id}/orders`, limit)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(3);
});

test('I5: the same client order id, in parallel, is one order; with another body it is refused', async () => {
  const id = await paper('100000');
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('1', { clientOrderId: 'once' }))),
  );
  expect(new Set(answers.map((answer) => answer.as<Order>().id)).size).toBe(1);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(11);
  const other = await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('2', { clientOrderId: 'once' }));
  expect(other.status).toBe(409);
  expect(other.as<{ code: string }>().code).toBe('client_order_id_taken');
  const orders = (await app.as(trader).get(`/api/v1/portfolios/${id}/orders`)).as<{ items: Order[] }>();
  expect(orders.items).toHaveLength(1);
});

test('I5, I6: an Idempotency-Key has one effect; a retry that could no longer be paid still gets its order', async () => {
  const price = await ask('AAPL');
  const id = await paper((price * 1.5).toFixed(2));
  const headers = { 'idempotency-key': 'key-1' };
  const first = await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('1'), { headers });
  const again = await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('1'), { headers });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.as<Order>().id).toBe(first.as<Order>().id);
  expect(again.headers['idempotency-replayed']).toBe('true');
  const other = await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('2'), { headers });
  expect(other.status).toBe(422);
  expect(other.as<{ code: string }>().code).toBe('idempotency_key_reused');
});

test('a refused order uses up neither its client order id nor its Idempotency-Key', async () => {
  const price = await ask('AAPL');
  const id = await paper('1');
  const headers = { 'idempotency-key': 'key-2' };
  const refused = await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('1', { clientOrderId: 'later' }), { headers });
  expect(refused.status).toBe(422);
  await app.as(trader).post(`/api/v1/portfolios/${id}/cash`, { type: 'deposit', amount: (price * 2).toFixed(2) });
  const placed = await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, buy('1', { clientOrderId: 'later' }), { headers });
  expect(placed.status).toBe(201);
});

test('a limit order rests, holds its cash back, and is canceled once', async () => {
  const id = await paper('1000');
  const limit = { symbol: 'AAPL', side: 'buy', type: 'limit', quantity: '4', limitPrice: '1.00', timeInForce: 'gtc' };
  const order = (await app.as(trader).post(`/api/v1/portfolios/${id}/orders`, limit)).as<Order>();
  expect(order.status).toBe('accepted');
  const before = (await app.as(trader).get(`/api/v1/portfolios/${id}`)).as<{ cash: object[] }>();
  expect(before.cash).toEqual([{ currency: 'USD', balance: '1000', reserved: '4', available: '996' }]);
  const canceled = await app.as(trader).delete(`/api/v1/portfolios/${id}/orders/${order.id}`);
  expect(canceled.as<Order>().status).toBe('canceled');
  const again = await app.as(trader).delete(`/api/v1/portfolios/${id}/orders/${order.id}`);
  expect([again.status, again.as<{ code: string }>().code]).toEqual([409, 'order_final']);
  const after = (await app.as(trader).get(`/api/v1/portfolios/${id}`)).as<{ cash: object[] }>();
  expect(after.cash).toEqual([{ currency: 'USD', balance: '1000', reserved: '0', available: '1000' }]);
});

test('two servers on one database: each sees what the other did, and no cash is spent twice', async () => {
  const second = await startTestApp({ beside: app });
  try {
    const price = await ask('AAPL');
    const id = await paper((price * 10.5).toFixed(2));
    const clients = [app.as(trader), second.as(trader)];
    // Both servers know the portfolio before it starts, so that each decides on a state the other is changing.
    for (const client of clients) await client.post(`/api/v1/portfolios/${id}/orders`, buy('1'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => clients.map((client) => client.post(`/api/v1/portfolios/${id}/orders`, buy('1')))).flat(),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(8);
    const seen = await Promise.all(clients.map((client) => client.get(`/api/v1/portfolios/${id}/positions`)));
    for (const answer of seen) expect(answer.as<{ items: { quantity: string }[] }>().items[0]?.quantity).toBe('10');
  } finally {
    await second.close();
  }
});

test('I1, I7, I9: the ledger adds up to zero, fills to their orders, and balances to what the ledger says', async () => {
  const { rows: unbalanced } = await app.pool.query(`
    select currency, sum(amount) from (
      select currency, amount from transfers union all select currency, -amount from transfers) entries group by 1 having sum(amount) <> 0`);
  expect(unbalanced).toEqual([]);
  const { rows: cash } = await app.pool.query(`
    select h.portfolio_id, h.cash, coalesce(sum(case when t.debit_account = 'cash' then t.amount when t.credit_account = 'cash' then -t.amount end), 0) as ledger
    from portfolio_heads h join portfolios p on p.id = h.portfolio_id
      left join transfers t on t.portfolio_id = h.portfolio_id and t.epoch = p.epoch and t.currency = p.base_currency
    group by 1, 2 having h.cash <> coalesce(sum(case when t.debit_account = 'cash' then t.amount when t.credit_account = 'cash' then -t.amount end), 0)`);
  expect(cash).toEqual([]);
  const { rows: fills } = await app.pool.query(`
    select o.id from orders o left join transactions t on t.portfolio_id = o.portfolio_id and t.order_id = o.id and t.type in ('buy', 'sell')
    group by o.id, o.filled_quantity, o.quantity having coalesce(sum(t.quantity), 0) <> o.filled_quantity or o.filled_quantity > o.quantity`);
  expect(fills).toEqual([]);
  const { rows: held } = await app.pool.query(`
    select s.portfolio_id from positions s left join transactions t on t.portfolio_id = s.portfolio_id and t.instrument_key = s.instrument_key and t.epoch = s.epoch
    group by s.portfolio_id, s.instrument_key, s.quantity
    having s.quantity <> coalesce(sum(case when t.type = 'buy' then t.quantity when t.type = 'sell' then -t.quantity end), 0)`);
  expect(held).toEqual([]);
});

test('a batch answers each order by itself', async () => {
  const id = await paper('100000');
  const orders = [buy('1', { clientOrderId: 'a' }), buy('1', { clientOrderId: 'a' }), { ...buy('1'), symbol: 'NOSUCH' }, buy('999999999')];
  const answer = await app.as(trader).post(`/api/v1/portfolios/${id}/orders/batch`, { orders });
  const { items } = answer.as<{ items: { index: number; status: number; error: { code: string } | null }[] }>();
  expect(items.map(({ status, error }) => error?.code ?? status)).toEqual([201, 200, 'unknown_symbol', 'insufficient_cash']);
});

test('signing out everywhere ends the desk to that token at once', async () => {
  const leaver = await app.user('leaver');
  const id = await paper('1000', leaver);
  await app.pool.query('update users set token_version = token_version + 1 where id = $1', [leaver.id]);
  const answer = await app.as(leaver).post(`/api/v1/portfolios/${id}/orders`, buy('1'));
  expect(answer.status).toBe(401);
});
