import { expect, test } from 'vitest';
import { movedTo } from './moved-to.ts';

test.each([
  ['abc', 'a', 1, 'bac'],
  ['abc', 'c', -1, 'cab'],
  ['abc', 'b', 9, 'acb'],
])('of %s %s to %i gives %s', (entries, entry, place, outcome) => {
  expect(movedTo([...entries], entry, place).join('')).toBe(outcome);
});
