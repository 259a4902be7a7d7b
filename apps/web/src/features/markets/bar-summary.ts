import type { Bar } from '@holdfast/sdk';

export interface BarSummary {
  readonly first: Bar;
  readonly last: Bar;
  readonly lowest: Bar;
  readonly highest: Bar;
  /** Of the closing prices, in percent. */
  readonly changePercent: number;
}

/** What one sentence about a chart needs; null without bars. Compares by number: for words beside a picture. */
export function summarizeBars(bars: readonly Bar[]): BarSummary | null {
  const [first] = bars;
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;
  const lowest = bars.reduce((found, bar) => (Number(bar.low) < Number(found.low) ? bar : found), first);
  const highest = bars.reduce((found, bar) => (Number(bar.high) > Number(found.high) ? bar : found), first);
  return { first, last, lowest, highest, changePercent: (Number(last.close) / Number(first.close) - 1) * 100 };
}
