/** The rows of imports, their rejected rows and the facts they tell on the stream. */
import type { ImportStatus } from '@holdfast/contract/imports';
import type { Selectable } from 'kysely';
import { CompiledQuery } from 'kysely';
import type { ImportsTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import { channelOf, eventOf } from './import-record.ts';
import type { ImportRecord, ImportState, KeptFault } from './import-record.ts';

export interface NewImport {
  readonly id: string;
  readonly userId: string | null;
  readonly fileName: string;
  readonly fileHash: Buffer;
  readonly byteCount: number;
  readonly zone: string | null;
  readonly at: number;
}

/** Adds it unless the same file is queued, running or done; then answers that import's id. */
export async function insertImport(db: Db, made: NewImport): Promise<{ readonly existingId: string } | null> {
  const inserted = await db
    .insertInto('imports')
    .values({
      id: made.id,
      kind: 'ticks',
      user_id: made.userId,
      file_name: made.fileName,
      file_hash: made.fileHash,
      byte_count: made.byteCount,
      zone: made.zone,
      status: 'queued',
      created_at: new Date(made.at),
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'file_hash']).where('kind', '=', 'ticks').where('status', 'in', ['queued', 'running', 'done']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (inserted !== undefined) return null;
  const existing = await db
    .selectFrom('imports')
    .select('id')
    .where('kind', '=', 'ticks')
    .where('file_hash', '=', made.fileHash)
    .where('status', '<>', 'failed')
    .executeTakeFirst();
  // It failed in between: then the file may be taken after all.
  return existing === undefined ? insertImport(db, made) : { existingId: existing.id };
}

export async function findImport(db: Db, id: string): Promise<ImportRecord | null> {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : recordOf(row);
}

export async function listUnfinished(db: Db): Promise<readonly ImportRecord[]> {
  const rows = await db.selectFrom('imports').selectAll().where('status', 'in', ['queued', 'running']).orderBy('id').execute();
  return rows.map(recordOf);
}

export interface ImportFilter {
  /** Null for everybody's. */
  readonly userId: string | null;
  readonly status: ImportStatus | undefined;
  /** The id of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** The newest first. */
export async function selectImports(db: Db, { userId, status, after, limit }: ImportFilter): Promise<readonly ImportRecord[]> {
  let query = db.selectFrom('imports').selectAll();
  if (userId !== null) query = query.where('user_id', '=', userId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (after !== null) query = query.where('id', '<', after);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(recordOf);
}

export async function selectFaults(db: Db, importId: string): Promise<readonly KeptFault[]> {
  const rows = await db.selectFrom('import_errors').selectAll().where('import_id', '=', importId).orderBy('number').execute();
  return rows.map((row) => ({
    fileName: row.file_name,
    line: row.line,
    column: row.column_name as KeptFault['column'],
    message: row.message,
    rowText: row.row_text,
  }));
}

/** False when it is not queued any more: another has it, or gave it up. */
export async function markRunning(db: Db, id: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('imports')
    .set({ status: 'running', started_at: new Date(now) })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** What readers of a running import see of it. */
export async function showProgress(db: Db, id: string, rows: ImportState['rows']): Promise<void> {
  await db
    .updateTable('imports')
    .set({ rows_read: rows.read, rows_stored: rows.stored, rows_flagged: rows.flagged, rows_rejected: rows.rejected })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute();
}

/** Runs a statement: on the connection of a load, or in a transaction of the pool. */
export type Ask = (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

export function askWithin(db: Db): Ask {
  return async (text, values) => (await db.executeQuery(CompiledQuery.raw(text, [...values]))).rows;
}

export interface ImportEnding {
  readonly id: string;
  readonly state: ImportState;
  readonly faults: readonly KeptFault[];
  readonly now: number;
}

/**
 * Writes how an import ended, with its rejected rows and the fact that the stream tells. False, with nothing written, when it had
 * ended already: a load whose commit was answered by a broken connection may well have succeeded.
 */
export async function endImport(ask: Ask, { id, state, faults, now }: ImportEnding): Promise<boolean> {
  const { rows, status, detail } = state;
  const ended = await ask(
    `update imports set status = $2, detail = $3, rows_read = $4, rows_stored = $5, rows_flagged = $6, rows_rejected = $7, finished_at = $8
     where id = $1 and status in ('queued', 'running') returning id`,
    [id, status, detail, rows.read, rows.stored, rows.flagged, rows.rejected, new Date(now)],
  );
  if (ended.length === 0) return false;
  const kept = faults.map((fault, index) => ({ ...fault, number: index + 1 }));
  await ask(
    `insert into import_errors (import_id, number, file_name, line, column_name, message, row_text)
     select $1::uuid, number, "fileName", line, "column", message, "rowText"
     from jsonb_to_recordset($2::jsonb) as fault (number integer, "fileName" text, line bigint, "column" text, message text, "rowText" text)`,
    [id, JSON.stringify(kept)],
  );
  await addFact(ask, { id, state, now });
  return true;
}

/** The next fact of an import's channel. One process at a time tells of an import, so the sequence has no gaps. */
export async function addFact(ask: Ask, { id, state, now }: Omit<ImportEnding, 'faults'>): Promise<void> {
  await ask(
    `insert into stream_facts (channel, sequence, at, body)
     select $1::text, coalesce(max(sequence), 0) + 1, $2::timestamptz, $3::jsonb from stream_facts where channel = $1::text`,
    [channelOf(id), new Date(now), JSON.stringify(eventOf(state))],
  );
}

function recordOf(row: Selectable<ImportsTable>): ImportRecord {
  return {
    id: row.id,
    kind: row.kind as ImportRecord['kind'],
    key: row.key,
    userId: row.user_id,
    fileName: row.file_name,
    byteCount: row.byte_count,
    zone: row.zone,
    status: row.status as ImportStatus,
    rows: { read: row.rows_read, stored: row.rows_stored, flagged: row.rows_flagged, rejected: row.rows_rejected },
    detail: row.detail,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
