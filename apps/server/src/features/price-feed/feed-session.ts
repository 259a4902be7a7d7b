import { hasCalendar, isOpen, sessionOf, toLocalMs, zoneOf } from '@holdfast/engine/time';
import type { Pace } from '../../providers/market-data/index.ts';
import type { Instrument } from '../instruments/index.ts';
import type { Candidate } from './plan-fetch.ts';

const DAY_MS = 86_400_000;
/** No exchange is closed for longer. */
const LONGEST_CLOSE_DAYS = 14;

/** The exchange whose hours an instrument keeps, or null when it trades round the clock. */
export function exchangeOf({ exchange, currency }: Pick<Instrument, 'exchange' | 'currency'>): string | null {
  // Vendors take a bare symbol for a listing in the United States.
  if (exchange === null) return currency === 'USD' ? 'NYSE' : null;
  return hasCalendar(exchange) ? exchange : null;
}

/** Whether an instrument's market trades, and since when, or since when it does not. */
export function feedSession(instrument: Pick<Instrument, 'exchange' | 'currency'>, now: number): Candidate['session'] {
  const exchange = exchangeOf(instrument);
  if (exchange === null) return { open: true, changedAt: 0 };
  const today = Math.floor(toLocalMs(zoneOf(exchange), now) / DAY_MS);
  if (isOpen(exchange, now)) return { open: true, changedAt: sessionOf(exchange, today)?.openAt ?? 0 };
  for (let day = today; day > today - LONGEST_CLOSE_DAYS; day -= 1) {
    const closeAt = sessionOf(exchange, day)?.closeAt;
    if (closeAt !== undefined && closeAt <= now) return { open: false, changedAt: closeAt };
  }
  return { open: false, changedAt: 0 };
}

/** The time over which today's calls are spread: from the first opening to the last close of what is open now. */
export function feedPace(instruments: readonly Pick<Instrument, 'exchange' | 'currency'>[], now: number): Pace | 'closed' {
  const utcDay = Math.floor(now / DAY_MS) * DAY_MS;
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const exchange of new Set(instruments.map(exchangeOf))) {
    const session = exchange === null ? null : sessionOf(exchange, Math.floor(toLocalMs(zoneOf(exchange), now) / DAY_MS));
    if (exchange !== null && (session === null || now < session.openAt || now >= session.closeAt)) continue;
    fromMs = Math.min(fromMs, session?.openAt ?? utcDay);
    toMs = Math.max(toMs, session?.closeAt ?? utcDay + DAY_MS);
  }
  return fromMs < toMs ? { fromMs, toMs } : 'closed';
}
