/** Owners are told of what became of their orders, each event once, and nothing of what was rolled back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function told({ client }: PaperTrader): Promise<string[]> {
  const { items } = (await client.get('notifications')).as<{ items: { kind: string; title: string; body: string }[] }>();
  return items.map(({ kind, title, body }) => `${kind}: ${title}. ${body}`).reverse();
}

const buy = (more: object) => ({ symbol: 'SHARE', side: 'buy', type: 'market', timeInForce: 'day', ...more });

test('a fill and a sale in the words of the owner; looking twice, and two that look at once, tell once', async () => {
  const trader = await paperTrader(app, 'ada');
  const id = await trader.open({ name: 'Practice' });
  expect((await trader.place(id, buy({ quantity: '3' }))).status).toBe(201);
  expect((await trader.place(id, { ...buy({ quantity: '1.5' }), side: 'sell' })).status).toBe(201);
  expect((await trader.place(id, buy({ quantity: '1000000' }))).code).toBe('insufficient_cash');
  await Promise.all([app.app.messages.catchUpOrders(), app.app.messages.catchUpOrders()]);
  await app.app.messages.catchUpOrders();
  expect(await told(trader)).toEqual([
    'fill: Bought 3 SHARE at 10.00 USD. The order in Practice is filled.',
    'fill: Sold 1.5 SHARE at 10.00 USD. The order in Practice is filled.',
  ]);
  await trader.client.patch('me', { locale: 'de' });
  await trader.place(id, buy({ quantity: '1' }));
  await app.app.messages.catchUpOrders();
  expect((await told(trader)).at(-1)).toBe('fill: 1 SHARE zu 10,00 USD gekauft. Die Order in Practice ist ausgeführt.');
});

test('waiting and cancelling are the owner’s own doing and tell nothing', async () => {
  const trader = await paperTrader(app, 'carl');
  const id = await trader.open();
  const placed = await trader.place(id, buy({ type: 'limit', limitPrice: '1', quantity: '1', timeInForce: 'gtc' }));
  await trader.client.delete(`portfolios/${id}/orders/${placed.as<{ id: string }>().id}`);
  await app.app.messages.catchUpOrders();
  expect(await told(trader)).toEqual([]);
});

test('more than twenty at once are one notification', async () => {
  const trader = await paperTrader(app, 'busy');
  const id = await trader.open({ name: 'Busy' });
  for (let count = 0; count < 21; count += 1) await trader.place(id, buy({ quantity: '1' }));
  await app.app.messages.catchUpOrders();
  await trader.place(id, buy({ quantity: '1' }));
  await Promise.all([app.app.messages.catchUpOrders(), app.app.messages.catchUpOrders()]);
  expect(await told(trader)).toEqual([
    'fill: 21 orders filled in Busy. ',
    'fill: Bought 1 SHARE at 10.00 USD. The order in Busy is filled.',
  ]);
});

test('a transaction that fails after it has looked tells of nothing, and the next look tells', async () => {
  const trader = await paperTrader(app, 'dora');
  const id = await trader.open({ name: 'Practice' });
  await trader.place(id, buy({ quantity: '2' }));
  await app.pool.query(
    `create function refuse_fact() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`,
  );
  await app.pool.query('create trigger stream_facts_fail before insert on stream_facts for each row execute function refuse_fact()');
  await expect(app.app.messages.catchUpOrders()).rejects.toThrow('the disk is full');
  expect(await told(trader)).toEqual([]);
  await app.pool.query('drop trigger stream_facts_fail on stream_facts');
  await app.app.messages.catchUpOrders();
  expect(await told(trader)).toEqual(['fill: Bought 2 SHARE at 10.00 USD. The order in Practice is filled.']);
});

test('while the server runs nobody has to ask', async () => {
  const other = await startTestApp();
  try {
    await other.http.listen({ host: '127.0.0.1', port: 0 });
    const trader = await paperTrader(other, 'live');
    const id = await trader.open({ name: 'Practice' });
    await trader.place(id, buy({ quantity: '1' }));
    while ((await told(trader)).length === 0) await new Promise(setImmediate);
    expect(await told(trader)).toEqual(['fill: Bought 1 SHARE at 10.00 USD. The order in Practice is filled.']);
  } finally {
    await other.close();
  }
});
