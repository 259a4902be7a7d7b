import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { TICK_HEADER, tickImporter, tickRow } from '../../testing/tick-importer.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const importer = await tickImporter(app);
  const morning = [
    tickRow('PARTS.NYSE', '10,9,1,11,1,3,0', '05/01/2026,10:00:30'),
    tickRow('PARTS.NYSE', '12,9,1,13,1,4,0', '05/01/2026,15:00:00'),
    // Before the session, no price, a negative quantity: the first two move no bar, the third counts as no shares.
    tickRow('PARTS.NYSE', '99,9,1,13,1,4,0', '05/01/2026,09:00:00'),
    tickRow('PARTS.NYSE', '0,9,1,13,1,4,0', '05/01/2026,11:00:00'),
    tickRow('PARTS.NYSE', '11,9,1,13,1,-4,0', '05/01/2026,12:00:00'),
    // Begins in New Delhi when it is still the day before in UTC.
    tickRow('INDIAN.NSE', '7,6,1,8,1,2,0', '05/01/2026,09:15:00'),
    tickRow('INDIAN.NSE', '8,6,1,8,1,2,0', '06/01/2026,09:15:00'),
  ];
  await importer.imported([TICK_HEADER, ...morning].join('\n'));
  // A second file of the same day: the day is added up anew.
  await importer.imported([TICK_HEADER, tickRow('PARTS.NYSE', '8.5,8,1,9,1,5,0', '05/01/2026,10:00:10')].join('\n'));
});
afterAll(() => app.close());

async function audited(): Promise<readonly string[]> {
  const lines: string[] = [];
  const days = await app.app.trading.auditBars(({ symbol, what, stored, rebuilt }) => {
    lines.push(`${symbol} ${what}: ${stored} instead of ${rebuilt}`);
  });
  return [...lines, `${days} days`];
}
const change = (text: string) => app.pool.query(text);

test('what loads stored is what the ticks give', async () => {
  expect(await audited()).toEqual(['3 days']);
});

test('each bar and count that is not what the ticks give is named', async () => {
  const parts = `instrument_key = (select key from instruments where symbol = 'PARTS')`;
  await change(`update bars set high = 13 where ${parts} and interval = '1d'`);
  await change(`delete from bars where ${parts} and interval = '1m' and at = '2026-01-05T20:00:00Z'`);
  await change(`insert into bars (instrument_key, interval, at, open, high, low, close, volume, source)
    select key, '1h', '2026-01-05T19:00:00Z', 1, 1, 1, 1, 1, 'import' from instruments where symbol = 'PARTS'`);
  await change(`update tick_days set tick_count = 5 where ${parts}`);
  expect(await audited()).toEqual([
    // First 8.5, highest 12, lowest 8.5, last 12; 3 + 4 + 0 + 5 shares.
    'PARTS.NYSE 2026-01-05: bar 1d 2026-01-05T05:00:00Z: 8.5 13 8.5 12 12 instead of 8.5 12 8.5 12 12',
    'PARTS.NYSE 2026-01-05: bar 1h 2026-01-05T19:00:00Z: 1 1 1 1 1 instead of nothing',
    'PARTS.NYSE 2026-01-05: bar 1m 2026-01-05T20:00:00Z: nothing instead of 12 12 12 12 4',
    'PARTS.NYSE 2026-01-05: ticks: 5 instead of 6',
    '3 days',
  ]);
});

test('bars whose ticks have served their time are left alone, also those of a day that is cut in two', async () => {
  await change(`delete from tick_days where instrument_key = (select key from instruments where symbol = 'PARTS')`);
  const { rows } = await app.pool.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on oid = inhrelid where inhparent = 'ticks'::regclass order by relname limit 1`,
  );
  await change(`drop table ${rows[0]?.name ?? ''}`);
  await change(`update tick_days set tick_count = 1 where day = '2026-01-05'`);
  expect(await audited()).toEqual(['2 days']);
});
