import { addMonths, addYears, dateOf, dayOfDate, endOfMonth, endOfYear, startOfYear, type Day } from './day.ts';

/** Days from `from` to `to`, both included. A return over it starts from the close of the day before `from`. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** The ranges a chart offers. */
export type Range = '1D' | '1W' | '1M' | '3M' | 'YTD' | '1Y' | '5Y' | 'All';

/** The day and month (1 to 12) on which a country's tax year begins: 1 January in most, 6 April in the United Kingdom. */
export interface TaxYearStart {
  readonly month: number;
  readonly dayOfMonth: number;
}

export const RANGES: readonly Range[] = ['1D', '1W', '1M', '3M', 'YTD', '1Y', '5Y', 'All'];
export const CALENDAR_TAX_YEAR: TaxYearStart = { month: 1, dayOfMonth: 1 };

/**
 * The period of a range that ends on `today`. `1M` begins on the day after the same day of the last month, so that the return over it
 * is measured from that day's close; nothing begins before `first`, the first day there is anything to show.
 */
export function periodOfRange(range: Range, today: Day, first: Day): Period {
  return { from: Math.min(today, Math.max(first, startOfRange(range, today, first))), to: today };
}

/** The calendar months a period touches, each cut to the period. */
export function monthsOf(period: Period): readonly Period[] {
  return cut(period, endOfMonth);
}

/** The calendar years a period touches, each cut to the period. */
export function yearsOf(period: Period): readonly Period[] {
  return cut(period, endOfYear);
}

/** "YYYY-MM" of the month a day lies in. */
export function monthName(on: Day): string {
  const { year, month } = dateOf(on);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** The tax year that begins in `year`: 2024 with a start of 6 April is 2024-04-06 to 2025-04-05. */
export function taxYear(year: number, start: TaxYearStart = CALENDAR_TAX_YEAR): Period {
  const from = dayOfDate({ year, ...start });
  return { from, to: dayOfDate({ year: year + 1, ...start }) - 1 };
}

/** The year in which the tax year of a day begins. */
export function taxYearOf(on: Day, start: TaxYearStart = CALENDAR_TAX_YEAR): number {
  const { year } = dateOf(on);
  return on >= dayOfDate({ year, ...start }) ? year : year - 1;
}

function startOfRange(range: Range, today: Day, first: Day): Day {
  switch (range) {
    case '1D':
      return today;
    case '1W':
      return today - 6;
    case '1M':
      return addMonths(today, -1) + 1;
    case '3M':
      return addMonths(today, -3) + 1;
    case 'YTD':
      return startOfYear(today);
    case '1Y':
      return addYears(today, -1) + 1;
    case '5Y':
      return addYears(today, -5) + 1;
    case 'All':
      return first;
  }
}

function cut({ from, to }: Period, endOf: (on: Day) => Day): readonly Period[] {
  const parts: Period[] = [];
  for (let start = from; start <= to;) {
    const end = Math.min(to, endOf(start));
    parts.push({ from: start, to: end });
    start = end + 1;
  }
  return parts;
}
