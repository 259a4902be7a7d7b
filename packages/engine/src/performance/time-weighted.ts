import type { Day } from '../time/index.ts';
import type { DailyValues } from './daily-values.ts';

/** Daily returns and what they link to. */
export interface TimeWeighted {
  /** Return of each day; 0 on days without capital. */
  readonly returns: Float64Array;
  /** 1 on days that had capital to earn on, 0 on others: those are no observations for risk figures. */
  readonly hadCapital: Uint8Array;
  /** Growth of 1 at each day's close: the flow-free index that drawdowns are measured on. */
  readonly index: Float64Array;
  /** `last index - 1`; 0 for no days. */
  readonly total: number;
  /** From the first day with capital to the end: the span that is annualised. */
  readonly daysOfCapital: number;
  /** Days with a gain although there was no capital, which no percentage can express. */
  readonly gainsWithoutCapital: readonly Day[];
}

/** A value below zero, or a capital below zero: there is no rate of return then. */
export interface NegativeValue {
  readonly code: 'negative_value';
  readonly on: Day;
  readonly value: number;
}

/** What floating point leaves of sums that should be zero, in units of any currency. */
const DUST = 1e-7;

/**
 * Time-weighted return: daily, inflows at the start and outflows at the end of the day (as Portfolio Performance places them),
 * `r = (value + outflow) / (value before + inflow) - 1`, linked by multiplication. Refused at the first negative value.
 */
export function timeWeighted(daily: DailyValues): TimeWeighted | NegativeValue {
  const { values, inflows, outflows, from } = daily;
  const count = values.length;
  const returns = new Float64Array(count);
  const hadCapital = new Uint8Array(count);
  const index = new Float64Array(count);
  const gainsWithoutCapital: Day[] = [];
  let before = daily.opening;
  let level = 1;
  if (before < -DUST) return { code: 'negative_value', on: from - 1, value: before };
  for (let i = 0; i < count; i += 1) {
    const value = values[i] ?? 0;
    if (value < -DUST) return { code: 'negative_value', on: from + i, value };
    const capital = before + (inflows[i] ?? 0);
    const worth = value + (outflows[i] ?? 0);
    if (capital > DUST) {
      returns[i] = worth / capital - 1;
      hadCapital[i] = 1;
      level *= worth / capital;
    } else if (worth > DUST) {
      gainsWithoutCapital.push(from + i);
    }
    index[i] = level;
    before = value;
  }
  const first = hadCapital.indexOf(1);
  return { returns, hadCapital, index, total: level - 1, daysOfCapital: first < 0 ? 0 : count - first, gainsWithoutCapital };
}

/** Returns linked by multiplication: `(1 + a)(1 + b) … - 1`. */
export function linkReturns(returns: Float64Array): number {
  let level = 1;
  for (const value of returns) level *= 1 + value;
  return level - 1;
}

/** Return a year over `days` days (ACT/365). Null below one year, over which nothing is annualised, and below a total loss. */
export function annualize(total: number, days: number): number | null {
  return days < DAYS_A_YEAR || total < -1 ? null : (1 + total) ** (DAYS_A_YEAR / days) - 1;
}

export const DAYS_A_YEAR = 365;
