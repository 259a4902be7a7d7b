import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { hasUnfinished, insertExport } from './export-store.ts';
import { EXPORT_JOB } from './run-export.ts';

export interface ExportCaller {
  readonly userId: string;
  readonly requestId: string;
  readonly ip: string;
}

/** Puts an export on the list of those to make; answers its id. Throws `conflict` while another of the user's is being made. */
export async function startExport({ db, clock }: { readonly db: Db; readonly clock: Clock }, caller: ExportCaller): Promise<string> {
  const { userId, requestId, ip } = caller;
  const at = clock.now();
  const id = newId(at);
  await transact(db, async (tx) => {
    if (await hasUnfinished(tx, userId))
      throw new AppError('conflict', 'An export of yours is being made already. Wait for it, or delete it.');
    await insertExport(tx, { id, userId, at });
    await writeAuditEntry(tx, { at, actorId: userId, action: 'export.asked', subjectKind: 'export', subjectId: id, requestId, ip });
    await addJob(tx, EXPORT_JOB, { payload: id });
  });
  return id;
}
