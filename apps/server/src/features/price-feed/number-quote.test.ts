import { decimal, formatDecimal } from '@holdfast/engine/money';
import { expect, test } from 'vitest';
import type { ProvidedQuote } from '../../providers/market-data/index.ts';
import type { Instrument } from '../instruments/index.ts';
import type { Quote } from '../quotes/index.ts';
import { numberQuote } from './number-quote.ts';

const NOON = Date.parse('2026-01-05T17:00:00Z');
const none = { bid: null, ask: null, bidSize: null, askSize: null, open: null, high: null, low: null, previousClose: null, volume: null };
const instrument = { key: 1, symbol: 'IBM', exchange: 'NYSE', isPrimary: true } as Instrument;

function said(last: string, at: number, rest: Partial<ProvidedQuote> = {}): ProvidedQuote {
  return { listing: { symbol: 'IBM', exchange: 'NYSE' }, source: 'finnhub', last: decimal(last), at, ...none, ...rest };
}

function next(provided: ProvidedQuote, known: Quote | null = null, now = NOON + 1_000): Quote | null {
  return numberQuote(provided, { instrument, known, now });
}

test('numbers rise, whoever says the price and whatever the clock does', () => {
  const first = next(said('10', NOON));
  const second = next(said('11', NOON + 1, { source: 'yahoo' }), first, NOON - 5_000_000);
  expect(first?.number).toBe(NOON + 1_000);
  // A clock that was set back makes the price one from before.
  expect(second).toBeNull();
  const third = next(said('11', NOON + 1, { source: 'yahoo' }), first, NOON + 1_000);
  expect(third?.number).toBe(NOON + 1_001);
});

test('the same price of the same instant is nothing new, and one from before never comes back', () => {
  const known = next(said('10', NOON));
  expect(next(said('10', NOON), known)).toBeNull();
  expect(next(said('9', NOON - 1, { source: 'yahoo' }), known)).toBeNull();
  expect(next(said('10.01', NOON), known)).not.toBeNull();
});

test('a price from the future is one of now', () => {
  expect(next(said('10', NOON + 3_600_000))?.at).toBe(NOON + 1_000);
});

test('a trade keeps the figures of its day and widens its range; the next day begins anew', () => {
  const figures = { open: decimal('9'), high: decimal('12'), low: decimal('8'), previousClose: decimal('10'), volume: decimal('500') };
  const known = next(said('11', NOON, figures));
  const trade = next(said('13', NOON + 500), known);
  const shown = (quote: Quote | null) =>
    [quote?.open, quote?.high, quote?.low, quote?.previousClose, quote?.volume].map((figure) =>
      figure === null || figure === undefined ? '-' : formatDecimal(figure),
    );
  expect(shown(trade)).toEqual(['9', '13', '8', '10', '500']);
  const tomorrow = NOON + 86_400_000;
  expect(shown(next(said('13', tomorrow), known, tomorrow))).toEqual(['-', '-', '-', '-', '-']);
});
