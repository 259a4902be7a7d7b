import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, gridValues, linePath, yOf } from './scale-line.ts';

const box = { width: 100, height: 50, padding: 5 };

test('the highest value is at the top, the lowest at the bottom, inside the padding', () => {
  const bounds = boundsOf([10, 20, 30]);
  if (bounds === null) throw new Error('there are values');
  expect(yOf(30, bounds, box)).toBe(5);
  expect(yOf(10, bounds, box)).toBe(45);
  expect(linePath([10, 20, 30], bounds, { box })).toBe('M0 45L50 25L100 5');
});

test('a gap in the values is a gap in the line, and steps hold a value', () => {
  const bounds = { low: 0, high: 10 };
  expect(linePath([0, Number.NaN, 10, 0], bounds, { box })).toBe('M0 45M66.7 5L100 45');
  expect(linePath([0, 10], bounds, { box, steps: true })).toBe('M0 45H100V5');
});

test('a flat line stands in the middle, no values have no bounds', () => {
  const bounds = boundsOf([100, 100]);
  if (bounds === null) throw new Error('there are values');
  expect(yOf(100, bounds, box)).toBe(25);
  expect(boundsOf([], [Number.NaN])).toBeNull();
});

test('grid lines are round, inside, and few', () => {
  expect(gridValues({ low: 92_110, high: 129_902 }, 5)).toEqual([100_000, 110_000, 120_000]);
  const spans = fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0.01, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(spans, ([low, span]) => {
      const values = gridValues({ low, high: low + span }, 5);
      return values.length <= 6 && values.every((value) => value >= low - span / 1e3 && value <= low + span * 1.001);
    }),
  );
});
