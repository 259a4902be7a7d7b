import { expect, test } from 'vitest';
import { foldSlices } from './fold-slices.ts';

const slice = (key: string, weight: number) => ({ key, weight, value: '1' });

test('a class keeps its colour, whatever its size', () => {
  expect(foldSlices([slice('cash', 0.9), slice('stock', 0.1)])).toEqual([
    { key: 'cash', weight: 0.9, colour: 5 },
    { key: 'stock', weight: 0.1, colour: 1 },
  ]);
});

test('beyond six the rest is one slice, and nothing is lost', () => {
  const slices = Array.from({ length: 9 }, (_, index) => slice(`S${String(index)}`, 1 / 9));
  const shown = foldSlices(slices);
  expect(shown).toHaveLength(7);
  expect(shown.at(-1)?.colour).toBeNull();
  expect(shown.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(1, 12);
  expect(new Set(shown.map((part) => part.colour)).size).toBe(7);
});
