import { createSimulatedMarket } from '@holdfast/engine/bars';
import type { Interval } from '@holdfast/engine/bars';
import { add, formatDecimal, ZERO } from '@holdfast/engine/money';
import { expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { simulatedMarketData } from './simulated-market-data.ts';

const now = Date.parse('2026-01-07T15:30:30.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function provider(hours: 'always' | 'exchange' = 'always') {
  return simulatedMarketData({ seed: 'test', hours, clock: fixedClock(now) });
}

function bars(interval: Interval, [from, to]: readonly [string, string], hours: 'always' | 'exchange' = 'always') {
  return provider(hours).computed.bars('AAPL', { interval, fromMs: Date.parse(from), toMs: Date.parse(to) }) ?? [];
}

test('the quote is the one of the engine’s market for the seed', () => {
  const engine = createSimulatedMarket({ seed: 'test', hours: 'always' });
  const { listing, source, ...quote } = provider().computed.quoteAt('AAPL', now) ?? { listing: null, source: null };
  expect(source).toBe('simulated');
  expect(listing).toEqual({ symbol: 'AAPL', exchange: null });
  expect({ ...quote, symbol: 'AAPL' }).toEqual(engine.quoteAt('AAPL', now));
  expect(provider().computed.quoteAt('NOSUCH', now)).toBeNull();
});

test('the day under way ends with the last price, not with the evening that the market knows', () => {
  const quote = provider().computed.quoteAt('AAPL', now);
  const days = bars('1d', ['2026-01-05', '2026-02-01']);
  expect(days.map(({ startAt }) => new Date(startAt).toISOString().slice(0, 10))).toEqual(['2026-01-05', '2026-01-06', '2026-01-07']);
  expect(days.at(-1)).toMatchObject({ open: quote?.open, high: quote?.high, low: quote?.low, close: quote?.last, volume: quote?.volume });
});

test('a longer bar is made of the shorter ones inside it', () => {
  const hours = bars('1h', ['2026-01-06T00:00:00Z', '2026-01-07T00:00:00Z']);
  const [day] = bars('1d', ['2026-01-06', '2026-01-07']);
  expect(hours).toHaveLength(24);
  expect(day?.open).toBe(hours[0]?.open);
  expect(day?.close).toBe(hours.at(-1)?.close);
  expect(day?.high).toBe(hours.map(({ high }) => high).reduce((a, b) => (b > a ? b : a)));
  expect(day?.low).toBe(hours.map(({ low }) => low).reduce((a, b) => (b < a ? b : a)));
  expect(day?.volume).toBe(hours.reduce((total, { volume }) => add(total, volume), ZERO));

  // Monday 29 December to Sunday 4 January.
  const [week] = bars('1w', ['2025-12-29', '2026-01-05']);
  const days = bars('1d', ['2025-12-29', '2026-01-05']);
  expect(days).toHaveLength(7);
  expect(week).toMatchObject({ startAt: Date.parse('2025-12-29'), open: days[0]?.open, close: days[6]?.close });
  expect(formatDecimal(week?.volume ?? ZERO)).toBe(formatDecimal(days.reduce((total, { volume }) => add(total, volume), ZERO)));
});

test('only bars that begin within the range are answered, each whole as far as it has happened', () => {
  const [hour, ...more] = bars('1h', ['2026-01-07T13:10:00Z', '2026-01-07T14:20:00Z']);
  expect(more).toEqual([]);
  expect(hour).toEqual(bars('1h', ['2026-01-07T14:00:00Z', '2026-01-07T16:00:00Z'])[0]);
  expect(bars('1mo', ['2025-12-02', '2026-01-07']).map(({ startAt }) => startAt)).toEqual([Date.parse('2026-01-01')]);
  expect(bars('1w', ['2026-01-06', '2026-01-07'])).toEqual([]);
  expect(bars('1m', ['2026-01-07T15:29:00Z', '2026-02-01']).map(({ startAt }) => (startAt - now) / MINUTE)).toEqual([-1.5, -0.5]);
  expect(bars('1d', ['2026-01-08', '2026-01-09'])).toEqual([]);
});

test('what was answered before the hour was over is the beginning of what is answered after it', () => {
  const clock = fixedClock(now);
  const market = simulatedMarketData({ seed: 'test', hours: 'always', clock }).computed;
  const ask = () => market.bars('MSFT', { interval: '1h', fromMs: now - HOUR, toMs: now + DAY }) ?? [];
  const before = ask();
  clock.advance(20 * MINUTE);
  const after = ask();
  expect(before).toHaveLength(1);
  expect(after).toHaveLength(1);
  expect(after[0]?.open).toBe(before[0]?.open);
  expect(Number(after[0]?.high)).toBeGreaterThanOrEqual(Number(before[0]?.high));
  expect(Number(after[0]?.volume)).toBeGreaterThan(Number(before[0]?.volume));
});

test('with exchange hours the day is New York’s, and the weekend has none', () => {
  const days = bars('1d', ['2026-01-02', '2026-01-08'], 'exchange');
  expect(days.map(({ startAt }) => new Date(startAt).toISOString())).toEqual([
    '2026-01-02T05:00:00.000Z',
    '2026-01-05T05:00:00.000Z',
    '2026-01-06T05:00:00.000Z',
    '2026-01-07T05:00:00.000Z',
  ]);
  expect(bars('1w', ['2026-01-04', '2026-01-08'], 'exchange').map(({ startAt }) => new Date(startAt).toISOString())).toEqual([
    '2026-01-05T05:00:00.000Z',
  ]);
});

test('a day whose session has not begun has no bar yet', () => {
  const clock = fixedClock('2026-01-07T10:00:00Z');
  const market = simulatedMarketData({ seed: 'test', hours: 'exchange', clock }).computed;
  const days = market.bars('AAPL', { interval: '1d', fromMs: Date.parse('2026-01-06'), toMs: clock.now() }) ?? [];
  expect(days.map(({ startAt }) => new Date(startAt).toISOString())).toEqual(['2026-01-06T05:00:00.000Z']);
  clock.set('2026-01-07T23:00:00Z');
  const closed = market.bars('AAPL', { interval: '1d', fromMs: Date.parse('2026-01-07'), toMs: clock.now() }) ?? [];
  const engine = createSimulatedMarket({ seed: 'test', hours: 'exchange' }).dailyBars('AAPL', 20_460, 20_460)?.[0];
  expect(closed[0]).toMatchObject({ close: engine?.close, high: engine?.high, volume: engine?.volume });
});

test('it knows its own listings and no others', async () => {
  const market = provider();
  expect(market.listed.length).toBeGreaterThan(90);
  expect(market.covers({ symbol: 'AAPL', exchange: null })).toBe(true);
  expect(market.covers({ symbol: 'AAPL', exchange: 'LSE' })).toBe(false);
  expect(await market.profile({ symbol: 'BTC', exchange: null })).toMatchObject({ name: 'Bitcoin', assetClass: 'crypto' });
  expect(await market.profile({ symbol: 'NOSUCH', exchange: null })).toBeNull();
  expect((await market.search('apple', 5)).map(({ symbol }) => symbol)).toEqual(['AAPL']);
  expect(
    (
      await market.quotes([
        { symbol: 'AAPL', exchange: null },
        { symbol: 'NOSUCH', exchange: null },
      ])
    ).map(({ listing }) => listing.symbol),
  ).toEqual(['AAPL']);
  expect(await market.history({ symbol: 'NOSUCH', exchange: null }, { interval: '1d', fromMs: 0, toMs: now })).toBeNull();
});
