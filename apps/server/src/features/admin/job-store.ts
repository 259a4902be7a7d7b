/** The queue of jobs as its own tables have it. */
import { sql } from 'kysely';
import type { AdminJob } from '@holdfast/contract/admin';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export interface JobRow {
  readonly id: string;
  readonly name: string;
  readonly state: AdminJob['state'];
  readonly attempts: number;
  readonly mostAttempts: number;
  readonly runAt: Date;
  readonly startedAt: Date | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
}

const STATE = sql<AdminJob['state']>`case when locked_at is not null then 'running'
  when attempts >= max_attempts then 'dead' when last_error is not null then 'failing' else 'waiting' end`;
const FIELDS = sql`id::text as id, task_identifier as name, ${STATE} as state, attempts, max_attempts as "mostAttempts", run_at as "runAt",
  locked_at as "startedAt", last_error as "lastError", created_at as "createdAt"`;

export interface JobFilter {
  readonly state?: AdminJob['state'] | undefined;
  readonly search?: string | undefined;
}

/** The newest first; one more than the limit. */
export async function selectJobs(
  db: Db,
  { state, search }: JobFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly JobRow[]> {
  const pattern = search === undefined ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<JobRow>`
    select ${FIELDS} from graphile_worker.jobs
    where (${after}::bigint is null or id < ${after}::bigint) and (${state ?? null}::text is null or ${STATE} = ${state ?? null})
      and (${pattern}::text is null or task_identifier ilike ${pattern})
    order by jobs.id desc limit ${limit + 1}`.execute(db);
  return rows;
}

export async function findJob(db: Db, id: string): Promise<JobRow | null> {
  const { rows } = await sql<JobRow>`select ${FIELDS} from graphile_worker.jobs where id = ${id}::bigint`.execute(db);
  return rows[0] ?? null;
}

/** Through the queue's own functions, which leave alone what runs; null where it does. */
export async function rescheduleJob(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    select id from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at := now(), attempts := 0::smallint)`.execute(tx);
  return rows.length > 0;
}

export async function completeJob(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select id from graphile_worker.complete_jobs(array[${id}::bigint])`.execute(tx);
  return rows.length > 0;
}
