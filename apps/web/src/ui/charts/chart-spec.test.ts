import { expect, test } from 'vitest';
import { walkChart } from './chart-spec.ts';

test.each([
  ['ArrowLeft', null, 9],
  ['ArrowLeft', 5, 4],
  ['ArrowRight', 9, 9],
  ['PageUp', 5, 0],
  ['Home', 5, 0],
  ['End', 5, 9],
  ['Escape', 5, null],
  ['a', 5, undefined],
] as const)('%s from %s of ten points goes to %s', (key, from, to) => {
  expect(walkChart(key, from, 10)).toBe(to);
});
