/** All SQL of exports: their rows, their bytes, and what of a user's data no other feature lists. */
import type { AccountExport, ExportStatus } from '@holdfast/contract/exports';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { ExportsTable } from '../../platform/db/generated/schema.ts';
import { chunkedFiles } from '../../platform/db/chunked-files.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export interface ExportRecord extends Omit<AccountExport, 'createdAt' | 'finishedAt' | 'expiresAt'> {
  readonly userId: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Whether one of the user's is not made yet. Holds the user's row, so that of two requests at once each sees the other's. */
export async function hasUnfinished(tx: Tx, userId: string): Promise<boolean> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
  const row = await tx
    .selectFrom('exports')
    .select('id')
    .where('user_id', '=', userId)
    .where('status', 'in', ['queued', 'running'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertExport(tx: Tx, made: { readonly id: string; readonly userId: string; readonly at: number }): Promise<void> {
  await tx
    .insertInto('exports')
    .values({ id: made.id, user_id: made.userId, status: 'queued', created_at: new Date(made.at) })
    .execute();
}

export async function findExport(db: Db, of: { readonly id: string; readonly userId?: string }): Promise<ExportRecord | null> {
  let query = db.selectFrom('exports').selectAll().where('id', '=', of.id);
  if (of.userId !== undefined) query = query.where('user_id', '=', of.userId);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : recordOf(row);
}

/** The newest first, from after the one of this id. */
export async function selectExports(
  db: Db,
  { userId, after, limit }: { readonly userId: string; readonly after: string | null; readonly limit: number },
): Promise<readonly ExportRecord[]> {
  let query = db.selectFrom('exports').selectAll().where('user_id', '=', userId);
  if (after !== null) query = query.where('id', '<', after);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(recordOf);
}

export async function deleteExport(db: Db, of: { readonly id: string; readonly userId: string }): Promise<boolean> {
  const result = await db.deleteFrom('exports').where('id', '=', of.id).where('user_id', '=', of.userId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** False when it is gone or has ended. One that was running before is running again. */
export async function markRunning(db: Db, id: string): Promise<boolean> {
  const result = await db
    .updateTable('exports')
    .set({ status: 'running', parts_written: 0, part_count: null })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** False when nobody wants it any more. */
export async function showProgress(db: Db, id: string, parts: { readonly written: number; readonly all: number }): Promise<boolean> {
  const result = await db
    .updateTable('exports')
    .set({ parts_written: parts.written, part_count: parts.all })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export interface ExportEnding {
  readonly id: string;
  readonly at: number;
  /** Null where it failed. */
  readonly file: { readonly name: string; readonly byteCount: number } | null;
  readonly detail: string | null;
}

/** False, with nothing written, when it is gone or has ended. */
export async function endExport(tx: Tx, { id, at, file, detail }: ExportEnding): Promise<boolean> {
  const result = await tx
    .updateTable('exports')
    .set({
      status: file === null ? 'failed' : 'done',
      file_name: file?.name ?? null,
      byte_count: file?.byteCount ?? null,
      detail,
      finished_at: new Date(at),
    })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The files of exports that are done. */
export const exportFiles = chunkedFiles({ table: 'export_chunks', owner: 'export_id' });

/** All that is read afterwards is of this one moment. Must be the first statement of the transaction. */
export async function holdMoment(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read, read only`.execute(tx);
}

export async function listDayPrices(db: Db, instrumentKey: number): Promise<readonly { readonly day: string; readonly price: string }[]> {
  const { rows } = await sql<{ day: string; price: string }>`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, close::text as price from bars
    where instrument_key = ${instrumentKey} and interval = '1d' and source = 'manual' order by at`.execute(db);
  return rows.map(({ day, price }) => ({ day, price: formatDecimal(decimal(price)) }));
}

export async function findBondTerms(db: Db, instrumentKey: number) {
  const { rows } = await sql<{
    faceValue: string;
    couponRate: string;
    frequency: number;
    dayCount: string;
    issuedOn: string | null;
    maturesOn: string;
  }>`
    select face_value::text as "faceValue", coupon_rate::text as "couponRate", frequency::integer, day_count as "dayCount",
      issued_on::text as "issuedOn", matures_on::text as "maturesOn"
    from bond_terms where instrument_key = ${instrumentKey}`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  return { ...row, faceValue: formatDecimal(decimal(row.faceValue)), couponRate: formatDecimal(decimal(row.couponRate)) };
}

export async function listTargets(db: Db, portfolioId: string) {
  const { rows } = await sql<{ by: string; key: string; target: string }>`
    select grouped_by as by, key, target::text from allocation_targets where portfolio_id = ${portfolioId} order by 1, 2`.execute(db);
  return rows.map(({ by, key, target }) => ({ by, key, target: formatDecimal(decimal(target)) }));
}

/** A page of the orders of a portfolio's present epoch, in order of their making. */
export async function listOrders(
  db: Db,
  of: { readonly portfolioId: string; readonly epoch: number; readonly after: string | null; readonly limit: number },
) {
  let query = db
    .selectFrom('orders')
    .select(['id', 'instrument_key', 'side', 'type', 'time_in_force', 'quantity', 'notional', 'limit_price', 'status', 'filled_quantity'])
    .select(['average_fill_price', 'fees', 'client_order_id', 'created_at', 'updated_at', 'expires_at'])
    .where('portfolio_id', '=', of.portfolioId)
    .where('epoch', '=', of.epoch);
  if (of.after !== null) query = query.where('id', '>', of.after);
  return query.orderBy('id').limit(of.limit).execute();
}

function recordOf(row: Selectable<ExportsTable>): ExportRecord {
  const { part_count: all, parts_written: written, status } = row;
  return {
    id: row.id,
    userId: row.user_id,
    status: status as ExportStatus,
    progress: status === 'done' ? 1 : all === null || all === 0 ? 0 : Math.min(1, written / all),
    fileName: row.file_name,
    byteCount: row.byte_count,
    detail: row.detail,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
