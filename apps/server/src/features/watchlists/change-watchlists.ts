import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { planLimits } from '../plans/index.ts';
import type { Plans } from '../plans/index.ts';
import type { ItemsFollower } from './items-follower.ts';
import { moved } from './moved.ts';
import { ownWatchlist } from './own-watchlist.ts';
import {
  deleteWatchlist as deleteRow,
  findItems,
  findWatchlists,
  insertItems,
  insertWatchlist,
  lockOwner,
  orderWatchlists,
  setDefault,
  updateWatchlist,
} from './watchlist-store.ts';
import type { Watchlist } from './watchlist.ts';

export interface WatchlistNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly plans: Plans;
}

export interface NewWatchlistAsked {
  readonly name: string;
  readonly note?: string;
  readonly isDefault?: boolean;
}

/** Throws `plan_limit`, and `conflict` for a name that another list of the user has. */
export async function createWatchlist(needs: WatchlistNeeds, userId: string, asked: NewWatchlistAsked): Promise<Watchlist> {
  return transact(needs.db, async (tx) => {
    const id = await insertWithinPlan(needs, tx, { userId, ...asked });
    return ownWatchlist(tx, userId, id);
  });
}

/** A new list with the items of one. Throws what making one throws, and `not_found`. */
export async function copyWatchlist(
  needs: WatchlistNeeds,
  userId: string,
  asked: { readonly id: string; readonly name: string },
): Promise<Watchlist> {
  return transact(needs.db, async (tx) => {
    const { note } = await ownWatchlist(tx, userId, asked.id);
    const id = await insertWithinPlan(needs, tx, { userId, name: asked.name, note });
    await insertItems(tx, id, await findItems(tx, asked.id));
    return ownWatchlist(tx, userId, id);
  });
}

export interface WatchlistChange {
  readonly name?: string;
  readonly note?: string;
  readonly isDefault?: true;
  readonly position?: number;
}

/** Throws `not_found`, and `conflict` for a name that another list of the user has. */
export async function changeWatchlist(
  { db, clock }: Pick<WatchlistNeeds, 'db' | 'clock'>,
  userId: string,
  { id, change }: { readonly id: string; readonly change: WatchlistChange },
): Promise<Watchlist> {
  return transact(db, async (tx) => {
    await lockOwner(tx, userId);
    await ownWatchlist(tx, userId, id);
    const { name, note, isDefault, position } = change;
    const texts = { ...(name === undefined ? {} : { name: name.trim() }), ...(note === undefined ? {} : { note: note.trim() }) };
    await updateWatchlist(tx, id, { ...texts, at: new Date(clock.now()) });
    if (isDefault === true) await setDefault(tx, userId, id);
    if (position !== undefined) {
      const ids = (await findWatchlists(tx, userId)).map((list) => list.id);
      await orderWatchlists(tx, moved(ids, id, position));
    }
    return ownWatchlist(tx, userId, id);
  });
}

/** The alerts on it go with it. Throws `not_found`. */
export async function deleteWatchlist(
  { db, follower }: Pick<WatchlistNeeds, 'db'> & { readonly follower: ItemsFollower | null },
  userId: string,
  id: string,
): Promise<void> {
  await transact(db, async (tx) => {
    await lockOwner(tx, userId);
    const { isDefault } = await ownWatchlist(tx, userId, id);
    await follower?.listDeleting(tx, id);
    await deleteRow(tx, id);
    const [first] = isDefault ? await findWatchlists(tx, userId) : [];
    if (first !== undefined) await setDefault(tx, userId, first.id);
  });
}

async function insertWithinPlan(
  { clock, plans }: WatchlistNeeds,
  tx: Tx,
  { userId, name, note = '', isDefault = false }: NewWatchlistAsked & { readonly userId: string },
): Promise<string> {
  // The plan is read here and not from the token, under the lock under which the lists are counted.
  const role = await lockOwner(tx, userId);
  const present = await findWatchlists(tx, userId);
  const most = planLimits(role, plans).watchlists;
  if (most !== null && present.length >= most) throw overPlan(role, { most, present: present.length });
  const id = newId(clock.now());
  const first = present.length === 0;
  await insertWatchlist(tx, { id, userId, name: name.trim(), note: note.trim(), isDefault: first, at: new Date(clock.now()) });
  if (isDefault && !first) await setDefault(tx, userId, id);
  return id;
}

function overPlan(role: string, { most, present }: { readonly most: number; readonly present: number }): AppError {
  const lists = (count: number): string => `${count} ${count === 1 ? 'watchlist' : 'watchlists'}`;
  const more = role === 'standard' ? ', or ask an administrator for the premium plan' : '';
  return new AppError(
    'plan_limit',
    `The ${role} plan allows ${lists(most)} and you have ${present}. Delete one or add to one that is there${more}.`,
  );
}
