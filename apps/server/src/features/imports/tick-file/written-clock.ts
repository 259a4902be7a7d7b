/** The clock in which a file's dates and times are written. */
import { dayOfDate, DayError } from '@holdfast/engine/time';
import type { WallClock } from '../../ticks/index.ts';

export interface WrittenClock {
  readonly wall: WallClock;
  /** The date read last: rows of one date follow each other. */
  last: WrittenDate | null;
  /** By YYYYMMDD. */
  readonly dates: Map<number, WrittenDate>;
}

export interface WrittenDate {
  readonly dateKey: number;
  readonly startMicros: number;
  /** Null but for the nights when the clocks change: then every time of day is asked of the clock. */
  readonly uneven: { readonly localMs: number } | null;
}

const DAY_MS = 86_400_000;
const EARLIEST_DATE = 1970_01_01;
const LATEST_DATE = 2099_12_31;

export function createWrittenClock(wall: WallClock): WrittenClock {
  return { wall, last: null, dates: new Map() };
}

/** The date of a YYYYMMDD number, or null when there is no such day from 1970 to 2099. */
export function writtenDate(clock: WrittenClock, dateKey: number): WrittenDate | null {
  const known = clock.dates.get(dateKey);
  if (known !== undefined) return known;
  if (dateKey < EARLIEST_DATE || dateKey > LATEST_DATE) return null;
  const date = { year: Math.floor(dateKey / 10_000), month: Math.floor(dateKey / 100) % 100, dayOfMonth: dateKey % 100 };
  try {
    const localMs = dayOfDate(date) * DAY_MS;
    const startAt = clock.wall.toInstantMs(localMs);
    const even = clock.wall.toInstantMs(localMs + DAY_MS) - startAt === DAY_MS;
    const made = { dateKey, startMicros: startAt * 1000, uneven: even ? null : { localMs } };
    clock.dates.set(dateKey, made);
    return made;
  } catch (error) {
    if (error instanceof DayError) return null;
    throw error;
  }
}

/** Microseconds since 1970 of a time of day, given in microseconds since midnight. */
export function instantOn(clock: WrittenClock, date: WrittenDate, sinceMidnight: number): number {
  if (date.uneven === null) return date.startMicros + sinceMidnight;
  const milliseconds = Math.floor(sinceMidnight / 1000);
  return clock.wall.toInstantMs(date.uneven.localMs + milliseconds) * 1000 + (sinceMidnight - milliseconds * 1000);
}
