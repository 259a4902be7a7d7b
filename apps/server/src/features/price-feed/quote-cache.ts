import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { formatSymbol } from '@holdfast/engine/instruments';
import type { ListedSymbol } from '@holdfast/engine/instruments';
import type { Caches } from '../../platform/cache/index.ts';
import type { ProvidedQuote } from '../../providers/market-data/index.ts';

/** What providers said lately, by symbol: protects them from being asked the same by many. Shared between servers where Redis is. */
export interface QuoteCache {
  /** The quote that is kept, or what `load` gives; null is kept too: nobody knows the symbol. Those who ask together load once. */
  getOrLoad(listing: ListedSymbol, load: () => Promise<ProvidedQuote | null>): Promise<ProvidedQuote | null>;
  put(quote: ProvidedQuote): Promise<void>;
  /** A price was answered from the board, which has what is kept here: the provider was left alone. */
  countHit(): void;
}

const FIGURES = ['last', 'bid', 'ask', 'bidSize', 'askSize', 'open', 'high', 'low', 'previousClose', 'volume'] as const;
type Figure = (typeof FIGURES)[number];

/** A quote as JSON data. */
interface KeptQuote {
  readonly source: string;
  readonly at: number;
  readonly figures: Readonly<Record<Figure, string | null>>;
}

export function createQuoteCache(caches: Caches, ttlMs: number): QuoteCache {
  const cache = caches.open<KeptQuote | null>('provider-quotes');
  return {
    getOrLoad: async (listing, load) => {
      const kept = await cache.getOrLoad(formatSymbol(listing), async () => keptOf(await load()), { ttlMs });
      return kept === null ? null : quoteOf(listing, kept);
    },
    countHit: cache.countHit,
    put: (quote) => cache.set(formatSymbol(quote.listing), keptOf(quote), ttlMs),
  };
}

function keptOf(quote: ProvidedQuote | null): KeptQuote | null {
  if (quote === null) return null;
  const written = FIGURES.map((figure) => {
    const value = quote[figure];
    return [figure, value === null ? null : formatDecimal(value)];
  });
  return { source: quote.source, at: quote.at, figures: Object.fromEntries(written) as KeptQuote['figures'] };
}

function quoteOf(listing: ListedSymbol, { source, at, figures }: KeptQuote): ProvidedQuote {
  const read = (figure: Figure): Decimal | null => {
    const text = figures[figure];
    return text === null ? null : decimal(text);
  };
  return {
    listing,
    source,
    at,
    last: decimal(figures.last ?? '0'),
    bid: read('bid'),
    ask: read('ask'),
    bidSize: read('bidSize'),
    askSize: read('askSize'),
    open: read('open'),
    high: read('high'),
    low: read('low'),
    previousClose: read('previousClose'),
    volume: read('volume'),
  };
}
