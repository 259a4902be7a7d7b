/** Reads exact values from a request: decimal text, or a number short enough to have survived JSON. */
import { decimal, parseDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { AppError } from './app-error.ts';

export function exactInput(value: string | number, path: string): Decimal {
  if (typeof value === 'string') {
    const parsed = parseDecimal(value.startsWith('+') ? value.slice(1) : value);
    if (parsed !== null) return parsed;
    throw refusal(path, 'must be a decimal number of at most 20 digits before and 18 after the point');
  }
  const text = plainText(value);
  if (text === null) throw refusal(path, 'has more than 15 significant digits: send it as a string, so that none is lost');
  return decimal(text);
}

/** The decimal text of a number, for doors whose documents know no exact values as text. Throws `invalid_value`. */
export function exactNumber(value: number, path: string): string {
  const text = plainText(value);
  if (text === null) throw refusal(path, 'must have at most 15 significant digits and be 0 or at least 0.000000000001');
  return text;
}

/** Decimal notation of a JSON number of at most 15 significant digits, or null. */
export function plainText(value: number): string | null {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-12)) return null;
  if (Number(value.toPrecision(15)) !== value) return null;
  const text = value.toString();
  if (!text.includes('e')) return text;
  return value.toFixed(18).replace(/\.?0+$/, '');
}

function refusal(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
