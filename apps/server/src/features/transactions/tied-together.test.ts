import { expect, test } from 'vitest';
import { tiedTogether } from './rebuild-holdings.ts';

const sets = (ties: readonly (readonly [number, number])[], keys: readonly number[]) =>
  tiedTogether(ties, keys).map((set) => [...set].sort((a, b) => a - b));

test.each([
  ['nothing tied: each by itself', [], [3, 1, 2], [[3], [1], [2]]],
  ['a key twice is one', [], [1, 1], [[1]]],
  ['what a spin-off ties comes along, from either side', [[1, 2]], [2], [[1, 2]]],
  ['over several ties', [[1, 2], [3, 2], [3, 4]], [4, 1, 9], [[1, 2, 3, 4], [9]]], // prettier-ignore
  ['a tie that nobody asked for changes nothing', [[5, 6]], [1], [[1]]],
] as const)('%s', (_, ties, keys, expected) => expect(sets(ties, keys)).toEqual(expected));
