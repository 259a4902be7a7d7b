/** The days of a portfolio: made from its history, or put together from snapshots and today. Runs on another thread. */
import { dailyValues } from '@holdfast/engine/performance';
import type { DailyValues, PriceSeries } from '@holdfast/engine/performance';
import type { Day } from '@holdfast/engine/time';
import type { MadeSnapshots, Snapshots } from '../snapshots/index.ts';
import { readHistory } from './read-history.ts';
import type { PeriodInput, PricedSeries, RollUpInput, TodayInput } from './task-input.ts';

/** What each day from `from` to `to` ended at, and what came and went on it: as numbers, and as it is stored. */
export function rollUpDays(input: RollUpInput): Omit<Snapshots, 'from'> & Pick<MadeSnapshots, 'columns'> {
  const { baseCurrency, cashMode, from, to } = input;
  const series = (all: ReadonlyMap<string, PricedSeries>) => new Map([...all].map(([key, priced]) => [key, priced.series]));
  const facts = { baseCurrency, cashMode, transactions: readHistory(input), prices: series(input.prices), rates: series(input.rates) };
  const { values, inflows, outflows } = dailyValues(facts, { from, to });
  const stored = (column: Float64Array) => `{${column.join(',')}}`;
  return { values, inflows, outflows, columns: { values: stored(values), inflows: stored(inflows), outflows: stored(outflows) } };
}

/** Days without a snapshot, which lie before the first transaction, are worth nothing. */
export function dailyLine({ from, to, snapshots, today, unpriced }: PeriodInput): DailyValues {
  const count = to - from + 1;
  const [values, inflows, outflows] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  snapshots.values.forEach((value, index) => {
    const at = snapshots.from + index - from;
    if (at < 0) return;
    values[at] = value;
    inflows[at] = snapshots.inflows[index] ?? 0;
    outflows[at] = snapshots.outflows[index] ?? 0;
  });
  if (today !== null) {
    const flows = flowsOf(today);
    values[count - 1] = today.value;
    inflows[count - 1] = flows.inflow;
    outflows[count - 1] = flows.outflow;
  }
  const opening = snapshots.from < from ? (snapshots.values[0] ?? 0) : 0;
  return { from, opening, values, inflows, outflows, unpriced };
}

function flowsOf(today: TodayInput): { readonly inflow: number; readonly outflow: number } {
  const { baseCurrency, cashMode, day } = today;
  const series = (all: ReadonlyMap<string, PricedSeries>) => new Map([...all].map(([key, priced]) => [key, upToToday(priced, day)]));
  const facts = { baseCurrency, cashMode, transactions: readHistory(today), prices: series(today.prices), rates: series(today.rates) };
  const { inflows, outflows } = dailyValues(facts, { from: day, to: day });
  return { inflow: inflows[0] ?? 0, outflow: outflows[0] ?? 0 };
}

/** Today has no close yet: the newest price stands for it. */
export function upToToday({ series, latest }: PricedSeries, today: Day): PriceSeries {
  if (latest === null) return series;
  const days = new Int32Array(series.days.length + 1);
  days.set(series.days);
  days[series.days.length] = today;
  const closes = new Float64Array(series.closes.length + 1);
  closes.set(series.closes);
  closes[series.closes.length] = latest;
  return { days, closes };
}
