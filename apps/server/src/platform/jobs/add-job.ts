import { runStatement, type StatementRunner } from '../db/run-statement.ts';
import { defaultMaxAttempts, queueOf, type Job } from './job.ts';

export type JobRequest = {
  /** JSON data. */
  readonly payload: unknown;
  /** Not before this instant, epoch milliseconds. */
  readonly runAt?: number;
  /** A job with this key that has not begun is replaced, so that many requests become one run. */
  readonly key?: string;
};

/** Asks for a run. Within a transaction it is asked for when that commits, and not at all when it is rolled back. */
export async function addJob(on: StatementRunner, job: Omit<Job, 'run' | 'timeoutMs'>, { payload, runAt, key }: JobRequest): Promise<void> {
  await runStatement(
    on,
    `select graphile_worker.add_job($1::text, payload := $2::json, queue_name := $3::text,
       run_at := to_timestamp($4::double precision / 1000), max_attempts := $5::integer, job_key := $6::text)`,
    [job.name, JSON.stringify({ payload }), queueOf(job) ?? null, runAt ?? null, job.maxAttempts ?? defaultMaxAttempts, key ?? null],
  );
}
