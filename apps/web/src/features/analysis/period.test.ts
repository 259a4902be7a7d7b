import { expect, test } from 'vitest';
import { boundsOfPeriod, readPeriod } from './period.ts';

test.each([
  [{ range: '3M' }, { range: '3M' }],
  [{ range: 'nonsense' }, { range: '1Y' }],
  [
    { range: '3M', from: '2025-01-01' },
    { range: 'custom', from: '2025-01-01' },
  ],
  [{ from: 'yesterday' }, { range: '1Y' }],
])('an address that says %j means %j', (address, period) => {
  expect(readPeriod(address)).toEqual(period);
});

test.each([
  ['1M', '2026-03-31', { from: '2026-02-28' }],
  ['3M', '2026-02-15', { from: '2025-11-15' }],
  ['YTD', '2026-02-15', { from: '2026-01-01' }],
  ['5Y', '2028-02-29', { from: '2023-02-28' }],
  ['All', '2026-02-15', {}],
] as const)('%s up to %s', (range, today, bounds) => {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  expect(boundsOfPeriod({ range }, new Date(year, month - 1, day))).toEqual(bounds);
});
