import type { Db } from '../../platform/db/pool.ts';
import { page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { findAuditEntries } from './audit-store.ts';
import type { AuditFilter } from './audit-store.ts';

const LIST = 'audit';

export async function listAuditEntries(db: Db, query: AuditFilter & { readonly limit?: number; readonly cursor?: string }) {
  const limit = query.limit ?? 50;
  const [at = '', id = ''] = readCursor(LIST, query.cursor, 2) ?? [];
  const rows = await findAuditEntries(db, query, { limit, after: query.cursor === undefined ? null : { at, id } });
  return page(rows, limit, {
    item: (row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actorId: row.actor_id,
      action: row.action,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      requestId: row.request_id,
      ip: row.ip,
      details: row.details,
    }),
    cursor: (row) => writeCursor(LIST, [row.at.toISOString(), row.id]),
  });
}
