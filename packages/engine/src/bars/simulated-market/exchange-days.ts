import {
  dayOfInstant,
  isOpen,
  isTradingDay,
  previousTradingDay,
  sessionOf,
  utcOffsetMinutes,
  zoneOf,
  type Day,
  type TradingSession,
} from '../../time/index.ts';
import type { Moment, TradingDays } from './trading-days.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** The days and hours of an exchange's calendar. */
export function exchangeDays(exchange: string): TradingDays {
  const zone = zoneOf(exchange);
  let opened: TradingSession | null = null;
  const sessionOn = (day: Day): TradingSession => {
    if (opened?.on !== day) opened = sessionOnTradingDay(exchange, day);
    return opened;
  };
  let asked: { readonly instantMs: number; readonly moment: Moment } | null = null;
  const momentAt = (instantMs: number): Moment => {
    const today = dayOfInstant(instantMs, utcOffsetMinutes(zone, instantMs));
    const session = sessionOf(exchange, today);
    if (session !== null && instantMs >= session.openAt) return momentOf(session, instantMs);
    const before = sessionOnTradingDay(exchange, previousTradingDay(exchange, today));
    return momentOf(before, before.closeAt);
  };
  return {
    zone,
    // All the instruments of an exchange are asked about the same second, one after the other.
    momentAt: (instantMs) => {
      if (asked?.instantMs !== instantMs) asked = { instantMs, moment: momentAt(instantMs) };
      return asked.moment;
    },
    isOpenAt: (instantMs) => isOpen(exchange, instantMs),
    previous: (day) => previousTradingDay(exchange, day),
    isTradingDay: (day) => isTradingDay(exchange, day),
    minutesOf: (day) => minutesBefore(sessionOn(day), Number.POSITIVE_INFINITY),
    minuteStartAt: (day, minute) => minuteStartAt(sessionOn(day), minute),
    minuteOf: (day, startAt) => {
      const session = sessionOn(day);
      const inside = session.stretches.some(({ openAt, closeAt }) => startAt >= openAt && startAt < closeAt);
      return inside ? minutesBefore(session, startAt) : null;
    },
    continuous: exchange === 'FX',
  };
}

function sessionOnTradingDay(exchange: string, day: Day): TradingSession {
  const session = sessionOf(exchange, day);
  if (session !== null) return session;
  throw new RangeError(`${exchange} does not trade on day ${day}.`);
}

/** The last second that was traded at or before an instant that is not before the session's opening. */
function momentOf(session: TradingSession, instantMs: number): Moment {
  let second = -1;
  let at = session.openAt;
  for (const { openAt, closeAt } of session.stretches) {
    if (instantMs < openAt) break;
    const seconds = Math.floor((Math.min(instantMs, closeAt - SECOND_MS) - openAt) / SECOND_MS) + 1;
    second += seconds;
    at = openAt + (seconds - 1) * SECOND_MS;
  }
  return { day: session.on, second, at };
}

/** Minutes of the session that begin before an instant. */
function minutesBefore(session: TradingSession, instantMs: number): number {
  let minutes = 0;
  for (const { openAt, closeAt } of session.stretches) minutes += Math.max(0, Math.min(instantMs, closeAt) - openAt) / MINUTE_MS;
  return minutes;
}

function minuteStartAt(session: TradingSession, minute: number): number {
  let left = minute;
  for (const { openAt, closeAt } of session.stretches) {
    const minutes = (closeAt - openAt) / MINUTE_MS;
    if (left < minutes) return openAt + left * MINUTE_MS;
    left -= minutes;
  }
  throw new RangeError(`The session of day ${session.on} has no minute ${minute}.`);
}
