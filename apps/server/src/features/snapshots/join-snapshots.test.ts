import { expect, test } from 'vitest';
import { joinSnapshots } from './join-snapshots.ts';
import type { Snapshots } from './snapshot-store.ts';

const days = (from: number, ...values: number[]): Snapshots => ({
  from,
  values: Float64Array.from(values),
  inflows: Float64Array.from(values, (value) => value + 0.1),
  outflows: Float64Array.from(values, (value) => value + 0.2),
});

test.each([
  ['one after the other', days(10, 1, 2), days(12, 3, 4), { from: 10, to: 13 }, 10, [1, 2, 3, 4]],
  ['the later ones count where both have a day', days(10, 1, 2, 9), days(12, 3, 4), { from: 10, to: 13 }, 10, [1, 2, 3, 4]],
  ['cut on both sides', days(10, 1, 2), days(12, 3, 4), { from: 11, to: 12 }, 11, [2, 3]],
  ['nothing earlier', days(10), days(12, 3, 4), { from: 5, to: 20 }, 12, [3, 4]],
  ['nothing later', days(10, 1, 2), days(12), { from: 5, to: 20 }, 10, [1, 2]],
  ['all of it before the period', days(10, 1, 2), days(12, 3), { from: 20, to: 25 }, 20, []],
  ['all of it after the period', days(10, 1, 2), days(12, 3), { from: 1, to: 5 }, 10, []],
  ['a day that neither has', days(10, 1), days(12, 3), { from: 10, to: 12 }, 10, [1, Number.NaN, 3]],
])('%s', (_, earlier, later, span, from, values) => {
  const joined = joinSnapshots(earlier, later, span);
  expect([joined.from, [...joined.values]]).toEqual([from, values]);
  expect([...joined.inflows]).toEqual(values.map((value) => value + 0.1));
  expect([...joined.outflows]).toEqual(values.map((value) => value + 0.2));
});
