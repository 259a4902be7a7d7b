import type { getMarketCalendar, getMarketClock } from '@holdfast/contract/bars';
import type { AnswerOf, QueryOf } from '@holdfast/contract';
import { findExchange } from '@holdfast/engine/instruments';
import {
  dateOf,
  formatDay,
  hasCalendar,
  holidays,
  isOpen,
  nextClose,
  nextOpen,
  parseDay,
  sessionOf,
  toLocalMs,
  zoneOf,
} from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { AppError } from '../../platform/http/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { invalid } from './time-range.ts';

export interface MarketHoursNeeds {
  readonly book: InstrumentBook;
  /** Whether the market here keeps the hours of the exchanges. */
  readonly hours: 'always' | 'exchange';
}

/** The time, and which of the exchanges that list something here are open at it (epoch milliseconds). */
export function marketClock({ book, hours }: MarketHoursNeeds, now: number): AnswerOf<typeof getMarketClock> {
  const listed = new Set(book.listPublic().flatMap(({ exchange }) => exchange ?? []));
  const exchanges = [...listed].filter(hasCalendar).sort();
  return {
    at: new Date(now).toISOString(),
    hours,
    exchanges: exchanges.map((exchange) => {
      const open = isOpen(exchange, now);
      return {
        exchange,
        name: findExchange(exchange)?.name ?? exchange,
        zone: zoneOf(exchange),
        isOpen: open,
        isTradable: open || hours === 'always',
        opensAt: instant(nextOpen(exchange, now)),
        closesAt: open ? instant(nextClose(exchange, now)) : null,
      };
    }),
  };
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;

/** The days of an exchange, by its own clock. Throws `not_found` for one whose hours are not known, `invalid_value` for a bad range. */
export function marketCalendar(query: QueryOf<typeof getMarketCalendar>, now: number): AnswerOf<typeof getMarketCalendar> {
  const written = query.exchange.toUpperCase();
  const exchange = findExchange(written)?.code ?? written;
  if (!hasCalendar(exchange))
    throw new AppError('not_found', `The trading hours of ${written} are not known here. GET /api/v1/market/clock lists those that are.`);
  const zone = zoneOf(exchange);
  const from = dayOf(query.from, 'from') ?? Math.floor(toLocalMs(zone, now) / DAY_MS);
  const to = dayOf(query.to, 'to') ?? from + DEFAULT_DAYS - 1;
  if (to < from) throw invalid('to', 'is before `from`');
  if (to - from >= MOST_DAYS) throw invalid('to', `asks for ${to - from + 1} days; at most ${MOST_DAYS} are answered at once`);
  const days = Array.from({ length: to - from + 1 }, (_, index) => calendarDay(exchange, from + index));
  return { exchange, zone, days };
}

function calendarDay(exchange: string, day: Day): AnswerOf<typeof getMarketCalendar>['days'][number] {
  const session = sessionOf(exchange, day);
  const holiday = holidays(exchange, dateOf(day).year).find(({ on }) => on === day);
  return {
    day: formatDay(day),
    isOpen: session !== null,
    opensAt: instant(session?.openAt ?? null),
    closesAt: instant(session?.closeAt ?? null),
    isShort: session !== null && session.shortFor !== null,
    holiday: holiday?.name ?? null,
  };
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function dayOf(text: string | undefined, path: string): Day | null {
  if (text === undefined) return null;
  const parsed = parseDay(text);
  if (parsed === null) throw invalid(path, 'is not a day of the calendar');
  return parsed;
}
