import type { ProvidedQuote } from '../../providers/market-data/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import type { Quote, QuoteBoard } from '../quotes/index.ts';
import { createListingIndex } from './listing-index.ts';

export interface ReplayBoard {
  readonly book: InstrumentBook;
  readonly board: QuoteBoard;
  readonly now: number;
}

/** What a replay says, numbered on from what is on the board, with the figures of its day as the tape has them. */
export function numberReplayed(provided: readonly ProvidedQuote[], { book, board, now }: ReplayBoard): readonly Quote[] {
  const instrumentOf = createListingIndex(book);
  return provided.flatMap(({ listing, ...figures }): Quote[] => {
    const instrument = instrumentOf(listing);
    if (instrument === null) return [];
    const number = Math.max((board.quoteOf(instrument.key)?.number ?? 0) + 1, now);
    return [{ ...figures, instrumentKey: instrument.key, symbol: symbolOf(instrument), lastSize: null, number }];
  });
}
