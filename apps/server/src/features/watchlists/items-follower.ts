import type { Tx } from '../../platform/db/transact.ts';

/** Who follows what is in a watchlist, within the transaction that changes it. The owner's row is held meanwhile. */
export interface ItemsFollower {
  itemsChanged(tx: Tx, watchlistId: string): Promise<void>;
  listDeleting(tx: Tx, watchlistId: string): Promise<void>;
}
