import type { AdminJob, listJobs as contract } from '@holdfast/contract/admin';
import type { QueryOf } from '@holdfast/contract';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact, within } from '../../platform/db/transact.ts';
import { AppError, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Administrator } from './administrator.ts';
import { completeJob, findJob, rescheduleJob, selectJobs } from './job-store.ts';
import type { JobRow } from './job-store.ts';

interface JobNeeds {
  readonly db: Db;
  readonly clock: Clock;
}

const LIST = 'jobs';
const isNumber = (text: string): boolean => /^\d{1,18}$/.test(text);

export async function listJobs({ db }: Pick<JobNeeds, 'db'>, { limit = 50, cursor, ...filter }: QueryOf<typeof contract>) {
  const after = readCursor(LIST, cursor, [isNumber])?.[0] ?? null;
  return page(await selectJobs(db, filter, { after, limit }), limit, { item: describeJob, cursor: ({ id }) => writeCursor(LIST, [id]) });
}

/** At once and with all attempts before it, whatever came of it until now. Throws `conflict` for one that runs. */
export async function retryJob(needs: JobNeeds, by: Administrator, id: string): Promise<AdminJob> {
  return transact(needs.db, async (tx) => {
    const job = await existing(needs, id);
    if (!(await rescheduleJob(tx, id))) throw running(job);
    await audit(needs, by, { action: 'job.retried', job });
    return describeJob(await existing(needs, id));
  });
}

/** Throws `conflict` for one that runs. */
export async function removeJob(needs: JobNeeds, by: Administrator, id: string): Promise<void> {
  await transact(needs.db, async (tx) => {
    const job = await existing(needs, id);
    if (!(await completeJob(tx, id))) throw running(job);
    await audit(needs, by, { action: 'job.removed', job });
  });
}

async function existing({ db }: Pick<JobNeeds, 'db'>, id: string): Promise<JobRow> {
  const job = isNumber(id) ? await findJob(within(db), id) : null;
  if (job === null) throw new AppError('not_found', 'There is no job with this id. One that has succeeded is gone.');
  return job;
}

function running({ name }: JobRow): AppError {
  return new AppError('conflict', `The job ${name} runs at this moment. Wait until it ends.`);
}

async function audit(
  { db, clock }: JobNeeds,
  { actorId, ...asker }: Administrator,
  { action, job }: { readonly action: string; readonly job: JobRow },
): Promise<void> {
  const entry = { at: clock.now(), actorId, action, subjectKind: 'job', subjectId: job.id, ...asker, details: { name: job.name } };
  await transact(db, (tx) => writeAuditEntry(tx, entry));
}

function describeJob({ runAt, startedAt, createdAt, ...job }: JobRow): AdminJob {
  return {
    ...job,
    runAt: runAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
