import type { Performance, PortfolioSummary } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { addUp, joinAllocations, joinLines } from './add-up.ts';

const summary = (currency: string, totalValue: string, dayChange: string) =>
  ({ currency, totalValue, dayChange, netGain: '1', investedCapital: '10' }) as PortfolioSummary;
const rates = { USD: '1', EUR: '0.8' };

test('amounts of two currencies are added up exactly, the percentage is of the value before', () => {
  // 100.10 + 80.08 / 0.8 = 200.20; the day: 0.10 + 0.08 / 0.8 = 0.20; before it 200.00, so 0.1 %.
  const total = addUp([summary('USD', '100.10', '0.10'), summary('EUR', '80.08', '0.08')], rates);
  expect(total).toMatchObject({ totalValue: '200.2', dayChange: '0.2', netGain: '2.25', invested: '22.5', missing: [] });
  expect(total.dayChangePercent).toBeCloseTo(0.1, 10);
});

test('a currency without a rate is named and left out', () => {
  expect(addUp([summary('USD', '100', '0'), summary('XXX', '5', '1')], rates)).toMatchObject({ totalValue: '100', missing: ['XXX'] });
});

test('nothing has no percentage', () => {
  expect(addUp([], rates)).toMatchObject({ totalValue: '0', dayChangePercent: null });
});

test('lines are joined day by day, and one holds its value while it has no point', () => {
  const line = (currency: string, series: [string, number][]) =>
    ({ currency, series: series.map(([day, value]) => ({ day, value, invested: value / 2 })) }) as unknown as Performance;
  const joined = joinLines(
    [
      line('USD', [
        ['2026-01-01', 10],
        ['2026-01-03', 12],
      ]),
      line('EUR', [['2026-01-02', 8]]),
    ],
    rates,
  );
  expect(joined.map(({ day, value, invested }) => [day, value, invested])).toEqual([
    ['2026-01-01', 10, 5],
    ['2026-01-02', 20, 10],
    ['2026-01-03', 22, 11],
  ]);
});

test('parts of the same name become one', () => {
  const joined = joinAllocations(
    [
      { currency: 'USD', slices: [{ key: 'stock', value: '30', weight: 1 }] },
      {
        currency: 'EUR',
        slices: [
          { key: 'stock', value: '8', weight: 0.5 },
          { key: 'cash', value: '8', weight: 0.5 },
        ],
      },
    ],
    rates,
  );
  // 30 + 10 of 50, 10 of 50
  expect(joined).toEqual([
    { key: 'stock', weight: 0.8 },
    { key: 'cash', weight: 0.2 },
  ]);
});
