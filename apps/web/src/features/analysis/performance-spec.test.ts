import type { Performance } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { seriesOf } from './performance-spec.ts';

const point = { day: '2026-01-05', value: 110, invested: 100, cumulativeReturn: 0.1, drawdown: 0.02, rollingReturn: null };
const performance = { series: [point], benchmark: null } as unknown as Performance;
const compared = { ...performance, benchmark: { symbol: 'SPX' }, series: [{ ...point, benchmarkReturn: 0.05, benchmarkValue: 105 }] };

test.each([
  ['value', performance, { value: [110], invested: [100] }],
  ['value', compared, { value: [110], invested: [100], benchmarkValue: [105] }],
  ['return', compared, { return: [10], benchmarkReturn: [5] }],
  ['drawdown', performance, { drawdown: [-2] }],
  ['rolling', performance, { rolling: [null] }],
] as const)('%s', (measure, from, lines) => {
  const series = seriesOf(from as Performance, measure, (name) => name);
  expect(Object.fromEntries(series.map(({ id, values }) => [id, values]))).toEqual(lines);
});
