import { expect, test } from 'vitest';
import { heatOf, yearRows } from './month-rows.ts';

test('years hold their months, and the year is the months linked', () => {
  const rows = yearRows([
    { month: '2025-12', return: 0.1 },
    { month: '2026-01', return: 0.1 },
    { month: '2026-03', return: -0.5 },
  ]);
  expect(rows.map(({ year }) => year)).toEqual(['2026', '2025']);
  expect(rows[0]?.months.slice(0, 4)).toEqual([10, null, -50, null]);
  // 1.1 x 0.5 - 1 = -0.45
  expect(rows[0]?.whole).toBeCloseTo(-45, 10);
  expect(rows[1]?.months[11]).toBe(10);
});

test.each([
  [0.004, 0],
  [-0.5, 1],
  [2.9, 2],
  [-5, 3],
  [40, 4],
])('%s percent is coloured %s', (percent, heat) => {
  expect(heatOf(percent)).toBe(heat);
});
