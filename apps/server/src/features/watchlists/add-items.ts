import { formatDecimal, isNegative, isZero } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, exactInput } from '../../platform/http/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument, Instruments } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import type { ItemsFollower } from './items-follower.ts';
import { ownWatchlist } from './own-watchlist.ts';
import { findItems, insertItems, lockOwner, touchWatchlist } from './watchlist-store.ts';
import type { StoredItem } from './watchlist-store.ts';
import { MOST_ITEMS } from './watchlist.ts';

export interface AddItemsNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: Pick<Instruments, 'book' | 'find'>;
  readonly board: QuoteBoard;
  /** Null where nobody can follow the lists yet. */
  readonly follower: ItemsFollower | null;
  /** Told of what has no price yet, where prices are fetched. */
  readonly onRead: ((instrument: Instrument, hasPrice: boolean) => Promise<void> | null) | null;
}

export interface NewItemAsked {
  readonly symbol: string;
  readonly note?: string;
  readonly targetPrice?: string | number | null;
}

export type WatchOutcomeName = 'added' | 'alreadyThere' | 'unknownSymbol' | 'ambiguousSymbol' | 'inactive' | 'listFull';

export interface WatchOutcome {
  readonly symbol: string;
  readonly outcome: WatchOutcomeName;
  readonly detail: string | null;
}

/** The scheduled fetch brings the prices of the others. */
const MOST_FIRST_PRICES = 10;

/** Adds what can be added and says of each row what became of it. Throws `not_found`, and `invalid_value` for a target that is no price. */
export async function addItems(
  needs: AddItemsNeeds,
  userId: string,
  { listId, items }: { readonly listId: string; readonly items: readonly NewItemAsked[] },
): Promise<readonly WatchOutcome[]> {
  await ownWatchlist(needs.db, userId, listId);
  const targets = items.map(({ targetPrice }, at) => targetFrom(targetPrice, `items.${at}.targetPrice`));
  // A provider may be asked, which takes long: no connection is held meanwhile.
  const found: (Instrument | WatchOutcome)[] = [];
  for (const { symbol } of items) found.push(await resolve(needs.instruments, userId, symbol));
  const at = new Date(needs.clock.now());
  const added: Instrument[] = [];
  const outcomes = await transact(needs.db, async (tx) => {
    await lockOwner(tx, userId);
    await ownWatchlist(tx, userId, listId);
    const present = new Set((await findItems(tx, listId)).map(({ instrumentKey }) => instrumentKey));
    const rows: StoredItem[] = [];
    const told = found.map((instrument, index): WatchOutcome => {
      if ('outcome' in instrument) return instrument;
      const symbol = items[index]?.symbol ?? '';
      const refusal = refusalOf(instrument, present);
      if (refusal !== null) return { symbol, ...refusal };
      present.add(instrument.key);
      added.push(instrument);
      const note = items[index]?.note?.trim() ?? '';
      rows.push({ instrumentKey: instrument.key, note, targetPrice: targets[index] ?? null, addedAt: at });
      return { symbol, outcome: 'added', detail: null };
    });
    if (rows.length > 0) {
      await insertItems(tx, listId, rows);
      await touchWatchlist(tx, listId, at);
      await needs.follower?.itemsChanged(tx, listId);
    }
    return told;
  });
  const unpriced = added.filter(({ key }) => needs.board.quoteOf(key) === null);
  for (const instrument of unpriced.slice(0, MOST_FIRST_PRICES)) void needs.onRead?.(instrument, false);
  return outcomes;
}

function refusalOf(instrument: Instrument, present: ReadonlySet<number>): Omit<WatchOutcome, 'symbol'> | null {
  const name = symbolOf(instrument);
  if (present.has(instrument.key)) return { outcome: 'alreadyThere', detail: `${name} is in this watchlist already.` };
  if (instrument.status === 'inactive') return { outcome: 'inactive', detail: `${name} is no longer traded here.` };
  if (present.size >= MOST_ITEMS)
    return { outcome: 'listFull', detail: `A watchlist holds ${MOST_ITEMS} instruments and this one has them. Remove one first.` };
  return null;
}

async function resolve({ book, find }: AddItemsNeeds['instruments'], userId: string, symbol: string): Promise<Instrument | WatchOutcome> {
  try {
    const instrument = book.resolve(symbol, userId) ?? (await find(symbol, userId));
    if (instrument !== null) return instrument;
    return { symbol, outcome: 'unknownSymbol', detail: `There is no instrument ${symbol.toUpperCase()}. Search for its name.` };
  } catch (error) {
    if (error instanceof AppError && error.code === 'ambiguous_symbol')
      return { symbol, outcome: 'ambiguousSymbol', detail: error.message };
    throw error;
  }
}

/** Throws `invalid_value` for what is no price. */
export function targetFrom(asked: string | number | null | undefined, path: string): Decimal | null {
  if (asked === null || asked === undefined) return null;
  const target = exactInput(asked, path);
  if (isZero(target) || isNegative(target)) {
    const message = `must be a price above 0, not ${formatDecimal(target)}`;
    throw new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
  }
  return target;
}
