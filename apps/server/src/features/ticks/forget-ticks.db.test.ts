import { afterAll, beforeAll, expect, test } from 'vitest';
import { multipartForm } from '../../testing/multipart-form.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';

let app: TestApp;
let root: TestUser;
beforeAll(async () => {
  // It stands on the 5th of January 2026.
  app = await startTestApp({ settings: { TICK_RETENTION_DAYS: '3' } });
  root = await app.user('root', 'admin');
  const rows = [
    'OLD.NYSE,29/12/2025,10:00:00,90,89,1,91,1,1,0',
    'OLD.NYSE,02/01/2026,10:00:00,95,94,1,96,1,1,0',
    'GONE.NYSE,30/12/2025,10:00:00,50,49,1,51,1,1,0',
  ];
  const sent = await app
    .as(root)
    .post('imports/ticks', undefined, multipartForm({ name: 'ticks.csv', content: [HEADER, ...rows].join('\n') }));
  const { importId } = sent.as<{ importId: string }>();
  for (;;) {
    const { status } = (await app.as(root).get(`imports/${importId}`)).as<{ status: string }>();
    if (status === 'done' || status === 'failed') return;
  }
});
afterAll(() => app.close());

async function run(): Promise<void> {
  const job = app.app.jobs.find(({ name }) => name === 'forget-ticks');
  await job?.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal });
}

const days = async () =>
  (
    await app.pool.query<{ symbol: string; day: string }>(
      'select symbol, day from tick_days join instruments on key = instrument_key order by 1, 2',
    )
  ).rows.map(({ symbol, day }) => `${symbol} ${day}`);
const count = async (what: string) =>
  (await app.pool.query<{ count: number }>(`select count(*)::integer as count from ${what}`)).rows[0]?.count;

test('ticks of days past the limit go with their partitions; younger ones and all bars stay', async () => {
  expect(await days()).toEqual(['GONE 2025-12-30', 'OLD 2025-12-29', 'OLD 2026-01-02']);
  const bars = await count('bars');
  await run();
  expect(await days()).toEqual(['OLD 2026-01-02']);
  expect([await count('ticks'), await count('bars')]).toEqual([1, bars]);
  expect(await count("pg_inherits where inhparent = 'ticks'::regclass")).toBe(1);
  // Nothing is left to do, and the partition of the youngest day stays.
  await run();
  expect(await days()).toEqual(['OLD 2026-01-02']);
});

test('a day of an exchange that lies on both sides of the cut keeps what is left of it, counted anew', async () => {
  await app.pool.query(`create table ticks_before partition of ticks for values from ('2025-12-31') to ('2026-01-01')`);
  await app.pool.query(`create table ticks_after partition of ticks for values from ('2026-01-01') to ('2026-01-02')`);
  const { rows } = await app.pool.query<{ key: number }>("select key from instruments where symbol = 'GONE'");
  const key = rows[0]?.key ?? 0;
  await app.pool.query(
    `insert into ticks (instrument_key, at, number, last, import_key) values
     ($1, '2025-12-31 23:30Z', 1, 1, 1), ($1, '2026-01-01 00:30Z', 2, 1, 1), ($1, '2026-01-01 00:40Z', 3, 1, 1)`,
    [key],
  );
  await app.pool.query(
    `insert into tick_days (instrument_key, day, zone, tick_count, first_at, last_at)
     values ($1, '2026-01-01', 'Asia/Tokyo', 3, '2025-12-31 23:30Z', '2026-01-01 00:40Z')`,
    [key],
  );
  // Three days before the 4th: what ended by midnight of the 1st goes.
  app.clock.set('2026-01-04T12:00:00Z');
  await run();
  const { rows: left } = await app.pool.query('select tick_count, first_at from tick_days where instrument_key = $1', [key]);
  expect(left).toEqual([{ tick_count: 2, first_at: new Date('2026-01-01T00:30:00Z') }]);
});

test('without a limit there is no such job', async () => {
  const other = await startTestApp();
  expect(other.app.jobs.some(({ name }) => name === 'forget-ticks')).toBe(false);
  await other.close();
});
