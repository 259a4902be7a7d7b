import type { Day } from '../time/index.ts';
import type { DailyValues } from './daily-values.ts';

/** Money between the owner and the portfolio, from the owner's side: paid in is negative, received is positive. */
export interface CashFlow {
  readonly on: Day;
  readonly amount: number;
}

/** Flows on equal days as one, in order of days, without those that cancel out. */
export function collapseFlows(flows: readonly CashFlow[]): readonly CashFlow[] {
  const sorted = [...flows].sort((a, b) => a.on - b.on);
  const collapsed: CashFlow[] = [];
  for (const flow of sorted) {
    const last = collapsed.at(-1);
    if (last?.on === flow.on) collapsed[collapsed.length - 1] = { on: last.on, amount: last.amount + flow.amount };
    else collapsed.push(flow);
  }
  return collapsed.filter(({ amount }) => amount !== 0);
}

/**
 * What a money-weighted return is computed from: the opening value is paid in the day before the period, the closing value is received on
 * its last day, and the owner's flows lie between.
 */
export function flowsOf(daily: DailyValues): readonly CashFlow[] {
  const flows: CashFlow[] = [{ on: daily.from - 1, amount: -daily.opening }];
  const last = daily.values.length - 1;
  daily.values.forEach((value, index) => {
    const amount = (daily.outflows[index] ?? 0) - (daily.inflows[index] ?? 0) + (index === last ? value : 0);
    if (amount !== 0) flows.push({ on: daily.from + index, amount });
  });
  return flows.filter(({ amount }) => amount !== 0);
}
