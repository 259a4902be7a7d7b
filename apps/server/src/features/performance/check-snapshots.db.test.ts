import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let id = '';

beforeAll(async () => {
  app = await startTestApp({ now: '2026-01-09T12:00:00.000Z' });
  ada = await app.user('ada');
  await app.as(ada).post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'EUR' });
  await app.as(ada).put('instruments/HOUSE/prices', { prices: [{ day: '2026-01-02', price: '100' }] });
  id = (await app.as(ada).post('portfolios', { name: 'Audited', kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>().id;
  for (const fact of [
    { type: 'deposit', amount: '1000', tradedAt: '2026-01-02' },
    { type: 'buy', symbol: 'HOUSE', quantity: '3', price: '90', tradedAt: '2026-01-03' },
  ])
    expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
});
afterAll(() => app.close());

async function differences(): Promise<readonly string[]> {
  const found: string[] = [];
  await app.app.trading.audit({ portfolioId: id, onDifference: ({ what, stored }) => void found.push(`${what}: ${stored}`) });
  return found;
}

test('snapshots that are what the facts give have no difference, and one that is not is named by its day', async () => {
  expect(await differences()).toEqual([]);
  await app.as(ada).get(`portfolios/${id}/snapshots`);
  expect(await differences()).toEqual([]);
  await app.pool.query("update snapshots set value = 5 where portfolio_id = $1 and day = '2026-01-04'", [id]);
  await app.pool.query("update snapshots set inflow = 7 where portfolio_id = $1 and day = '2026-01-05'", [id]);
  await app.pool.query("delete from snapshots where portfolio_id = $1 and day = '2026-01-02'", [id]);
  expect(await differences()).toEqual([
    'snapshot 2026-01-02: value: none',
    'snapshot 2026-01-02: inflow: none',
    'snapshot 2026-01-02: outflow: none',
    'snapshot 2026-01-04: value: 5',
    'snapshot 2026-01-05: inflow: 7',
  ]);
});

test('days that are known to be made anew, and the newest, whose closes may still come, are passed over', async () => {
  await app.pool.query('delete from snapshots where portfolio_id = $1', [id]);
  await app.pool.query('update snapshot_states set through = null where portfolio_id = $1', [id]);
  await app.as(ada).get(`portfolios/${id}/snapshots`);
  await app.pool.query("update snapshots set value = 5 where portfolio_id = $1 and day in ('2026-01-07', '2026-01-08')", [id]);
  expect(await differences()).toEqual([]);
  await app.pool.query("update snapshots set value = 5 where portfolio_id = $1 and day = '2026-01-06'", [id]);
  expect(await differences()).toEqual(['snapshot 2026-01-06: value: 5']);
  await app.pool.query("update snapshot_states set stale_from = '2026-01-06' where portfolio_id = $1", [id]);
  expect(await differences()).toEqual([]);
});
