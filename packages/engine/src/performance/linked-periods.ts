import { dateOf, monthName, startOfMonth, startOfWeek, startOfYear, weekday, dayOfDate, type Day } from '../time/index.ts';
import type { TimeWeighted } from './time-weighted.ts';

export type Cycle = 'week' | 'month' | 'quarter' | 'year';

/** The linked return of the days of one week (from Monday), month, quarter or year; the first and the last may be cut short. */
export interface LinkedPeriod {
  readonly from: Day;
  readonly to: Day;
  readonly total: number;
}

/** Daily returns from day `from` on, linked by calendar period. */
export function linkByCycle(returns: Float64Array, from: Day, cycle: Cycle): readonly LinkedPeriod[] {
  const periods: LinkedPeriod[] = [];
  let start = from;
  let level = 1;
  returns.forEach((value, index) => {
    const on = from + index;
    level *= 1 + value;
    if (index + 1 < returns.length && startOf(on + 1, cycle) <= on) return;
    periods.push({ from: start, to: on, total: level - 1 });
    start = on + 1;
    level = 1;
  });
  return periods;
}

/** The monthly table: "2024-03" and the return of its days. */
export function monthlyReturns(returns: Float64Array, from: Day): readonly { readonly month: string; readonly total: number }[] {
  return linkByCycle(returns, from, 'month').map((period) => ({ month: monthName(period.from), total: period.total }));
}

/**
 * The observations of risk figures: one return per weekday with capital. What happened on a weekend is linked into the next weekday, so
 * that portfolios of markets that never close compare with others; a weekend at the end is left out.
 */
export function weekdayReturns({ returns, hadCapital }: Pick<TimeWeighted, 'returns' | 'hadCapital'>, from: Day): Float64Array {
  const observations = new Float64Array(returns.length);
  let count = 0;
  let level = 1;
  let capital = 0;
  let dayOfWeek = weekday(from) - 1;
  for (let index = 0; index < returns.length; index += 1) {
    level *= 1 + (returns[index] ?? 0);
    capital |= hadCapital[index] ?? 0;
    if (dayOfWeek < 5) {
      if (capital === 1) {
        observations[count] = level - 1;
        count += 1;
      }
      level = 1;
      capital = 0;
    }
    dayOfWeek = (dayOfWeek + 1) % 7;
  }
  return observations.subarray(0, count);
}

/** The return over the `window` days up to each day, on an index; NaN until the window is full. */
export function rollingReturns(index: Float64Array, window: number): Float64Array {
  return index.map((level, at) => {
    if (at + 1 < window) return NaN;
    return level / (at + 1 === window ? 1 : (index[at - window] ?? NaN)) - 1;
  });
}

function startOf(on: Day, cycle: Cycle): Day {
  switch (cycle) {
    case 'week':
      return startOfWeek(on);
    case 'month':
      return startOfMonth(on);
    case 'quarter': {
      const { year, month } = dateOf(on);
      return dayOfDate({ year, month: month - ((month - 1) % 3), dayOfMonth: 1 });
    }
    case 'year':
      return startOfYear(on);
  }
}
