import type { Day } from '../time/index.ts';
import type { DailyValues } from './daily-values.ts';
import type { TimeWeighted } from './time-weighted.ts';

/** Days between two flows: what the portfolio was worth before, what came and went, and what was earned. */
export interface SubPeriod {
  readonly from: Day;
  readonly to: Day;
  readonly opening: number;
  /** On the first day, at its start. */
  readonly inflow: number;
  /** On the last day, at its end. */
  readonly outflow: number;
  readonly closing: number;
  /** `(closing + outflow) / (opening + inflow) - 1`. */
  readonly total: number;
}

/**
 * How a time-weighted return came about: cut before every inflow and after every outflow, each part is one division, and the parts
 * multiply to the whole. These are the inputs an explanation shows.
 */
export function subPeriods(daily: DailyValues, { returns }: Pick<TimeWeighted, 'returns'>): readonly SubPeriod[] {
  const { values, inflows, outflows, from } = daily;
  const parts: SubPeriod[] = [];
  let start = 0;
  let level = 1;
  for (let index = 0; index < values.length; index += 1) {
    level *= 1 + (returns[index] ?? 0);
    const last = index + 1 === values.length;
    if (!last && (outflows[index] ?? 0) === 0 && (inflows[index + 1] ?? 0) === 0) continue;
    parts.push({
      from: from + start,
      to: from + index,
      opening: start === 0 ? daily.opening : (values[start - 1] ?? 0),
      inflow: inflows[start] ?? 0,
      outflow: outflows[index] ?? 0,
      closing: values[index] ?? 0,
      total: level - 1,
    });
    start = index + 1;
    level = 1;
  }
  return parts;
}
