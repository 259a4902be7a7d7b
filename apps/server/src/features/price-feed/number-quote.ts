import { maximum, minimum } from '@holdfast/engine/money';
import { hasCalendar, toLocalMs, zoneOf } from '@holdfast/engine/time';
import type { ProvidedQuote } from '../../providers/market-data/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import type { Quote } from '../quotes/index.ts';

export interface Numbering {
  readonly instrument: Instrument;
  /** The quote that is the newest so far. */
  readonly known: Quote | null;
  readonly now: number;
}

/**
 * The next quote of an instrument as the one writer of feeds numbers it, or null when it says nothing new: the same price of the same
 * instant again, or one from before. What a report leaves out of its day's figures is taken over from the day so far.
 */
export function numberQuote(provided: ProvidedQuote, { instrument, known, now }: Numbering): Quote | null {
  const { listing: _, ...figures } = provided;
  // A provider whose clock is ahead would be the newest for ever.
  const at = Math.min(figures.at, now);
  if (known !== null && (at < known.at || (at === known.at && figures.last === known.last))) return null;
  const day = known !== null && dayOf(instrument, known.at) === dayOf(instrument, at) ? known : null;
  return {
    ...figures,
    at,
    instrumentKey: instrument.key,
    symbol: symbolOf(instrument),
    lastSize: null,
    open: figures.open ?? day?.open ?? null,
    high: figures.high ?? (day === null || day.high === null ? null : maximum(day.high, figures.last)),
    low: figures.low ?? (day === null || day.low === null ? null : minimum(day.low, figures.last)),
    previousClose: figures.previousClose ?? day?.previousClose ?? null,
    volume: figures.volume ?? day?.volume ?? null,
    number: Math.max((known?.number ?? 0) + 1, now),
  };
}

function dayOf({ exchange }: Instrument, at: number): number {
  const zone = exchange !== null && hasCalendar(exchange) ? zoneOf(exchange) : 'UTC';
  return Math.floor(toLocalMs(zone, at) / 86_400_000);
}
