import type { AllocationTargets } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { addRow, checkTargets, fractionOf, targetRows, toTargets } from './target-draft.ts';

const targets: AllocationTargets = {
  portfolioId: 'p',
  currency: 'USD',
  by: 'assetClass',
  items: [
    { key: 'stock', target: '0.7', value: '8000', weight: 0.8, drift: 0.1 },
    { key: 'etf', target: null, value: '1500', weight: 0.15, drift: null },
    { key: 'cash', target: '0.055', value: '500', weight: 0.05, drift: -0.005 },
  ],
  targeted: '0.755',
};

const row = (key: string, percent: string) => ({ key, percent, weight: 0 });

test('targets are written in percent and sent as fractions, to the last digit', () => {
  const rows = targetRows(targets);
  expect(rows.map(({ key, percent }) => [key, percent])).toEqual([
    ['stock', '70'],
    ['etf', ''],
    ['cash', '5.5'],
  ]);
  expect(toTargets(rows)).toEqual([
    { key: 'stock', target: '0.7' },
    { key: 'cash', target: '0.055' },
  ]);
  expect(toTargets([row('A', '33.333333'), row('B', '0'), row('C', ' ')])).toEqual([{ key: 'A', target: '0.33333333' }]);
});

test.each([
  [['70', '25', '5'], { together: '100', left: '0', tooMuch: false, wrong: [] }],
  [['0.1', '0.2', ''], { together: '0.3', left: '99.7', tooMuch: false, wrong: [] }],
  [['70', '30.000001', '0'], { together: '100.000001', left: '-0.000001', tooMuch: true, wrong: [] }],
  [['70', 'x', '-1'], { together: '69', left: '31', tooMuch: false, wrong: ['1', '2'] }],
])('%j together: %j', (percents, outcome) => {
  expect(checkTargets(percents.map((percent, index) => row(String(index), percent)))).toEqual(outcome);
});

test('a key is added once', () => {
  const rows = addRow([row('AAPL', '10')], 'MSFT');
  expect(rows.map(({ key }) => key)).toEqual(['AAPL', 'MSFT']);
  expect(addRow(rows, 'AAPL')).toBe(rows);
});

test.each([
  ['1', '0.01'],
  ['0.5', '0.005'],
  ['100', '1'],
  ['101', null],
  ['-1', null],
  ['', null],
])('%j percent as a fraction: %j', (percent, fraction) => {
  expect(fractionOf(percent)).toBe(fraction);
});
