/** Imports, reports and dividends: everybody whom they concern is told once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function told(user: TestUser): Promise<string[]> {
  const { items } = (await app.as(user).get('notifications')).as<{ items: Record<'kind' | 'title' | 'body' | 'link', string | null>[] }>();
  return items.map(({ kind, title, body, link }) => [kind, title, body, link].join(' | ')).reverse();
}

const tell = () => app.app.messages.tellFinishedWork();

async function tracked(user: TestUser): Promise<string> {
  const made = await app.as(user).post('portfolios', { name: 'Long run', kind: 'tracked', baseCurrency: 'USD' });
  return made.as<{ id: string }>().id;
}

test('an import and a report that have ended are told once; those that run, and old ones, are not', async () => {
  const ada = await app.user('ada');
  const portfolio = await tracked(ada);
  const now = app.clock.now();
  const insert = (status: string, agoMs: number, name: string) =>
    app.pool.query(
      `insert into imports (id, kind, user_id, file_name, file_hash, byte_count, status, rows_stored, rows_rejected, detail, created_at, finished_at)
       values ($1, 'ticks', $2, $3, decode($4, 'hex'), 1, $5, 1234567, 3, 'Line 2: no date.', $6, $6)`,
      [newId(now), ada.id, name, Buffer.from(name).toString('hex'), status, new Date(now - agoMs)],
    );
  await insert('done', 1_000, 'ticks.csv');
  await insert('failed', 500, 'broken.csv');
  await insert('running', 400, 'running.csv');
  await insert('done', 86_400_001, 'old.csv');
  await app.pool.query(
    `insert into reports (id, user_id, portfolio_id, kind, format, status, file_name, byte_count, created_at, finished_at)
     values ($1, $2, $3, 'income', 'pdf', 'done', 'income.pdf', 1, $4, $4)`,
    [newId(now), ada.id, portfolio, new Date(now)],
  );
  await tell();
  await tell();
  const [done, failed, report, ...more] = await told(ada);
  expect(done).toMatch(/^import \| ticks\.csv is imported \| Rows stored: 1,234,567\. Rows left out: 3\. \| \/imports\?id=/);
  expect(failed).toMatch(/^import \| broken\.csv could not be imported \| Line 2: no date\. \| \/imports/);
  expect(report).toBe(
    `report | The report income.pdf is ready | A report of Long run. It is kept for 7 days. | /portfolios/${portfolio}/reports`,
  );
  expect(more).toEqual([]);
});

test('who holds a share on its ex day is told what it pays, once', async () => {
  const ada = await app.user('holder');
  const portfolio = await tracked(ada);
  const as = app.as(ada);
  await as.post('instruments', { symbol: 'MINE', name: 'A share', assetClass: 'stock', currency: 'USD' });
  await as.post(`portfolios/${portfolio}/transactions`, {
    type: 'buy',
    symbol: 'MINE',
    quantity: '12.5',
    price: '10',
    tradedAt: '2026-01-02T12:00:00.000Z',
  });
  for (const [exOn, amountPerShare] of [
    ['2026-01-05', '0.24'],
    ['2026-01-09', '0.30'],
  ])
    expect((await as.post('instruments/MINE/actions', { kind: 'cashDividend', exOn, payOn: '2026-01-20', amountPerShare })).status).toBe(
      201,
    );
  const job = app.app.jobs.find(({ name }) => name === 'tell-dividends');
  const run = { payload: null, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal };
  await job?.run(run);
  await job?.run(run);
  // 12.5 x 0.24 = 3.00
  expect(await told(ada)).toEqual([
    `dividend | MINE pays 0.24 USD a share | Ex day 2026-01-05, paid 2026-01-20. 12.5 shares in Long run make 3.00 USD before taxes. | /portfolios/${portfolio}/income`,
  ]);
});
