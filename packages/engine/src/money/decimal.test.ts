import { Decimal as Reference } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compare,
  decimal,
  decimalFromInteger,
  decimalFromNumber,
  DecimalError,
  divide,
  divideRounded,
  floorToStep,
  formatDecimal,
  formatFixed,
  isNegative,
  isPositive,
  isZero,
  maximum,
  minimum,
  multiply,
  multiplyRounded,
  negate,
  ONE,
  parseDecimal,
  prorate,
  roundTo,
  subtract,
  sum,
  toNumber,
  ZERO,
  type Decimal,
} from './decimal.ts';
import type { Rounding } from './rounding.ts';

const Wide = Reference.clone({ precision: 120, toExpNeg: -200, toExpPos: 200 });
const modes: Record<Rounding, Reference.Rounding> = {
  'half-even': Reference.ROUND_HALF_EVEN,
  'half-up': Reference.ROUND_HALF_UP,
  down: Reference.ROUND_DOWN,
  up: Reference.ROUND_UP,
  floor: Reference.ROUND_FLOOR,
  ceiling: Reference.ROUND_CEIL,
};
const rounding = fc.constantFrom<Rounding>('half-even', 'half-up', 'down', 'up', 'floor', 'ceiling');
const places = fc.integer({ min: 0, max: 18 });

/** Texts of every size, with ties made likely: random digits alone almost never end in exactly one half. */
const digits = fc.oneof(
  fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }),
  fc.bigInt({ min: -1000n, max: 1000n }).map((n) => n * 5n * 10n ** 17n),
  fc.bigInt({ min: -100n, max: 100n }),
);
const value: fc.Arbitrary<Decimal> = digits.map((n) => n as Decimal);
const nonZero = value.filter((v) => v !== 0n);

const wide = (v: Decimal): Reference => new Wide(String(v)).div('1e18');
const plain = (r: Reference): string => (r.isZero() ? '0' : r.toFixed());

describe('a decimal against decimal.js', () => {
  it('adds, subtracts and compares alike', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(formatDecimal(add(a, b))).toBe(plain(wide(a).plus(wide(b))));
        expect(formatDecimal(subtract(a, b))).toBe(plain(wide(a).minus(wide(b))));
        expect(compare(a, b)).toBe(wide(a).comparedTo(wide(b)));
      }),
    );
  });

  it('multiplies and divides alike in every rounding', () => {
    fc.assert(
      fc.property(value, nonZero, rounding, (a, b, mode) => {
        expect(formatDecimal(multiply(a, b, mode))).toBe(plain(wide(a).times(wide(b)).toDecimalPlaces(18, modes[mode])));
        expect(formatDecimal(multiply(a, b))).toBe(formatDecimal(multiply(a, b, 'half-even')));
        // Four times the digits of the operands, so that the reference's own rounding cannot decide a tie.
        const scaled = new Wide(String(a * 10n ** 18n));
        const quotient = scaled.div(String(b)).toDecimalPlaces(0, modes[mode]);
        expect(String(divide(a, b, mode))).toBe(plain(quotient));
      }),
      { numRuns: 400 },
    );
  });

  it('rounds to places alike, products and quotients in one step', () => {
    fc.assert(
      fc.property(value, nonZero, fc.record({ places, rounding }), (a, b, precision) => {
        const mode = modes[precision.rounding];
        expect(formatDecimal(roundTo(a, precision.places, precision.rounding))).toBe(
          plain(wide(a).toDecimalPlaces(precision.places, mode)),
        );
        const product = wide(a).times(wide(b)).toDecimalPlaces(precision.places, mode);
        expect(formatDecimal(multiplyRounded(a, b, precision))).toBe(plain(product));
        const quotient = new Wide(String(a)).div(String(b)).toDecimalPlaces(precision.places, mode);
        expect(formatDecimal(divideRounded(a, b, precision))).toBe(plain(quotient));
        const share = new Wide(String(a * a)).div(String(b)).div('1e18').toDecimalPlaces(precision.places, mode);
        expect(formatDecimal(prorate(a, { part: a, whole: b }, precision))).toBe(plain(share));
        expect(formatFixed(a, precision.places, precision.rounding)).toBe(
          wide(a)
            .toFixed(precision.places, mode)
            .replace(/^-(?=[0.]*$)/, ''),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(value, (a) => {
        expect(parseDecimal(formatDecimal(a))).toBe(a);
        expect(formatDecimal(a)).toBe(plain(wide(a)));
      }),
    );
  });

  it('floors to the greatest multiple of a step that is not above', () => {
    fc.assert(
      fc.property(value, nonZero.map(absolute), (a, step) => {
        const floored = floorToStep(a, step);
        expect(floored % step).toBe(0n);
        expect(floored <= a && a < floored + step).toBe(true);
      }),
    );
  });
});

describe('a decimal', () => {
  it.each([
    '',
    ' ',
    '1 ',
    '+1',
    '.5',
    '5.',
    '1e5',
    '1,000',
    '0x10',
    '--1',
    'NaN',
    'Infinity',
    '٣',
    '1.0000000000000000001',
    '123456789012345678901',
  ])('refuses the text "%s"', (text) => {
    expect(parseDecimal(text)).toBeNull();
    expect(() => decimal(text)).toThrow(DecimalError);
  });

  it('names the text it refuses, shortened', () => {
    expect(() => decimal('1e5')).toThrow(
      '"1e5" is not a decimal number: write at most 20 digits, an optional "-" before and at most 18 decimals, such as -1204.10.',
    );
    expect(() => decimal('9'.repeat(1000))).toThrow(`"${'9'.repeat(40)}…" is not`);
  });

  it('never shows a minus before zero', () => {
    expect(formatDecimal(decimal('-0'))).toBe('0');
    expect(formatDecimal(decimal('-0.000'))).toBe('0');
    expect(formatFixed(decimal('-0.004'), 2)).toBe('0.00');
    expect(formatDecimal(negate(ZERO))).toBe('0');
  });

  it.each([
    [0.1, '0.1'],
    [0.1 + 0.2, null], // prints 0.30000000000000004, 17 digits
    [123456789012345, '123456789012345'],
    [1234567890123456, null], // 16 digits
    [1e-18, '0.000000000000000001'],
    [1.5e-18, null], // 19 decimals
    [1e19, '10000000000000000000'],
    [1e20, null], // 21 digits
    [2.5e-7, '0.00000025'],
    [-1204.1, '-1204.1'],
    [-0, '0'],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
  ])('reads the number %d as %s', (number, expected) => {
    const read = decimalFromNumber(number);
    expect(read === null ? null : formatDecimal(read)).toBe(expected);
  });

  it('takes whole numbers exactly or not at all', () => {
    expect(formatDecimal(decimalFromInteger(-42))).toBe('-42');
    expect(formatDecimal(decimalFromInteger(10n ** 30n))).toBe(`1${'0'.repeat(30)}`);
    expect(() => decimalFromInteger(0.5)).toThrow(DecimalError);
    expect(() => decimalFromInteger(2 ** 53)).toThrow(DecimalError);
  });

  it('rounds once, since rounding to 18 places first can make a tie that is none', () => {
    // 0.5 * 0.999999999999999999 = 0.4999999999999999995, below the tie; to 18 places half-even it is exactly 0.5.
    const below = multiplyRounded(decimal('0.5'), decimal('0.999999999999999999'), { places: 0, rounding: 'half-up' });
    expect(formatDecimal(below)).toBe('0');
    expect(formatDecimal(roundTo(multiply(decimal('0.5'), decimal('0.999999999999999999')), 0, 'half-up'))).toBe('1');
  });

  it('has no result for a division by zero, a step of zero or a nineteenth place', () => {
    expect(() => divide(ONE, ZERO)).toThrow(DecimalError);
    expect(() => divideRounded(ONE, ZERO, { places: 2 })).toThrow(DecimalError);
    expect(() => prorate(ONE, { part: ONE, whole: ZERO })).toThrow(DecimalError);
    expect(() => floorToStep(ONE, ZERO)).toThrow('A step of 0 is not positive.');
    expect(() => roundTo(ONE, 19)).toThrow(DecimalError);
    expect(() => roundTo(ONE, 1.5)).toThrow(DecimalError);
  });

  it('answers the small questions', () => {
    const [one, two] = [decimal('1'), decimal('2')];
    expect([minimum(one, two), maximum(one, two), sum([one, two, two])]).toEqual([one, two, decimal('5')]);
    expect(sum([])).toBe(ZERO);
    expect([isZero(ZERO), isNegative(negate(one)), isPositive(one), isPositive(ZERO), isNegative(ZERO)]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('gives the nearest number, the one that its own text is read as', () => {
    expect([toNumber(decimal('123.45')), toNumber(decimal('-0.1')), toNumber(ZERO)]).toEqual([123.45, -0.1, 0]);
    // Each of these was once off by the last bit.
    expect(toNumber(decimal('3864.36'))).toBe(3864.36);
    expect(toNumber(decimal('664.51'))).toBe(664.51);
    const units = fc.oneof(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }));
    fc.assert(
      fc.property(units, fc.constantFrom(1n, 10n ** 12n, 10n ** 16n, 10n ** 18n), (count, unit) => {
        const value = (count * unit) as Decimal;
        expect(toNumber(value)).toBe(Number(formatDecimal(value)));
      }),
    );
  });
});
