import type { Performance, Snapshots } from '@holdfast/sdk';

export interface Flows {
  readonly opening: number;
  readonly inflow: number;
  readonly outflow: number;
  readonly closing: number;
  readonly gain: number;
  /** Days on which money came or went: what came is positive. */
  readonly days: readonly { readonly day: string; readonly amount: number }[];
}

/**
 * What came and went in the days of a performance. Closed days say it themselves; today's is the step of what was put in.
 * Statistics: numbers, as the returns are.
 */
export function flowsOf(performance: Performance, closed: Snapshots['items']): Flows {
  const { series } = performance;
  const days = closed.map(({ day, inflow, outflow }) => ({ day, inflow, outflow }));
  const today = series.at(-1);
  const before = series.at(-2);
  if (today !== undefined && closed.at(-1)?.day !== today.day) {
    const step = before === undefined ? today.invested : today.invested - before.invested;
    days.push({ day: today.day, inflow: Math.max(0, step), outflow: Math.max(0, -step) });
  }
  const inflow = days.reduce((sum, day) => sum + day.inflow, 0);
  const outflow = days.reduce((sum, day) => sum + day.outflow, 0);
  const closing = today?.value ?? 0;
  const opening = openingOf(performance, { inflow, outflow, closing });
  return {
    opening,
    inflow,
    outflow,
    closing,
    gain: closing + outflow - opening - inflow,
    days: days.filter((day) => day.inflow !== 0 || day.outflow !== 0).map((day) => ({ day: day.day, amount: day.inflow - day.outflow })),
  };
}

/** The value before the first day, from simple = (closing + outflow - opening - inflow) / (opening + inflow). */
function openingOf(
  { simple }: Performance,
  flows: { readonly inflow: number; readonly outflow: number; readonly closing: number },
): number {
  if (simple === null) return 0;
  const opening = (flows.closing + flows.outflow) / (1 + simple) - flows.inflow;
  return Math.abs(opening) < 0.005 ? 0 : opening;
}
