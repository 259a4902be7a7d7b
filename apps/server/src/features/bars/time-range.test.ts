import { expect, test } from 'vitest';
import { wallClock } from '../ticks/index.ts';
import { timeRange } from './time-range.ts';
import type { RangeAsked } from './time-range.ts';

const endMs = Date.parse('2026-01-07T10:00:00Z');
const DAY_MS = 86_400_000;

test.each<readonly [string, RangeAsked, readonly string[]]>([
  ['UTC', { from: '2026-01-05', to: '2026-01-05' }, ['2026-01-05T00:00:00.000Z', '2026-01-06T00:00:00.000Z']],
  // Mumbai is five and a half hours ahead, New York five behind in winter.
  ['Asia/Kolkata', { from: '2026-01-05', to: '2026-01-06' }, ['2026-01-04T18:30:00.000Z', '2026-01-06T18:30:00.000Z']],
  ['America/New_York', { from: '2026-01-05', to: '2026-01-05' }, ['2026-01-05T05:00:00.000Z', '2026-01-06T05:00:00.000Z']],
  // Clocks go forward on 8 March: the day has 23 hours.
  ['America/New_York', { from: '2026-03-08', to: '2026-03-08' }, ['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z']],
  [
    'Asia/Kolkata',
    { from: '2026-01-05T10:00:00+05:30', to: '2026-01-05T04:31:00Z' },
    ['2026-01-05T04:30:00.000Z', '2026-01-05T04:31:00.000Z'],
  ],
  ['UTC', {}, ['2026-01-05T10:00:00.000Z', '2026-01-07T10:00:00.000Z']],
  ['UTC', { to: '2026-01-01' }, ['2025-12-31T00:00:00.000Z', '2026-01-02T00:00:00.000Z']],
  ['UTC', { from: '2026-01-06' }, ['2026-01-06T00:00:00.000Z', '2026-01-07T10:00:00.000Z']],
  // Nothing has happened after the end: an empty range, no fault.
  ['UTC', { from: '2026-02-01' }, ['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']],
])('in %s %j is %j', (zone, asked, edges) => {
  const range = timeRange(asked, { clock: wallClock(zone), endMs, spanMs: 2 * DAY_MS });
  expect([range.fromMs, range.toMs].map((at) => new Date(at).toISOString())).toEqual(edges);
});

test.each([
  [{ from: '2026-02-30' }, 'from'],
  [{ to: '2026-01-05T25:00:00Z' }, 'to'],
  [{ from: '2026-01-06', to: '2026-01-05' }, 'from'],
])('%j is refused', (asked, path) => {
  const read = () => timeRange(asked, { clock: wallClock('UTC'), endMs, spanMs: DAY_MS });
  expect(read).toThrow(expect.objectContaining({ code: 'invalid_value', extras: { errors: [expect.objectContaining({ path })] } }));
});
