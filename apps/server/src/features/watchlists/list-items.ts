import { decimal, divide, formatDecimal, multiply, roundTo, subtract, toNumber } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Db } from '../../platform/db/pool.ts';
import { within } from '../../platform/db/transact.ts';
import { AppError, notFound, readCursor, Serialised, writeCursor } from '../../platform/http/index.ts';
import type { RecentCloses } from '../bars/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { ownWatchlist } from './own-watchlist.ts';
import { findItems } from './watchlist-store.ts';
import type { StoredItem } from './watchlist-store.ts';
import { describeWatchlist } from './watchlist.ts';

export interface ItemReader {
  readonly db: Db;
  readonly book: InstrumentBook;
  readonly board: QuoteBoard;
  readonly recentCloses: RecentCloses;
}

const HUNDRED = decimal('100');

/** An item with the instrument it names, and its place in the list from 0. */
export interface PlacedItem extends StoredItem {
  readonly instrument: Instrument;
  readonly place: number;
}

/** A watchlist and all its items as JSON text. Throws `not_found`. */
export async function getWatchlist(reader: ItemReader, userId: string, id: string): Promise<Serialised> {
  const list = await ownWatchlist(reader.db, userId, id);
  const texts = await itemTexts(reader, await placedItems(reader, id));
  return new Serialised(`${JSON.stringify(describeWatchlist(list)).slice(0, -1)},"items":[${texts.join(',')}]}`);
}

export interface ItemPageAsked {
  readonly id: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** A page of items as JSON text. Throws `not_found`, and `invalid_value` for a cursor of another list. */
export async function listItems(reader: ItemReader, userId: string, { id, limit = 50, cursor }: ItemPageAsked): Promise<Serialised> {
  await ownWatchlist(reader.db, userId, id);
  const items = await placedItems(reader, id);
  const after = readCursor(`watchlist ${id}`, cursor, [isNumber, isNumber]);
  const from = after === null ? 0 : following(items, after);
  const kept = items.slice(from, from + limit);
  const last = kept.at(-1);
  const more = last !== undefined && from + limit < items.length;
  const next = more ? JSON.stringify(writeCursor(`watchlist ${id}`, [String(last.instrumentKey), String(last.place)])) : 'null';
  return new Serialised(`{"items":[${(await itemTexts(reader, kept)).join(',')}],"nextCursor":${next}}`);
}

function isNumber(text: string): boolean {
  return /^\d{1,10}$/.test(text);
}

/** Where the list goes on after the last item of a page: behind it, or at its place where it has gone meanwhile. */
function following(items: readonly PlacedItem[], [key = '', place = '']: readonly string[]): number {
  const last = items.findIndex(({ instrumentKey }) => String(instrumentKey) === key);
  return last < 0 ? parseInt(place, 10) : last + 1;
}

/** One item as JSON text. Throws `not_found`. */
export async function getItem(
  reader: ItemReader,
  userId: string,
  { id, symbol }: { readonly id: string; readonly symbol: string },
): Promise<Serialised> {
  const item = await ownItem(reader, userId, { id, symbol });
  const [text = ''] = await itemTexts(reader, [item]);
  return new Serialised(text);
}

/** The item of one of the user's lists that a symbol names. Throws `not_found`. */
export async function ownItem(
  reader: Pick<ItemReader, 'db' | 'book'>,
  userId: string,
  { id, symbol }: { readonly id: string; readonly symbol: string },
): Promise<PlacedItem> {
  await ownWatchlist(reader.db, userId, id);
  const items = await placedItems(reader, id);
  const written = symbol.toUpperCase();
  const meant = items.find(({ instrument }) => symbolOf(instrument) === written) ?? otherSpelling(reader.book, items, { written, userId });
  if (meant === undefined) throw notFound(`${written} in this watchlist`);
  return meant;
}

/** A listing may be named with or without its exchange. */
function otherSpelling(
  book: InstrumentBook,
  items: readonly PlacedItem[],
  { written, userId }: { readonly written: string; readonly userId: string },
): PlacedItem | undefined {
  try {
    const key = book.resolve(written, userId)?.key;
    return items.find(({ instrumentKey }) => instrumentKey === key);
  } catch (error) {
    // What means several is none of them.
    if (error instanceof AppError && error.code === 'ambiguous_symbol') return undefined;
    throw error;
  }
}

async function placedItems({ db, book }: Pick<ItemReader, 'db' | 'book'>, listId: string): Promise<readonly PlacedItem[]> {
  const stored = await findItems(within(db), listId);
  return stored.flatMap((item, place) => {
    const instrument = book.byKey(item.instrumentKey);
    return instrument === null ? [] : [{ ...item, instrument, place }];
  });
}

async function itemTexts({ board, recentCloses }: ItemReader, items: readonly PlacedItem[]): Promise<readonly string[]> {
  const closes = await recentCloses(items.map(({ instrument }) => instrument));
  return items.map(({ instrument, place, note, targetPrice, addedAt }) => {
    const { id, key, name, exchange, assetClass, currency, status } = instrument;
    const last = board.quoteOf(key)?.last ?? null;
    const stated = {
      instrumentId: id,
      symbol: symbolOf(instrument),
      name,
      exchange,
      assetClass,
      currency,
      status,
      position: place,
      note,
      targetPrice: targetPrice === null ? null : formatDecimal(targetPrice),
      targetDistancePercent: targetPrice === null || last === null ? null : distancePercent(last, targetPrice),
      addedAt: addedAt.toISOString(),
      sparkline: closes.get(key) ?? [],
    };
    // The quote is serialised already.
    return `${JSON.stringify(stated).slice(0, -1)},"quote":${board.answerOf(key) ?? 'null'}}`;
  });
}

/** (target - last) / last x 100. */
function distancePercent(last: Decimal, target: Decimal): number | null {
  if (last <= 0n) return null;
  return toNumber(roundTo(divide(multiply(subtract(target, last), HUNDRED), last), 4));
}
