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

/** Another figure for a day: its place in its month's column. */
async function falsify(day: string, column: 'closing_values' | 'inflows', figure: number): Promise<void> {
  const place = `${column}[extract(day from $2::date)::int - first_day + 1]`;
  await app.pool.query(`update snapshot_months set ${place} = $3 where portfolio_id = $1`, [id, day, figure]);
}

test('snapshots that are what the facts give have no difference, and one that is not is named by its day', async () => {
  expect(await differences()).toEqual([]);
  await app.as(ada).get(`portfolios/${id}/snapshots`);
  expect(await differences()).toEqual([]);
  await falsify('2026-01-04', 'closing_values', 5);
  await falsify('2026-01-05', 'inflows', 7);
  await app.pool.query(
    `update snapshot_months set first_day = first_day + 1, closing_values = closing_values[2:], inflows = inflows[2:], outflows = outflows[2:]
     where portfolio_id = $1`,
    [id],
  );
  expect(await differences()).toEqual([
    'snapshot 2026-01-02: value: none',
    'snapshot 2026-01-02: inflow: none',
    'snapshot 2026-01-02: outflow: none',
    'snapshot 2026-01-04: value: 5',
    'snapshot 2026-01-05: inflow: 7',
  ]);
});

test('days that are known to be made anew, and the newest, whose closes may still come, are passed over', async () => {
  await app.pool.query('delete from snapshot_months where portfolio_id = $1', [id]);
  await app.pool.query('update snapshot_states set through = null where portfolio_id = $1', [id]);
  await app.as(ada).get(`portfolios/${id}/snapshots`);
  await falsify('2026-01-07', 'closing_values', 5);
  await falsify('2026-01-08', 'closing_values', 5);
  expect(await differences()).toEqual([]);
  await falsify('2026-01-06', 'closing_values', 5);
  expect(await differences()).toEqual(['snapshot 2026-01-06: value: 5']);
  await app.pool.query("update snapshot_states set stale_from = '2026-01-06' where portfolio_id = $1", [id]);
  expect(await differences()).toEqual([]);
});
