import type { BarInterval } from '@holdfast/sdk';

export const CHART_RANGES = ['1D', '1W', '1M', '3M', 'YTD', '1Y', '5Y', 'All'] as const;
export type ChartRange = (typeof CHART_RANGES)[number];

const DAY_MS = 86_400_000;
const DAYS: Record<Exclude<ChartRange, 'YTD' | 'All'>, number> = { '1D': 1, '1W': 7, '1M': 31, '3M': 92, '1Y': 366, '5Y': 1827 };
const INTERVALS: Record<ChartRange, BarInterval> = {
  '1D': '5m',
  '1W': '1h',
  '1M': '1d',
  '3M': '1d',
  YTD: '1d',
  '1Y': '1d',
  '5Y': '1w',
  All: '1w',
};

export interface BarRequest {
  readonly interval: BarInterval;
  readonly from?: string;
}

/** Which bars a range needs: some hundred of them, whatever its length. `now` in milliseconds. */
export function barsOf(range: ChartRange, now: number): BarRequest {
  const interval = INTERVALS[range];
  if (range === 'All') return { interval, from: '1970-01-01' };
  if (range === 'YTD') return { interval, from: `${String(new Date(now).getUTCFullYear())}-01-01` };
  const from = new Date(now - DAYS[range] * DAY_MS);
  // To the minute within a day, else to the day: so that the same range asks the same question for a while.
  const instant = `${from.toISOString().slice(0, 16)}:00Z`;
  return { interval, from: interval === '5m' ? instant : from.toISOString().slice(0, 10) };
}

export function isIntraday(interval: BarInterval): boolean {
  return interval === '1m' || interval === '5m' || interval === '15m' || interval === '1h';
}
