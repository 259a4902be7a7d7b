import { expect, test } from 'vitest';
import { barsOf } from './chart-range.ts';

const now = Date.parse('2026-11-20T14:32:07Z');

test.each([
  ['1D', { interval: '5m', from: '2026-11-19T14:32:00Z' }],
  ['1W', { interval: '1h', from: '2026-11-13' }],
  ['1M', { interval: '1d', from: '2026-10-20' }],
  ['YTD', { interval: '1d', from: '2026-01-01' }],
  ['5Y', { interval: '1w', from: '2021-11-19' }],
  ['All', { interval: '1w', from: '1970-01-01' }],
] as const)('the range %s asks for %j', (range, request) => {
  expect(barsOf(range, now)).toEqual(request);
});
