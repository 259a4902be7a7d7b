import type { Job } from './job.ts';

export type Attempt = {
  readonly payload: unknown;
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
};

/** One try of a job: rejects with the job's error, or when its time is up or the server stops. */
export async function runJob(job: Job, { payload, attempt, maxAttempts, stopping }: Attempt): Promise<void> {
  const controller = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), { once: true });
  });
  const abort = (reason: Error): void => controller.abort(reason);
  const onStop = (): void => abort(new Error(`The job ${job.name} was cut off because the server stops.`));
  const timer = setTimeout(() => abort(new Error(`The job ${job.name} took longer than ${String(job.timeoutMs)} ms.`)), job.timeoutMs);
  stopping.addEventListener('abort', onStop, { once: true });
  try {
    const content = contentOf(payload);
    const isLastAttempt = attempt >= maxAttempts;
    await Promise.race([job.run({ ...content, attempt, isLastAttempt, signal: controller.signal }), aborted]);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', onStop);
  }
}

/** Scheduled runs carry their period, as graphile-worker writes it; the others what addJob was given. */
function contentOf(payload: unknown): { readonly payload: unknown; readonly scheduledAt: number | null } {
  if (typeof payload !== 'object' || payload === null) return { payload: null, scheduledAt: null };
  if ('_cron' in payload && typeof payload._cron === 'object' && payload._cron !== null && 'ts' in payload._cron) {
    return { payload: null, scheduledAt: Date.parse(String(payload._cron.ts)) };
  }
  return { payload: 'payload' in payload ? payload.payload : null, scheduledAt: null };
}
