import { expect, test } from 'vitest';
import { figureOf } from './figure.ts';

test('of an odd number of runs the median is the middle one, of an even number the mean of both', () => {
  expect(figureOf([9, 1, 5])).toEqual({ median: 5, lowest: 1, highest: 9, runs: [9, 1, 5] });
  expect(figureOf([4, 1, 2, 9]).median).toBe(3); // (2 + 4) / 2
});

test('no runs are no figure', () => {
  expect(() => figureOf([])).toThrow('no run');
});
