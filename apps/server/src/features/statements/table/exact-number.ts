/** Figures as brokers write them, read to the last digit. */
import { parseDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';

export type DecimalMark = '.' | ',';

const LONGEST = 64;
/** Signs and codes of currencies, spaces of every width, and the Swiss apostrophe. */
const AROUND = /[\s\u00a0\u2007\u2009\u202f'’]|[$€£¥₹]|^[A-Z]{3}(?=[\d(+-])|(?<=[\d)])[A-Z]{3}$/g;
const BODIES: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^(\d+|\d{1,3}(?:,\d{2,3})*,\d{3})?(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/,
  ',': /^(\d+|\d{1,3}(?:\.\d{3})+)?(?:,(\d*))?(?:[eE]([+-]?\d{1,2}))?$/,
};

/**
 * The figure a text writes with this decimal mark, or null: "1,234.50", "$-12", "(12.00)", "12-", "1’234.5", "26,45 EUR", "1.5e-7".
 * Null as well where it has more than 20 digits before the mark or 18 behind it: nothing is rounded here.
 */
export function readExact(text: string, mark: DecimalMark): Decimal | null {
  if (text.length > LONGEST) return null;
  let rest = text
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replaceAll(AROUND, '')
    .replaceAll(AROUND, '');
  let negative = false;
  const inBrackets = /^\((.*)\)$/.exec(rest);
  if (inBrackets !== null) {
    negative = true;
    rest = inBrackets[1] ?? '';
  } else if (/^[+-]/.test(rest)) {
    negative = rest.startsWith('-');
    rest = rest.slice(1);
  } else if (rest.endsWith('-')) {
    negative = true;
    rest = rest.slice(0, -1);
  }
  const match = BODIES[mark].exec(rest);
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const plain = shifted(whole.replace(/[.,]/g, ''), fraction, Number.parseInt(exponent, 10));
  const read = parseDecimal(plain);
  return read === null || !negative ? read : ((0n - read) as Decimal);
}

/** Moves the point by the exponent and drops zeros that say nothing. */
function shifted(whole: string, fraction: string, exponent: number): string {
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 0);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const behind = padded.slice(at).replace(/0+$/, '');
  return `${before === '' ? '0' : before}${behind === '' ? '' : `.${behind}`}`;
}

/**
 * Which mark the figures of a file are written with, as far as they show it: "1.234,5" and "0,5" want a comma, "1,234.5" and "0.5" a
 * point, "1,234" either. Null when none shows it, or they contradict each other.
 */
export function decimalMarkOf(texts: Iterable<string>): DecimalMark | null {
  let found: DecimalMark | null = null;
  for (const text of texts) {
    const shown = shownBy(text);
    if (shown === null) continue;
    if (found !== null && found !== shown) return null;
    found = shown;
  }
  return found;
}

function shownBy(text: string): DecimalMark | null {
  if (text.length > LONGEST || !/\d/.test(text)) return null;
  const figure = text.replace(/[^\d.,]/g, '');
  const commas = figure.split(',').length - 1;
  const points = figure.split('.').length - 1;
  if (commas > 0 && points > 0) return figure.lastIndexOf(',') > figure.lastIndexOf('.') ? ',' : '.';
  if (commas + points === 0) return null;
  const mark: DecimalMark = commas > 0 ? ',' : '.';
  const other: DecimalMark = commas > 0 ? '.' : ',';
  if (commas + points > 1) return other;
  const at = figure.indexOf(mark);
  const groups = figure.length - at - 1 === 3 && at >= 1 && at <= 3 && !figure.startsWith('0');
  return groups ? null : mark;
}
