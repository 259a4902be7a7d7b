import type { Trail } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { stepsOf, trailOf } from './trail-steps.ts';

const given = (figure: string, value: string): Trail => ({ figure, operation: 'given', value });
const value: Trail = {
  figure: 'marketValue',
  operation: 'sum',
  value: '30.3',
  inputs: [
    {
      figure: 'marketValue',
      operation: 'product',
      subject: 'AAPL',
      value: '20.2',
      inputs: [given('quantity', '2'), given('price', '10.1')],
    },
    { figure: 'marketValue', operation: 'product', subject: 'KO', value: '10.1', inputs: [] },
  ],
};
const cost: Trail = {
  figure: 'costBasis',
  operation: 'sum',
  value: '25',
  inputs: [
    { figure: 'costBasis', operation: 'sum', subject: 'AAPL', value: '15', inputs: [] },
    { figure: 'costBasis', operation: 'sum', subject: 'KO', value: '10', inputs: [] },
  ],
};
const gain: Trail = { figure: 'unrealizedGain', operation: 'difference', value: '5.3', inputs: [value, cost] };

test('the part of one instrument', () => {
  expect(trailOf(value, 'KO')?.value).toBe('10.1');
  expect(trailOf(value, 'MSFT')).toBeNull();
  // 20.2 - 15 = 5.2
  expect(trailOf(gain, 'AAPL')).toMatchObject({ value: '5.2', operation: 'difference', inputs: [{ value: '20.2' }, { value: '15' }] });
});

test('a path leads down to a fact, and stops where there is nothing further', () => {
  expect(stepsOf(gain, [0, 0, 1]).map(({ figure, value: shown }) => `${figure} ${shown}`)).toEqual([
    'unrealizedGain 5.3',
    'marketValue 30.3',
    'marketValue 20.2',
    'price 10.1',
  ]);
  expect(stepsOf(gain, [0, 7])).toHaveLength(2);
});
