import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { newId } from '../../platform/ids.ts';

export interface NewAuditEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who did it; null is the server itself or somebody unknown. */
  readonly actorId: string | null;
  /** `thing.done`, such as session.opened. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly requestId?: string | null;
  readonly ip?: string | null;
  /** Figures and ids. No e-mail address, name or secret: entries outlive the account they are about. */
  readonly details?: object;
}

export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Where the page before ended: the last entry's instant, as the database wrote it, and its id. */
export interface AuditPlace {
  readonly at: string;
  readonly id: string;
}

export async function writeAuditEntry(tx: Tx, entry: NewAuditEntry): Promise<void> {
  await tx
    .insertInto('audit_entries')
    .values({
      id: newId(entry.at),
      at: new Date(entry.at),
      actor_id: entry.actorId,
      action: entry.action,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      request_id: entry.requestId ?? null,
      ip: entry.ip === '' ? null : (entry.ip ?? null),
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}

export async function findAuditEntries(db: Db, filter: AuditFilter, page: { readonly limit: number; readonly after: AuditPlace | null }) {
  let query = db
    .selectFrom('audit_entries')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId);
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.subjectKind !== undefined) query = query.where('subject_kind', '=', filter.subjectKind);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.from !== undefined) query = query.where('at', '>=', new Date(filter.from));
  if (filter.to !== undefined) query = query.where('at', '<', new Date(filter.to));
  const { after } = page;
  if (after !== null) query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'id'), '<', tuple(new Date(after.at), after.id)));
  return query.execute();
}
