import { AppError, Serialised } from '../../platform/http/index.ts';
import { getInstrument, symbolOf } from '../instruments/index.ts';
import type { Instrument, Instruments } from '../instruments/index.ts';
import type { QuoteBoard } from './quote-board.ts';

export interface QuoteReader {
  readonly instruments: Instruments;
  readonly board: QuoteBoard;
  /** Told of every read where prices are fetched; answers what to wait for when there is no price yet. */
  readonly onRead: ((instrument: Instrument, hasPrice: boolean) => Promise<void> | null) | null;
}

/** The newest quote by symbol. Answers at once unless a provider must be asked what the symbol is. Throws `not_found`, `ambiguous_symbol`. */
export function getQuote(reader: QuoteReader, userId: string | undefined, symbol: string): Serialised | Promise<Serialised> {
  const { instruments } = reader;
  const instrument = instruments.book.resolve(symbol, userId);
  if (instrument !== null) return quoteOf(reader, instrument);
  return getInstrument(instruments, userId, symbol).then((found) => quoteOf(reader, found));
}

function quoteOf({ board, onRead }: QuoteReader, instrument: Instrument): Serialised | Promise<Serialised> {
  const text = board.answerOf(instrument.key);
  const coming = onRead === null ? null : onRead(instrument, text !== null);
  if (text !== null) return new Serialised(text);
  if (coming === null) throw noPrice(instrument);
  return coming.then(() => {
    const fetched = board.answerOf(instrument.key);
    if (fetched === null) throw noPrice(instrument);
    return new Serialised(fetched);
  });
}

function noPrice(instrument: Instrument): AppError {
  return new AppError('not_found', `There is no price of ${symbolOf(instrument)} yet.`);
}

const MOST_SYMBOLS = 200;

/** Quotes of several symbols, each once, in the order asked for; what has none is named. Throws `invalid_value` for too many. */
export function listQuotes({ instruments, board, onRead }: QuoteReader, userId: string | undefined, symbols: string): Serialised {
  const asked = new Set(symbols.split(',').map((symbol) => symbol.trim().toUpperCase()));
  asked.delete('');
  if (asked.size > MOST_SYMBOLS) {
    const message = `names ${asked.size} symbols; at most ${MOST_SYMBOLS} are answered at once`;
    throw new AppError('invalid_value', `symbols ${message}.`, { errors: [{ path: 'symbols', message }] });
  }
  const items: string[] = [];
  const missing: { readonly symbol: string; readonly reason: 'unknown_symbol' | 'ambiguous_symbol' | 'no_quote' }[] = [];
  for (const symbol of asked) {
    const instrument = resolved(instruments, userId, symbol);
    const text = typeof instrument === 'string' ? null : board.answerOf(instrument.key);
    // Nobody waits here: what has no price is named, and has one the next time.
    if (typeof instrument !== 'string') void onRead?.(instrument, text !== null);
    if (text !== null) items.push(text);
    else missing.push({ symbol, reason: typeof instrument === 'string' ? instrument : 'no_quote' });
  }
  return new Serialised(`{"items":[${items.join(',')}],"missing":${JSON.stringify(missing)}}`);
}

function resolved({ book }: Instruments, userId: string | undefined, symbol: string): Instrument | 'unknown_symbol' | 'ambiguous_symbol' {
  try {
    return book.resolve(symbol, userId) ?? 'unknown_symbol';
  } catch (error) {
    if (error instanceof AppError && error.code === 'ambiguous_symbol') return 'ambiguous_symbol';
    throw error;
  }
}
