import { createQuoteEntries, SECOND_MS, textOf } from './quote-entries.ts';
import type { QuoteEntriesNeeds } from './quote-entries.ts';
import { ageAndEnd } from './quote-json.ts';
import type { Quote } from './quote.ts';

/** The newest quote of every instrument, in memory. No read touches the database. */
export interface QuoteBoard {
  /** Null while no price of the instrument is known. */
  quoteOf(instrumentKey: number): Quote | null;
  /** Called once per beat of the feed with every quote that changed, in no promised order. Answers how to stop. */
  onTick(listener: (changed: readonly Quote[]) => void): () => void;
  /** Rises with every beat. */
  readonly sequence: number;
  /** The quote as the API prints it, a JSON object without `ageSeconds` and `delayed`, made once per quote. */
  serialised(instrumentKey: number): string | null;
  /** The same with both, as of now. */
  answerOf(instrumentKey: number): string | null;
}

/** The board as its feed sees it. */
export interface WritableQuoteBoard extends QuoteBoard {
  /** Works out what computed markets say now and tells the listeners. Does nothing twice within a second. */
  beat(): void;
  /** Takes newer quotes of stored sources and tells the listeners at once: a beat of its own. */
  put(quotes: readonly Quote[]): void;
  /** Takes a quote that replaces what is there even when it is no newer: a price that somebody corrected, and null for none left. */
  correct(instrumentKey: number, quote: Quote | null): void;
}

export interface QuoteBoardNeeds extends QuoteEntriesNeeds {
  /** Told of a listener that threw; the others are told all the same. */
  readonly onError: (error: unknown) => void;
}

export function createQuoteBoard(needs: QuoteBoardNeeds): WritableQuoteBoard {
  const { book, clock, market, onError } = needs;
  const entries = createQuoteEntries(needs);
  const told = new Map<number, Quote>();
  const listeners = new Set<(changed: readonly Quote[]) => void>();
  let sequence = 0;
  let beatenAt = Number.NEGATIVE_INFINITY;
  const tell = (changed: readonly Quote[]): void => {
    sequence += 1;
    for (const listener of listeners) {
      try {
        listener(changed);
      } catch (error) {
        onError(error);
      }
    }
  };
  return {
    quoteOf: (key) => entries.find(key)?.quote ?? null,
    onTick(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get sequence() {
      return sequence;
    },
    serialised(key) {
      const entry = entries.find(key);
      return entry === null ? null : textOf(entry);
    },
    answerOf(key) {
      const entry = entries.find(key);
      if (entry === null) return null;
      entry.open ??= textOf(entry).slice(0, -1);
      return entry.open + ageAndEnd(entry.quote, clock.now());
    },
    beat() {
      const second = Math.floor(clock.now() / SECOND_MS);
      if (market === null || second === beatenAt) return;
      beatenAt = second;
      const computed = book.listPublic().filter(({ source }) => source === market.source);
      tell(
        computed.flatMap(({ key }) => {
          const quote = entries.find(key)?.quote;
          if (quote === undefined || quote === told.get(key)) return [];
          told.set(key, quote);
          return [quote];
        }),
      );
    },
    put(quotes) {
      const newer = quotes.flatMap((quote) => entries.take(quote) ?? []);
      if (newer.length > 0) tell(newer);
    },
    correct(key, quote) {
      entries.forget(key);
      const corrected = quote === null ? null : entries.take(quote);
      if (corrected !== null) tell([corrected]);
    },
  };
}
