import type { Day } from '../time/index.ts';

/** Daily closes (or exchange rates) of one thing: days ascending, gaps allowed, raw and not adjusted. Both arrays have one length. */
export interface PriceSeries {
  readonly days: Int32Array;
  readonly closes: Float64Array;
}

/** Days from `from` on, `count` of them, each with the last close known by then. */
export interface DailyCloses {
  readonly closes: Float64Array;
  /** Index of the first day with a close; `count` when there is none. What stands before it means nothing. */
  readonly firstKnown: number;
}

/** Fills gaps with the last earlier close: a price does not vanish over a weekend. `into` is reused when it is long enough. */
export function carryForward(
  series: PriceSeries,
  from: Day,
  { count, into }: { readonly count: number; readonly into?: Float64Array },
): DailyCloses {
  const closes = into !== undefined && into.length >= count ? into : new Float64Array(count);
  const { days, closes: known } = series;
  let next = countUpTo(days, from);
  const firstKnown = next > 0 ? 0 : Math.min(count, Math.max(0, (days[0] ?? from + count) - from));
  let last = known[next - 1] ?? 0;
  let upcoming = days[next] ?? Infinity;
  for (let index = 0; index < count; index += 1) {
    while (upcoming <= from + index) {
      last = known[next] ?? last;
      next += 1;
      upcoming = days[next] ?? Infinity;
    }
    closes[index] = last;
  }
  return { closes, firstKnown };
}

/** How many of the ascending days are at or before `day`. */
function countUpTo(days: Int32Array, day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
