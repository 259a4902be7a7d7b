/** A reset puts the old epoch aside, whole and readable, and the new one owes it nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

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

const buy = (more: object = {}) => ({ symbol: 'SHARE', side: 'buy', type: 'market', quantity: '1', ...more });
const reset = (id: string, body: object = {}) => trader.client.post(`portfolios/${id}/reset`, body);

/** What is kept of a portfolio, table by table, of one epoch. */
async function keptOf(id: string, epoch: number) {
  const tables = ['orders', 'transactions', 'transfers', 'positions'] as const;
  const read = async (table: string) =>
    (
      await app.pool.query<{ row: object }>(`select to_jsonb(t) as row from ${table} t where portfolio_id = $1 and epoch = $2 order by 1`, [
        id,
        epoch,
      ])
    ).rows;
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await read(table)] as const)));
}

test('open orders are canceled, holdings and cash of every currency are gone, the new epoch has its starting cash', async () => {
  const id = await trader.open();
  await trader.place(id, buy({ quantity: '5' }));
  await trader.place(id, buy({ type: 'limit', limitPrice: '5', timeInForce: 'gtc' }));
  await trader.place(id, buy({ side: 'sell', quantity: '2', type: 'limit', limitPrice: '99', timeInForce: 'gtc' }));
  await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '7', currency: 'EUR' });
  const answer = await reset(id, { startingCash: '50000.5' });
  expect(answer.body).toMatchObject({
    id,
    epoch: 2,
    cash: [{ currency: 'USD', balance: '50000.5', reserved: '0', available: '50000.5' }],
  });
  expect((await trader.client.get(`portfolios/${id}`)).body).toEqual(answer.body);
  expect(await trader.holdings(id)).toEqual({});
  expect((await trader.client.get(`portfolios/${id}/summary`)).body).toMatchObject({
    totalValue: '50000.5',
    investedCapital: '50000.5',
    netGain: '0',
    positions: 0,
  });
  expect((await trader.place(id, buy({ side: 'sell', quantity: '5' }))).code).toBe('insufficient_position');
  expect((await trader.place(id, buy({ quantity: '5000' }))).status).toBe(201);
  expect([await trader.holdings(id), (await trader.cash(id)).balance]).toEqual([{ SHARE: '5000' }, '0.5']);
});

test('what was before stays as it was, to be read', async () => {
  const id = await trader.open();
  await trader.place(id, buy({ quantity: '5' }));
  await trader.place(id, buy({ side: 'sell', quantity: '2' }));
  const before = await keptOf(id, 1);
  const orders = await trader.orders(id);
  await reset(id);
  await trader.place(id, buy({ quantity: '7' }));
  expect(await keptOf(id, 1)).toEqual(before);
  expect((await trader.orders(id)).slice(1)).toEqual(orders);
  for (const order of orders) expect(await trader.order(id, order.id)).toEqual(order);
  const { items } = (await trader.client.get(`portfolios/${id}/transactions?sort=tradedAt`)).as<{
    items: { type: string; quantity: string | null }[];
  }>();
  expect(items.filter(({ type }) => type !== 'deposit').map(({ type, quantity }) => `${type} ${quantity ?? ''}`)).toEqual(
    expect.arrayContaining(['buy 7']),
  );
});

test('without a figure it begins with 100,000, or with nothing if that is said; not with more than there can be', async () => {
  const id = await trader.open();
  expect((await reset(id)).body).toMatchObject({ epoch: 2, cash: [{ balance: '100000' }] });
  expect((await reset(id, { startingCash: 0 })).body).toMatchObject({ epoch: 3, cash: [{ balance: '0' }] });
  expect((await reset(id, { startingCash: '1000000000000.01' })).code).toBe('invalid_value');
  expect((await trader.client.get(`portfolios/${id}`)).body).toMatchObject({ epoch: 3 });
});

test('is for paper portfolios that are not archived', async () => {
  const tracked = (await trader.client.post('portfolios', { name: 'Mine', kind: 'tracked' })).as<{ id: string }>().id;
  expect((await reset(tracked)).code).toBe('portfolio_kind');
  const archived = await trader.open();
  await trader.client.delete(`portfolios/${archived}`);
  expect((await reset(archived)).code).toBe('portfolio_archived');
});

test('resets, orders, cash moves and cancellations at once, through two servers: each epoch adds up by itself', async () => {
  for (let round = 0; round < 4; round += 1) {
    const id = await trader.open();
    const doors = [trader.client, second.as(trader.user)];
    const asked = Array.from({ length: 36 }, (_, at) => {
      const client = doors[at % 2] ?? trader.client;
      if (at % 12 === 5) return client.post(`portfolios/${id}/reset`, { startingCash: '500' });
      if (at % 12 === 8) return client.delete(`portfolios/${id}/orders`);
      if (at % 4 === 1) return client.post(`portfolios/${id}/cash`, { type: at % 8 === 1 ? 'deposit' : 'withdrawal', amount: '11' });
      if (at % 4 === 3) return client.post(`portfolios/${id}/orders`, buy({ type: 'limit', limitPrice: '4', timeInForce: 'gtc' }));
      return client.post(`portfolios/${id}/orders`, buy({ side: at % 6 === 0 ? 'sell' : 'buy' }));
    });
    const answers = await Promise.all(asked);
    // Everything is answered with success, a refusal of the trade, or the plain word that orders slipped in.
    expect(answers.map(({ code }) => code).filter((code) => ![undefined, 'conflict', 'insufficient_position'].includes(code))).toEqual([]);
    const { rows } = await app.pool.query<{ epoch: number; cash: string; held: string }>(
      `select epoch, sum(cash_effect) as cash, coalesce(sum(case type when 'buy' then quantity when 'sell' then -quantity end), 0) as held
       from transactions where portfolio_id = $1 group by epoch order by epoch`,
      [id],
    );
    const [{ epoch } = { epoch: 0 }] = (await app.pool.query<{ epoch: number }>('select epoch from portfolios where id = $1', [id])).rows;
    const now = rows.find((row) => row.epoch === epoch);
    const cash = await trader.cash(id);
    const open = await trader.orders(id, '?status=open&limit=500');
    expect(rows.every(({ held }) => Number(held) >= 0)).toBe(true);
    expect([Number(cash.balance), Number(cash.reserved)]).toEqual([Number(now?.cash), 4 * open.length]);
    expect(Number((await trader.holdings(id))['SHARE'] ?? '0')).toBe(Number(now?.held));
    // What is open belongs to the present epoch: a reset leaves nothing waiting behind.
    const stray = await app.pool.query(
      `select 1 from orders where portfolio_id = $1 and epoch <> $2 and status in ('accepted', 'partiallyFilled')`,
      [id, epoch],
    );
    expect(stray.rowCount).toBe(0);
  }
}, 60_000);
