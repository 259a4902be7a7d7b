/** The figures of a transaction as sent, checked one by one. Each throws `invalid_value` naming the field. */
import { decimal, isNegative, isPositive, roundMoney, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { parseDay } from '@holdfast/engine/time';
import { AppError, exactInput } from '../../platform/http/index.ts';
import { startOfDayIn } from '../../platform/time-zone.ts';

type Sent = string | number | undefined;

const LARGEST = decimal('1000000000000');
/** Clocks of clients differ by a little. */
const FUTURE_TOLERANCE_MS = 60_000;

export function positive(value: Sent, path: string): Decimal {
  if (value === undefined) throw invalid(path, 'is required');
  const exact = exactInput(value, path);
  if (!isPositive(exact)) throw invalid(path, 'must be more than 0');
  return notTooLarge(exact, path);
}

export function notNegative(value: Sent, path: string): Decimal {
  if (value === undefined) return ZERO;
  const exact = exactInput(value, path);
  if (isNegative(exact)) throw invalid(path, 'must not be negative');
  return notTooLarge(exact, path);
}

export function notTooLarge(exact: Decimal, path: string): Decimal {
  if (exact > LARGEST) throw invalid(path, 'is more than 1,000,000,000,000');
  return exact;
}

/** Money is recorded as it moved, so it has the decimals of its currency: rounding it here would record something else. */
export function posted(amount: Decimal, path: string, currency: string): Decimal {
  if (roundMoney(amount, currency) !== amount) throw invalid(path, `has more decimals than ${currency} has`);
  return amount;
}

/** Days are the portfolio's own; an instant is an instant. */
export function parseMoment(text: string, timeZone: string, path: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayStart(text, timeZone, path) : Date.parse(text);
  if (!Number.isFinite(instant) || !/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)) {
    throw invalid(path, 'must be a day (2026-01-05) or an instant with its zone (2026-01-05T14:30:00Z)');
  }
  // Date.parse reads 30 February as 2 March.
  if (parseDay(text.slice(0, 10)) === null) throw invalid(path, 'is not a day of the calendar');
  return instant;
}

function dayStart(text: string, timeZone: string, path: string): number {
  try {
    return startOfDayIn(timeZone, text);
  } catch {
    throw invalid(path, 'is not a day of the calendar');
  }
}

export function tradedAt(text: string | undefined, context: { readonly timeZone: string; readonly now: number }): Date {
  const instant = text === undefined ? context.now : parseMoment(text, context.timeZone, 'tradedAt');
  if (instant > context.now + FUTURE_TOLERANCE_MS) throw invalid('tradedAt', 'is in the future');
  if (instant < Date.UTC(1900, 0, 1)) throw invalid('tradedAt', 'is before 1900');
  return new Date(instant);
}

export function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
