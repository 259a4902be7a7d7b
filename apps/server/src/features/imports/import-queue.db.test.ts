import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';
const main = fileURLToPath(new URL('../../main.ts', import.meta.url));

let folder: string;
let app: TestApp;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-queue-'));
  app = await startTestApp({ postgresBus: true, settings: { DATA_DIR: join(folder, 'app') } });
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

function fileOf(name: string, ...rows: readonly string[]): string {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, [HEADER, ...rows].join('\n'));
  return path;
}

const quietly = { zone: null, caller: null, onState: () => undefined };

async function statuses(): Promise<readonly { status: string; detail: string | null }[]> {
  return app.db.selectFrom('imports').select(['status', 'detail']).orderBy('id').execute();
}

async function leftovers() {
  const { rows } = await app.pool.query<{ ticks: number; instruments: number; partitions: number }>(
    `select (select count(*) from ticks) as ticks, (select count(*) from instruments where source = 'import') as instruments,
       (select count(*) from pg_class where relname ~ '^ticks_[0-9]') as partitions`,
  );
  return rows[0];
}

/** Holds bars against writers, so that a load stands still with all its rows written and nothing committed. */
async function holdBars(): Promise<{ loadWaits(): Promise<void>; release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query('begin; lock table bars in exclusive mode');
  return {
    async loadWaits() {
      for (;;) {
        const { rows } = await app.pool.query(
          `select from pg_stat_activity where datname = current_database() and application_name = 'holdfast import' and wait_event_type = 'Lock'`,
        );
        if (rows.length > 0) return;
      }
    },
    async release() {
      await client.query('rollback');
      await client.end();
    },
  };
}

// Starting a whole server takes its time on a busy machine.
test('a process that is killed in the middle leaves nothing, and the next start says that the import failed', async () => {
  const path = fileOf('killed', 'KILLED.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0');
  const held = await holdBars();
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', main, 'import', path], {
    env: {
      ...process.env,
      DATABASE_URL: app.databaseUrl,
      DATA_DIR: join(folder, 'child'),
      SECRET_KEY: 'a secret of the tests, all servers alike',
    },
    stdio: 'ignore',
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await held.loadWaits();
  expect(await statuses()).toEqual([{ status: 'running', detail: null }]);
  child.kill('SIGKILL');
  await gone;
  await held.release();
  // PostgreSQL may take a moment to see that the process is gone; until then the import is left alone.
  for (let left = await statuses(); left[0]?.status === 'running'; left = await statuses()) await app.app.imports.start();

  expect(await statuses()).toEqual([
    { status: 'failed', detail: 'The server was stopped while the file was read. Nothing of it is stored; send it again.' },
  ]);
  expect(await leftovers()).toEqual({ ticks: 0, instruments: 0, partitions: 0 });
  const again = await app.app.imports.importFile(path, quietly);
  expect(await again.ended).toMatchObject({ status: 'done' });
}, 180_000);

test('an import that is running is left alone by another server that starts', async () => {
  const held = await holdBars();
  const { ended } = await app.app.imports.importFile(fileOf('slow', 'SLOW.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0'), quietly);
  await held.loadWaits();
  const other = await startTestApp({ beside: app });
  await other.app.imports.start();
  expect(await statuses()).toEqual([{ status: 'running', detail: null }]);
  await held.release();
  expect(await ended).toMatchObject({ status: 'done' });
  await other.close();
});

test('a server that stops breaks its import off, keeps what waits, and the next start reads that', async () => {
  const held = await holdBars();
  const settings = { DATA_DIR: join(folder, 'stopping') };
  const stopping = await startTestApp({ beside: app, settings });
  const first = await stopping.app.imports.importFile(fileOf('first', 'FIRST.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0'), quietly);
  const second = await stopping.app.imports.importFile(fileOf('second', 'SECOND.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0'), quietly);
  await held.loadWaits();
  await stopping.close();
  expect(await first.ended).toMatchObject({ status: 'failed' });
  expect(await second.ended).toBeNull();
  expect((await statuses()).map(({ status }) => status)).toEqual(['failed', 'queued']);
  await held.release();

  const next = await startTestApp({ beside: app, settings });
  await next.app.imports.start();
  const reader = next.as(await next.user('reader', 'admin'));
  const status = async () => (await reader.get(`imports/${second.importId}`)).as<{ status: string }>().status;
  for (let now = await status(); now !== 'done'; now = await status()) expect(now).not.toBe('failed');
  expect((await next.anonymous.get('tickers?search=SECOND')).body).toMatchObject({ total: 1 });
  expect(readdirSync(join(folder, 'stopping', 'imports'))).toEqual([]);
  await next.close();
});

test('two servers import files of the same new day at once, and each hears of the other’s', async () => {
  const other = await startTestApp({ beside: app, postgresBus: true });
  const rows = (ticker: string) => Array.from({ length: 500 }, (_, n) => `${ticker},01/07/2025,10:0${n % 10}:00,${n + 1},1,1,1,1,1,0`);
  const started = await Promise.all([
    app.app.imports.importFile(fileOf('one', ...rows('ONE.NSE'), ...rows('BOTH.NSE')), quietly),
    other.app.imports.importFile(fileOf('two', ...rows('TWO.NSE'), ...rows('BOTH.NSE')), quietly),
  ]);
  for (const { ended } of started) expect(await ended).toMatchObject({ status: 'done', rows: { stored: 1_000 } });

  const total = async (server: TestApp) =>
    (await server.anonymous.get('tickers?start_date=01-07-2025&end_date=01-07-2025')).as<{ total: number }>().total;
  expect(await total(app)).toBeGreaterThanOrEqual(2);
  // News travel over PostgreSQL and arrive on their own time.
  while ((await total(app)) !== 3 || (await total(other)) !== 3);
  // Ten minutes of 50 rows each from either file: 100 rows of quantity 1 a minute.
  const { rows: bars } = await app.pool.query<{ interval: string; count: number; volume: string }>(
    `select interval, count(*), sum(volume)::bigint::text as volume from bars join instruments on key = instrument_key
     where symbol = 'BOTH' group by interval order by interval`,
  );
  expect(bars).toEqual([
    { interval: '1d', count: 1, volume: '1000' },
    { interval: '1h', count: 1, volume: '1000' },
    { interval: '1m', count: 10, volume: '1000' },
  ]);
  await other.close();
});

test('while a file is imported, readers of ticks do not wait', async () => {
  await (
    await app.app.imports.importFile(fileOf('before', 'READ.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0'), quietly)
  ).ended;
  const held = await holdBars();
  const { ended } = await app.app.imports.importFile(fileOf('new-day', 'READ.NSE,02/07/2025,10:00:00,2,1,1,1,1,1,0'), quietly);
  await held.loadWaits();
  const { tickers_with_dates: found } = (await app.anonymous.get('tickers?search=READ')).as<{
    tickers_with_dates: { id: string; dates: string[] }[];
  }>();
  expect((await app.anonymous.get(`tickers/${found[0]?.id ?? ''}`)).body).toMatchObject({ total: 1, orders: [{ ltp: 1 }] });
  await held.release();
  await ended;
  expect((await app.anonymous.get(`tickers/${found[0]?.id ?? ''}`)).body).toMatchObject({ total: 2 });
});
