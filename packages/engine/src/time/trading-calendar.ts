import type { Calendar, ExchangeHoliday, OpenHours } from './calendars/calendar.ts';
import { GERMANY } from './calendars/germany.ts';
import { INDIA } from './calendars/india.ts';
import { JAPAN } from './calendars/japan.ts';
import { UNITED_KINGDOM } from './calendars/united-kingdom.ts';
import { UNITED_STATES } from './calendars/united-states.ts';
import { dateOf, isWeekday, type Day } from './day.ts';
import { toInstantMs, toLocalMs, type Zone } from './utc-offset.ts';

/** A stretch in which an exchange trades, as instants (ms since 1970): from `openAt` until just before `closeAt`. */
export interface OpenStretch {
  readonly openAt: number;
  readonly closeAt: number;
}

/** One day's trading. `stretches` has two where trading pauses at noon; `openAt` and `closeAt` are their outer ends. */
export interface TradingSession extends OpenStretch {
  readonly on: Day;
  readonly stretches: readonly OpenStretch[];
  /** The holiday that ends the session early, or null. */
  readonly shortFor: string | null;
}

const WHOLE_DAY: readonly OpenHours[] = [{ fromMinute: 0, toMinute: 1440 }];
const NEVER_CLOSED: Calendar = { zone: 'UTC', hoursOn: () => WHOLE_DAY, holidaysIn: () => [], isWorkday: () => true };
/** Banks deal from Monday morning to Friday evening; the days are cut at midnight UTC. */
const BANK_DEALING: Calendar = { ...NEVER_CLOSED, isWorkday: isWeekday };

const CALENDARS: ReadonlyMap<string, Calendar> = new Map([
  ...['NYSE', 'NASDAQ', 'ARCA', 'CBOE', 'OTC'].map((code) => [code, UNITED_STATES] as const),
  ...['NSE', 'BSE', 'NFO', 'BFO'].map((code) => [code, INDIA] as const),
  ['LSE', UNITED_KINGDOM],
  ['XETRA', GERMANY],
  ['TSE', JAPAN],
  ['CRYPTO', NEVER_CLOSED],
  ['FX', BANK_DEALING],
]);

/** A longer pause than any exchange of the table takes, in days; September 2001 is the longest at six. */
const LONGEST_PAUSE_DAYS = 15;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** An exchange whose hours are not known here. */
export class TradingCalendarError extends Error {
  override readonly name = 'TradingCalendarError';
}

export function hasCalendar(exchange: string): boolean {
  return CALENDARS.has(exchange);
}

/** The zone whose wall clock the exchange keeps. This and the functions below throw `TradingCalendarError` for an unknown exchange. */
export function zoneOf(exchange: string): Zone {
  return calendarOf(exchange).zone;
}

/** The days of a year that are closed or short, in order. What falls on a weekend that is closed anyway is left out. */
export function holidays(exchange: string, year: number): readonly ExchangeHoliday[] {
  return [...holidaysOf(calendarOf(exchange), year).values()];
}

export function isTradingDay(exchange: string, day: Day): boolean {
  const calendar = calendarOf(exchange);
  return calendar.isWorkday(day) && holidayOn(calendar, day)?.closesAtMinute !== null;
}

/** The session of a day, or null where there is none. */
export function sessionOf(exchange: string, day: Day): TradingSession | null {
  if (!isTradingDay(exchange, day)) return null;
  const calendar = calendarOf(exchange);
  const holiday = holidayOn(calendar, day);
  const closesAtMinute = holiday?.closesAtMinute ?? Number.POSITIVE_INFINITY;
  const atMinute = (minute: number): number => toInstantMs(calendar.zone, day * DAY_MS + minute * MINUTE_MS);
  const stretches = calendar
    .hoursOn(day)
    .filter(({ fromMinute }) => fromMinute < closesAtMinute)
    .map(({ fromMinute, toMinute }) => ({ openAt: atMinute(fromMinute), closeAt: atMinute(Math.min(toMinute, closesAtMinute)) }));
  const [first] = stretches;
  const last = stretches.at(-1);
  if (first === undefined || last === undefined) return null;
  return { on: day, openAt: first.openAt, closeAt: last.closeAt, stretches, shortFor: holiday?.name ?? null };
}

/** Whether the exchange trades at an instant (ms since 1970). It does at the opening and no longer at the close. */
export function isOpen(exchange: string, instantMs: number): boolean {
  const session = sessionOf(exchange, localDay(exchange, instantMs));
  return session !== null && session.stretches.some(({ openAt, closeAt }) => instantMs >= openAt && instantMs < closeAt);
}

/** The next instant at which trading begins, after `instantMs`: tomorrow's opening, or this day's after noon. Null where it never pauses. */
export function nextOpen(exchange: string, instantMs: number): number | null {
  return nextEdge(exchange, instantMs, ({ openAt }) => (isOpen(exchange, openAt - 1) ? null : openAt));
}

/** The next instant at which trading ends, after `instantMs`: this day's close while it is open. Null where it never pauses. */
export function nextClose(exchange: string, instantMs: number): number | null {
  return nextEdge(exchange, instantMs, ({ closeAt }) => (isOpen(exchange, closeAt) ? null : closeAt));
}

/** The last trading day before a day. */
export function previousTradingDay(exchange: string, day: Day): Day {
  for (let earlier = day - 1; earlier > day - LONGEST_PAUSE_DAYS; earlier -= 1) if (isTradingDay(exchange, earlier)) return earlier;
  throw new TradingCalendarError(`${exchange} has no trading day in the ${LONGEST_PAUSE_DAYS} days before day ${day}.`);
}

/** The first edge after an instant. `edgeOf` gives null for a midnight that trading runs through. */
function nextEdge(exchange: string, instantMs: number, edgeOf: (stretch: OpenStretch) => number | null): number | null {
  const today = localDay(exchange, instantMs);
  for (let day = today; day < today + LONGEST_PAUSE_DAYS; day += 1) {
    for (const stretch of sessionOf(exchange, day)?.stretches ?? []) {
      const edge = edgeOf(stretch);
      if (edge !== null && edge > instantMs) return edge;
    }
  }
  return null;
}

function localDay(exchange: string, instantMs: number): Day {
  return Math.floor(toLocalMs(zoneOf(exchange), instantMs) / DAY_MS);
}

function calendarOf(exchange: string): Calendar {
  const calendar = CALENDARS.get(exchange);
  if (calendar !== undefined) return calendar;
  throw new TradingCalendarError(`The trading hours of "${exchange.slice(0, 20)}" are not known here.`);
}

/** Years worked out once: the rules give the same days each time. */
const YEARS = new Map<Calendar, Map<number, ReadonlyMap<Day, ExchangeHoliday>>>();

function holidayOn(calendar: Calendar, day: Day): ExchangeHoliday | undefined {
  return holidaysOf(calendar, dateOf(day).year).get(day);
}

function holidaysOf(calendar: Calendar, year: number): ReadonlyMap<Day, ExchangeHoliday> {
  const years = YEARS.get(calendar) ?? new Map<number, ReadonlyMap<Day, ExchangeHoliday>>();
  YEARS.set(calendar, years);
  const known = years.get(year);
  if (known !== undefined) return known;
  const listed = calendar
    .holidaysIn(year)
    .filter(({ on }) => calendar.isWorkday(on))
    .toSorted((a, b) => a.on - b.on);
  // Where a day is both short and closed, it is closed.
  const made = new Map(
    listed
      .toSorted((a, b) => Number(a.closesAtMinute === null) - Number(b.closesAtMinute === null))
      .map((holiday) => [holiday.on, holiday]),
  );
  const ordered = new Map([...made].toSorted(([a], [b]) => a - b));
  years.set(year, ordered);
  return ordered;
}
