import type { Clock } from '../../platform/clock.ts';
import { transact } from '../../platform/db/transact.ts';
import { targetFrom } from './add-items.ts';
import type { ItemsFollower } from './items-follower.ts';
import { ownItem } from './list-items.ts';
import type { ItemReader } from './list-items.ts';
import { moved } from './moved.ts';
import { deleteItem, findItems, lockOwner, orderItems, touchWatchlist, updateItem } from './watchlist-store.ts';

export type ItemChanger = Pick<ItemReader, 'db' | 'book'> & { readonly clock: Clock };
export type ItemRemover = ItemChanger & { readonly follower: ItemsFollower | null };

export interface ItemNamed {
  readonly id: string;
  readonly symbol: string;
}

export interface ItemChange {
  readonly note?: string;
  readonly targetPrice?: string | number | null;
  readonly position?: number;
}

/** Throws `not_found`, and `invalid_value` for a target that is no price. */
export async function changeItem(
  { db, book, clock }: ItemChanger,
  userId: string,
  { id, symbol, change }: ItemNamed & { readonly change: ItemChange },
): Promise<void> {
  const { note, targetPrice, position } = change;
  const target = targetFrom(targetPrice, 'targetPrice');
  await transact(db, async (tx) => {
    await lockOwner(tx, userId);
    const { instrumentKey } = await ownItem({ db: tx, book }, userId, { id, symbol });
    const stated = { ...(note === undefined ? {} : { note: note.trim() }), ...(targetPrice === undefined ? {} : { targetPrice: target }) };
    await updateItem(tx, { listId: id, instrumentKey }, stated);
    if (position !== undefined) {
      const keys = (await findItems(tx, id)).map((item) => item.instrumentKey);
      await orderItems(tx, id, moved(keys, instrumentKey, position));
    }
    await touchWatchlist(tx, id, new Date(clock.now()));
  });
}

/** Throws `not_found`. */
export async function removeItem({ db, book, clock, follower }: ItemRemover, userId: string, { id, symbol }: ItemNamed): Promise<void> {
  await transact(db, async (tx) => {
    await lockOwner(tx, userId);
    const { instrumentKey } = await ownItem({ db: tx, book }, userId, { id, symbol });
    await deleteItem(tx, id, instrumentKey);
    await touchWatchlist(tx, id, new Date(clock.now()));
    await follower?.itemsChanged(tx, id);
  });
}
