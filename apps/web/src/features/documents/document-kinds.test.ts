import { expect, test } from 'vitest';
import { readYear } from './document-kinds.ts';

test.each([
  ['2025', 2025],
  [' 1999 ', 1999],
  ['', null],
  ['25', undefined],
  ['1899', undefined],
  ['2201', undefined],
  ['20x5', undefined],
])('"%s" is the year %s', (typed, year) => {
  expect(readYear(typed)).toBe(year);
});
