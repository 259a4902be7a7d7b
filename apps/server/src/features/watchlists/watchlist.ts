import type { Watchlist as WireWatchlist } from '@holdfast/contract/watchlists';
import type { Decimal } from '@holdfast/engine/money';

export interface Watchlist {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly note: string;
  readonly isDefault: boolean;
  /** Its place among the user's, from 0. */
  readonly position: number;
  readonly itemCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface WatchedItem {
  readonly instrumentKey: number;
  readonly note: string;
  readonly targetPrice: Decimal | null;
  readonly addedAt: Date;
}

/** The most that one list holds. */
export const MOST_ITEMS = 500;

export function describeWatchlist(list: Watchlist): WireWatchlist {
  const { id, name, note, isDefault, position, itemCount } = list;
  const instants = { createdAt: list.createdAt.toISOString(), updatedAt: list.updatedAt.toISOString() };
  return { id, name, note, isDefault, position, itemCount, ...instants };
}
