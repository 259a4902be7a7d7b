import { expect, test } from 'vitest';
import { targetDistance } from './target-distance.ts';

test.each([
  // last, target, outcome in per cent
  ['100', '125', 25],
  ['200', '150', -25],
  ['50', '50', 0],
  ['100', null, null],
  [undefined, '100', null],
  [null, '100', null],
  ['0', '100', null],
])('from %s to %s it is %s', (last, target, outcome) => {
  expect(targetDistance(last, target)).toBe(outcome);
});
