import type { BarInterval } from '@holdfast/sdk';
import type { Time, UTCTimestamp } from 'lightweight-charts';
import { isIntraday } from './chart-range.ts';

/** The library knows UTC only. Intraday bars are moved to the reader's clock; a day is a day, whatever the hour its session begins. */
export function barTime(at: string, interval: BarInterval): Time {
  const instant = Date.parse(at);
  const moved = isIntraday(interval) ? instant - new Date(instant).getTimezoneOffset() * 60_000 : instant;
  return Math.floor(moved / 1000) as UTCTimestamp;
}
