import type { QuoteEvent, StreamClient } from '@holdfast/sdk';

/** Latest quotes by symbol. However often they tick, those who look are told at most every `FLUSH_MS`. */
export interface QuoteStore {
  readonly get: (symbol: string) => QuoteEvent | undefined;
  /** Listens to a symbol; the first listener subscribes its channel, the last one leaves it. */
  readonly watch: (symbol: string, listener: () => void) => () => void;
  /** Quotes read over HTTP, so that figures stand before the first tick. An older quote never replaces a newer one. */
  readonly seed: (quotes: readonly QuoteEvent[]) => void;
}

const FLUSH_MS = 250;
const LINGER_MS = 5_000;

export function createQuoteStore(stream: Pick<StreamClient, 'subscribe'>): QuoteStore {
  const quotes = new Map<string, QuoteEvent>();
  const listeners = new Map<string, Set<() => void>>();
  const channels = new Map<string, () => void>();
  const changed = new Set<string>();
  let flushing: ReturnType<typeof setTimeout> | null = null;

  const flush = (): void => {
    flushing = null;
    const symbols = [...changed];
    changed.clear();
    for (const symbol of symbols) for (const listener of listeners.get(symbol) ?? []) listener();
  };
  const take = (symbol: string, part: Partial<QuoteEvent>): void => {
    const known = quotes.get(symbol);
    if (known !== undefined && part.at !== undefined && Date.parse(part.at) < Date.parse(known.at)) return;
    const next = mergeQuote(known, symbol, part);
    if (next === null) return;
    quotes.set(symbol, next);
    changed.add(symbol);
    flushing ??= setTimeout(flush, FLUSH_MS);
  };
  const leave = (symbol: string): void => {
    if (listeners.has(symbol)) return;
    channels.get(symbol)?.();
    channels.delete(symbol);
  };
  return {
    get: (symbol) => quotes.get(symbol),
    watch: (symbol, listener) => {
      const present = listeners.get(symbol) ?? new Set();
      present.add(listener);
      listeners.set(symbol, present);
      if (!channels.has(symbol)) {
        const stop = stream.subscribe(`quotes:${symbol}`, (message) => {
          if (message.kind !== 'restart' && typeof message.data === 'object' && message.data !== null) take(symbol, message.data);
        });
        channels.set(symbol, stop);
      }
      return () => {
        present.delete(listener);
        if (present.size > 0) return;
        listeners.delete(symbol);
        // Moving between pages often asks for the same symbols again at once.
        setTimeout(() => {
          leave(symbol);
        }, LINGER_MS);
      };
    },
    seed: (incoming) => {
      for (const quote of incoming) take(quote.symbol, quote);
    },
  };
}

/** A live message may carry only what moved; what it leaves out stays. Null until there is a price and a time. */
export function mergeQuote(known: QuoteEvent | undefined, symbol: string, part: Partial<QuoteEvent>): QuoteEvent | null {
  const merged = { ...EMPTY, ...known, ...part, symbol };
  return merged.last === '' || merged.at === '' ? null : merged;
}

const EMPTY: QuoteEvent = {
  symbol: '',
  currency: '',
  last: '',
  bid: null,
  ask: null,
  bidSize: null,
  askSize: null,
  open: null,
  high: null,
  low: null,
  previousClose: null,
  change: null,
  changePercent: null,
  volume: null,
  at: '',
  source: '',
};
