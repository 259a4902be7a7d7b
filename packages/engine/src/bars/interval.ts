import { dateOf, dayOfDate, startOfMonth, startOfWeek, toInstantMs, toLocalMs, type Day, type Zone } from '../time/index.ts';

/** The lengths a bar can have. */
export type Interval = '1m' | '5m' | '15m' | '1h' | '1d' | '1w' | '1mo';

export const INTERVALS: readonly Interval[] = Object.freeze(['1m', '5m', '15m', '1h', '1d', '1w', '1mo']);

/** The intervals inside a day. */
export type IntradayInterval = '1m' | '5m' | '15m' | '1h';

const MINUTES: Readonly<Record<IntradayInterval, number>> = { '1m': 1, '5m': 5, '15m': 15, '1h': 60 };
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export function isInterval(text: string): text is Interval {
  return INTERVALS.some((known) => known === text);
}

export function isIntraday(interval: Interval): interval is IntradayInterval {
  return interval in MINUTES;
}

/** Milliseconds of an interval inside a day. */
export function intervalMs(interval: IntradayInterval): number {
  return MINUTES[interval] * MINUTE_MS;
}

/** The half-open stretch [startAt, endAt) of instants (ms since 1970) that one bar covers. */
export interface Stretch {
  readonly startAt: number;
  readonly endAt: number;
}

/**
 * The stretch an instant falls into, by the wall clock of the zone: hours begin at full hours, days at midnight, weeks on Monday,
 * months on the first. On the night the clocks change a day has 23 or 25 hours, and the hour that comes twice is one bar of two hours.
 */
export function stretchOf(interval: Interval, zone: Zone, instantMs: number): Stretch {
  const localMs = toLocalMs(zone, instantMs);
  if (isIntraday(interval)) {
    const sizeMs = intervalMs(interval);
    const localStart = Math.floor(localMs / sizeMs) * sizeMs;
    return stretchBetween(zone, localStart, localStart + sizeMs);
  }
  const [first, next] = daysOf(interval, Math.floor(localMs / DAY_MS));
  return stretchBetween(zone, first * DAY_MS, next * DAY_MS);
}

/** The stretch of a whole day, in the zone. */
export function stretchOfDay(zone: Zone, day: Day): Stretch {
  return stretchBetween(zone, day * DAY_MS, (day + 1) * DAY_MS);
}

function daysOf(interval: '1d' | '1w' | '1mo', day: Day): readonly [first: Day, next: Day] {
  switch (interval) {
    case '1d':
      return [day, day + 1];
    case '1w': {
      const monday = startOfWeek(day);
      return [monday, monday + 7];
    }
    case '1mo': {
      const { year, month } = dateOf(day);
      const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
      return [startOfMonth(day), dayOfDate({ ...next, dayOfMonth: 1 })];
    }
  }
}

function stretchBetween(zone: Zone, localStart: number, localEnd: number): Stretch {
  return { startAt: toInstantMs(zone, localStart), endAt: toInstantMs(zone, localEnd) };
}
