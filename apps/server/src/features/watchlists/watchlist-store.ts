/** All SQL of watchlists. Places are kept as rising numbers with gaps; what is told is the place counted from 0. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import { postgresCode } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import type { Role } from '../../platform/http/index.ts';
import type { Watchlist } from './watchlist.ts';

/** Holds the owner's row until the transaction ends, so that of several who count and add at once each sees the other; answers the plan. */
export async function lockOwner(tx: Tx, userId: string): Promise<Role> {
  const { role } = await tx.selectFrom('users').select('role').where('id', '=', userId).forNoKeyUpdate().executeTakeFirstOrThrow();
  // The table's check allows nothing else.
  return role as Role;
}

interface ListRow {
  readonly id: string;
  readonly user_id: string;
  readonly name: string;
  readonly note: string;
  readonly is_default: boolean;
  readonly place: number;
  readonly item_count: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** All watchlists of a user, in their order. */
export async function findWatchlists(db: Db, userId: string): Promise<readonly Watchlist[]> {
  const { rows } = await sql<ListRow>`
    select l.id, l.user_id, l.name, l.note, l.is_default, (row_number() over (order by l.position, l.id) - 1)::integer as place,
      (select count(*) from watchlist_items i where i.watchlist_id = l.id)::integer as item_count, l.created_at, l.updated_at
    from watchlists l where l.user_id = ${userId} order by l.position, l.id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    name: row.name,
    note: row.note,
    isDefault: row.is_default,
    position: row.place,
    itemCount: row.item_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

export interface NewWatchlist {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly note: string;
  readonly isDefault: boolean;
  readonly at: Date;
}

/** At the end of the user's. Throws `conflict` for a name that another has. */
export async function insertWatchlist(tx: Tx, list: NewWatchlist): Promise<void> {
  await sql`
    insert into watchlists (id, user_id, name, note, is_default, position, created_at, updated_at)
    select ${list.id}, ${list.userId}, ${list.name}, ${list.note}, ${list.isDefault}, coalesce(max(position), 0) + 1, ${list.at}, ${list.at}
    from watchlists where user_id = ${list.userId}`
    .execute(tx)
    .catch((error: unknown) => rethrowTaken(error, list.name));
}

/** Throws `conflict` for a name that another list of the user has. */
export async function updateWatchlist(
  tx: Tx,
  id: string,
  change: { readonly name?: string; readonly note?: string; readonly at: Date },
): Promise<void> {
  const { name, note, at } = change;
  await tx
    .updateTable('watchlists')
    .set({ ...(name === undefined ? {} : { name }), ...(note === undefined ? {} : { note }), updated_at: at })
    .where('id', '=', id)
    .execute()
    .catch((error: unknown) => rethrowTaken(error, name ?? ''));
}

/** Makes one of the user's lists the default, and no other. */
export async function setDefault(tx: Tx, userId: string, id: string): Promise<void> {
  // First none, then one: a unique index holds after each row.
  await tx.updateTable('watchlists').set({ is_default: false }).where('user_id', '=', userId).where('is_default', '=', true).execute();
  await tx.updateTable('watchlists').set({ is_default: true }).where('id', '=', id).execute();
}

/** The user's lists in the order of the ids. */
export async function orderWatchlists(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update watchlists l set position = given.place
    from unnest(${[...ids]}::uuid[]) with ordinality as given (id, place) where l.id = given.id`.execute(tx);
}

export async function deleteWatchlist(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('watchlists').where('id', '=', id).execute();
}

/** The items of a list as they are stored, in its order. */
export interface StoredItem {
  readonly instrumentKey: number;
  readonly note: string;
  readonly targetPrice: Decimal | null;
  readonly addedAt: Date;
}

export async function findItems(db: Db, listId: string): Promise<readonly StoredItem[]> {
  const rows = await db
    .selectFrom('watchlist_items')
    .select(['instrument_key', 'note', 'target_price', 'added_at'])
    .where('watchlist_id', '=', listId)
    .orderBy('position')
    .orderBy('instrument_key')
    .execute();
  return rows.map((row) => ({
    instrumentKey: row.instrument_key,
    note: row.note,
    targetPrice: row.target_price === null ? null : decimal(row.target_price),
    addedAt: row.added_at,
  }));
}

/** At the end, in this order; what the list has already stays as it is. */
export async function insertItems(tx: Tx, listId: string, items: readonly StoredItem[]): Promise<void> {
  await sql`
    insert into watchlist_items (watchlist_id, instrument_key, position, note, target_price, added_at)
    select ${listId}, given.key, (select coalesce(max(position), 0) from watchlist_items where watchlist_id = ${listId}) + given.place,
      given.note, given.target, given.at
    from unnest(${items.map(({ instrumentKey }) => instrumentKey)}::integer[], ${items.map(({ note }) => note)}::text[],
      ${items.map(({ targetPrice }) => textOf(targetPrice))}::numeric[], ${items.map(({ addedAt }) => addedAt)}::timestamptz[])
      with ordinality as given (key, note, target, at, place)
    on conflict (watchlist_id, instrument_key) do nothing`.execute(tx);
}

export async function updateItem(
  tx: Tx,
  item: { readonly listId: string; readonly instrumentKey: number },
  change: { readonly note?: string; readonly targetPrice?: Decimal | null },
): Promise<void> {
  const { note, targetPrice } = change;
  if (note === undefined && targetPrice === undefined) return;
  await tx
    .updateTable('watchlist_items')
    .set({ ...(note === undefined ? {} : { note }), ...(targetPrice === undefined ? {} : { target_price: textOf(targetPrice) }) })
    .where('watchlist_id', '=', item.listId)
    .where('instrument_key', '=', item.instrumentKey)
    .execute();
}

/** The list's items in the order of the keys. */
export async function orderItems(tx: Tx, listId: string, keys: readonly number[]): Promise<void> {
  await sql`
    update watchlist_items i set position = given.place
    from unnest(${[...keys]}::integer[]) with ordinality as given (key, place)
    where i.watchlist_id = ${listId} and i.instrument_key = given.key`.execute(tx);
}

export async function deleteItem(tx: Tx, listId: string, instrumentKey: number): Promise<void> {
  await tx.deleteFrom('watchlist_items').where('watchlist_id', '=', listId).where('instrument_key', '=', instrumentKey).execute();
}

export async function touchWatchlist(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('watchlists').set({ updated_at: at }).where('id', '=', id).execute();
}

function textOf(figure: Decimal | null): string | null {
  return figure === null ? null : formatDecimal(figure);
}

function rethrowTaken(error: unknown, name: string): never {
  if (postgresCode(error) === '23505')
    throw new AppError('conflict', `You have a watchlist called ${name} already. Choose another name.`, {
      errors: [{ path: 'name', message: 'is taken by another watchlist of yours' }],
    });
  throw error;
}
