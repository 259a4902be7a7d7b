import { dayOfDate, formatDay, parseDay } from '@holdfast/engine/time';
import type { ReportFormat, ReportKind } from '@holdfast/contract/reports';
import { AppError } from '../../platform/http/index.ts';
import type { ReportPeriod } from './document/report-input.ts';

/** A report as it was asked for and checked. */
export interface ReportAsked {
  readonly portfolioId: string;
  readonly kind: ReportKind;
  readonly format: ReportFormat;
  readonly period: ReportPeriod;
}

export interface PeriodAsked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly year?: number | undefined;
}

/** Throws `invalid_value` for a period that is none, and for one where there can be none. */
export function periodOf(kind: ReportKind, { from, to, year }: PeriodAsked): ReportPeriod {
  const named = [
    ['from', from],
    ['to', to],
    ['year', year],
  ] as const;
  const [given] = named.find(([, value]) => value !== undefined) ?? [];
  if (kind === 'holdings' && given !== undefined) throw refused(given, 'Holdings are of this moment: they take no period.');
  if (year !== undefined) {
    if (from !== undefined || to !== undefined) throw refused('year', 'Give a year, or from and to.');
    return { from: dayOfDate({ year, month: 1, dayOfMonth: 1 }), to: dayOfDate({ year, month: 12, dayOfMonth: 31 }), year };
  }
  const period = { from: dayAsked('from', from), to: dayAsked('to', to), year: null };
  if (period.from !== null && period.to !== null && period.from > period.to)
    throw refused('from', 'The period ends before it begins: from is after to.');
  return period;
}

/** The days of a period that is not a year, for the wire. */
export function daysOf({ from, to, year }: ReportPeriod): { readonly from: string | null; readonly to: string | null } {
  const day = (value: number | null) => (year !== null || value === null ? null : formatDay(value));
  return { from: day(from), to: day(to) };
}

function dayAsked(path: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw refused(path, `${path} is no day of the calendar.`);
  return day;
}

function refused(path: string, detail: string): AppError {
  return new AppError('invalid_value', detail, { errors: [{ path, message: 'is not allowed here' }] });
}
