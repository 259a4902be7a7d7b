/** All SQL of reports on the main thread: their rows, their bytes and the facts they tell on the stream. */
import type { ReportEvent, ReportFormat, ReportKind, ReportStatus } from '@holdfast/contract/reports';
import { formatDay, parseDay } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { ReportsTable } from '../../platform/db/generated/schema.ts';
import { chunkedFiles } from '../../platform/db/chunked-files.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { ReportAsked } from './report-asked.ts';

export interface ReportRecord extends ReportAsked {
  readonly id: string;
  readonly userId: string;
  readonly status: ReportStatus;
  /** 0 to 1. */
  readonly progress: number;
  readonly fileName: string | null;
  readonly byteCount: number | null;
  readonly detail: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export async function insertReport(
  tx: Tx,
  made: ReportAsked & { readonly id: string; readonly userId: string; readonly at: number },
): Promise<void> {
  const { from, to, year } = made.period;
  await tx
    .insertInto('reports')
    .values({
      id: made.id,
      user_id: made.userId,
      portfolio_id: made.portfolioId,
      kind: made.kind,
      format: made.format,
      from_on: from === null ? null : formatDay(from),
      to_on: to === null ? null : formatDay(to),
      year,
      status: 'queued',
      created_at: new Date(made.at),
    })
    .execute();
}

/** How many of a user's reports are not made yet. Holds the user's row, so that of two requests at once each sees the other's. */
export async function countUnfinished(tx: Tx, userId: string): Promise<number> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
  const { count } = await tx
    .selectFrom('reports')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow();
  return count;
}

export async function findReport(db: Db, of: { readonly id: string; readonly userId?: string }): Promise<ReportRecord | null> {
  let query = db.selectFrom('reports').selectAll().where('id', '=', of.id);
  if (of.userId !== undefined) query = query.where('user_id', '=', of.userId);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : recordOf(row);
}

export interface ReportFilter {
  readonly userId: string;
  readonly portfolioId: string | undefined;
  readonly status: ReportStatus | undefined;
  /** The id of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** The newest first. */
export async function selectReports(db: Db, { userId, portfolioId, status, after, limit }: ReportFilter): Promise<readonly ReportRecord[]> {
  let query = db.selectFrom('reports').selectAll().where('user_id', '=', userId);
  if (portfolioId !== undefined) query = query.where('portfolio_id', '=', portfolioId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (after !== null) query = query.where('id', '<', after);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(recordOf);
}

export async function deleteReport(db: Db, of: { readonly id: string; readonly userId: string }): Promise<boolean> {
  const result = await db.deleteFrom('reports').where('id', '=', of.id).where('user_id', '=', of.userId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** False when it is gone or has ended. One that was running before is running again. */
export async function markRunning(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('reports')
    .set({ status: 'running', rows_written: 0, row_count: null })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** False when nobody wants it any more. */
export async function showProgress(tx: Tx, id: string, rows: { readonly written: number; readonly all: number }): Promise<boolean> {
  const result = await tx
    .updateTable('reports')
    .set({ rows_written: rows.written, row_count: rows.all })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export interface ReportEnding {
  readonly id: string;
  readonly at: number;
  /** Null where it failed. */
  readonly file: { readonly name: string; readonly byteCount: number; readonly rowCount: number } | null;
  readonly detail: string | null;
}

/** False, with nothing written, when it is gone or has ended. */
export async function endReport(tx: Tx, { id, at, file, detail }: ReportEnding): Promise<boolean> {
  const result = await tx
    .updateTable('reports')
    .set({
      status: file === null ? 'failed' : 'done',
      file_name: file?.name ?? null,
      byte_count: file?.byteCount ?? null,
      detail,
      finished_at: new Date(at),
      ...(file === null ? {} : { rows_written: file.rowCount, row_count: file.rowCount }),
    })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The files of reports that are done. */
export const reportFiles = chunkedFiles({ table: 'report_chunks', owner: 'report_id' });

export function channelOf(reportId: string): string {
  return `reports:${reportId}`;
}

/** The next fact of a report's channel. One run at a time tells of a report, so the sequence has no gaps. */
export async function addFact(tx: Tx, id: string, { event, at }: { readonly event: ReportEvent; readonly at: number }): Promise<void> {
  await sql`
    insert into stream_facts (channel, sequence, at, body)
    select ${channelOf(id)}::text, coalesce(max(sequence), 0) + 1, ${new Date(at)}::timestamptz, ${JSON.stringify(event)}::jsonb
    from stream_facts where channel = ${channelOf(id)}::text`.execute(tx);
}

interface OfPortfolio {
  readonly portfolioId: string;
  readonly epoch: number;
}

export interface FactsAsked extends OfPortfolio {
  readonly type: string | null;
  readonly from: Date | null;
  readonly before: Date | null;
}

export async function countFacts(db: Db, { portfolioId, epoch, type, from, before }: FactsAsked): Promise<number> {
  let query = db
    .selectFrom('transactions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('portfolio_id', '=', portfolioId)
    .where('epoch', '=', epoch)
    .where('superseded_at', 'is', null)
    .where('reversed', '=', false);
  if (type !== null) query = query.where('type', '=', type);
  if (from !== null) query = query.where('traded_at', '>=', from);
  if (before !== null) query = query.where('traded_at', '<', before);
  return (await query.executeTakeFirstOrThrow()).count;
}

export async function listInstrumentKeys(db: Db, { portfolioId, epoch }: OfPortfolio): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('transactions')
    .select('instrument_key')
    .distinct()
    .where('portfolio_id', '=', portfolioId)
    .where('epoch', '=', epoch)
    .where('instrument_key', 'is not', null)
    .execute();
  return rows.flatMap(({ instrument_key: key }) => key ?? []);
}

function recordOf(row: Selectable<ReportsTable>): ReportRecord {
  const { row_count: all } = row;
  return {
    id: row.id,
    userId: row.user_id,
    portfolioId: row.portfolio_id,
    kind: row.kind as ReportKind,
    format: row.format as ReportFormat,
    period: { from: dayOf(row.from_on), to: dayOf(row.to_on), year: row.year },
    status: row.status as ReportStatus,
    progress: row.status === 'done' ? 1 : all === null || all === 0 ? 0 : row.rows_written / all,
    fileName: row.file_name,
    byteCount: row.byte_count,
    detail: row.detail,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

function dayOf(text: string | null): number | null {
  return text === null ? null : parseDay(text);
}
