/** Tickers as files write them, and the instruments they mean. */
import { findExchange, parseSymbol } from '@holdfast/engine/instruments';
import type { AssetClass } from '@holdfast/engine/instruments';
import type { TradingClock } from '../../ticks/index.ts';
import type { TickerDay } from './minute-bars.ts';
import type { WrittenClock } from './written-clock.ts';

/** One ticker of the file. */
export interface Ticker {
  readonly instrumentKey: number;
  /** Cuts its days. */
  readonly trading: TradingClock;
  /** In which its times are written in the file. */
  readonly written: WrittenClock;
  /** The day of its last row. */
  day: TickerDay | null;
  /** By the start of the day, microseconds since 1970. */
  readonly days: Map<number, TickerDay>;
}

/** A public instrument that exists. */
export interface KnownListing {
  readonly key: number;
  readonly symbol: string;
  /** Empty for none. */
  readonly exchange: string;
  readonly isPrimary: boolean;
}

/** An instrument that the file names for the first time. */
export interface NewListing extends KnownListing {
  readonly assetClass: AssetClass;
  readonly currency: string;
  readonly country: string | null;
}

export interface TickerBook {
  /** The ticker; a sentence that says why the text is none; or null when the keys are used up: give more and ask again. */
  find(text: string): Ticker | string | null;
  giveKeys(keys: readonly number[]): void;
  readonly tickers: Iterable<Ticker>;
  readonly added: readonly NewListing[];
}

export interface TickerBookParts {
  readonly known: Iterable<KnownListing>;
  /** The clocks of an exchange code, or of no exchange. */
  readonly clocksOf: (exchange: string | null) => { readonly trading: TradingClock; readonly written: WrittenClock };
}

/** Vendors of Indian data put indices under marks of their own. */
const INDEX_MARKS: Readonly<Record<string, string>> = { NSE_IDX: 'NSE', BSE_IDX: 'BSE' };
const DERIVATIVES = new Set(['NFO', 'BFO', 'MCX', 'CDS']);
const LONGEST_TICKER = 60;

export function createTickerBook({ known, clocksOf }: TickerBookParts): TickerBook {
  const byText = new Map<string, Ticker>();
  const byKey = new Map<number, Ticker>();
  const byListing = new Map<string, KnownListing>();
  const primary = new Map<string, KnownListing>();
  const added: NewListing[] = [];
  const keys: number[] = [];
  const know = (listing: KnownListing): void => {
    byListing.set(`${listing.symbol} ${listing.exchange}`, listing);
    if (listing.isPrimary) primary.set(listing.symbol, listing);
  };
  for (const listing of known) know(listing);

  const listingOf = (written: WrittenListing): KnownListing | null => {
    const found =
      written.exchange === null
        ? (primary.get(written.symbol) ?? byListing.get(`${written.symbol} `))
        : byListing.get(`${written.symbol} ${written.exchange}`);
    if (found !== undefined) return found;
    const key = keys.shift();
    if (key === undefined) return null;
    const made = { ...newListing(written), key, isPrimary: !primary.has(written.symbol) };
    added.push(made);
    know(made);
    return made;
  };

  return {
    find(text) {
      const seen = byText.get(text);
      if (seen !== undefined) return seen;
      const written = readTicker(text);
      if (typeof written === 'string') return written;
      const listing = listingOf(written);
      if (listing === null) return null;
      const { key: instrumentKey, exchange } = listing;
      // Two spellings of one listing ("AIG.NYSE" and "aig.xnys") are one ticker, so that its days are counted once.
      const ticker = byKey.get(instrumentKey) ?? { instrumentKey, ...clocksOf(exchange || null), day: null, days: new Map() };
      byKey.set(instrumentKey, ticker);
      byText.set(text, ticker);
      return ticker;
    },
    giveKeys: (more) => void keys.push(...more),
    tickers: { [Symbol.iterator]: () => byKey.values() },
    added,
  };
}

interface WrittenListing {
  readonly symbol: string;
  readonly exchange: string | null;
  readonly isIndex: boolean;
}

/** "AIG.NYSE" is AIG on NYSE, "NIFTY 50.NSE_IDX" is the index NIFTY_50 of NSE; a sentence where the text is no ticker. */
export function readTicker(text: string): WrittenListing | string {
  if (text === '') return 'is empty';
  if (text.length > LONGEST_TICKER) return `is longer than ${LONGEST_TICKER} characters`;
  const upper = text.trim().toUpperCase().replace(/\s+/g, '_');
  const point = upper.lastIndexOf('.');
  const marked = point > 0 ? INDEX_MARKS[upper.slice(point + 1)] : undefined;
  const listed = parseSymbol(marked === undefined ? upper : upper.slice(0, point));
  if (listed === null) return 'is no ticker: at most 32 letters, digits and . - & = ^ _';
  return marked === undefined ? { ...listed, isIndex: false } : { symbol: listed.symbol, exchange: marked, isIndex: true };
}

function newListing({ symbol, exchange, isIndex }: WrittenListing): Omit<NewListing, 'key' | 'isPrimary'> {
  const place = exchange === null ? null : findExchange(exchange);
  return {
    symbol,
    exchange: exchange ?? '',
    assetClass: isIndex ? 'index' : classOn(exchange),
    currency: place?.currency ?? 'USD',
    country: place?.country ?? null,
  };
}

function classOn(exchange: string | null): AssetClass {
  if (exchange === 'CRYPTO') return 'crypto';
  if (exchange === 'FX') return 'cash';
  return exchange !== null && DERIVATIVES.has(exchange) ? 'other' : 'stock';
}
