import { formatDay, parseDay } from '@holdfast/engine/time';
import { expect, test } from 'vitest';
import { missingStretches } from './fill-minutes.ts';

const day = (written: string) => parseDay(written) ?? 0;
const ibm = { exchange: 'NYSE', currency: 'USD' };
const coin = { exchange: 'CRYPTO', currency: 'USD' };
const MINUTE = 60_000;

/** `asked` names days and when they were asked about; the answer reads `from to days`. */
function missing(
  instrument: typeof ibm,
  from: string,
  to: string,
  asked: Readonly<Record<string, string>>,
  now: string,
): readonly string[] {
  const known = {
    range: { fromMs: Date.parse(from), toMs: Date.parse(to) + 24 * 60 * MINUTE },
    asked: new Map(Object.entries(asked).map(([on, at]) => [day(on), Date.parse(at)])),
    now: Date.parse(now),
    intervalMs: 15 * MINUTE,
  };
  const text = (at: number) => new Date(at).toISOString().slice(0, 16);
  return missingStretches(instrument, known).map(
    ({ fromMs, toMs, days }) => `${text(fromMs)} ${text(toMs)} ${days.map(formatDay).join('+')}`,
  );
}

const WEDNESDAY = '2026-01-07T16:00:00Z';

test.each([
  ['a session that is over', ibm, '2026-01-06', '2026-01-06', {}, WEDNESDAY, ['2026-01-06T14:30 2026-01-06T21:00 2026-01-06']],
  ['it was asked about after it had settled', ibm, '2026-01-06', '2026-01-06', { '2026-01-06': '2026-01-06T21:20:00Z' }, WEDNESDAY, []],
  // Ten minutes after the close some of it was not told yet: it is asked for once more, from twenty minutes before.
  [
    'it was asked about too early',
    ibm,
    '2026-01-06',
    '2026-01-06',
    { '2026-01-06': '2026-01-06T21:10:00Z' },
    WEDNESDAY,
    ['2026-01-06T20:50 2026-01-06T21:00 2026-01-06'],
  ],
  ['the day under way, a moment later', ibm, '2026-01-07', '2026-01-07', { '2026-01-07': '2026-01-07T15:46:00Z' }, WEDNESDAY, []],
  [
    'the day under way, an interval later',
    ibm,
    '2026-01-07',
    '2026-01-07',
    { '2026-01-07': '2026-01-07T15:45:00Z' },
    WEDNESDAY,
    ['2026-01-07T15:25 2026-01-07T21:00 2026-01-07'],
  ],
  ['a weekend, a holiday, and the future', ibm, '2026-01-17', '2026-01-20', {}, '2026-01-20T14:00:00Z', []],
  // Seven days at most, of which five have a session; the first of the next seven begins a new question.
  [
    'two weeks',
    ibm,
    '2025-12-29',
    '2026-01-07',
    {},
    WEDNESDAY,
    [
      '2025-12-29T14:30 2026-01-02T21:00 2025-12-29+2025-12-30+2025-12-31+2026-01-02',
      '2026-01-05T14:30 2026-01-07T21:00 2026-01-05+2026-01-06+2026-01-07',
    ],
  ],
  [
    'what never closes, three days at a time',
    coin,
    '2026-01-03',
    '2026-01-06',
    {},
    WEDNESDAY,
    ['2026-01-03T00:00 2026-01-06T00:00 2026-01-03+2026-01-04+2026-01-05', '2026-01-06T00:00 2026-01-07T00:00 2026-01-06'],
  ],
])('%s', (_what, instrument, from, to, asked, now, expected) => {
  expect(missing(instrument, from, to, asked, now)).toEqual(expected);
});
