import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs/index.ts';
import type { ReportAsked } from './report-asked.ts';
import { addFact, countUnfinished, insertReport } from './report-store.ts';
import { REPORT_JOB } from './run-report.ts';

const MOST_UNFINISHED = 5;

/** Puts a report on the list of those to make; answers its id. Throws `conflict` where too many are on it. */
export async function startReport(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  userId: string,
  asked: ReportAsked,
): Promise<string> {
  const at = clock.now();
  const id = newId(at);
  await transact(db, async (tx) => {
    if ((await countUnfinished(tx, userId)) >= MOST_UNFINISHED)
      throw new AppError('conflict', `${MOST_UNFINISHED} of your reports are being made already. Wait for one of them, or delete it.`);
    await insertReport(tx, { ...asked, id, userId, at });
    await addFact(tx, id, { event: { status: 'queued', progress: 0, detail: null }, at });
    await addJob(tx, REPORT_JOB, { payload: id });
  });
  return id;
}
