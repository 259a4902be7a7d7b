import { formatDecimal } from '@holdfast/engine/money';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amount, exactNumber, parseExactJson, price, roundedPrice, wholeNumber } from './exact-json.ts';

test('numbers stay the text they were written in', () => {
  expect(parseExactJson('{"a":0.1,"b":[-12,1e-7,9007199254740993.123456789012345678],"c":"3","d":null,"e":true}')).toEqual({
    a: '0.1',
    b: ['-12', '1e-7', '9007199254740993.123456789012345678'],
    c: '3',
    d: null,
    e: true,
  });
});

test('texts that look like numbers, or hold quotes and figures, are left alone', () => {
  expect(parseExactJson('{"1. open":"a \\"1\\" 2","\\\\":"5"}')).toEqual({ '1. open': 'a "1" 2', '\\': '5' });
});

test('no prototype is reached', () => {
  const read = parseExactJson('{"__proto__":{"polluted":1},"a":1}') as Record<string, unknown>;
  expect(Object.keys(read)).toEqual(['a']);
  expect(read['polluted']).toBeUndefined();
});

test.each(['', '{', '{"a":01}', '<html>', '{"a":1}}', 'NaN', '{"a":.5}'])('%j is no JSON', (text) => {
  expect(() => parseExactJson(text)).toThrow(SyntaxError);
});

test('any JSON reads as JSON.parse reads it, but for its numbers', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const withTexts: unknown = JSON.parse(text, (key, part: unknown) => {
        if (key === '__proto__') return undefined;
        return typeof part === 'number' ? String(part) : part;
      });
      const numbers = (part: unknown): unknown => JSON.parse(JSON.stringify(part), (_key, leaf: unknown) => (leaf === '0' ? '0' : leaf));
      const read = parseExactJson(text);
      // JSON.stringify writes numbers as String does, so the two agree to the letter.
      expect(numbers(read)).toEqual(numbers(withTexts));
    }),
  );
});

test('an exact number is what decimal.js reads, at 18 places', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999_999 }),
      fc.stringMatching(/^\d{0,25}$/),
      fc.integer({ min: -20, max: 8 }),
      fc.boolean(),
      (whole, fraction, exponent, minus) => {
        const text = `${minus ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}e${exponent}`;
        const read = exactNumber(text);
        const expected = new Decimal(text).toDecimalPlaces(18, Decimal.ROUND_HALF_UP);
        expect(read === null ? null : new Decimal(formatDecimal(read)).toFixed(18).replace(/^-(0\.0+)$/, '$1')).toBe(
          expected.toFixed(18).replace(/^-(0\.0+)$/, '$1'),
        );
      },
    ),
  );
});

test.each([
  ['1e25', null],
  ['abc', null],
  ['', null],
  ['1e999', null],
  ['Infinity', null],
  ['1'.repeat(50), null],
  ['1e-30', '0'],
])('%s is %s', (text, expected) => {
  const read = exactNumber(text);
  expect(read === null ? null : formatDecimal(read)).toBe(expected);
});

test('a price is more than nothing, an amount is not less', () => {
  expect([price('0'), price('-1'), price(null), price(undefined), price('None')]).toEqual([null, null, null, null, null]);
  expect([amount('0'), amount('-1')]).toEqual([0n, null]);
  expect(formatDecimal(roundedPrice('228.44000244140625', 2) ?? (0n as never))).toBe('228.44');
  // A token's price below the hint is kept rather than made nothing.
  expect(formatDecimal(roundedPrice('0.0000123', 2) ?? (0n as never))).toBe('0.0000123');
  expect([wholeNumber('1767623400'), wholeNumber('1.5'), wholeNumber(null)]).toEqual([1767623400, null, null]);
});
