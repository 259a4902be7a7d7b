/** SQL of alerts as their owners see them. What watches and fires has a store of its own. */
import type { AlertCondition, AlertStatus } from '@holdfast/contract/alerts';
import { sql } from 'kysely';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { AlertEventsTable, AlertsTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { DEFAULT_MOVE } from './alert.ts';
import type { AlertRow, MoveSettings } from './alert.ts';

/** An alert with the currency of its portfolio, where it has one. */
export type ShownAlertRow = AlertRow & { readonly base_currency: string | null };

export interface AlertOf {
  readonly id: string;
  readonly userId: string;
}

function shownAlerts(db: Db) {
  return db
    .selectFrom('alerts')
    .leftJoin('portfolios', 'portfolios.id', 'alerts.portfolio_id')
    .selectAll('alerts')
    .select('portfolios.base_currency');
}

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
    .where('deleted_at', state === 'deleted' ? 'is not' : 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** How many alerts a user has. Holds the user's row, so that of two requests at once each sees the other's. */
export async function countAlerts(tx: Tx, userId: string): Promise<number> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
  const { count } = await tx
    .selectFrom('alerts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
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
  /** Only these instruments. */
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
  if (filter.instrumentKeys !== null) query = query.where('alerts.instrument_key', 'in', [-1, ...filter.instrumentKeys]);
  const { search } = filter;
  if (search !== null)
    query = query.where((of) =>
      of.or([
        of('alerts.instrument_key', 'in', [-1, ...search.instrumentKeys]),
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

/** Newest first. */
export async function selectEvents(
  db: Db,
  of: { readonly alertId: string; readonly before: string | null; readonly limit: number },
): Promise<readonly Selectable<AlertEventsTable>[]> {
  let query = db.selectFrom('alert_events').selectAll().where('alert_id', '=', of.alertId);
  if (of.before !== null) query = query.where('id', '<', of.before);
  return query
    .orderBy('id', 'desc')
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
