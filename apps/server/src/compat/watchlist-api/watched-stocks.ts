import { formatDecimal } from '@holdfast/engine/money';
import { symbolOf } from '../../features/instruments/index.ts';
import type { InstrumentBook } from '../../features/instruments/index.ts';
import type { QuoteBoard } from '../../features/quotes/index.ts';
import { findItems, ownWatchlist } from '../../features/watchlists/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import { within } from '../../platform/db/transact.ts';
import { stockOf } from './stock-json.ts';
import { thresholdsBySymbol } from './thresholds.ts';
import type { ThresholdNeeds } from './thresholds.ts';

export interface WatchedStockNeeds {
  readonly db: Db;
  readonly book: InstrumentBook;
  readonly board: QuoteBoard;
  readonly alerts: ThresholdNeeds;
}

/** The stocks of one of the user's lists as this door prints them. Throws `not_found`. */
export async function watchedStocks({ db, book, board, alerts }: WatchedStockNeeds, userId: string, listId: string) {
  await ownWatchlist(db, userId, listId);
  const items = await findItems(within(db), listId);
  const thresholds = await thresholdsBySymbol(alerts, { userId });
  return items.flatMap(({ instrumentKey, note, addedAt }) => {
    const instrument = book.byKey(instrumentKey);
    if (instrument === null) return [];
    const last = board.quoteOf(instrumentKey)?.last;
    const symbol = symbolOf(instrument);
    return [
      {
        stock: stockOf(instrument),
        stock_symbol: symbol,
        note,
        latest_price: last === undefined ? null : formatDecimal(last),
        alert_thresholds: thresholds.get(symbol) ?? {},
        added_at: addedAt.toISOString(),
      },
    ];
  });
}
