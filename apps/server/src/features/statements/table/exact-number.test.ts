import { absolute, decimal, formatDecimal, negate } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalMarkOf, readExact } from './exact-number.ts';

const shown = (read: Decimal | null) => (read === null ? null : formatDecimal(read));

test.each([
  ['1,234.50', '.', '1234.5'],
  ['1.234,50', ',', '1234.5'],
  ["1'234.50", '.', '1234.5'],
  ['1 234,50', ',', '1234.5'],
  ['1\u202f234,50 €', ',', '1234.5'],
  ['$-12.10', '.', '-12.1'],
  ['-$12.10', '.', '-12.1'],
  ['($12.10)', '.', '-12.1'],
  ['12.10-', '.', '-12.1'],
  ['\u221212.10', '.', '-12.1'],
  ['+5', '.', '5'],
  ['26,45 EUR', ',', '26.45'],
  ['USD 1,000', '.', '1000'],
  ['12,34,567.89', '.', '1234567.89'],
  ['.5', '.', '0.5'],
  ['5.', '.', '5'],
  ['1.5e-7', '.', '0.00000015'],
  ['2E3', '.', '2000'],
  ['0.1234567890123456780000', '.', '0.123456789012345678'],
  ['000012.00', '.', '12'],
  ['0.1234567890123456789', '.', null],
  ['123456789012345678901', '.', null],
  ['1e99', '.', null],
  ['1,23', '.', null],
  ['1.234', ',', '1234'],
  ['1.23', ',', null],
  ['1,2,3', '.', null],
  ['--5', '.', null],
  ['twelve', '.', null],
  ['', '.', null],
  ['.', '.', null],
  ['NaN', '.', null],
  ['9'.repeat(65), '.', null],
] as const)('%j with a %s is %s', (text, mark, expected) => {
  expect(shown(readExact(text, mark))).toBe(expected);
});

test('what is written in any of the ways is read back', () => {
  const figures = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(figures, fc.constantFrom('.' as const, ',' as const), fc.boolean(), ([digits, places], mark, grouped) => {
      // The oracle cuts the digits by hand.
      const plain = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
      const whole = plain.slice(0, plain.length - places);
      const fraction = plain.slice(plain.length - places);
      fc.pre(whole.length <= 20);
      const groups = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, mark === '.' ? ',' : '.') : whole;
      const written = `${digits < 0n ? '-' : ''}${groups}${fraction === '' ? '' : mark + fraction}`;
      const expected = absolute(decimal(fraction === '' ? whole : `${whole}.${fraction}`));
      expect(readExact(written, mark)).toBe(digits < 0n ? negate(expected) : expected);
    }),
  );
});

describe('which mark a file is written with', () => {
  test.each([
    [['1.234,5'], ','],
    [['1,234.5'], '.'],
    [['12,5', '100'], ','],
    [['0.123'], '.'],
    [['0,123'], ','],
    [['1,234,567'], '.'],
    [['1.234', '5,00'], ','],
    [['1,234', '1.234'], null],
    [['100', 'EUR'], null],
    [['12,5', '12.5'], null],
    [['1,0613', '-1,36'], ','],
  ])('%j: %s', (texts, mark) => {
    expect(decimalMarkOf(texts)).toBe(mark);
  });
});
