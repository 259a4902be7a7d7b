import { assert, bigInt, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal, formatDecimal, ZERO, type Decimal } from '../money/index.ts';
import { isOnTick, roundToTick } from './index.ts';

describe('roundToTick', () => {
  test.each([
    // price      tick     nearest   down     up
    ['10.037', '0.05', '10.05', '10', '10.05'],
    ['10.02', '0.05', '10', '10', '10.05'],
    ['10.025', '0.05', '10.05', '10', '10.05'],
    ['10.05', '0.05', '10.05', '10.05', '10.05'],
    ['3146.4', '1', '3146', '3146', '3147'],
    ['97.39', '0.03125', '97.375', '97.375', '97.40625'],
    ['-0.01', '0.05', '0', '-0.05', '0'],
  ])('%s with a tick of %s', (price, tick, ...expected) => {
    const rounded = (['nearest', 'down', 'up'] as const).map((mode) => formatDecimal(roundToTick(decimal(price), decimal(tick), mode)));
    expect(rounded).toEqual(expected);
  });

  test('lands on a tick, less than a tick away', () => {
    const price = bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
    assert(
      property(price, bigInt({ min: 1n, max: 10n ** 20n }), (value, tick) => {
        const rounded = roundToTick(value as Decimal, tick as Decimal);
        const distance = rounded > value ? rounded - value : value - rounded;
        expect(isOnTick(rounded, tick as Decimal) && distance * 2n <= tick).toBe(true);
      }),
    );
  });

  test('a tick size must be positive', () => {
    expect(() => isOnTick(decimal('1'), ZERO)).toThrow('A tick size of 0 is not positive.');
  });
});
