import type { Clock } from '../../platform/clock.ts';
import { REPLAY } from '../../providers/market-data/index.ts';
import type { ComputedMarket } from '../../providers/market-data/index.ts';
import { IMPORT_SOURCE, isFetched, symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { quoteText } from './quote-json.ts';
import type { Quote } from './quote.ts';

/** A quote and its text, which is made when it is first asked for and then kept. */
export interface QuoteEntry {
  readonly quote: Quote;
  readonly instrument: Instrument;
  /** Until when a computed quote is the newest, epoch milliseconds; for ever where only a newer one replaces it. */
  readonly until: number;
  text: string | null;
  /** The text without its closing brace. */
  open: string | null;
}

/** The newest quote of each instrument: computed on the spot, or the last one that was taken. */
export interface QuoteEntries {
  find(instrumentKey: number): QuoteEntry | null;
  /** Takes a stored quote if its source may price the instrument and it is newer than what is there, and answers it as it was taken. */
  take(quote: Quote): Quote | null;
  forget(instrumentKey: number): void;
}

export interface QuoteEntriesNeeds {
  readonly book: InstrumentBook;
  readonly clock: Clock;
  /** The computed market and the source name of its instruments, where there is one. */
  readonly market: { readonly source: string; readonly computed: ComputedMarket } | null;
}

export const SECOND_MS = 1_000;

export function createQuoteEntries({ book, clock, market }: QuoteEntriesNeeds): QuoteEntries {
  const entries = new Map<number, QuoteEntry>();
  const compute = (instrument: Instrument, known: QuoteEntry | undefined): QuoteEntry | null => {
    const second = Math.floor(clock.now() / SECOND_MS);
    const provided = market?.computed.quoteAt(instrument.symbol, second * SECOND_MS) ?? null;
    if (provided === null) return null;
    const { listing: _, ...figures } = provided;
    const number = Math.floor(figures.at / SECOND_MS);
    const { key: instrumentKey, source } = instrument;
    const until = (second + 1) * SECOND_MS;
    // A closed market says the same for hours: its text stays too.
    const entry =
      known?.quote.number === number
        ? { ...known, until }
        : entryOf(instrument, { instrumentKey, symbol: symbolOf(instrument), ...figures, lastSize: null, source, number }, until);
    entries.set(instrumentKey, entry);
    return entry;
  };
  // What is said of an instrument is part of its text, and a change of source makes its old price another's.
  book.onChange((changed) => {
    for (const instrument of changed) {
      const known = entries.get(instrument.key);
      if (known === undefined) continue;
      if (mayPrice(instrument, known.quote.source)) entries.set(instrument.key, { ...known, instrument, text: null, open: null });
      else entries.delete(instrument.key);
    }
  });
  return {
    find: (key) => {
      const known = entries.get(key);
      if (known !== undefined && isCurrent(known.until - clock.now())) return known;
      const instrument = known?.instrument ?? book.byKey(key);
      if (instrument === null || market === null || instrument.source !== market.source) return known ?? null;
      return compute(instrument, known);
    },
    take: (quote) => {
      const instrument = book.byKey(quote.instrumentKey);
      if (instrument === null || !mayPrice(instrument, quote.source)) return null;
      const known = entries.get(quote.instrumentKey)?.quote;
      // One writer numbers what all providers say; a file and its replay count each for themselves.
      const comparable = known !== undefined && (known.source === quote.source || (isFetched(known.source) && isFetched(quote.source)));
      if (comparable && known.number >= quote.number) return null;
      const entry = entryOf(instrument, { ...quote, symbol: symbolOf(instrument) }, Number.POSITIVE_INFINITY);
      entries.set(quote.instrumentKey, entry);
      return entry.quote;
    },
    forget: (key) => void entries.delete(key),
  };
}

/** A quote is of the instrument's own source, of another provider where that one failed, or a file's replay. */
function mayPrice({ source }: Instrument, quoted: string): boolean {
  if (source === quoted || (source === IMPORT_SOURCE && quoted === REPLAY)) return true;
  return isFetched(source) && isFetched(quoted) && quoted !== REPLAY;
}

export function textOf(entry: QuoteEntry): string {
  return (entry.text ??= quoteText(entry.quote, entry.instrument));
}

function entryOf(instrument: Instrument, quote: Quote, until: number): QuoteEntry {
  return { quote: Object.freeze(quote), instrument, until, text: null, open: null };
}

/** Stored quotes last until another comes; a computed one for its second, also when the clock was set back. */
function isCurrent(leftMs: number): boolean {
  return leftMs === Number.POSITIVE_INFINITY || (leftMs > 0 && leftMs <= SECOND_MS);
}
