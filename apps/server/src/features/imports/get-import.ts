import type { ImportSummary, TickImport } from '@holdfast/contract/imports';
import { notFound } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import { isId } from '../../platform/ids.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ImportRecord } from './import-record.ts';
import { findImport, selectFaults } from './import-store.ts';

export interface GetImportNeeds {
  readonly db: Db;
  readonly queue: Pick<ImportQueue, 'ended'>;
}

/**
 * For whoever started it and for administrators. Who is told "done" finds what was stored in the next answer: so that is not told
 * before this server has looked. Throws `not_found`.
 */
export async function getImport({ db, queue }: GetImportNeeds, caller: Caller, id: string): Promise<TickImport> {
  const record = isId(id) ? await findImport(db, id) : null;
  if (record === null || (record.userId !== caller.userId && caller.role !== 'admin')) throw notFound('import');
  if (record.status === 'done') await queue.ended(id);
  const faults = await selectFaults(db, id);
  return {
    ...summaryOf(record),
    errors: faults.map(({ fileName, line, column, message, rowText }) => ({ file: fileName, line, column, message, row: rowText })),
  };
}

export function summaryOf(record: ImportRecord): ImportSummary {
  return {
    id: record.id,
    kind: record.kind,
    fileName: record.fileName,
    byteCount: record.byteCount,
    zone: record.zone,
    status: record.status,
    rowsRead: record.rows.read,
    rowsStored: record.rows.stored,
    rowsFlagged: record.rows.flagged,
    rowsRejected: record.rows.rejected,
    detail: record.detail,
    createdAt: record.createdAt.toISOString(),
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
  };
}
