import type { Db } from '../../platform/db/pool.ts';
import { csvLine } from './csv-line.ts';
import { findAuditEntries } from './audit-store.ts';
import type { AuditFilter, AuditPlace } from './audit-store.ts';

const BATCH = 1_000;
const HEAD = ['at', 'actorId', 'action', 'subjectKind', 'subjectId', 'requestId', 'ip', 'details'];

/** The entries as lines of CSV, read a batch at a time, so that a long record is never in memory. */
export async function* exportAuditLines(db: Db, filter: AuditFilter): AsyncIterable<string> {
  yield csvLine(HEAD);
  for (let after: AuditPlace | null = null; ;) {
    const found: Awaited<ReturnType<typeof findAuditEntries>> = await findAuditEntries(db, filter, { limit: BATCH, after });
    // One more is read than asked for, to tell whether more follow.
    const rows = found.slice(0, BATCH);
    yield rows
      .map((row) =>
        csvLine([
          row.at.toISOString(),
          row.actor_id,
          row.action,
          row.subject_kind,
          row.subject_id,
          row.request_id,
          row.ip,
          JSON.stringify(row.details),
        ]),
      )
      .join('');
    const last = rows.at(-1);
    if (last === undefined || found.length <= BATCH) return;
    after = { at: last.at.toISOString(), id: last.id };
  }
}
