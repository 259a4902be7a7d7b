/**
 * Reads a decimal number as bytes of text and writes it as PostgreSQL's binary numeric, without a string or an object between.
 * The wire form is that of numeric_recv (src/backend/utils/adt/numeric.c): int32 length, then int16 digit count, weight, sign and
 * display scale, then that many base-10000 digits.
 */

/** Where bytes are read and written, and what the last number was. One object serves a whole file: there are eight numbers in a row. */
export interface WireCursor {
  bytes: Buffer;
  out: Buffer;
  /** Where the next byte goes in `out`. */
  at: number;
  /** The last number times 10^6 as an exact integer, or NaN where that would not be exact. */
  millionths: number;
  negative: boolean;
}

/** The most bytes one number takes: 20 digits before and 18 after the point are at most 11 base-10000 digits. */
export const LONGEST_NUMERIC = 4 + 8 + 2 * 11;

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NEGATIVE_SIGN = 0x4000;
const MOST_SHORT_DIGITS = 8;
const MOST_SHORT_DECIMALS = 4;
const TO_FOUR_PLACES: readonly number[] = [10_000, 1_000, 100, 10, 1];
const PLAIN = /^([-+]?)(\d{1,20})(?:\.(\d{1,18}))?$/;
/** Times 10^6 this is below 2^53. */
const LARGEST_WHOLE = 9_000_000_000n;

/**
 * Writes the number between `start` and `end` and moves the cursor on. False, with nothing written, when the text is no plain decimal
 * of at most 20 digits before and 18 after the point: "60.0" and "+5" are, "1e5", "1,000" and "" are not.
 */
export function writeNumeric(cursor: WireCursor, start: number, end: number): boolean {
  const bytes = cursor.bytes;
  let i = start;
  const negative = bytes[i] === MINUS;
  if (negative) i += 1;
  const firstDigit = i;
  let whole = 0;
  for (; i < end; i += 1) {
    const digit = (bytes[i] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    whole = whole * 10 + digit;
  }
  const wholeDigits = i - firstDigit;
  if (wholeDigits === 0 || wholeDigits > MOST_SHORT_DIGITS) return writeLong(cursor, start, end);
  let decimals = 0;
  let fraction = 0;
  if (i < end) {
    if (bytes[i] !== POINT) return writeLong(cursor, start, end);
    decimals = end - i - 1;
    if (decimals === 0 || decimals > MOST_SHORT_DECIMALS) return writeLong(cursor, start, end);
    for (i += 1; i < end; i += 1) {
      const digit = (bytes[i] as number) - ZERO;
      if (digit < 0 || digit > 9) return false;
      fraction = fraction * 10 + digit;
    }
  }
  const tenThousandths = fraction * (TO_FOUR_PLACES[decimals] as number);
  const size = whole * 1_000_000 + tenThousandths * 100;
  cursor.millionths = negative ? -size : size;
  cursor.negative = negative && size > 0;
  writeShort(cursor, whole, tenThousandths);
  return true;
}

/** A number of at most eight digits before and four after the point: three base-10000 digits at most. */
function writeShort(cursor: WireCursor, whole: number, tenThousandths: number): void {
  const high = (whole / 10_000) | 0;
  const low = whole - high * 10_000;
  const first = high > 0 ? 0 : low > 0 ? 1 : 2;
  const last = tenThousandths > 0 ? 3 : low > 0 ? 2 : high > 0 ? 1 : first;
  const count = last - first;
  const { out } = cursor;
  let at = cursor.at;
  at = int32(out, at, 8 + 2 * count);
  at = int16(out, at, count);
  at = int16(out, at, count === 0 ? 0 : 1 - first);
  at = int16(out, at, cursor.negative ? NEGATIVE_SIGN : 0);
  at = int16(out, at, MOST_SHORT_DECIMALS);
  if (first === 0 && last > 0) at = int16(out, at, high);
  if (first <= 1 && last > 1) at = int16(out, at, low);
  if (last > 2) at = int16(out, at, tenThousandths);
  cursor.at = at;
}

/** Everything else that is a plain decimal, by way of a string: rare in tick files, so it need not be fast. */
function writeLong(cursor: WireCursor, start: number, end: number): boolean {
  if (end - start > 41) return false;
  const parts = PLAIN.exec(cursor.bytes.toString('latin1', start, end));
  if (parts === null) return false;
  const [, sign, whole = '0', fraction = ''] = parts;
  const left = whole.padStart(Math.ceil(whole.length / 4) * 4, '0');
  const right = fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0');
  const digits = (left + right).match(/\d{4}/g)?.map(Number) ?? [];
  let weight = left.length / 4 - 1;
  while (digits[0] === 0) {
    digits.shift();
    weight -= 1;
  }
  while (digits.at(-1) === 0) digits.pop();
  cursor.negative = sign === '-' && digits.length > 0;
  cursor.millionths = exactMillionths(whole, fraction) * (cursor.negative ? -1 : 1);
  const { out } = cursor;
  let at = int32(out, cursor.at, 8 + 2 * digits.length);
  at = int16(out, at, digits.length);
  at = int16(out, at, digits.length === 0 ? 0 : weight);
  at = int16(out, at, cursor.negative ? NEGATIVE_SIGN : 0);
  at = int16(out, at, right.length);
  for (const digit of digits) at = int16(out, at, digit);
  cursor.at = at;
  return true;
}

function exactMillionths(whole: string, fraction: string): number {
  if (/[1-9]/.test(fraction.slice(6)) || BigInt(whole) >= LARGEST_WHOLE) return Number.NaN;
  return Number(whole + fraction.slice(0, 6).padEnd(6, '0'));
}

/** SQL's null. */
export function writeNull(cursor: WireCursor): void {
  cursor.millionths = 0;
  cursor.negative = false;
  cursor.at = int32(cursor.out, cursor.at, -1);
}

export function int32(out: Buffer, at: number, value: number): number {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
  return at + 4;
}

export function int16(out: Buffer, at: number, value: number): number {
  out[at] = value >>> 8;
  out[at + 1] = value;
  return at + 2;
}
