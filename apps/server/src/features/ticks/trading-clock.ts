import { findExchange } from '@holdfast/engine/instruments';
import { hasCalendar, previousTradingDay, sessionOf, TradingCalendarError, zoneOf } from '@holdfast/engine/time';
import type { Day, TradingSession } from '@holdfast/engine/time';
import { wallClock } from './wall-clock.ts';
import type { WallClock } from './wall-clock.ts';

/** The clock by which an instrument's days are cut, and its exchange's hours. */
export interface TradingClock {
  readonly wall: WallClock;
  /** True when nothing is known of the exchange and `otherwise` was taken. */
  readonly isAssumed: boolean;
  /** Null where the exchange's hours are not known. */
  hoursOn(day: Day): TradingHours | null;
}

interface TradingHours {
  readonly openAt: number;
  readonly closeAt: number;
  /** The calendar has no session on this day; the hours are those of the last full session before. */
  readonly closedDay: boolean;
}

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
/** Of an exchange without a calendar here, only the country's clock is known. */
const ZONE_OF_COUNTRY: Readonly<Record<string, string>> = { IN: 'Asia/Kolkata', US: 'America/New_York' };

const clocks = new Map<string, TradingClock>();

/** The trading clock of an exchange's code; one that is not known, or none, keeps `otherwise` and has no hours. */
export function tradingClock(exchange: string | null, otherwise: string): TradingClock {
  const name = `${exchange ?? ''} ${otherwise}`;
  const known = clocks.get(name);
  if (known !== undefined) return known;
  const made = exchange !== null && hasCalendar(exchange) ? calendarClock(exchange) : openClock(exchange, otherwise);
  clocks.set(name, made);
  return made;
}

function calendarClock(exchange: string): TradingClock {
  const wall = wallClock(zoneOf(exchange));
  return {
    wall,
    isAssumed: false,
    hoursOn(day) {
      const session = sessionOf(exchange, day);
      if (session !== null) return { openAt: session.openAt, closeAt: session.closeAt, closedDay: false };
      const usual = lastFullSession(exchange, day);
      if (usual === null) return null;
      const shift = (day - usual.on) * DAY_MS;
      const shifted = (at: number): number => wall.toInstantMs(wall.toLocalMs(at) + shift);
      return { openAt: shifted(usual.openAt), closeAt: shifted(usual.closeAt), closedDay: true };
    },
  };
}

function lastFullSession(exchange: string, before: Day): TradingSession | null {
  try {
    let session = sessionOf(exchange, previousTradingDay(exchange, before));
    while (session !== null && session.shortFor !== null) session = sessionOf(exchange, previousTradingDay(exchange, session.on));
    return session;
  } catch (error) {
    if (error instanceof TradingCalendarError) return null;
    throw error;
  }
}

function openClock(exchange: string | null, otherwise: string): TradingClock {
  const country = exchange === null ? null : (findExchange(exchange)?.country ?? null);
  const zone = country === null ? undefined : ZONE_OF_COUNTRY[country];
  return { wall: wallClock(zone ?? otherwise), isAssumed: zone === undefined, hoursOn: () => null };
}

/** One day on a trading clock, as instants in microseconds since 1970. */
export interface MarketDay {
  readonly day: Day;
  readonly startMicros: number;
  readonly endMicros: number;
  /** The first and the last instant of regular trading; the closing second, on which the closing auction prints, counts to its end. */
  readonly openMicros: number;
  readonly closeMicros: number;
  readonly closedDay: boolean;
}

/** The day on which an instant (ms since 1970) falls. */
export function marketDay(clock: TradingClock, instantMs: number): MarketDay {
  const { wall } = clock;
  const day = Math.floor(wall.toLocalMs(instantMs) / DAY_MS);
  const hours = clock.hoursOn(day);
  const startAt = wall.toInstantMs(day * DAY_MS);
  const endAt = wall.toInstantMs((day + 1) * DAY_MS);
  return {
    day,
    startMicros: startAt * 1000,
    endMicros: endAt * 1000,
    openMicros: (hours?.openAt ?? startAt) * 1000,
    closeMicros: (hours === null ? endAt : hours.closeAt + SECOND_MS) * 1000,
    closedDay: hours?.closedDay ?? false,
  };
}
