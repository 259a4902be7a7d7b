import { roundedQuotient, type Precision, type Rounding } from './rounding.ts';

/**
 * A fixed-point number with 18 decimals: the bigint 1_500000000000000000n is 1.5. Every amount, quantity, price and rate is one.
 * Two decimals compare with `<`, `===` and add with `+` like the bigints they are; the functions below keep the brand.
 */
export type Decimal = bigint & { readonly __decimal: 'Decimal' };

/** A text or a figure that is no decimal, or an operation that has no result. */
export class DecimalError extends Error {
  override readonly name = 'DecimalError';
}

export const DECIMAL_PLACES = 18;
/** Whole digits that are accepted from a text: with the 18 decimals they fill a 38-digit database number. */
export const WHOLE_DIGITS = 20;

const SCALE = 1_000_000_000_000_000_000n;
const HALF = SCALE / 2n;
const TIE_BITS = BigInt.asUintN(18, HALF);
const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: 2 * DECIMAL_PLACES + 1 }, (_, exponent) => 10n ** BigInt(exponent));
const PLAIN = /^-?\d{1,20}(?:\.\d{1,18})?$/;
const LONGEST_TEXT = 1 + WHOLE_DIGITS + 1 + DECIMAL_PLACES;
const MOST_SIGNIFICANT_DIGITS = 15;

export const ZERO = 0n as Decimal;
export const ONE = SCALE as Decimal;

/** The decimal a text writes in plain notation ("-1204.10"), or null: no exponent, no "+", no separators, no spaces. */
export function parseDecimal(text: string): Decimal | null {
  // By far the most frequent text: a fee or tax that there was not.
  if (text === '0') return ZERO;
  if (text.length > LONGEST_TEXT || !PLAIN.test(text)) return null;
  const point = text.indexOf('.');
  if (point < 0) return (BigInt(text) * SCALE) as Decimal;
  const digits = BigInt(text.slice(0, point) + text.slice(point + 1));
  return (digits * power(DECIMAL_PLACES - (text.length - point - 1))) as Decimal;
}

/** As `parseDecimal`, but throws `DecimalError` where that gives null. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (parsed !== null) return parsed;
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  throw new DecimalError(
    `"${shown}" is not a decimal number: write at most ${WHOLE_DIGITS} digits, an optional "-" before and at most ${DECIMAL_PLACES} decimals, such as -1204.10.`,
  );
}

/**
 * The decimal a JavaScript number shows when printed, or null when it is not finite, has more than 15 significant digits
 * (its printed digits are then no longer surely meant: 0.1 + 0.2 prints 17) or does not fit the 20 + 18 digits.
 */
export function decimalFromNumber(value: number): Decimal | null {
  const [mantissa = '', exponentText = '0'] = String(value).split('e');
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(mantissa);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const significant = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  if (significant.length > MOST_SIGNIFICANT_DIGITS) return null;
  const shift = DECIMAL_PLACES + Number(exponentText) - fraction.length;
  const digits = whole + fraction;
  if (digits.length + shift > WHOLE_DIGITS + DECIMAL_PLACES) return null;
  if (shift >= 0) return BigInt(`${sign}${digits}${'0'.repeat(shift)}`) as Decimal;
  const kept = digits.slice(0, shift);
  return /^0*$/.test(digits.slice(shift)) ? (BigInt(`${sign}${kept === '' ? '0' : kept}`) as Decimal) : null;
}

/** A whole number as a decimal. Throws `DecimalError` for a number that is not a safe integer. */
export function decimalFromInteger(value: bigint | number): Decimal {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new DecimalError(`${value} is not a whole number that is held exactly.`);
  return (BigInt(value) * SCALE) as Decimal;
}

export function add(a: Decimal, b: Decimal): Decimal {
  return (a + b) as Decimal;
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return (a - b) as Decimal;
}

/** `a * b` to 18 decimals, rounded once. */
export function multiply(a: Decimal, b: Decimal, rounding: Rounding = 'half-even'): Decimal {
  const product = a * b;
  // Valuation and matching spend most of their time on this line. Adding a half and cutting is half-even unless the product is a tie,
  // and every tie ends in these 18 bits: 10^18 / 2 = 5^18 * 2^17.
  if (rounding === 'half-even' && BigInt.asUintN(18, product) !== TIE_BITS) {
    return ((product < 0n ? product - HALF : product + HALF) / SCALE) as Decimal;
  }
  return roundedQuotient(product, SCALE, rounding) as Decimal;
}

/** `a / b` to 18 decimals, rounded once. Throws `DecimalError` when `b` is zero. */
export function divide(a: Decimal, b: Decimal, rounding: Rounding = 'half-even'): Decimal {
  return roundedQuotient(a * SCALE, divisor(b), rounding) as Decimal;
}

/** `a * b` rounded once to the places asked for: rounding to 18 decimals first could turn 0.4999… into a tie. */
export function multiplyRounded(a: Decimal, b: Decimal, { places, rounding = 'half-even' }: Precision): Decimal {
  const dropped = DECIMAL_PLACES - checkedPlaces(places);
  return (roundedQuotient(a * b, power(DECIMAL_PLACES + dropped), rounding) * power(dropped)) as Decimal;
}

/** `a / b` rounded once to the places asked for. Throws `DecimalError` when `b` is zero. */
export function divideRounded(a: Decimal, b: Decimal, { places, rounding = 'half-even' }: Precision): Decimal {
  const dropped = DECIMAL_PLACES - checkedPlaces(places);
  return (roundedQuotient(a * power(places), divisor(b), rounding) * power(dropped)) as Decimal;
}

/** `amount * part / whole` rounded once, 18 decimals by default. Throws `DecimalError` when `whole` is zero. */
export function prorate(amount: Decimal, share: { readonly part: Decimal; readonly whole: Decimal }, precision?: Precision): Decimal {
  const dropped = DECIMAL_PLACES - checkedPlaces(precision?.places ?? DECIMAL_PLACES);
  const denominator = dropped === 0 ? divisor(share.whole) : divisor(share.whole) * power(dropped);
  return (roundedQuotient(amount * share.part, denominator, precision?.rounding ?? 'half-even') * power(dropped)) as Decimal;
}

export function negate(a: Decimal): Decimal {
  return (0n - a) as Decimal;
}

export function absolute(a: Decimal): Decimal {
  return (a < 0n ? 0n - a : a) as Decimal;
}

/** -1, 0 or 1 as `a` is less than, equal to or more than `b`: the order `Array.sort` wants. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isZero(a: Decimal): boolean {
  return a === 0n;
}

export function isNegative(a: Decimal): boolean {
  return a < 0n;
}

export function isPositive(a: Decimal): boolean {
  return a > 0n;
}

export function minimum(a: Decimal, b: Decimal): Decimal {
  return a < b ? a : b;
}

export function maximum(a: Decimal, b: Decimal): Decimal {
  return a > b ? a : b;
}

export function sum(terms: readonly Decimal[]): Decimal {
  let total = 0n;
  for (const term of terms) total += term;
  return total as Decimal;
}

/** Keeps `places` decimals (0 to 18). */
export function roundTo(a: Decimal, places: number, rounding: Rounding = 'half-even'): Decimal {
  const unit = power(DECIMAL_PLACES - checkedPlaces(places));
  return (roundedQuotient(a, unit, rounding) * unit) as Decimal;
}

/** The greatest multiple of `step` that is not above `a`. Throws `DecimalError` unless the step is positive. */
export function floorToStep(a: Decimal, step: Decimal): Decimal {
  if (step <= 0n) throw new DecimalError(`A step of ${formatDecimal(step)} is not positive.`);
  return (roundedQuotient(a, step, 'floor') * step) as Decimal;
}

/** The one text of a decimal: no trailing zeros, no bare point, never "-0". `parseDecimal` reads it back to the same value. */
export function formatDecimal(a: Decimal): string {
  const magnitude: bigint = absolute(a);
  const whole = magnitude / SCALE;
  const fraction = magnitude - whole * SCALE;
  const sign = a < 0n ? '-' : '';
  if (fraction === 0n) return `${sign}${whole}`;
  return `${sign}${whole}.${String(fraction).padStart(DECIMAL_PLACES, '0').replace(/0+$/, '')}`;
}

/** Exactly `places` decimals: 1204.1 with 2 is "1204.10"; what rounds to zero has no sign. */
export function formatFixed(a: Decimal, places: number, rounding: Rounding = 'half-even'): string {
  const units = roundedQuotient(a, power(DECIMAL_PLACES - checkedPlaces(places)), rounding);
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const MILLIONTH = SCALE / 1_000_000n;
const LARGEST_EXACT = 2n ** 53n;

/**
 * The nearest floating-point number, so that 3864.36 prints as 3864.36. For statistics and for clients that know no decimals: an amount
 * never comes back from it.
 */
export function toNumber(a: Decimal): number {
  // The quotient of two exact numbers is the nearest one. Number(a) / 1e18 would round twice, and print 3864.3599999999997.
  const millionths = a / MILLIONTH;
  const isExact = millionths * MILLIONTH === a && millionths <= LARGEST_EXACT && millionths >= -LARGEST_EXACT;
  return isExact ? Number(millionths) / 1e6 : Number(`${a}e-18`);
}

function power(exponent: number): bigint {
  const found = POWERS_OF_TEN[exponent];
  if (found === undefined) throw new DecimalError(`There is no power of ten ${exponent} here.`);
  return found;
}

function checkedPlaces(places: number): number {
  if (Number.isInteger(places) && places >= 0 && places <= DECIMAL_PLACES) return places;
  throw new DecimalError(`A decimal keeps 0 to ${DECIMAL_PLACES} places, not ${places}.`);
}

function divisor(value: Decimal): bigint {
  if (value === 0n) throw new DecimalError('A division by zero has no result.');
  return value;
}
