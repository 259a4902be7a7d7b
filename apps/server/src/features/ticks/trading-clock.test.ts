import { day } from '@holdfast/engine/time';
import { expect, test } from 'vitest';
import { marketDay, tradingClock } from './trading-clock.ts';

const text = (micros: number) => new Date(micros / 1000).toISOString();

test.each([
  // 9:30 to 16:00 and the closing second, UTC-5 in January.
  ['NYSE', '2026-01-05T12:00:00Z', '2026-01-05T14:30:00.000Z', '2026-01-05T21:00:01.000Z', false],
  // 9:15 to 15:30, UTC+5:30.
  ['NFO', '2025-07-01T04:00:00Z', '2025-07-01T03:45:00.000Z', '2025-07-01T10:00:01.000Z', false],
  // The day after Thanksgiving ends at 13:00.
  ['NASDAQ', '2025-11-28T15:00:00Z', '2025-11-28T14:30:00.000Z', '2025-11-28T18:00:01.000Z', false],
  // A Saturday has the hours of the last full session, not of the short Friday before it.
  ['NYSE', '2025-11-29T15:00:00Z', '2025-11-29T14:30:00.000Z', '2025-11-29T21:00:01.000Z', true],
  // The Sunday on which the clocks went back: 9:30 is 14:30 UTC already.
  ['NYSE', '2025-11-02T15:00:00Z', '2025-11-02T14:30:00.000Z', '2025-11-02T21:00:01.000Z', true],
])('%s at %s trades from %s', (exchange, at, open, close, closedDay) => {
  const found = marketDay(tradingClock(exchange, 'UTC'), Date.parse(at));
  expect([text(found.openMicros), text(found.closeMicros), found.closedDay]).toEqual([open, close, closedDay]);
});

test('a day is cut at the exchange’s midnight, and may have 23 or 25 hours', () => {
  const hours = (at: string) => {
    const { startMicros, endMicros } = marketDay(tradingClock('NYSE', 'UTC'), Date.parse(at));
    return (endMicros - startMicros) / 3_600_000_000;
  };
  expect([hours('2025-03-09T15:00:00Z'), hours('2025-11-02T15:00:00Z'), hours('2025-11-03T15:00:00Z')]).toEqual([23, 25, 24]);
  expect(marketDay(tradingClock('NYSE', 'UTC'), Date.parse('2026-01-06T03:00:00Z')).day).toBe(day('2026-01-05'));
});

test('without hours the whole day counts: an exchange without a calendar, or none', () => {
  const commodities = tradingClock('MCX', 'UTC');
  expect([commodities.wall.zone, commodities.isAssumed]).toEqual(['Asia/Kolkata', false]);
  const nowhere = tradingClock(null, 'UTC');
  expect([nowhere.wall.zone, nowhere.isAssumed]).toEqual(['UTC', true]);
  const { startMicros, endMicros, openMicros, closeMicros } = marketDay(nowhere, 0);
  expect([openMicros, closeMicros]).toEqual([startMicros, endMicros]);
  expect(tradingClock(null, 'Asia/Hong_Kong').wall.zone).toBe('Asia/Hong_Kong');
});
