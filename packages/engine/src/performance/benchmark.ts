import type { Period } from '../time/index.ts';
import type { DailyValues } from './daily-values.ts';
import { carryForward, type PriceSeries } from './price-series.ts';

/**
 * Daily returns of a benchmark over the same days, carried over gaps, in base currency when its rates are given. Take adjusted closes, so
 * that both sides are total returns. Days before its first close return 0; null when it has none in or before the period.
 */
export function benchmarkReturns(series: PriceSeries, { from, to }: Period, rates?: PriceSeries): Float64Array | null {
  const count = to - from + 2;
  const closes = carryForward(series, from - 1, { count });
  const converted = rates === undefined ? null : carryForward(rates, from - 1, { count });
  const firstKnown = Math.max(closes.firstKnown, converted?.firstKnown ?? 0);
  if (firstKnown >= count) return null;
  const level = (index: number): number => (closes.closes[index] ?? 0) * (converted === null ? 1 : (converted.closes[index] ?? 0));
  const returns = new Float64Array(count - 1);
  for (let index = firstKnown + 1; index < count; index += 1) {
    const before = level(index - 1);
    returns[index - 1] = before > 0 ? level(index) / before - 1 : 0;
  }
  return returns;
}

/**
 * "Would the index have done better?": what the portfolio would be worth each day had its opening value and every inflow bought the
 * benchmark (at the start of the day) and every outflow sold it (at the end). From some day on more may have been taken
 * out than there was: NaN from there, and `ranOut`.
 */
export function sameFlowsInBenchmark(
  daily: DailyValues,
  returns: Float64Array,
): { readonly values: Float64Array; readonly ranOut: boolean } {
  let value = daily.opening;
  let ranOut = false;
  const values = daily.values.map((_, index) => {
    value = (value + (daily.inflows[index] ?? 0)) * (1 + (returns[index] ?? 0)) - (daily.outflows[index] ?? 0);
    if (value < -RAN_OUT) ranOut = true;
    return ranOut ? NaN : value;
  });
  return { values, ranOut };
}

const RAN_OUT = 1e-7;
