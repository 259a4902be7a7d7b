import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { breakableLine } from '../../testing/breakable-line.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { systemClock } from '../clock.ts';
import { openPools, type DatabasePools } from '../db/pool.ts';
import { transact } from '../db/transact.ts';
import { createMetrics, silentLogger, type Metrics } from '../observe/index.ts';
import { addJob } from './add-job.ts';
import { installJobSchema } from './install-job-schema.ts';
import type { Job, JobRun } from './job.ts';
import { startJobs } from './start-jobs.ts';
import { keepPresence } from './worker-presence.ts';

const logger = silentLogger();
let database: TestDatabase;
let pools: DatabasePools;
beforeAll(async () => {
  database = await createTestDatabase();
  // Two servers that start together.
  await Promise.all([1, 2].map(() => installJobSchema({ url: database.url, logger })));
  pools = openPools({ url: database.url, size: 12, statementTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pools.close();
  await database.drop();
});

async function server(...jobs: readonly Job[]): Promise<Metrics> {
  const metrics = createMetrics({ processMetrics: false });
  const started = await startJobs({ jobs, pool: pools.pool, directUrl: database.url, logger, metrics, clock: systemClock });
  onTestFinished(async () => {
    await started.stop();
    metrics.close();
  });
  return metrics;
}

/** A job that notes its runs. */
function noting(name: string, rest: Partial<Job> = {}) {
  const runs: JobRun[] = [];
  const job: Job = { name, timeoutMs: 5_000, run: async (run) => void runs.push(run), ...rest };
  return { job, runs, count: (expected: number) => until(() => runs.length >= expected) };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

async function left(name: string): Promise<number> {
  const { rows } = await pools.pool.query<{ count: number }>('select count(*) from graphile_worker.jobs where task_identifier = $1', [
    name,
  ]);
  return rows[0]?.count ?? 0;
}

test('a job asked for within a transaction runs once it commits, and never when it is rolled back', async () => {
  const { job, runs, count } = noting('export');
  const metrics = await server(job);
  const failing = transact(pools.db, async (tx) => {
    await addJob(tx, job, { payload: 'rolled back' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await transact(pools.db, async (tx) => {
    await addJob(tx, job, { payload: { rows: [1, 2] } });
    expect(await left('export')).toBe(0);
  });
  await count(1);
  expect(runs).toMatchObject([{ payload: { rows: [1, 2] }, scheduledAt: null, attempt: 1, isLastAttempt: false }]);
  await until(async () => (await left('export')) === 0);
  await until(async () => (await metrics.text()).includes('job_runs_total{job="export",outcome="done"} 1'));
});

test('requests with one key become one run, of the latest', async () => {
  const { job, runs, count } = noting('rebuild');
  for (const payload of [1, 2, 3]) await addJob(pools.db, job, { payload, key: 'portfolio-1' });
  await server(job);
  await count(1);
  await until(async () => (await left('rebuild')) === 0);
  expect(runs.map(({ payload }) => payload)).toEqual([3]);
});

test('a failing job is tried again until its last attempt, then kept for a look', async () => {
  const attempts: boolean[] = [];
  const job: Job = {
    name: 'mail',
    timeoutMs: 5_000,
    maxAttempts: 2,
    run: async ({ isLastAttempt }) => {
      attempts.push(isLastAttempt);
      throw new Error('no mail server');
    },
  };
  const metrics = await server(job);
  await addJob(pools.db, job, { payload: null });
  await until(() => attempts.length === 1);
  await until(async () => {
    const { rows } = await pools.pool.query<{ last_error: string | null }>(
      `select last_error from graphile_worker.jobs where task_identifier = 'mail'`,
    );
    return rows[0]?.last_error !== null;
  });
  // The pause before the next attempt is over.
  await pools.pool.query(`update graphile_worker._private_jobs set run_at = now() where last_error is not null`);
  await until(() => attempts.length === 2);
  expect(attempts).toEqual([false, true]);
  await until(async () => (await metrics.text()).includes('job_runs_total{job="mail",outcome="given up"} 1'));
  expect(await left('mail')).toBe(1);
});

test('a run that takes too long is aborted and fails', async () => {
  let reason: unknown;
  const job: Job = {
    name: 'slow',
    timeoutMs: 20,
    run: ({ signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
      }),
  };
  const metrics = await server(job);
  await addJob(pools.db, job, { payload: null });
  await until(async () => (await metrics.text()).includes('job_runs_total{job="slow",outcome="failed"} 1'));
  expect(String(reason)).toBe('Error: The job slow took longer than 20 ms.');
});

test('a scheduled job runs once per period over two servers, missed periods included', async () => {
  const minuteMs = 60_000;
  const { job, runs } = noting('sweep', { schedule: '* * * * *', catchUpMs: 10 * minuteMs });
  const now = Date.now();
  // Known since long ago and last run five minutes ago: the minutes between then and now were missed.
  const lastRun = Math.floor(now / minuteMs) * minuteMs - 5 * minuteMs;
  await pools.pool.query(
    `insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution) values ('sweep', $1, $2)`,
    [new Date(lastRun - 60 * minuteMs), new Date(lastRun)],
  );
  await Promise.all([server(job), server(job)]);
  const missed = [1, 2, 3, 4].map((minute) => lastRun + minute * minuteMs);
  await until(() => missed.every((period) => runs.some(({ scheduledAt }) => scheduledAt === period)));
  await until(async () => (await left('sweep')) === 0);
  const periods = runs.map(({ scheduledAt }) => scheduledAt);
  expect(periods).toEqual([...new Set(periods)]);
});

test('the job of a server that was killed is taken up', async () => {
  const { job, runs, count } = noting('report');
  await addJob(pools.db, job, { payload: 'of the dead' });
  await pools.pool.query(
    `update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'pool-dead', attempts = 1
     where id = (select id from graphile_worker.jobs where task_identifier = 'report')`,
  );
  await server(job);
  await count(1);
  expect(runs).toMatchObject([{ payload: 'of the dead', attempt: 2 }]);
});

test('the long job of a living server is left to it, and taken once its connection is gone', async () => {
  const line = await breakableLine(database.url);
  let release = (): void => undefined;
  let begun = 0;
  const job: Job = {
    name: 'long',
    timeoutMs: 60_000,
    run: () => {
      begun += 1;
      return new Promise((resolve) => (release = resolve));
    },
  };
  const metrics = createMetrics({ processMetrics: false });
  const started = await startJobs({ jobs: [job], pool: pools.pool, directUrl: line.url, logger, metrics, clock: systemClock });
  await addJob(pools.db, job, { payload: null });
  await until(() => begun === 1);
  await pools.pool.query(`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour' where locked_by is not null`);
  const freed: string[] = [];
  const other = keepPresence({
    url: database.url,
    checkEveryMs: 60_000,
    graceMs: 15_000,
    onFreed: (pools) => freed.push(...pools),
    onError: () => undefined,
  });
  await other.check();
  expect(freed).toEqual([]);
  line.cut();
  await until(async () => {
    await other.check();
    return freed.length === 1;
  });
  await other.close();
  release();
  await started.stop();
  metrics.close();
});

test('jobs run again by themselves after PostgreSQL was away', async () => {
  const line = await breakableLine(database.url);
  const far = openPools({ url: line.url, size: 6, statementTimeoutMs: 10_000 });
  const { job, count } = noting('after-outage');
  const metrics = createMetrics({ processMetrics: false });
  const started = await startJobs({ jobs: [job], pool: far.pool, directUrl: line.url, logger, metrics, clock: systemClock });
  await addJob(pools.db, job, { payload: 1 });
  await count(1);
  line.cut();
  await until(
    async () =>
      await far.pool.query('select 1').then(
        () => false,
        () => true,
      ),
  );
  await addJob(pools.db, job, { payload: 2 });
  line.mend();
  await count(2);
  await started.stop();
  metrics.close();
  await far.close();
});

test('two jobs of one name are a mistake', async () => {
  const { job } = noting('twice');
  await expect(server(job, job)).rejects.toThrow('Two jobs are named twice.');
  await expect(server({ ...job, name: 'Not a name' })).rejects.toThrow('no name for a job');
});
