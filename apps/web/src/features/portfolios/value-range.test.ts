import { expect, test } from 'vitest';
import { startOfRange } from './value-range.ts';

test.each([
  ['1W', '2026-03-24'],
  ['1M', '2026-02-28'],
  ['3M', '2025-12-31'],
  ['YTD', '2026-01-01'],
  ['1Y', '2025-03-31'],
  ['5Y', '2021-03-31'],
  ['All', undefined],
] as const)('%s before 31 March 2026 begins on %s', (range, day) => {
  expect(startOfRange(range, new Date(2026, 2, 31, 23, 30))).toBe(day);
});
