/** SQL of alerts as their owners see them. What watches and fires has a store of its own. */
import type { AlertCondition, AlertStatus } from '@holdfast/contract/alerts';
import { sql } from 'kysely';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { AlertEventsTable, AlertsTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { DEFAULT_MOVE } from './alert.ts';
import type { AlertRow, MoveSettings } from './alert.ts';

/** An alert with the currency of its portfolio, or the name of its watchlist and how its members stand, where it has one. */
export type ShownAlertRow = AlertRow & {
  readonly base_currency: string | null;
  readonly watchlist_name: string | null;
  readonly members: MemberCounts | null;
};

export interface MemberCounts {
  readonly active: number;
  readonly fired: number;
  readonly paused: number;
}

export interface AlertOf {
  readonly id: string;
  readonly userId: string;
}

function shownAlerts(db: Db) {
  return db
    .selectFrom('alerts')
    .leftJoin('portfolios', 'portfolios.id', 'alerts.portfolio_id')
    .leftJoin('watchlists', 'watchlists.id', 'alerts.watchlist_id')
    .selectAll('alerts')
    .select(['portfolios.base_currency', 'watchlists.name as watchlist_name', MEMBERS.as('members')])
    .where('alerts.parent_id', 'is', null);
}

const MEMBERS = sql<MemberCounts | null>`
  case when alerts.watchlist_id is not null then (
    select jsonb_build_object('active', count(*) filter (where m.status = 'active'), 'fired', count(*) filter (where m.status = 'fired'),
      'paused', count(*) filter (where m.status = 'paused'))
    from alerts m where m.parent_id = alerts.id and m.deleted_at is null) end`;

export async function findAlert(db: Db, { id, userId }: AlertOf): Promise<ShownAlertRow | null> {
  const query = shownAlerts(db).where('alerts.id', '=', id).where('alerts.user_id', '=', userId).where('alerts.deleted_at', 'is', null);
  return (await query.executeTakeFirst()) ?? null;
}

/** Holds the row until the transaction ends. `deleted` asks for one that was deleted. */
export async function lockAlert(tx: Tx, { id, userId }: AlertOf, state: 'standing' | 'deleted'): Promise<AlertRow | null> {
  const row = await tx
    .selectFrom('alerts')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('parent_id', 'is', null)
    .where('deleted_at', state === 'deleted' ? 'is not' : 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Holds the user's row until the transaction ends, so that of two changes at once each sees the other's. */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forNoKeyUpdate().execute();
}

/** How many alerts a user has made, and how many of them are about watchlists. */
export async function countAlerts(tx: Tx, userId: string): Promise<{ readonly all: number; readonly onWatchlists: number }> {
  return tx
    .selectFrom('alerts')
    .select(({ fn }) => [fn.countAll<number>().as('all'), fn.count<number>('watchlist_id').as('onWatchlists')])
    .where('user_id', '=', userId)
    .where('parent_id', 'is', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
}

export async function insertAlert(tx: Tx, row: Insertable<AlertsTable>): Promise<void> {
  await tx.insertInto('alerts').values(row).execute();
}

/** Any change makes a new version, so that an answer to what was asked before is none. */
export async function updateAlert(tx: Tx, id: string, change: Updateable<AlertsTable>): Promise<void> {
  await tx
    .updateTable('alerts')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();
}

export type AlertSort = '-createdAt' | 'createdAt' | '-lastFiredAt' | 'lastFiredAt' | 'symbol' | '-symbol';

export interface AlertFilter {
  readonly userId: string;
  readonly status: AlertStatus | null;
  readonly condition: AlertCondition | null;
  readonly portfolioId: string | null;
  readonly watchlistId: string | null;
  /** Only these instruments, by themselves or in a watchlist. */
  readonly instrumentKeys: readonly number[] | null;
  /** Instruments whose names have the searched words, which the note may have instead. */
  readonly search: { readonly words: string; readonly instrumentKeys: readonly number[] } | null;
}

export interface AlertPage {
  readonly sort: AlertSort;
  readonly limit: number;
  readonly after: { readonly value: string; readonly id: string } | null;
}

const NEVER = new Date(0);

/** One more than the limit, so that it shows whether there is another page. */
export async function selectAlerts(db: Db, filter: AlertFilter, { sort, limit, after }: AlertPage): Promise<readonly ShownAlertRow[]> {
  let query = shownAlerts(db)
    .leftJoin('instruments', 'instruments.key', 'alerts.instrument_key')
    .where('alerts.user_id', '=', filter.userId)
    .where('alerts.deleted_at', 'is', null);
  if (filter.status !== null) query = query.where('alerts.status', '=', filter.status);
  if (filter.condition !== null) query = query.where('alerts.condition', '=', filter.condition);
  if (filter.portfolioId !== null) query = query.where('alerts.portfolio_id', '=', filter.portfolioId);
  if (filter.watchlistId !== null) query = query.where('alerts.watchlist_id', '=', filter.watchlistId);
  if (filter.instrumentKeys !== null) query = query.where(isAbout(filter.instrumentKeys));
  const { search } = filter;
  if (search !== null)
    query = query.where((of) =>
      of.or([
        isAbout(search.instrumentKeys),
        sql<boolean>`position(lower(${search.words}::text) in lower(coalesce(watchlists.name, ''))) > 0`,
        sql<boolean>`position(lower(${search.words}::text) in lower(alerts.note)) > 0`,
        sql<boolean>`position(lower(${search.words}::text) in lower(coalesce(portfolios.name, ''))) > 0`,
      ]),
    );
  const isRising = !sort.startsWith('-');
  const key = isBySymbol(sort) ? BY_SYMBOL : sort.endsWith('lastFiredAt') ? BY_LAST_FIRED : BY_CREATED;
  if (after !== null) {
    const place = isBySymbol(sort) ? sql`${after.value}::text` : sql`${new Date(after.value)}::timestamptz`;
    query = query.where(sql<boolean>`(${key}, alerts.id) ${isRising ? sql`>` : sql`<`} (${place}, ${after.id}::uuid)`);
  }
  const direction = isRising ? 'asc' : 'desc';
  return query
    .orderBy(key, direction)
    .orderBy('alerts.id', direction)
    .limit(limit + 1)
    .execute();
}

function isAbout(instrumentKeys: readonly number[]) {
  const keys = sql`any(${[...instrumentKeys]}::integer[])`;
  return sql<boolean>`(alerts.instrument_key = ${keys} or exists (
    select from alerts m where m.parent_id = alerts.id and m.deleted_at is null and m.instrument_key = ${keys}))`;
}

const BY_CREATED = sql<Date>`alerts.created_at`;
const BY_LAST_FIRED = sql<Date>`coalesce(alerts.last_fired_at, ${NEVER}::timestamptz)`;
const BY_SYMBOL = sql<string>`coalesce(instruments.symbol, '') collate "C"`;

export function isBySymbol(sort: AlertSort): boolean {
  return sort.endsWith('symbol');
}

/** Where a row stands in a sorted list. */
export function placeOf(row: ShownAlertRow, { sort, symbol }: { readonly sort: AlertSort; readonly symbol: string }): string {
  if (isBySymbol(sort)) return symbol;
  return (sort.endsWith('lastFiredAt') ? (row.last_fired_at ?? NEVER) : row.created_at).toISOString();
}

/** An event and the instrument that it is about. */
export type ShownEventRow = Selectable<AlertEventsTable> & { readonly instrument_key: number | null };

/** Those of the alert and of its members, newest first. */
export async function selectEvents(
  db: Db,
  of: { readonly alertId: string; readonly before: string | null; readonly limit: number },
): Promise<readonly ShownEventRow[]> {
  let query = db
    .selectFrom('alert_events')
    .innerJoin('alerts', 'alerts.id', 'alert_events.alert_id')
    .selectAll('alert_events')
    .select('alerts.instrument_key')
    .where((its) => its.or([its('alerts.id', '=', of.alertId), its('alerts.parent_id', '=', of.alertId)]));
  if (of.before !== null) query = query.where('alert_events.id', '<', of.before);
  return query
    .orderBy('alert_events.id', 'desc')
    .limit(of.limit + 1)
    .execute();
}

export async function findMoveSettings(db: Db, userId: string): Promise<MoveSettings> {
  const row = await db.selectFrom('alert_settings').selectAll().where('user_id', '=', userId).executeTakeFirst();
  return row === undefined ? DEFAULT_MOVE : { percent: row.market_move_percent, sigmas: row.market_move_sigmas };
}

/** Keeps the settings, and makes a new version of the alerts that follow them. Answers those. */
export async function saveMoveSettings(tx: Tx, userId: string, { percent, sigmas }: MoveSettings): Promise<readonly string[]> {
  const values = { market_move_percent: percent, market_move_sigmas: sigmas };
  await tx
    .insertInto('alert_settings')
    .values({ user_id: userId, ...values })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values))
    .execute();
  const rows = await tx
    .updateTable('alerts')
    .set({ version: sql`version + 1` })
    .where('user_id', '=', userId)
    .where('condition', '=', 'marketMove')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
