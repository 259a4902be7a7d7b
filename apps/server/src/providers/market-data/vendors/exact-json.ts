import { parseDecimal, roundTo } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON with every number as the text it was written in, since JSON.parse would make a binary float of it. Throws SyntaxError.
 * A text between quotes stays what it is, so a number and the same number in quotes read alike.
 */
export function parseExactJson(text: string): unknown {
  // Read as it is first: between quotes 01 and 1e would pass.
  JSON.parse(text);
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (part) => (part.startsWith('"') ? part : `"${part}"`)),
    withoutPrototype,
  );
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

const WRITTEN = /^(-?)(\d{1,30})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;
const PLACES = 18;

/** The decimal of a number's text, exponents included, rounded to 18 places; null for what is no number or too large. */
export function exactNumber(text: string): Decimal | null {
  const plain = parseDecimal(text);
  if (plain !== null) return plain;
  const match = WRITTEN.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  // The value is `digits` with the point `shift` places further to the right than 18 places ask for.
  const shift = PLACES - fraction.length + Number.parseInt(exponent, 10);
  const digits = whole + fraction;
  const kept = shift >= 0 ? digits + '0'.repeat(shift) : digits.slice(0, Math.max(0, digits.length + shift));
  const dropped = shift >= 0 ? '' : digits.slice(Math.max(0, digits.length + shift)).padStart(-shift, '0');
  const up = dropped !== '' && dropped >= '5' ? 1n : 0n;
  const units = BigInt(kept === '' ? '0' : kept) + up;
  return parseDecimal(`${sign}${withPoint(units)}`);
}

function withPoint(units: bigint): string {
  const digits = units.toString().padStart(PLACES + 1, '0');
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/** A price: more than nothing, else null. */
export function price(text: string | null | undefined): Decimal | null {
  const read = amount(text);
  return read !== null && read > 0n ? read : null;
}

/** A quantity: nothing or more, else null. */
export function amount(text: string | null | undefined): Decimal | null {
  const read = text === null || text === undefined ? null : exactNumber(text);
  return read !== null && read >= 0n ? read : null;
}

/** A price that was a 32-bit float on its way, such as 228.44000244140625, at as many places as its market quotes. */
export function roundedPrice(text: string | null | undefined, places: number): Decimal | null {
  const read = price(text);
  if (read === null) return null;
  const rounded = roundTo(read, places);
  return rounded > 0n ? rounded : read;
}

/** Whole seconds or milliseconds as a number, or null. */
export function wholeNumber(text: string | null | undefined): number | null {
  return text !== null && text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
