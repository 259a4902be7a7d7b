/** Stored ticks and minutes played back on the board of a whole app. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { openStoredTape } from './stored-tape-store.ts';

let app: TestApp;
const START = Date.parse('2022-04-05T03:45:00Z');
const MINUTE = 60_000;

/** SBIN with three ticks and the bars that an import makes of them, RELIANCE with minutes only. */
beforeAll(async () => {
  app = await startTestApp();
  const make = async (symbol: string) => {
    const { rows } = await app.pool.query<{ key: number }>(
      `insert into instruments (id, symbol, exchange, name, asset_class, currency, source, created_at, updated_at)
       values (gen_random_uuid(), $1, 'NSE', $1, 'stock', 'INR', 'import', now(), now()) returning key`,
      [symbol],
    );
    return rows[0]?.key ?? 0;
  };
  const bar = (key: number, interval: string, at: number, figures: readonly number[]) =>
    app.pool.query(
      `insert into bars (instrument_key, interval, at, open, high, low, close, volume, source) values ($1, $2, $3, $4, $5, $6, $7, $8, 'import')`,
      [key, interval, new Date(at), ...figures],
    );
  const [sbin, reliance] = [await make('TICKS'), await make('MINUTES')];
  await app.pool.query(`create table ticks_2022_04_05 partition of ticks for values from ('2022-04-05') to ('2022-04-06')`);
  for (const [number, seconds, last] of [
    [1, 0, '500'],
    [2, 30, '502'],
    [3, 90, '501'],
  ] as const)
    await app.pool.query('insert into ticks (instrument_key, at, number, last, bid, import_key) values ($1, $2, $3, $4, $4, 1)', [
      sbin,
      new Date(START + seconds * 1_000),
      number,
      last,
    ]);
  await app.pool.query(
    `insert into tick_days (instrument_key, day, zone, tick_count, first_at, last_at) values ($1, '2022-04-05', 'Asia/Kolkata', 3, $2, $3)`,
    [sbin, new Date(START), new Date(START + 90_000)],
  );
  const midnight = Date.parse('2022-04-04T18:30:00Z');
  for (const key of [sbin, reliance]) {
    await bar(key, '1d', midnight - 86_400_000, [480, 490, 470, 485, 9]);
    await bar(key, '1d', midnight, [500, 502, 500, 501, 7]);
    await bar(key, '1m', START, [500, 502, 500, 502, 4]);
    await bar(key, '1m', START + MINUTE, [501, 501, 501, 501, 3]);
  }
});
afterAll(() => app.close());

async function instrumentOf(server: TestApp) {
  const found = await server.app.market.instruments.find('MINUTES');
  if (found === null) throw new Error('MINUTES is gone.');
  return found;
}

const read = async (afterMs: number, untilMs: number) =>
  (await (await openStoredTape(app.db)).read({ afterMs, untilMs }))
    .map(({ symbol, at, last, open, high, low, previousClose, volume }) =>
      [
        symbol,
        (at - START) / 1_000,
        ...[last, open, high, low, previousClose, volume].map((figure) => (figure === null ? '-' : Number(figure) / 1e18)),
      ].join(' '),
    )
    .sort();

test('the tape gives the last report of each within the stretch, with the figures of its day so far', async () => {
  // Before the first minute is over only the first tick has been reported.
  expect(await read(Number.NEGATIVE_INFINITY, START + 10_000)).toEqual(['TICKS 0 500 - 500 500 485 -']);
  expect(await read(START, START + 29_000)).toEqual([]);
  // 03:46:00: the minute ends with 502 for the one, and the tick of 03:45:30 is the last of the other.
  expect(await read(START, START + MINUTE)).toEqual(['MINUTES 60 502 500 502 500 485 4', 'TICKS 30 502 - 502 502 485 -']);
  expect(await read(START + MINUTE, START + 2 * MINUTE)).toEqual(['MINUTES 120 501 500 502 500 485 7', 'TICKS 90 501 500 502 500 485 4']);
});

test('an app plays it: quotes are as old as they look, at the speed asked for, and nothing of it is stored', async () => {
  const settings = { MARKET_DATA_PROVIDER: 'replay', REPLAY_SPEED: '60', REPLAY_FROM: '2022-04-05T03:45:00Z' };
  const played = await startTestApp({ beside: app, settings });
  const started = played.clock.now();
  const heard = new Promise<void>((resolve) => {
    const stop = played.app.market.quotes.board.onTick((changed) => {
      if (!changed.some(({ symbol }) => symbol === 'MINUTES')) return;
      stop();
      resolve();
    });
  });
  // Two seconds at 60x are the two minutes there are.
  played.clock.advance(2_000);
  played.app.market.start();
  await heard;
  const quote = async (symbol: string) => (await played.anonymous.get(`quotes/${symbol}`)).body;
  expect(await quote('TICKS')).toMatchObject({
    last: '501',
    source: 'replay',
    at: new Date(started + 1_500).toISOString(),
    ageSeconds: 0,
    delayed: false,
  });
  expect(await quote('MINUTES')).toMatchObject({
    last: '501',
    previousClose: '485',
    change: '16',
    at: new Date(started + 2_000).toISOString(),
  });
  expect(await quote('AAPL')).toMatchObject({ source: 'simulated' });
  // 03:47:00 of that day: both minutes are over, the day is not.
  const bars = async (interval: string) =>
    (
      await played
        .as(await played.user(`premium-${interval}`, 'premium'))
        .get(`instruments/MINUTES/bars?interval=${interval}&from=2022-04-01&to=2022-04-05`)
    ).as<{ bars: object[] }>().bars.length;
  expect([
    await bars('1d'),
    (await played.app.market.history.bars(await instrumentOf(played), { interval: '1m', fromMs: START, toMs: START + 60 * MINUTE })).length,
  ]).toEqual([1, 2]);
  await played.app.market.quotes.flush();
  expect((await app.pool.query("select 1 from latest_prices where source = 'replay'")).rows).toEqual([]);
  await played.close();
});

test('one replay drives all servers: a second one joins it where it is, at its speed, and shows the same', async () => {
  const settings = { MARKET_DATA_PROVIDER: 'replay', REPLAY_SPEED: '60', REPLAY_FROM: '2022-04-05T03:45:00Z' };
  const playing = async (own: Readonly<Record<string, string>> = {}) => {
    const server = await startTestApp({ beside: app, settings: { ...settings, ...own } });
    const priced = new Promise<void>((resolve) => {
      const stop = server.app.market.quotes.board.onTick((changed) => {
        if (!changed.some(({ source }) => source === 'replay')) return;
        stop();
        resolve();
      });
    });
    return { server, priced };
  };
  const quote = async (server: TestApp, symbol: string) => {
    const { last, at, source } = (await server.anonymous.get(`quotes/${symbol}`)).as<{ last: string; at: string; source: string }>();
    return `${last} ${(Date.parse(at) - begunAt) / 1_000} ${source}`;
  };
  const one = await playing();
  const begunAt = app.clock.now();
  app.clock.advance(1_000);
  // Its own settings would have it somewhere else.
  const two = await playing({ REPLAY_SPEED: '1', REPLAY_FROM: '2022-04-05T03:45:20Z' });
  app.clock.advance(1_000);
  for (const { server, priced } of [one, two]) {
    server.app.market.start();
    await priced;
  }
  // Two seconds at 60x, also for the one that was there for one of them only.
  for (const { server } of [one, two])
    expect([await quote(server, 'TICKS'), await quote(server, 'MINUTES')]).toEqual(['501 1.5 replay', '501 2 replay']);
  // The first one goes: the second plays on, and a third one joins it.
  await one.server.close();
  const three = await playing();
  three.server.app.market.start();
  await three.priced;
  expect(await quote(three.server, 'TICKS')).toBe('501 1.5 replay');
  await two.server.close();
  await three.server.close();
  // Nobody plays any more: the next one begins anew.
  const four = await playing();
  four.server.app.market.start();
  await four.priced;
  expect(await quote(four.server, 'TICKS')).toBe('500 2 replay');
  await four.server.close();
});
