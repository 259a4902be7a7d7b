import type { Performance } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { flowsOf } from './flows-of.ts';

const series = [
  { day: '2026-01-05', value: 110, invested: 100 },
  { day: '2026-01-06', value: 209, invested: 210 },
];

test('what came and went, and the gain that is left', () => {
  // 100 came, then 110; worth 209 at the end: (209 - 210) / 210 = -1 / 210.
  const performance = { series, simple: -1 / 210 } as unknown as Performance;
  const closed = [
    { day: '2026-01-05', value: 110, inflow: 100, outflow: 0 },
    { day: '2026-01-06', value: 209, inflow: 110, outflow: 0 },
  ];
  const flows = flowsOf(performance, closed);
  expect(flows).toMatchObject({ opening: 0, inflow: 210, outflow: 0, closing: 209 });
  expect(flows.gain).toBeCloseTo(-1, 9);
  expect(flows.days.map(({ amount }) => amount)).toEqual([100, 110]);
});

test('today is not closed yet: its flow is the step of what was put in', () => {
  const performance = { series, simple: -1 / 210 } as unknown as Performance;
  const flows = flowsOf(performance, [{ day: '2026-01-05', value: 110, inflow: 100, outflow: 0 }]);
  expect(flows.days).toEqual([
    { day: '2026-01-05', amount: 100 },
    { day: '2026-01-06', amount: 110 },
  ]);
});
