import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBackup } from '../platform/db/backup/index.ts';
import { startTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { auditCommand } from './audit-command.ts';
import { backupCommand, restoreCommand } from './backup-command.ts';
import type { Command } from './command.ts';

let app: TestApp;
let other: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startTestApp();
  other = await startTestApp();
  folder = mkdtempSync(join(tmpdir(), 'holdfast-backup-'));
});
afterAll(async () => {
  await app.close();
  await other.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(command: Command, on: TestApp, ...words: readonly string[]) {
  const lines: string[] = [];
  const terminal = { print: (line: string) => void lines.push(line), redraw: () => undefined, askSecret: async () => null };
  return { code: await command.run(words, { app: on.app, terminal, folder }), lines };
}

test('a server goes on from a backup of another: its users sign in, its books are right', async () => {
  const ada = await app.user('ada');
  const { id } = (await app.as(ada).post('portfolios', { name: 'Mine', kind: 'paper', baseCurrency: 'USD' })).as<{ id: string }>();
  await app.as(ada).post(`portfolios/${id}/orders`, { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '3' });
  const positions = (await app.as(ada).get(`portfolios/${id}/transactions`)).body;
  const written = await run(backupCommand, app, 'all.gz');
  expect([written.code, written.lines[0]]).toEqual([0, expect.stringMatching(/^\d+ tables are in .*all\.gz\. /)]);
  expect((await run(backupCommand, app, 'all.gz')).lines[0]).toMatch(/is there already/);
  const restored = await run(restoreCommand, other, 'all.gz');
  expect([restored.code, restored.lines[0]]).toEqual([0, expect.stringMatching(/^\d+ tables were restored\. Now run: npm run audit$/)]);
  // Another server on what was restored, as after a start.
  const after = await startTestApp({ beside: other });
  try {
    const login = await after.anonymous.post('auth/login', { email: ada.email, password: ada.password });
    const signedIn = login.as<{ accessToken: string }>();
    expect((await after.as(signedIn).get(`portfolios/${id}/transactions`)).body).toEqual(positions);
    expect((await run(auditCommand, after)).lines).toEqual([expect.stringMatching(/no difference\.$/)]);
  } finally {
    await after.close();
  }
});

test('a backup taken while orders are placed and filled restores into books that are right', async () => {
  const eve = await app.user('eve');
  const opened = await app.as(eve).post('portfolios', { name: 'Busy', kind: 'paper', baseCurrency: 'USD' });
  const { id } = opened.as<{ id: string }>();
  let answered = 0;
  let stopped = false;
  const trade = async (side: string) => {
    while (!stopped) {
      await app.as(eve).post(`portfolios/${id}/orders`, { symbol: 'AAPL', side, type: 'market', quantity: '1' });
      answered += 1;
    }
  };
  const reached = async (count: number) => {
    while (answered < count) await new Promise(setImmediate);
  };
  const trading = [trade('buy'), trade('buy'), trade('sell')];
  await reached(10);
  const before = answered;
  // Between one table and the next some orders are done.
  const tables = await writeBackup({
    url: app.databaseUrl,
    path: join(folder, 'busy.gz'),
    at: app.clock.now(),
    onTable: (table) => (/order|transaction|transfer|position|head/.test(table) ? reached(answered + 5) : undefined),
  });
  stopped = true;
  await Promise.all(trading);
  const clean = await startTestApp();
  try {
    expect((await run(restoreCommand, clean, 'busy.gz')).lines[0]).toMatch(new RegExp(`^${tables} tables were restored`));
    const after = await startTestApp({ beside: clean });
    const { rows } = await after.pool.query<{ count: number }>('select count(*) from orders where portfolio_id = $1', [id]);
    // All that was answered before it began, none of what came later than its moment.
    expect(rows[0]?.count).toBeGreaterThanOrEqual(before);
    expect(rows[0]?.count).toBeLessThan(answered);
    expect((await run(auditCommand, after)).lines).toEqual([expect.stringMatching(/no difference\.$/)]);
    await after.close();
  } finally {
    await clean.close();
  }
});

test('says what is in the way, and how it is used', async () => {
  expect((await run(restoreCommand, app, 'all.gz')).lines[0]).toMatch(/^The database is in use: it has \d+ users/);
  expect((await run(restoreCommand, other, 'nowhere.gz')).code).toBe(1);
  expect(await run(backupCommand, app)).toEqual({ code: 2, lines: ['Use: npm run backup -- FILE'] });
  expect(await run(restoreCommand, app, 'a', 'b')).toEqual({ code: 2, lines: ['Use: npm run restore -- FILE'] });
});
