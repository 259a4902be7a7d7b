/** Figures, days and instants as seed 002's document writes them, as JSON text. */
import { dayOfDate, DayError, formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { AppError } from '../../platform/http/index.ts';

/** A price: a JSON number with the decimal's own digits and always a point, "150.0". Nothing passes through a binary float. */
export function floatText(decimalText: string | null): string {
  if (decimalText === null) return '0.0';
  if (!decimalText.includes('.')) return `${decimalText}.0`;
  const plain = decimalText.replace(/0+$/, '');
  return plain.endsWith('.') ? `${plain}0` : plain;
}

/** A quantity: the document knows whole ones only, so a part of one is left off. */
export function integerText(decimalText: string | null): string {
  const whole = decimalText?.split('.', 1)[0] ?? '0';
  return whole === '-0' ? '0' : whole;
}

/** "2022-04-05T10:00:00" of local microseconds, with what there is of a second behind it. */
export function naiveText(localMicros: number): string {
  const seconds = Math.floor(localMicros / 1_000_000);
  const micros = localMicros - seconds * 1_000_000;
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  return micros === 0 ? text : `${text}.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
}

/** "05-04-2022". */
export function dashedDay(day: Day): string {
  const text = formatDay(day);
  return `${text.slice(8)}-${text.slice(5, 7)}-${text.slice(0, 4)}`;
}

/** The day of "05-04-2022", or of "2022-04-05". Throws `invalid_value` for a day that does not exist. */
export function queryDay(text: string | undefined, name: string): Day | null {
  if (text === undefined) return null;
  const day = /^\d{4}/.test(text) ? parseDay(text) : dashed(text);
  if (day !== null) return day;
  throw new AppError('invalid_value', `${name}: ${text} is not a day of the calendar. Write DD-MM-YYYY.`, {
    errors: [{ path: name, message: 'is not a day of the calendar' }],
  });
}

function dashed(text: string): Day | null {
  const [dayOfMonth = 0, month = 0, year = 0] = text.split('-').map(Number);
  try {
    return dayOfDate({ year, month, dayOfMonth });
  } catch (error) {
    if (error instanceof DayError) return null;
    throw error;
  }
}

/** Both included; null is no end. */
export interface QueryDays {
  readonly from: Day | null;
  readonly to: Day | null;
}

/** The range of days of a query. Throws `invalid_value` when it ends before it begins. */
export function queryDays(query: { readonly start_date?: string | undefined; readonly end_date?: string | undefined }): QueryDays {
  const from = queryDay(query.start_date, 'start_date');
  const to = queryDay(query.end_date, 'end_date');
  if (from !== null && to !== null && from > to)
    throw new AppError('invalid_value', 'start_date is after end_date.', {
      errors: [{ path: 'start_date', message: 'is after end_date' }],
    });
  return { from, to };
}
