import { parseCronItems, run, type Runner, type Task, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Counter, Histogram, Logger, Metrics } from '../observe/index.ts';
import { defaultMaxAttempts, queueOf, type Job } from './job.ts';
import { runJob } from './run-job.ts';
import { workerLogger } from './worker-logger.ts';
import { superviseRunner } from './supervise-runner.ts';
import { keepPresence } from './worker-presence.ts';

export type JobsOptions = {
  readonly jobs: readonly Job[];
  /** Past any pooler, since workers LISTEN. Two connections of it stay taken, and one per running job for a moment. */
  readonly pool: pg.Pool;
  /** The same database, for the connection that says that this server lives. */
  readonly directUrl: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Jobs that run at once in this process; 4 when left out. */
  readonly concurrency?: number;
};

export type Jobs = {
  /** Takes no more jobs, gives those that run 5 s to end and then aborts them; they run again elsewhere. */
  readonly stop: () => Promise<void>;
};

type JobFigures = { readonly runs: Counter<'job' | 'outcome'>; readonly seconds: Histogram<'job'> };

const presence = { checkEveryMs: 10_000, graceMs: 15_000 };

/** Runs the jobs of the list as they are asked for and scheduled. The schema must be installed. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  checkNames(options.jobs);
  const figures: JobFigures = {
    runs: options.metrics.counter({ name: 'job_runs_total', help: 'Tries of jobs by outcome.', labels: ['job', 'outcome'] }),
    seconds: options.metrics.histogram({
      name: 'job_duration_seconds',
      help: 'Seconds a try took.',
      labels: ['job'],
      bounds: [0.01, 0.1, 1, 10, 60, 600],
    }),
  };
  const { logger } = options;
  const living = keepPresence({
    url: options.directUrl,
    ...presence,
    onFreed: (pools) => logger.warn({ pools }, 'took over the jobs of a server that is gone'),
    onError: (error) => logger.warn({ error }, 'the job queue lost its connection'),
  });
  const supervised = await superviseRunner({ start: (events) => startRunner(options, figures, events), living, logger });
  await living.check();
  return {
    stop: async () => {
      await supervised.stop();
      await living.close();
    },
  };
}

function startRunner(options: JobsOptions, figures: JobFigures, events: WorkerEvents): Promise<Runner> {
  return run({
    pgPool: options.pool,
    taskList: Object.fromEntries(options.jobs.map((job) => [job.name, taskOf(job, options, figures)])),
    parsedCronItems: cronItemsOf(options.jobs),
    concurrency: options.concurrency ?? 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: 5_000,
    logger: workerLogger(options.logger),
    events,
    // Unbatched, graphile-worker waits for nobody when it notes the end of a job, and its failure to do so would end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
}

function cronItemsOf(jobs: readonly Job[]) {
  return parseCronItems(
    jobs.flatMap((job) => {
      if (job.schedule === undefined) return [];
      const queueName = queueOf(job);
      return [
        {
          task: job.name,
          identifier: job.name,
          match: job.schedule,
          options: {
            backfillPeriod: job.catchUpMs ?? 0,
            maxAttempts: job.maxAttempts ?? defaultMaxAttempts,
            ...(queueName === undefined ? {} : { queueName }),
          },
        },
      ];
    }),
  );
}

function taskOf(job: Job, { logger, clock }: JobsOptions, figures: JobFigures): Task {
  return async (payload, { job: row, abortSignal }) => {
    const startedAt = clock.now();
    const fields = { job: job.name, jobId: row.id, attempt: row.attempts };
    const finish = (outcome: 'done' | 'failed' | 'given up'): number => {
      const durationMs = clock.now() - startedAt;
      figures.runs.inc({ job: job.name, outcome });
      figures.seconds.observe({ job: job.name }, durationMs / 1000);
      return durationMs;
    };
    try {
      // graphile-worker counts the attempt before it hands the job out.
      await runJob(job, {
        payload,
        attempt: row.attempts,
        maxAttempts: row.max_attempts,
        stopping: abortSignal ?? new AbortController().signal,
      });
      logger.info({ ...fields, durationMs: finish('done') }, 'job done');
    } catch (error) {
      const isLast = row.attempts >= row.max_attempts;
      const durationMs = finish(isLast ? 'given up' : 'failed');
      logger[isLast ? 'error' : 'warn']({ ...fields, durationMs, error }, isLast ? 'job given up' : 'job failed and will be tried again');
      throw error;
    }
  };
}

function checkNames(jobs: readonly Job[]): void {
  const seen = new Set<string>();
  for (const { name } of jobs) {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`"${name}" is no name for a job. Write lower-case letters, digits and dashes.`);
    if (seen.has(name)) throw new Error(`Two jobs are named ${name}.`);
    seen.add(name);
  }
}
