/** The two years of days that the published cases bring along: fetched from a provider, stored, and charted as they are in the file. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import { vendorServerOfTest } from '../../testing/vendor-server.ts';
import { twelveDataAnswers } from '../../testing/vendor-answers.ts';

const cases = new URL('../../../../../packages/engine/cases/', import.meta.url);
const rows = readFileSync(new URL('data/spy-daily-2017-2018.csv', cases), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));
const published = JSON.parse(readFileSync(new URL('indicators.json', cases), 'utf8')) as {
  readonly cases: readonly { readonly id: string; readonly expected: { readonly value_at: Readonly<Record<string, number>> } }[];
};

/** A figure without the zeros that a file may write at its end. */
const plain = (figure: string | undefined): string => String(Number(figure));

test('every day of the sample is stored as it is, and its averages are the published ones', async () => {
  const values = rows.map(([datetime, open, high, low, close, volume]) => ({ datetime, open, high, low, close, volume })).reverse();
  const twelve = await vendorServerOfTest((url) =>
    url.pathname === '/time_series'
      ? { body: { meta: { symbol: 'IBM', currency: 'USD' }, values, status: 'ok' } }
      : url.pathname === '/splits' || url.pathname === '/dividends'
        ? { body: { splits: [], dividends: [] } }
        : twelveDataAnswers(url),
  );
  const settings = { MARKET_DATA_PROVIDER: 'twelve-data', TWELVE_DATA_API_KEY: 'key', TWELVE_DATA_URL: twelve.url };
  const app = await startTestApp({ now: '2019-01-02T15:30:00.000Z', settings });
  onTestFinished(() => app.close());
  const reader = app.as(await app.user('reader', 'premium'));
  await reader.get('quotes/IBM');
  const job = app.app.market.jobs.find(({ name }) => name === 'backfill-history');
  await job?.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: true, signal: new AbortController().signal });
  const { bars } = (await reader.get('instruments/IBM/bars?interval=1d&from=2017-01-01&to=2018-12-31')).as<{
    bars: { at: string; open: string; high: string; low: string; close: string; volume: string }[];
  }>();
  expect(bars).toHaveLength(502);
  expect(bars.map(({ at, open, high, low, close, volume }) => [at.slice(0, 10), open, high, low, close, volume])).toEqual(
    rows.map(([day, ...figures]) => [day, ...figures.map(plain)]),
  );
  const found = (await reader.get('instruments/IBM/indicators?interval=1d&names=sma20&from=2017-01-01&to=2018-12-31')).as<{
    indicators: { lines: { values: (number | null)[] }[] }[];
  }>();
  const averages = found.indicators[0]?.lines[0]?.values ?? [];
  const expected = Object.entries(published.cases.find(({ id }) => id === 'skender-sma-20')?.expected.value_at ?? {});
  expect(expected.length).toBeGreaterThan(0);
  for (const [index, value] of expected) expect(averages[Number(index)]).toBeCloseTo(value, 4);
});
