/** What becomes of the rows of tick files: ticks, bars, days, latest prices and instruments. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { TICK_HEADER, tickImporter, tickRow, ticksOf } from '../../testing/tick-importer.ts';
import type { TickImporter } from '../../testing/tick-importer.ts';

const aig = readFileSync(fileURLToPath(new URL('testdata/aig-ticks-2013-10-11-gfdl-shape.csv', import.meta.url)));
const gfdl = readFileSync(fileURLToPath(new URL('testdata/gfdl-ticks.csv', import.meta.url)));

let app: TestApp;
let importer: TickImporter;
beforeAll(async () => {
  app = await startTestApp();
  importer = await tickImporter(app);
});
afterAll(() => app.close());

async function barsOf(symbol: string, interval: string) {
  const bars = await app.db
    .selectFrom('bars')
    .innerJoin('instruments', 'instruments.key', 'bars.instrument_key')
    .select(['bars.at', 'bars.open', 'bars.high', 'bars.low', 'bars.close', 'bars.volume'])
    .where('instruments.symbol', '=', symbol)
    .where('bars.interval', '=', interval)
    .where('bars.source', '=', 'import')
    .orderBy('bars.at')
    .execute();
  return bars.map(({ at, ...figures }) => ({
    at: at.toISOString(),
    ...Object.fromEntries(Object.entries(figures).map(([name, text]) => [name, Number(text)])),
  }));
}

/** The slow obvious way: every row of the file in its order, in whole cents, grouped by the text of its time. */
function barsByHand(csv: string, keyOf: (time: string) => string) {
  const groups = new Map<string, { open: number; high: number; low: number; close: number; volume: number }>();
  for (const line of csv.trim().split(/\r?\n/).slice(1)) {
    const [, , time = '', price = '', , , , , quantity = ''] = line.split(',');
    const cents = Math.round(Number(price) * 100);
    const group = groups.get(keyOf(time)) ?? { open: cents, high: cents, low: cents, close: cents, volume: 0 };
    group.high = Math.max(group.high, cents);
    group.low = Math.min(group.low, cents);
    group.close = cents;
    group.volume += Number(quantity);
    groups.set(keyOf(time), group);
  }
  return [...groups].map(([key, { open, high, low, close, volume }]) => ({
    key,
    open: open / 100,
    high: high / 100,
    low: low / 100,
    close: close / 100,
    volume,
  }));
}

test('the real AIG file: every row stored, bars as added up by hand, all times those of New York', async () => {
  const result = await importer.imported(aig, { fileName: 'aig.csv' });

  expect(result).toMatchObject({
    status: 'done',
    rowsRead: 1779,
    rowsStored: 1779,
    rowsFlagged: 0,
    rowsRejected: 0,
    errors: [],
    detail: null,
  });
  const ticks = await ticksOf(app, 'AIG');
  expect(ticks).toHaveLength(1779);
  // 11:36:10 in New York on 2013-10-11 is summer time, UTC-4.
  expect(ticks[0]?.at.toISOString()).toBe('2013-10-11T15:36:10.000Z');
  const lines = aig.toString().trim().split('\n').slice(1);
  expect(ticks.map(({ last }) => Number(last))).toEqual(lines.map((line) => Number(line.split(',')[3])));
  const byMinute = barsByHand(aig.toString(), (time) => time.slice(0, 5)).map(({ key, ...figures }) => ({
    at: new Date(`2013-10-11T${key}:00-04:00`).toISOString(),
    ...figures,
  }));
  expect(await barsOf('AIG', '1m')).toEqual(byMinute);
  // First 49.68, highest 49.86, lowest 49.65, last 49.86, and 359,885 shares: awk over the file.
  const day = { open: 49.68, high: 49.86, low: 49.65, close: 49.86, volume: 359_885 };
  expect(await barsOf('AIG', '1h')).toEqual([{ at: '2013-10-11T15:00:00.000Z', ...day }]);
  expect(await barsOf('AIG', '1d')).toEqual([{ at: '2013-10-11T04:00:00.000Z', ...day }]);
});

test('rows of GFDL: suffixes, a ticker without one, quantities written 60.0', async () => {
  const result = await importer.imported(gfdl, { fields: { zone: 'Asia/Kolkata' } });

  expect(result).toMatchObject({ status: 'done', rowsStored: 3, rowsRejected: 0, zone: 'Asia/Kolkata' });
  const [tick] = await ticksOf(app, 'BANKNIFTY25JANFUT');
  expect(tick?.at.toISOString()).toBe('2025-01-01T03:45:00.000Z');
  expect(Number(tick?.bid_size)).toBe(60);
  const listed = await app.db
    .selectFrom('instruments')
    .select(['symbol', 'exchange', 'currency', 'source'])
    .where('exchange', '=', 'NFO')
    .orderBy('symbol')
    .execute();
  expect(listed).toEqual([
    { symbol: 'FINNIFTY-III', exchange: 'NFO', currency: 'INR', source: 'import' },
    { symbol: 'NIFTY03JUL2523000CE', exchange: 'NFO', currency: 'INR', source: 'import' },
  ]);
});

test('times without a known exchange are taken for UTC, and the answer says so', async () => {
  const result = await importer.imported([TICK_HEADER, tickRow('NOWHERE')].join('\n'));

  expect(result.detail).toBe('The times of 1 ticker without a known exchange were taken for UTC.');
  expect((await ticksOf(app, 'NOWHERE'))[0]?.at.toISOString()).toBe('2026-01-05T10:00:00.000Z');
});

test('a given zone is the clock the file was written by; days and session stay those of the exchange', async () => {
  const result = await importer.imported(
    [TICK_HEADER, tickRow('ZONED.NYSE', undefined, '05/01/2026,15:00:00'), tickRow('ZONED.NYSE', undefined, '05/01/2026,14:00:00')].join(
      '\n',
    ),
    {
      fields: { zone: 'UTC' },
    },
  );

  // 15:00 UTC is 10:00 in New York, 14:00 UTC is 9:00 and before the session.
  expect(result).toMatchObject({ rowsStored: 2, rowsFlagged: 1 });
  expect(await barsOf('ZONED', '1d')).toMatchObject([{ at: '2026-01-05T05:00:00.000Z', volume: 5 }]);
  const bad = await importer.send(TICK_HEADER, { fields: { zone: 'Mars/Olympus' } });
  expect(bad).toMatchObject({ status: 422, code: 'invalid_value' });
});

test('what a row can be and what it cannot', async () => {
  const lines = [
    `\uFEFF${TICK_HEADER}\r`,
    `"QUOTED.NYSE" , 05/01/2026 ,10:00:00," 100.5",99,10,101,20,60.0,0\r`,
    '',
    tickRow('QUOTED.NYSE', 'n/a,99,10,101,20,5,0'),
    tickRow('QUOTED.NYSE', '100,99,10,101,20,5,0', '31/02/2026,10:00:00'),
    tickRow('QUOTED.NYSE', '100,99,10,101,20,5,0', '05/01/2026,25:00:00'),
    'QUOTED.NYSE,05/01/2026,10:00:00,100',
    'QUO"TED.NYSE,05/01/2026,10:00:00,100,99,10,101,20,5,0',
    tickRow('NOT A TICKER!'),
    tickRow('QUOTED.NYSE', '100,99,1e3,101,20,5,0'),
    tickRow('QUOTED.NYSE', '0,99,10,101,20,5,0'),
    tickRow('QUOTED.NYSE', '100,102,10,101,20,5,0'),
    tickRow('QUOTED.NYSE', '100,,,,,,'),
    tickRow('QUOTED.NYSE', '100,99,-10,101,20,5,0'),
    tickRow('QUOTED.NYSE', '100,99,10,101,20,5,0', '05/01/2026,09:29:59'),
    tickRow('QUOTED.NYSE', '100,99,10,101,20,5,0', '07/01/2026,10:00:00'),
    `${tickRow('QUOTED.NYSE', '100,99,10,101,20,5,0', '03/01/2026,10:00:00')}`,
  ];
  const result = await importer.imported(lines.join('\n'), { fileName: 'odd.csv' });

  expect(result).toMatchObject({ status: 'done', rowsRead: 15, rowsStored: 8, rowsFlagged: 6, rowsRejected: 7 });
  expect(result.errors.map(({ line, column, message }) => [line, column, message])).toEqual([
    [4, 'LTP', '"n/a" is no number: at most 20 digits before and 18 after the point.'],
    [5, 'Date', '"31/02/2026" is no date from 1970 to 2099 written DD/MM/YYYY.'],
    [6, 'Time', '"25:00:00" is no time of day written HH:MM:SS.'],
    [7, null, 'The row has 4 columns, not 10.'],
    [8, null, 'A quote is not closed, or something follows it within its field.'],
    [9, 'Ticker', '"NOT A TICKER!" is no ticker: at most 32 letters, digits and . - & = ^ _.'],
    [10, 'BuyQty', '"1e3" is no number: at most 20 digits before and 18 after the point.'],
  ]);
  expect(result.errors[0]).toMatchObject({ file: 'odd.csv', row: lines[3] });
  // In the order of time: a Saturday (2), before the session (1), the good row, no price (4), crossed (8), no quote, a negative quantity (16), tomorrow's tomorrow (32).
  expect((await ticksOf(app, 'QUOTED')).map(({ flags }) => flags)).toEqual([2, 1, 0, 4, 8, 0, 16, 32]);
  // Left out of the day: before the session, no price, the future. Kept: 60 + 5 + 0 + 5; on the Saturday 5.
  expect(await barsOf('QUOTED', '1d')).toEqual([
    { at: '2026-01-03T05:00:00.000Z', open: 100, high: 100, low: 100, close: 100, volume: 5 },
    { at: '2026-01-05T05:00:00.000Z', open: 100.5, high: 100.5, low: 100, close: 100, volume: 70 },
  ]);
});

test('a second file of the same day gives the bars of one file, the latest price and the days', async () => {
  const early = [
    TICK_HEADER,
    tickRow('PARTS.NYSE', '10,9,1,11,1,3,0', '05/01/2026,10:00:30'),
    tickRow('PARTS.NYSE', '12,9,1,13,1,4,0', '05/01/2026,15:00:00'),
  ];
  const later = [
    TICK_HEADER,
    tickRow('PARTS.NYSE', '8.5,8,1,9,1,5,0', '05/01/2026,10:00:10'),
    tickRow('PARTS.NYSE', '9,8,1,9,1,6,0', '05/01/2026,10:00:40'),
  ];
  await importer.imported(early.join('\n'));
  await importer.imported(later.join('\n'));

  // By time: 8.5 at :10, 10 at :30, 9 at :40; then 12 at 15:00.
  expect(await barsOf('PARTS', '1m')).toEqual([
    { at: '2026-01-05T15:00:00.000Z', open: 8.5, high: 10, low: 8.5, close: 9, volume: 14 },
    { at: '2026-01-05T20:00:00.000Z', open: 12, high: 12, low: 12, close: 12, volume: 4 },
  ]);
  expect(await barsOf('PARTS', '1d')).toEqual([{ at: '2026-01-05T05:00:00.000Z', open: 8.5, high: 12, low: 8.5, close: 12, volume: 18 }]);
  const quote = (await app.anonymous.get('quotes/PARTS')).as<Record<string, unknown>>();
  expect(quote).toMatchObject({ last: '12', bid: '9', ask: '13', at: '2026-01-05T20:00:00.000Z', source: 'import' });
  const days = await app.db
    .selectFrom('tick_days')
    .innerJoin('instruments', 'instruments.key', 'tick_days.instrument_key')
    .select(['day', 'tick_count', 'zone'])
    .where('symbol', '=', 'PARTS')
    .execute();
  expect(days).toEqual([{ day: '2026-01-05', tick_count: 4, zone: 'America/New_York' }]);
});

test('prices beyond exact arithmetic of numbers still give exact bars', async () => {
  const prices = ['12345678901234567890.123456789012345678', '0.000000000000000001', '12345678901234567890.123456789012345679'];
  await importer.imported([TICK_HEADER, ...prices.map((price) => tickRow('EXACT.NYSE', `${price},,,,,0.000000000000000001,`))].join('\n'));

  const [bar] = await app.db
    .selectFrom('bars')
    .innerJoin('instruments', 'instruments.key', 'bars.instrument_key')
    .select(['open', 'high', 'low', 'close', 'volume'])
    .where('symbol', '=', 'EXACT')
    .where('interval', '=', '1d')
    .execute();
  expect(bar).toEqual({ open: prices[0], high: prices[2], low: prices[1], close: prices[2], volume: '0.000000000000000003' });
});

test('a simulated symbol becomes an imported one', async () => {
  const before = (await app.anonymous.get('instruments/AAPL')).as<{ id: string; source: string }>();
  await importer.imported([TICK_HEADER, tickRow('AAPL')].join('\n'));
  const after = (await app.anonymous.get('instruments/AAPL')).as<{ id: string; source: string }>();

  expect(before.source).toBe('simulated');
  expect(after).toMatchObject({ id: before.id, source: 'import' });
  expect((await app.anonymous.get('quotes/AAPL')).body).toMatchObject({ last: '100', source: 'import' });
});
