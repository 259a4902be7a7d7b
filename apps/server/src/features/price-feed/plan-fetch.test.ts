import { expect, test } from 'vitest';
import { planFetch } from './plan-fetch.ts';
import type { Candidate } from './plan-fetch.ts';

const MINUTE = 60_000;
const now = 1_000 * MINUTE;
const rules = { now, minimumAgeMs: 15 * MINUTE };
const open = { open: true, changedAt: 0 };

/** Minutes since it was asked for, and how many want it. */
function wanted(key: number, minutes: number | null, demand = 1, session: Candidate['session'] = open): Candidate {
  return { key, demand, askedAt: minutes === null ? null : now - minutes * MINUTE, session };
}

test.each<readonly [string, readonly Candidate[], readonly number[]]>([
  ['the oldest first', [wanted(1, 20), wanted(2, 40), wanted(3, 30)], [2, 3, 1]],
  ['what is young is left', [wanted(1, 14), wanted(2, 15)], [2]],
  [
    'what was never asked for comes first, the most wanted of it before the others',
    [wanted(1, 90), wanted(2, null), wanted(3, null, 5)],
    [3, 2, 1],
  ],
  // 20 minutes x log2(1 + 3) = 40, before 30 x log2(1 + 1) = 30.
  ['who is wanted by three is as pressing as twice as old', [wanted(1, 30), wanted(2, 20, 3)], [2, 1]],
  ['open markets first', [wanted(1, 90, 9, { open: false, changedAt: now - MINUTE }), wanted(2, 20)], [2, 1]],
  [
    'from a day on age is no more pressing, but breaks ties',
    [wanted(1, 2_000), wanted(2, 5_000), wanted(3, null), wanted(4, 1_000, 3)],
    [4, 3, 2, 1],
  ],
  ['equals by key', [wanted(2, 20), wanted(1, 20)], [1, 2]],
  ['nothing wanted', [], []],
])('%s', (_name, candidates, expected) => {
  expect(planFetch(candidates, rules)).toEqual(expected);
});

test('of a closed market a price is due once after the close', () => {
  const closed = { open: false, changedAt: now - 60 * MINUTE };
  expect(planFetch([wanted(1, 70, 1, closed), wanted(2, 50, 1, closed), wanted(3, null, 1, closed)], rules)).toEqual([3, 1]);
});
