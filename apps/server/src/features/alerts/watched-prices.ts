/** Quotes as looks at the price, with what the price was between two quotes as far as the day's extremes tell. */
import type { MarketTick } from '@holdfast/engine/alerts';
import { maximum, minimum } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Quote } from '../quotes/index.ts';
import { seriesSymbol } from './alert.ts';

type Seen = Pick<Quote, 'at' | 'high' | 'low' | 'previousClose'>;

/** The tick of a quote. `before` is the quote that was looked at before it, null where that is not known. */
export function tickOf(quote: Quote, before: Seen | null): MarketTick {
  const { at, last } = quote;
  return {
    symbol: seriesSymbol(quote.instrumentKey),
    at,
    value: last,
    high: before === null ? last : maximum(last, extremeBetween(quote.high, before.high, isSameDay(quote, before)) ?? last),
    low: before === null ? last : minimum(last, extremeBetween(quote.low, before.low, isSameDay(quote, before)) ?? last),
    fromAt: before?.at ?? at,
    volume: quote.volume ?? undefined,
    previousClose: quote.previousClose ?? undefined,
  };
}

/** The day's extreme lies between two quotes when it is another than at the first of them, or the day has changed. */
function extremeBetween(now: Decimal | null, before: Decimal | null, sameDay: boolean): Decimal | null {
  if (now === null || (sameDay && (before === null || now === before))) return null;
  return now;
}

/** Within a day the extremes only move apart. */
function isSameDay(quote: Seen, before: Seen): boolean {
  if (quote.previousClose !== before.previousClose) return false;
  const highFell = quote.high !== null && before.high !== null && quote.high < before.high;
  const lowRose = quote.low !== null && before.low !== null && quote.low > before.low;
  return !highFell && !lowRose;
}
