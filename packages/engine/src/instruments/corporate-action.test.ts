import { describe, expect, test } from 'vitest';
import { decimal, formatDecimal, formatFixed, ONE, toNumber } from '../money/index.ts';
import { day } from '../time/index.ts';
import { adjustmentFactor, adjustPrice, factorOn, splitRatio, type CashDividend, type Split } from './index.ts';

const split = (on: string, newShares: string, oldShares: string): Split => ({
  kind: 'split',
  exOn: day(on),
  newShares: decimal(newShares),
  oldShares: decimal(oldShares),
});
const dividend = (on: string, amount: string): CashDividend => ({
  kind: 'cashDividend',
  exOn: day(on),
  payOn: null,
  amountPerShare: decimal(amount),
  currency: 'USD',
});

describe('splits', () => {
  test.each([
    ['7', '1', '7'],
    ['1', '10', '0.1'],
    // A stock dividend of 10 %: 11 for 10.
    ['11', '10', '1.1'],
    ['3', '2', '1.5'],
  ])('%s for %s is a ratio of %s', (newShares, oldShares, ratio) => {
    expect(formatDecimal(splitRatio(split('2024-01-02', newShares, oldShares)))).toBe(ratio);
  });

  test('of nothing is refused', () => {
    expect(() => splitRatio(split('2024-01-02', '0', '1'))).toThrow('A split of 0 for 1 is not possible: both must be positive.');
  });
});

describe('back-adjustment of Apple (raw prices: QuantConnect Lean, Apache-2.0, Data/equity/usa/daily/aapl.zip)', () => {
  // Splits of 7 for 1 on 2014-06-09 (close before 645.57) and 4 for 1 on 2020-08-31 (close before 499.23).
  const splits = [
    adjustmentFactor(split('2014-06-09', '7', '1'), decimal('645.57')),
    adjustmentFactor(split('2020-08-31', '4', '1'), decimal('499.23')),
  ];

  test.each([
    // 645.57 / 28, 93.70 / 4, 499.23 / 4, 129.04
    ['2014-06-06', '645.57', '23.0561'],
    ['2014-06-09', '93.7', '23.4250'],
    ['2020-08-28', '499.23', '124.8075'],
    ['2020-08-31', '129.04', '129.0400'],
  ])('the close of %s, %s, becomes %s', (on, raw, adjusted) => {
    expect(formatFixed(adjustPrice(decimal(raw), splits, day(on)), 4)).toBe(adjusted);
  });

  test('volumes grow as prices shrink', () => {
    expect(formatDecimal(factorOn(splits, day('2014-06-06')).volumeFactor)).toBe('28');
    expect(factorOn(splits, day('2020-08-31'))).toEqual({ priceFactor: ONE, volumeFactor: ONE });
  });

  test('the dividend of 2.65 on 2012-11-07 after a close of 582.86', () => {
    // (582.86 - 2.65) / 582.86 = 0.9954534...; Lean's factor file steps from 0.869015 to 0.8650639 there, a ratio of 0.9954533.
    const factor = adjustmentFactor(dividend('2012-11-07', '2.65'), decimal('582.86'));
    expect(formatFixed(factor.priceFactor, 7)).toBe('0.9954535');
    expect(toNumber(factor.priceFactor)).toBeCloseTo(0.8650639 / 0.869015, 6);
    expect(factor.volumeFactor).toBe(ONE);
  });

  test('a dividend as high as the price is refused', () => {
    expect(() => adjustmentFactor(dividend('2024-05-02', '10'), decimal('10'))).toThrow(
      'A dividend of 10 is not below the close of 10 before 2024-05-02.',
    );
  });
});
