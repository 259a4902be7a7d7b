import { expect, test } from 'vitest';
import { moved } from './moved.ts';

test.each([
  // entries, entry, to, outcome
  ['abc', 'a', 0, 'abc'],
  ['abc', 'a', 1, 'bac'],
  ['abc', 'a', 2, 'bca'],
  ['abc', 'a', 99, 'bca'],
  ['abc', 'c', 0, 'cab'],
  ['a', 'a', 5, 'a'],
])('of %s %s to %i gives %s', (entries, entry, to, outcome) => {
  expect(moved([...entries], entry, to).join('')).toBe(outcome);
});
