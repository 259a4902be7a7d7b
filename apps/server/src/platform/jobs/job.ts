/**
 * Work that is done apart from requests: on a schedule, or because a request asked for it. A job runs at least once: after
 * a crash or an error it runs again, so its effect must be the same when it is repeated. A scheduled one tells its periods
 * apart by `scheduledAt`.
 */
export type Job = {
  /** Letters, digits and dashes; it names the job in the database and in the figures. */
  readonly name: string;
  /** Crontab: minute, hour, day of month, month, day of week, in UTC. One run per period, however many servers there are. */
  readonly schedule?: string;
  /** Periods missed while no server ran are made up for if they are not older than this. */
  readonly catchUpMs?: number;
  /** Then the signal is aborted and the run counts as failed. */
  readonly timeoutMs: number;
  /** How often a failing run is tried in all, with growing pauses; 10 when left out. */
  readonly maxAttempts?: number;
  /** One run at a time over all servers. Scheduled jobs always run so. */
  readonly oneAtATime?: boolean;
  readonly run: (run: JobRun) => Promise<void>;
};

export type JobRun = {
  /** What `addJob` was given; null for a scheduled run. The job checks it like any input. */
  readonly payload: unknown;
  /** The period of a scheduled run, epoch milliseconds: the minute it was due, not the one it runs in. */
  readonly scheduledAt: number | null;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  /** Aborted when the time is up or the server stops. A job that goes on regardless may run twice at once. */
  readonly signal: AbortSignal;
};

export const defaultMaxAttempts = 10;

export function queueOf(job: Pick<Job, 'name' | 'schedule' | 'oneAtATime'>): string | undefined {
  return job.schedule !== undefined || job.oneAtATime === true ? job.name : undefined;
}
