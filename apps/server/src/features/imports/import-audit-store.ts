import { newId } from '../../platform/ids.ts';
import type { ImportRecord } from './import-record.ts';
import type { Ask } from './import-store.ts';
import type { LoadOutcome } from './load-ticks.ts';

export interface ImportAudit {
  readonly record: ImportRecord;
  readonly outcome: LoadOutcome;
  readonly now: number;
}

/** On the connection of the load, so that the entry is there when the ticks are, and only then. */
export async function writeImportAudit(ask: Ask, { record, outcome, now }: ImportAudit): Promise<void> {
  const details = { rowsStored: outcome.rows.stored, rowsRejected: outcome.rows.rejected, instruments: outcome.instrumentKeys.length };
  await ask(`insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, details) values ($1, $2, $3, $4, $5, $6, $7)`, [
    newId(now),
    new Date(now),
    record.userId,
    'ticks.imported',
    'import',
    record.id,
    JSON.stringify(details),
  ]);
}
