import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import type { TestClient } from '../../testing/test-client.ts';

let app: TestApp;
let ada: TestUser;
let bob: TestUser;
let premium: TestUser;
let reliance: number;

interface WireBar {
  readonly at: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
}
interface Limit {
  readonly from: string;
  readonly days: number;
}
interface Bars {
  readonly bars: readonly WireBar[];
  readonly source: string;
  readonly limitedTo: Limit | null;
}

beforeAll(async () => {
  app = await startTestApp();
  [ada, bob, premium] = [await app.user('ada'), await app.user('bob'), await app.user('pia', 'premium')];
  reliance = await importedReliance();
});
afterAll(() => app.close());

/** RELIANCE with prices of a file: minutes of Monday 5 January 2026 in Mumbai, and a few days around the turn of the year. */
async function importedReliance(): Promise<number> {
  const found = app.app.market.instruments.book.resolve('RELIANCE');
  if (found === null) throw new Error('RELIANCE is not in the simulated market.');
  await app.db.updateTable('instruments').set({ source: 'import' }).where('key', '=', found.key).execute();
  await app.app.market.reread([found.key]);
  await insertBars(found.key, '1m', [
    ['2026-01-05T03:45:00Z', '100', '102', '99', '101', '10'],
    ['2026-01-05T03:46:00Z', '101', '105', '101', '104', '20'],
    ['2026-01-05T03:49:00Z', '104', '104', '103', '103.5', '5'],
    ['2026-01-05T03:50:00Z', '103', '103', '98', '98.5', '7'],
    ['2026-01-05T04:00:00Z', '99', '99', '99', '99', '1'],
  ]);
  // Midnight in Mumbai is 18:30 the evening before in UTC.
  await insertBars(found.key, '1d', [
    ['2025-12-30T18:30:00Z', '90', '95', '89', '94', '100'],
    ['2025-12-31T18:30:00Z', '94', '96', '93', '95', '200'],
    ['2026-01-01T18:30:00Z', '95', '99', '94', '98', '300'],
    ['2026-01-04T18:30:00Z', '100', '105', '98', '99', '43'],
  ]);
  return found.key;
}

type Row = readonly [at: string, open: string, high: string, low: string, close: string, volume: string];

async function insertBars(key: number, interval: string, rows: readonly Row[]): Promise<void> {
  const values = rows.map(([at, open, high, low, close, volume]) => ({
    instrument_key: key,
    interval,
    source: 'import',
    at,
    open,
    high,
    low,
    close,
    volume,
  }));
  await app.db.insertInto('bars').values(values).execute();
}

async function bars(client: TestClient, path: string): Promise<Bars> {
  const answer = await client.get(`instruments/${path}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.as<Bars>();
}

function rows(answer: Bars): readonly string[] {
  return answer.bars.map(({ at, open, high, low, close, volume }) => [at.slice(0, 16), open, high, low, close, volume].join(' '));
}

test('simulated bars are those of the market, the day under way ends with the quote', async () => {
  const answer = await bars(app.anonymous, 'AAPL/bars?interval=1d&from=2026-01-01');
  expect(answer).toMatchObject({ source: 'simulated', adjusted: true, limitedTo: null });
  expect(answer.bars.map(({ at }) => at.slice(0, 10))).toEqual(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05']);
  const quote = (await app.anonymous.get('quotes/AAPL')).as<{ last: string; high: string; low: string; open: string }>();
  const { last: close, high, low, open } = quote;
  expect(answer.bars.at(-1)).toMatchObject({ open, high, low, close });
});

test('stored minutes are read as they are and put together into 5 and 15', async () => {
  const range = 'from=2026-01-05&to=2026-01-05';
  expect(rows(await bars(app.anonymous, `RELIANCE/bars?interval=1m&${range}`))).toEqual([
    '2026-01-05T03:45 100 102 99 101 10',
    '2026-01-05T03:46 101 105 101 104 20',
    '2026-01-05T03:49 104 104 103 103.5 5',
    '2026-01-05T03:50 103 103 98 98.5 7',
    '2026-01-05T04:00 99 99 99 99 1',
  ]);
  // 10 + 20 + 5 = 35 within [3:45, 3:50).
  expect(rows(await bars(app.anonymous, `RELIANCE/bars?interval=5m&${range}`))).toEqual([
    '2026-01-05T03:45 100 105 99 103.5 35',
    '2026-01-05T03:50 103 103 98 98.5 7',
    '2026-01-05T04:00 99 99 99 99 1',
  ]);
  // 35 + 7 = 42 within [3:45, 4:00).
  expect(rows(await bars(app.anonymous, `RELIANCE/bars?interval=15m&${range}`))).toEqual([
    '2026-01-05T03:45 100 105 98 98.5 42',
    '2026-01-05T04:00 99 99 99 99 1',
  ]);
  // A stretch that began before the range is not answered, one that begins in it is whole.
  expect(rows(await bars(app.anonymous, 'RELIANCE/bars?interval=5m&from=2026-01-05T03:46:00Z&to=2026-01-05T03:51:00Z'))).toEqual([
    '2026-01-05T03:50 103 103 98 98.5 7',
  ]);
});

test('stored days become weeks and months by the clock of Mumbai', async () => {
  // The week of Monday 29 December has Wednesday to Friday: 100 + 200 + 300. Its Monday begins at 18:30 on Sunday, UTC.
  expect(rows(await bars(app.anonymous, 'RELIANCE/bars?interval=1w&from=2025-12-29&to=2026-01-05'))).toEqual([
    '2025-12-28T18:30 90 99 89 98 600',
    '2026-01-04T18:30 100 105 98 99 43',
  ]);
  // January 1st is the bar of 31 December, 18:30 UTC.
  expect(rows(await bars(app.as(premium), 'RELIANCE/bars?interval=1mo&from=2025-12-01&to=2026-01-31'))).toEqual([
    '2025-11-30T18:30 90 95 89 94 100',
    '2025-12-31T18:30 94 105 93 99 543',
  ]);
  expect(rows(await bars(app.anonymous, 'RELIANCE/bars?interval=1d&from=2026-01-02&to=2026-01-02'))).toEqual([
    '2026-01-01T18:30 95 99 94 98 300',
  ]);
});

test('prices of another source are never in the series', async () => {
  const at = new Date('2026-01-02T18:30:00Z');
  const other = {
    instrument_key: reliance,
    interval: '1d',
    source: 'elsewhere',
    at,
    open: '1',
    high: '1',
    low: '1',
    close: '1',
    volume: '1',
  };
  await app.db.insertInto('bars').values(other).execute();
  expect((await bars(app.anonymous, 'RELIANCE/bars?from=2026-01-03&to=2026-01-04')).bars).toEqual([]);
});

test('the standard plan and who does not sign in see 30 days, by the age of the prices', async () => {
  const wanted = 'AAPL/bars?interval=1d&from=2025-11-01&to=2026-01-05';
  for (const client of [app.anonymous, app.as(ada)]) {
    const answer = await bars(client, wanted);
    expect(answer.limitedTo).toMatchObject({ from: '2025-12-06T15:30:00.000Z', days: 30 });
    expect(answer.bars[0]?.at).toBe('2025-12-07T00:00:00.000Z');
    // A short range of old prices is limited too.
    const old = await bars(client, 'AAPL/bars?interval=1d&from=2025-11-01&to=2025-11-02');
    expect(old.bars).toEqual([]);
    expect(old.limitedTo).not.toBeNull();
  }
  const whole = await bars(app.as(premium), wanted);
  expect(whole.limitedTo).toBeNull();
  expect(whole.bars).toHaveLength(66);
  const free = await startTestApp({ beside: app, settings: { PLANS: 'off' } });
  expect((await bars(free.anonymous, wanted)).bars).toHaveLength(66);
  await free.close();
});

test('a private instrument has the bars of its prices, for its owner, of any age', async () => {
  await app.as(ada).post('instruments', { symbol: 'HOUSE', name: 'House', assetClass: 'other', currency: 'USD' });
  await app.as(ada).put('instruments/HOUSE/prices', {
    prices: [
      { day: '2020-06-30', price: '300000' },
      { day: '2025-12-31', price: '350000' },
    ],
  });
  const answer = await bars(app.as(ada), 'HOUSE/bars?from=2020-01-01');
  expect(answer.limitedTo).toBeNull();
  expect(rows(answer)).toEqual(['2020-06-30T00:00 300000 300000 300000 300000 0', '2025-12-31T00:00 350000 350000 350000 350000 0']);
  // Without a range: the year up to the newest price.
  expect(rows(await bars(app.as(ada), 'HOUSE/bars'))).toHaveLength(1);
  for (const client of [app.as(bob), app.anonymous]) {
    for (const path of ['bars', 'statistics', 'ticks', 'indicators?names=sma20'])
      expect((await client.get(`instruments/HOUSE/${path}`)).code).toBe('not_found');
  }
});

test('a range of too many bars is refused with the figures', async () => {
  const answer = await app.as(premium).get('instruments/AAPL/bars?interval=1m&from=2026-01-01');
  expect(answer.code).toBe('invalid_value');
  expect(answer.text).toContain('at most 3000');
  expect((await app.anonymous.get('instruments/AAPL/bars?interval=2m')).code).toBe('invalid_value');
  expect((await app.anonymous.get('instruments/AAPL/bars?from=yesterday')).code).toBe('invalid_value');
});

test('ticks come in the order of time and file, page by page', async () => {
  await sql`create table ticks_day partition of ticks for values from ('2026-01-05') to ('2026-01-06')`.execute(app.db);
  const at = ['2026-01-05T04:00:00Z', '2026-01-05T04:00:00Z', '2026-01-05T04:00:00.000250Z', '2026-01-05T04:00:01Z'];
  const values = at.map((instant, index) => ({
    instrument_key: reliance,
    at: instant,
    number: 11 + index,
    last: String(100 + index),
    import_key: 1,
  }));
  await app.db.insertInto('ticks').values(values).execute();
  const day = {
    instrument_key: reliance,
    day: '2026-01-05',
    zone: 'Asia/Kolkata',
    tick_count: 4,
    first_at: '2026-01-05T04:00:00Z',
    last_at: '2026-01-05T04:00:01Z',
  };
  await app.db.insertInto('tick_days').values(day).execute();
  interface Ticks {
    readonly items: readonly { readonly number: number; readonly last: string; readonly at: string }[];
    readonly nextCursor: string | null;
  }

  const whole = (await app.anonymous.get('instruments/RELIANCE/ticks')).as<Ticks>();
  expect(whole.items.map(({ number, last }) => `${number} ${last}`)).toEqual(['11 100', '12 101', '13 102', '14 103']);
  const read: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Ticks = (
      await app.anonymous.get(`instruments/RELIANCE/ticks?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
    ).as<Ticks>();
    read.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(read).toEqual(whole.items);

  const later = (await app.anonymous.get('instruments/RELIANCE/ticks?from=2026-01-05T04:00:01Z')).as<Ticks>();
  expect(later.items.map(({ number }) => number)).toEqual([14]);
  const cursorOfPage = (await app.anonymous.get('instruments/RELIANCE/ticks?limit=1')).as<Ticks>().nextCursor ?? '';
  expect((await app.anonymous.get(`instruments/TCS/ticks?cursor=${cursorOfPage}`)).code).toBe('conflict');
});

test('ticks of the simulated market are not stored, and the refusal says what there is instead', async () => {
  const answer = await app.anonymous.get('instruments/AAPL/ticks');
  expect(answer.code).toBe('conflict');
  expect(answer.text).toContain('interval=1m');
});

test('statistics name each figure', async () => {
  const answer = await app.anonymous.get('instruments/RELIANCE/statistics?from=2025-12-31&to=2026-01-05');
  // Closes 94, 95, 98, 99: mean 96.5; squares 6.25 + 2.25 + 2.25 + 6.25 = 17, / 3 = 5.6667, root 2.380476.
  // Returns 1/94, 3/95, 1/98: mean 0.017473…, deviation 0.0122157…, times the root of 252: 0.193918….
  const returns = [1 / 94, 3 / 95, 1 / 98];
  const mean = (1 / 94 + 3 / 95 + 1 / 98) / 3;
  const deviation = Math.sqrt(returns.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / 2);
  expect(answer.body).toMatchObject({
    symbol: 'RELIANCE',
    currency: 'INR',
    from: '2025-12-30T18:30:00.000Z',
    to: '2026-01-05T18:30:00.000Z',
    count: 4,
    minimum: '94',
    maximum: '99',
    average: 96.5,
    change: '5',
    // 5 / 94 = 5.31914… %.
    changePercent: 5.3191,
    limitedTo: null,
  });
  const { priceDeviation, annualizedVolatility } = answer.as<{ priceDeviation: number; annualizedVolatility: number }>();
  expect(priceDeviation).toBeCloseTo(2.380476, 6);
  expect(annualizedVolatility).toBeCloseTo(deviation * Math.sqrt(252), 12);

  const none = await app.anonymous.get('instruments/RELIANCE/statistics?from=2026-01-03&to=2026-01-04');
  expect(none.body).toMatchObject({
    count: 0,
    minimum: null,
    average: null,
    priceDeviation: null,
    annualizedVolatility: null,
    change: null,
  });
  const one = await app.anonymous.get('instruments/RELIANCE/statistics?from=2026-01-02&to=2026-01-02');
  expect(one.body).toMatchObject({ count: 1, minimum: '98', average: 98, priceDeviation: null, annualizedVolatility: null, change: null });
});

test('indicators are warmed up by the bars before the range', async () => {
  interface Indicators {
    readonly at: readonly string[];
    readonly indicators: readonly {
      readonly name: string;
      readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
    }[];
  }
  const asked = async (query: string) => (await app.anonymous.get(`instruments/RELIANCE/indicators?${query}`)).as<Indicators>();
  // Closes 94, 95, 98, 99: means of three are 287 / 3 and 292 / 3; the first two of all have none.
  const late = await asked('names=sma3&from=2026-01-02&to=2026-01-05');
  expect(late.at.map((at) => at.slice(0, 10))).toEqual(['2026-01-01', '2026-01-04']);
  expect(late.indicators).toEqual([
    { name: 'sma3', lines: [{ name: 'value', values: [expect.closeTo(287 / 3, 9), expect.closeTo(292 / 3, 9)] }] },
  ]);
  const whole = await asked('names=SMA3,macd,bollinger2&from=2025-12-31&to=2026-01-05');
  expect(whole.indicators.map(({ name, lines }) => [name, ...lines.map((line) => line.name)])).toEqual([
    ['sma3', 'value'],
    ['macd', 'macd', 'signal', 'histogram'],
    ['bollinger2', 'middle', 'upper', 'lower'],
  ]);
  expect(whole.indicators[0]?.lines[0]?.values.slice(0, 2)).toEqual([null, null]);
  // Minutes 3:45 to 3:50, (high + low + close) / 3 times volume: 302/3 * 10 + 310/3 * 20 + 310.5/3 * 5, over 35.
  const vwap = await asked('names=vwap&interval=1m&from=2026-01-05T03:49:00Z&to=2026-01-05T03:50:00Z');
  expect(vwap.indicators[0]?.lines[0]?.values).toEqual([expect.closeTo((3020 + 6200 + 1552.5) / 3 / 35, 9)]);
  expect((await app.anonymous.get('instruments/RELIANCE/indicators?names=sma3,nosuch')).code).toBe('invalid_value');
  expect((await app.anonymous.get('instruments/RELIANCE/indicators')).code).toBe('invalid_value');
});

test('movers are sorted by change and by value traded, of what can be traded', async () => {
  interface Mover {
    readonly symbol: string;
    readonly assetClass: string;
    readonly changePercent: number;
    readonly turnover: number;
  }
  interface Movers {
    readonly gainers: readonly Mover[];
    readonly losers: readonly Mover[];
    readonly mostActive: readonly Mover[];
  }
  const all = (await app.anonymous.get('market/movers?limit=50')).as<Movers>();
  const falls = (values: readonly number[]) => values.every((value, index) => index === 0 || value <= (values[index - 1] ?? value));
  expect(all.gainers.length).toBeGreaterThan(5);
  expect(all.losers.length).toBeGreaterThan(5);
  expect(falls(all.gainers.map(({ changePercent }) => changePercent))).toBe(true);
  expect(falls(all.losers.map(({ changePercent }) => -changePercent))).toBe(true);
  expect(falls(all.mostActive.map(({ turnover }) => turnover))).toBe(true);
  expect(all.gainers.every(({ changePercent }) => changePercent > 0)).toBe(true);
  const classes = new Set([...all.gainers, ...all.losers].map(({ assetClass }) => assetClass));
  expect(classes.has('index') || classes.has('cash')).toBe(false);
  const crypto = (await app.anonymous.get('market/movers?assetClass=crypto&limit=3')).as<Movers>();
  expect([...crypto.gainers, ...crypto.losers].every(({ assetClass }) => assetClass === 'crypto')).toBe(true);
  expect(crypto.mostActive).toHaveLength(3);
  // The imported one has no quote, and a private one is nobody else's business.
  expect(JSON.stringify((await app.as(ada).get('market/movers?limit=50')).body)).not.toMatch(/RELIANCE|HOUSE/);
});

test('the clock knows who trades now', async () => {
  // Monday 5 January 2026, 15:30 in London, 10:30 in New York, 21:00 in Mumbai.
  interface Clock {
    readonly hours: string;
    readonly exchanges: readonly {
      readonly exchange: string;
      readonly isOpen: boolean;
      readonly isTradable: boolean;
      readonly opensAt: string | null;
      readonly closesAt: string | null;
    }[];
  }
  const clock = (await app.anonymous.get('market/clock')).as<Clock>();
  const of = (exchange: string) => clock.exchanges.find((row) => row.exchange === exchange);
  expect(clock.hours).toBe('always');
  expect(of('NYSE')).toMatchObject({
    isOpen: true,
    isTradable: true,
    closesAt: '2026-01-05T21:00:00.000Z',
    opensAt: '2026-01-06T14:30:00.000Z',
  });
  expect(of('NSE')).toMatchObject({ isOpen: false, isTradable: true, closesAt: null, opensAt: '2026-01-06T03:45:00.000Z' });
  expect(of('CRYPTO')).toMatchObject({ isOpen: true, closesAt: null, opensAt: null });
  const strict = await startTestApp({ beside: app, settings: { MARKET_HOURS: 'exchange' } });
  const kept = (await strict.anonymous.get('market/clock')).as<Clock>();
  expect(kept.exchanges.find(({ exchange }) => exchange === 'NSE')).toMatchObject({ isTradable: false });
  await strict.close();
});

test('the calendar of an exchange says when and why it is closed', async () => {
  const answer = await app.anonymous.get('market/calendar?exchange=nyse&from=2025-12-24&to=2025-12-26');
  // Christmas Eve ends at 13:00 in New York.
  expect(answer.body).toMatchObject({
    exchange: 'NYSE',
    zone: 'America/New_York',
    days: [
      { day: '2025-12-24', isOpen: true, opensAt: '2025-12-24T14:30:00.000Z', closesAt: '2025-12-24T18:00:00.000Z', isShort: true },
      { day: '2025-12-25', isOpen: false, opensAt: null, closesAt: null, isShort: false },
      { day: '2025-12-26', isOpen: true, isShort: false, holiday: null },
    ],
  });
  expect(answer.text).toContain('Christmas');
  expect((await app.anonymous.get('market/calendar?exchange=NOSUCH')).code).toBe('not_found');
  expect((await app.anonymous.get('market/calendar?exchange=NYSE&from=2020-01-01&to=2026-01-01')).code).toBe('invalid_value');
});
