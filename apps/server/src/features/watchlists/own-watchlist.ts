import type { Db } from '../../platform/db/pool.ts';
import { within } from '../../platform/db/transact.ts';
import { notFound } from '../../platform/http/index.ts';
import { findWatchlists } from './watchlist-store.ts';
import type { Watchlist } from './watchlist.ts';

/** The watchlist if it is this user's. Not found and not theirs are the same answer. */
export async function ownWatchlist(db: Db, userId: string, id: string): Promise<Watchlist> {
  const found = (await findWatchlists(within(db), userId)).find((list) => list.id === id);
  if (found === undefined) throw notFound('watchlist');
  return found;
}
