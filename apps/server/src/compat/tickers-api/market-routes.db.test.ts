import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OhlcBar, TickerOrder, TickersAnswer } from '@holdfast/contract/tickers-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';
const aigFile = fileURLToPath(new URL('../../features/imports/testdata/aig-ticks-2013-10-11-gfdl-shape.csv', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'holdfast-tickers-'));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await importFile(aigFile);
  await importRows('gold', [
    'GOLDX.NSE,01/07/2025,09:15:00,100.5,100.4,10,100.6,20,5,0',
    'GOLDX.NSE,01/07/2025,09:15:00,101,100.9,10,101.1,21,0,0',
    'GOLDX.NSE,01/07/2025,15:30:00,99.75,99.7,10,99.8,22,7,1.0',
    'GOLDX.NSE,02/07/2025,09:15:01,98,97.9,12,98.1,23,9,0',
    'GOLDX.NSE,03/07/2025,09:15:02,102.25,102.2,13,102.3,24.0,11,0',
  ]);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function importFile(path: string): Promise<void> {
  const started = await app.app.imports.importFile(path, { zone: null, caller: null, onState: () => undefined });
  expect(await started.ended).toMatchObject({ status: 'done', rows: { rejected: 0 } });
}

async function importRows(name: string, rows: readonly string[]): Promise<void> {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, [HEADER, ...rows].join('\n'));
  await importFile(path);
}

async function tickers(query = ''): Promise<TickersAnswer> {
  const answer = await app.anonymous.get(`tickers${query}`);
  expect(answer.status).toBe(200);
  return answer.as<TickersAnswer>();
}

async function idOf(ticker: string): Promise<string> {
  const found = (await tickers(`?search=${ticker}`)).tickers_with_dates.find((item) => item.ticker === ticker);
  return found?.id ?? '';
}

describe('GET /tickers', () => {
  test('an imported ticker: its days, and the last row of the file', async () => {
    expect(await tickers('?search=goldx')).toEqual({
      tickers_with_dates: [
        {
          id: expect.any(String) as string,
          ticker: 'GOLDX',
          dates: ['01-07-2025', '02-07-2025', '03-07-2025'],
          sellqty: 24,
          sellprice: 102.3,
          ltp: 102.25,
          ltq: 11,
          latest_timestamp: '2025-07-03T09:15:02',
        },
      ],
      total: 1,
      skip: 0,
      limit: 100,
    });
  });

  test('numbers are written with the digits of the decimal, prices always with a point', async () => {
    const { text } = await app.anonymous.get('tickers?search=AIG');
    expect(text).toContain('"sellqty":800,"sellprice":49.85,"ltp":49.86,"ltq":100,"latest_timestamp":"2013-10-11T11:53:59"');
    expect((await app.anonymous.get(`tickers/${await idOf('GOLDX')}?limit=2`)).text).toContain('"ltp":101.0,');
  });

  test('simulated instruments are there too, with the day of their price', async () => {
    const [apple] = (await tickers('?search=AAPL')).tickers_with_dates;
    // The test's clock stands at 15:30 UTC on 2026-01-05, and the market that never closes keeps UTC.
    expect(apple).toMatchObject({ ticker: 'AAPL', dates: ['05-01-2026'], latest_timestamp: '2026-01-05T15:30:00' });
  });

  test('total counts tickers, not rows: pages of it are the whole list once', async () => {
    const whole = await tickers('?limit=10000');
    expect(whole.total).toBe(whole.tickers_with_dates.length);
    const pages = [];
    for (let skip = 0; skip < whole.total; skip += 40) pages.push(await tickers(`?skip=${skip}&limit=40`));
    expect(pages.every(({ total }) => total === whole.total)).toBe(true);
    expect(pages.flatMap((page) => page.tickers_with_dates.map(({ ticker }) => ticker))).toEqual(
      whole.tickers_with_dates.map(({ ticker }) => ticker),
    );
    expect(await tickers(`?skip=${whole.total}`)).toMatchObject({ tickers_with_dates: [], total: whole.total });
  });

  test.each([
    ['?start_date=02-07-2025&end_date=02-07-2025', ['02-07-2025']],
    ['?start_date=2025-07-02&end_date=2025-07-03', ['02-07-2025', '03-07-2025']],
    ['?end_date=01-07-2025&search=GOLD', ['01-07-2025']],
    ['?start_date=04-07-2025&end_date=05-07-2025', null],
  ])('%s keeps tickers with a day among them', async (query, dates) => {
    const found = (await tickers(query)).tickers_with_dates.find(({ ticker }) => ticker === 'GOLDX');
    expect(found?.dates ?? null).toEqual(dates);
  });

  test.each([
    ['limit=0', 'query.limit must be >= 1.'],
    ['limit=10001', 'query.limit must be <= 10000.'],
    ['limit=all', 'query.limit must be integer.'],
    ['skip=1.5', 'query.skip must be integer.'],
    ['skip=', 'query.skip must be integer.'],
    ['end_date=2025-7-1', 'query.end_date must match pattern'],
    ['end_date=20250701', 'query.end_date must match pattern'],
    ['start_date=00-01-2025', 'start_date: 00-01-2025 is not a day of the calendar. Write DD-MM-YYYY.'],
    ['start_date=29-02-2025', 'start_date: 29-02-2025 is not a day of the calendar. Write DD-MM-YYYY.'],
    ['start_date=2025-13-01', 'start_date: 2025-13-01 is not a day of the calendar. Write DD-MM-YYYY.'],
    [`search=${'A'.repeat(101)}`, 'query.search must NOT have more than 100 characters.'],
    ['skip=-1', 'query.skip must be >= 0.'],
    ['start_date=31-02-2025', 'start_date: 31-02-2025 is not a day of the calendar. Write DD-MM-YYYY.'],
    ['start_date=02-07-2025&end_date=01-07-2025', 'start_date is after end_date.'],
  ])('%s is 400 with a detail', async (query, detail) => {
    const answer = await app.anonymous.get(`tickers?${query}`);
    expect([answer.status, answer.code]).toEqual([400, 'invalid_value']);
    expect(answer.as<{ detail: string }>().detail).toContain(detail);
  });

  test('another second is another price, and an import shows at once', async () => {
    const before = await app.anonymous.get('tickers?search=BTC');
    app.clock.advance(60_000);
    const after = await app.anonymous.get('tickers?search=BTC');
    expect(after.text).not.toBe(before.text);
    expect((await tickers('?search=FRESH')).total).toBe(0);
    await importRows('fresh', ['FRESH.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0']);
    expect((await tickers('?search=FRESH')).total).toBe(1);
  });
});

describe('GET /tickers/{tick_id}', () => {
  test('rows as the file has them, in its order, times in the exchange’s own', async () => {
    const tickId = await idOf('GOLDX');
    const answer = (await app.anonymous.get(`tickers/${tickId}`)).as<{ orders: TickerOrder[] }>();

    expect(answer).toMatchObject({ ticker: 'GOLDX', total: 5, skip: 0, limit: 100, interval: null });
    expect(answer.orders[2]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) as string,
      ltp: 99.75,
      sellprice: 99.8,
      sellqty: 22,
      ltq: 7,
      openinterest: 1,
      tick_id: tickId,
      buyprice: 99.7,
      buyqty: 10,
      timestamp: '2025-07-01T15:30:00',
      date: '01/07/2025',
      time: '15:30:00',
    });
    expect(answer.orders.map(({ ltp }) => ltp)).toEqual([100.5, 101, 99.75, 98, 102.25]);
    expect(new Set(answer.orders.map(({ id }) => id)).size).toBe(5);
  });

  test('the real file by pages of 400 is the file', async () => {
    const tickId = await idOf('AIG');
    const rows: TickerOrder[] = [];
    for (let skip = 0; skip < 2_000; skip += 400) {
      const page = (await app.anonymous.get(`tickers/${tickId}?skip=${skip}&limit=400`)).as<{ orders: TickerOrder[]; total: number }>();
      expect(page.total).toBe(1779);
      rows.push(...page.orders);
    }
    const lines = readFileSync(aigFile, 'utf8').trim().split('\n').slice(1);
    expect(
      rows.map((row) => [row.date, row.time, row.ltp, row.buyprice, row.buyqty, row.sellprice, row.sellqty, row.ltq, row.openinterest]),
    ).toEqual(
      lines.map((line) => {
        const [, date, time, ...figures] = line.split(',');
        return [date, time, ...figures.map(Number)];
      }),
    );
  });

  test('skip passes whole days by', async () => {
    const tickId = await idOf('GOLDX');
    const page = (await app.anonymous.get(`tickers/${tickId}?skip=3&limit=1`)).as<{ orders: TickerOrder[]; total: number }>();
    expect(page.orders.map(({ timestamp }) => timestamp)).toEqual(['2025-07-02T09:15:01']);
    expect(page.total).toBe(5);
  });

  test('interval counts minutes back from now', async () => {
    const tickId = await idOf('GOLDX');
    expect((await app.anonymous.get(`tickers/${tickId}?interval=60`)).body).toMatchObject({ orders: [], total: 0, interval: 60 });
    const now = '2025-07-02T04:00:00.000Z'; // 09:30 in India: of the second day one row, and the one of the third is ahead.
    const before = app.clock.now();
    app.clock.set(now);
    try {
      const page = (await app.anonymous.get(`tickers/${tickId}?interval=1080`)).as<{ orders: TickerOrder[]; total: number }>();
      // 18 hours back is 15:30 of the first day: its last row is just in.
      expect(page.total).toBe(3);
      expect(page.orders.map(({ ltp }) => ltp)).toEqual([99.75, 98, 102.25]);
    } finally {
      app.clock.set(before);
    }
  });

  test('a simulated ticker has a tick for every second of its day', async () => {
    app.clock.set('2026-01-05T15:30:00.000Z');
    const tickId = await idOf('MSFT');
    const page = (await app.anonymous.get(`tickers/${tickId}?skip=55790&limit=100`)).as<{ orders: TickerOrder[]; total: number }>();
    // 15.5 hours of 3,600 s, and the second that has just begun.
    expect(page.total).toBe(55_801);
    expect(page.orders).toHaveLength(11);
    expect(page.orders.at(-1)).toMatchObject({ timestamp: '2026-01-05T15:30:00', ltq: 0 });
    const [microsoft] = (await tickers('?search=MSFT')).tickers_with_dates;
    expect(page.orders.at(-1)?.ltp).toBe(microsoft?.ltp);
    const lately = (await app.anonymous.get(`tickers/${tickId}?interval=2`)).as<{ orders: TickerOrder[]; total: number }>();
    expect(lately.total).toBe(121);
    expect(lately.orders[0]?.timestamp).toBe('2026-01-05T15:28:00');
  });

  test.each(['interval=0', 'interval=-5', 'interval=1.5', 'interval=hour', 'interval=100000001', 'limit=0', 'skip=-1'])(
    '%s is 400',
    async (query) => {
      const answer = await app.anonymous.get(`tickers/${await idOf('GOLDX')}?${query}`);
      expect([answer.status, answer.code]).toEqual([400, 'invalid_value']);
    },
  );

  test.each(['00000000-0000-7000-8000-000000000000', 'nothing'])('%s is 404 with a detail', async (tickId) => {
    const answer = await app.anonymous.get(`tickers/${tickId}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ detail: 'There is no ticker with this tick_id. GET /api/v1/tickers names them.' });
  });

  test('nobody’s private instrument is a ticker', async () => {
    const owner = await app.user('house-owner');
    const made = (await app.as(owner).post('instruments', { symbol: 'HOUSE', name: 'House', assetClass: 'other', currency: 'USD' })).as<{
      id: string;
    }>();
    expect((await app.as(owner).get(`tickers/${made.id}`)).status).toBe(404);
    expect((await app.as(owner).get('ohlc?ticker=HOUSE')).status).toBe(404);
  });
});

describe('GET /ohlc', () => {
  test('a bare array of daily bars', async () => {
    const bars = (await app.anonymous.get('ohlc?ticker=GOLDX&start_date=01-07-2025&end_date=02-07-2025')).body;
    // The rows of each day in their order.
    expect(bars).toEqual([
      { ticker: 'GOLDX', date: '2025-07-01', open: 100.5, high: 101, low: 99.75, close: 99.75 },
      { ticker: 'GOLDX', date: '2025-07-02', open: 98, high: 98, low: 98, close: 98 },
    ]);
    expect((await app.anonymous.get('ohlc?ticker=goldx.nse')).as<OhlcBar[]>()).toHaveLength(3);
    expect((await app.anonymous.get('ohlc?ticker=AIG&start_date=2013-10-11&end_date=2013-10-11')).text).toBe(
      '[{"ticker":"AIG","date":"2013-10-11","open":49.68,"high":49.86,"low":49.65,"close":49.86}]',
    );
  });

  test('an import into a day that was asked for before is in the next answer', async () => {
    await importRows('again-1', ['AGAIN.NSE,01/07/2025,10:00:00,10,1,1,1,1,1,0']);
    const asked = 'ohlc?ticker=AGAIN&start_date=01-07-2025&end_date=01-07-2025';
    expect((await app.anonymous.get(asked)).body).toMatchObject([{ high: 10, close: 10 }]);
    await importRows('again-2', ['AGAIN.NSE,01/07/2025,10:00:01,12,1,1,1,1,1,0']);
    expect((await app.anonymous.get(asked)).body).toMatchObject([{ high: 12, close: 12 }]);
  });

  test('a simulated ticker has its bars, the last of them as far as the day is', async () => {
    app.clock.set('2026-01-05T15:30:00.000Z');
    const bars = (await app.anonymous.get('ohlc?ticker=MSFT&start_date=01-01-2026&end_date=05-01-2026')).as<OhlcBar[]>();
    expect(bars.map(({ date }) => date)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05']);
    const [microsoft] = (await tickers('?search=MSFT')).tickers_with_dates;
    expect(bars.at(-1)?.close).toBe(microsoft?.ltp);
  });

  test.each([
    ['ticker=NOTHING', 404, 'There is no ticker "NOTHING".'],
    ['start_date=01-07-2025', 400, 'query.ticker is required.'],
    ['ticker=GOLDX&start_date=2025/07/01', 400, 'query.start_date must match pattern'],
  ])('%s is %i', async (query, status, detail) => {
    const answer = await app.anonymous.get(`ohlc?${query}`);
    expect(answer.status).toBe(status);
    expect((answer.body as { detail: string }).detail).toContain(detail);
  });
});

test('HISTORY_LIMIT_SCOPE=all limits OHLC by the age of the bars, PUBLIC_MARKET_DATA=off asks for a token', async () => {
  const strict = await startTestApp({ settings: { HISTORY_LIMIT_SCOPE: 'all', PUBLIC_MARKET_DATA: 'off' } });
  try {
    expect((await strict.anonymous.get('tickers')).status).toBe(401);
    const user = await strict.user('reader');
    expect((await strict.as(user).get('tickers')).status).toBe(200);
    const old = await strict.as(user).get('ohlc?ticker=MSFT&start_date=01-11-2025&end_date=05-01-2026');
    expect(old.status).toBe(403);
    // It is the age that counts: a window of a few days is refused as well when it lies further back.
    for (const window of ['start_date=01-11-2025&end_date=05-11-2025', 'start_date=05-12-2025&end_date=05-12-2025'])
      expect((await strict.as(user).get(`ohlc?ticker=MSFT&${window}`)).code).toBe('plan_limit');
    expect((await strict.as(user).get('ohlc?ticker=MSFT&end_date=05-11-2025')).body).toEqual([]);
    const bars = (await strict.as(user).get('ohlc?ticker=MSFT')).as<OhlcBar[]>();
    // 30 days back from 2026-01-05, that day and the present one included.
    expect(bars[0]?.date).toBe('2025-12-06');
    expect(bars).toHaveLength(31);
    const premium = await strict.user('premium-reader', 'premium');
    expect((await strict.as(premium).get('ohlc?ticker=MSFT')).as<OhlcBar[]>().length).toBeGreaterThan(1_800);
  } finally {
    await strict.close();
  }
});
