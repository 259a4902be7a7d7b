/** Minutes of a provider as clients see them: fetched when somebody looks at them, each day once. */
import { expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { vendorServerOfTest } from '../../testing/vendor-server.ts';
import type { VendorServer } from '../../testing/vendor-server.ts';
import { twelveDataAnswers } from '../../testing/vendor-answers.ts';

interface Setting {
  readonly app: TestApp;
  readonly twelve: VendorServer;
  /** What is charted, as `start open high low close volume`. */
  bars(interval: string, from?: string, to?: string): Promise<readonly string[]>;
  /** The stretches that minutes or hours were asked for. */
  asked(): readonly string[];
}

const DAY = '2026-01-06';

async function setUp(): Promise<Setting> {
  const twelve = await vendorServerOfTest(twelveDataAnswers);
  const settings = { MARKET_DATA_PROVIDER: 'twelve-data', TWELVE_DATA_API_KEY: 'key', TWELVE_DATA_URL: twelve.url };
  const app = await startTestApp({ now: '2026-01-07T15:30:30.000Z', settings: { ...settings, TWELVE_DATA_PER_MINUTE: '1000' } });
  onTestFinished(() => app.close());
  await app.anonymous.get('quotes/IBM');
  return {
    app,
    twelve,
    bars: async (interval, from = DAY, to = DAY) => {
      const { bars } = (await app.anonymous.get(`instruments/IBM/bars?interval=${interval}&from=${from}&to=${to}&adjusted=false`)).as<{
        bars: { at: string; open: string; high: string; low: string; close: string; volume: string }[];
      }>();
      return bars.map(({ at, open, high, low, close, volume }) => [at.slice(11, 16), open, high, low, close, volume].join(' '));
    },
    asked: () =>
      twelve.asked
        .filter(({ pathname }) => pathname === '/time_series')
        .map(({ searchParams }) => [searchParams.get('interval'), searchParams.get('start_date'), searchParams.get('end_date')].join(' ')),
  };
}

test('minutes are fetched when they are looked at, once, and put together into larger bars', async () => {
  const { bars, asked } = await setUp();
  expect(await bars('1m')).toEqual([
    '15:30 295.9 296.1 295.85 296.05 5120',
    '15:31 296.05 296.2 296 296.12 4310',
    '15:32 296.12 296.12 295.7 295.75 6044',
    '15:33 295.75 295.98 295.75 295.9 3900',
  ]);
  // 5,120 + 4,310 + 6,044 + 3,900 = 19,374.
  expect(await bars('5m')).toEqual(['15:30 295.9 296.2 295.7 295.9 19374']);
  expect(await bars('15m')).toEqual(['15:30 295.9 296.2 295.7 295.9 19374']);
  expect(asked()).toEqual(['1min 2026-01-06 14:30:00 2026-01-06 21:00:00']);
});

test('those who look at once ask once; hours are their own question, and days none at all', async () => {
  const { bars, asked } = await setUp();
  await Promise.all(Array.from({ length: 10 }, () => bars('1m')));
  await bars('1h');
  await bars('1d');
  expect(asked()).toEqual(['1min 2026-01-06 14:30:00 2026-01-06 21:00:00', '1h 2026-01-06 14:30:00 2026-01-06 21:00:00']);
});

test('the day under way is asked for again when an interval has passed, from where it was', async () => {
  const { app, bars, asked } = await setUp();
  const today = () => bars('1m', '2026-01-07', '2026-01-07');
  await today();
  app.clock.advance(14 * 60_000);
  await today();
  expect(asked()).toEqual(['1min 2026-01-07 14:30:00 2026-01-07 21:00:00']);
  app.clock.advance(60_000);
  await today();
  expect(asked().slice(1)).toEqual(['1min 2026-01-07 15:10:30 2026-01-07 21:00:00']);
});

test('while the provider is away what is stored is answered, and the rest is asked for later', async () => {
  const { app, twelve, bars, asked } = await setUp();
  twelve.answer(() => ({ status: 403 }));
  expect(await bars('1m')).toEqual([]);
  expect(await bars('1m')).toEqual([]);
  expect(asked()).toHaveLength(1);
  twelve.answer(twelveDataAnswers);
  app.clock.advance(6 * 3_600_000);
  expect(await bars('1m')).toHaveLength(4);
});

test('an indicator over minutes has its minutes fetched too', async () => {
  const { app, asked } = await setUp();
  const found = await app.anonymous.get(`instruments/IBM/indicators?interval=1m&names=sma2&from=${DAY}&to=${DAY}`);
  const values = found.as<{ indicators: { lines: { values: (number | null)[] }[] }[] }>().indicators[0]?.lines[0]?.values ?? [];
  // (296.05 + 296.12) / 2 = 296.085 and so on; nothing comes before the first.
  expect(values.map((value) => (value === null ? null : Number(value.toFixed(6))))).toEqual([null, 296.085, 295.935, 295.825]);
  expect(asked()).toHaveLength(1);
});
