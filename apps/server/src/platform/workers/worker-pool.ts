import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Metrics } from '../observe/index.ts';
import type { WorkerTasks } from './task-handler.ts';

export type WorkerPoolOptions = {
  /** The worker file: a .ts file in development, a bundled .js file in production. It exports `run`, made by taskHandler. */
  readonly entry: URL;
  readonly metrics: Metrics;
  /** What the names of its figures begin with; `worker` when left out. Each pool of a server has its own. */
  readonly figures?: string;
  /** One less than there are processors when left out, so that requests keep one. */
  readonly mostThreads?: number;
  /** Threads that are kept while there is nothing to do; 1 when left out, since a new one costs its first task 50 ms and more. */
  readonly fewestThreads?: number;
  /** Tasks that may wait for a thread; 1,000 when left out. */
  readonly mostWaiting?: number;
};

export type RunOptions = {
  /** After this long the thread is ended and the task fails with WorkerError. */
  readonly timeoutMs: number;
  /** Ends the task, for example when the caller has gone. */
  readonly signal?: AbortSignal;
};

type InputOf<Task> = Task extends (input: infer Input) => unknown ? Input : never;
type ResultOf<Task> = Task extends (input: never) => infer Result ? Awaited<Result> : never;

export type WorkerPool<Tasks extends WorkerTasks> = {
  /** Runs a task on another thread. Rejects with the task's error, or with WorkerError when it could not be run to its end. */
  readonly run: <Name extends keyof Tasks & string>(
    name: Name,
    input: InputOf<Tasks[Name]>,
    options: RunOptions,
  ) => Promise<ResultOf<Tasks[Name]>>;
  /** Ends all threads; tasks that run or wait fail. */
  readonly close: () => Promise<void>;
};

export class WorkerError extends Error {
  readonly reason: 'busy' | 'timeout' | 'canceled';

  constructor(reason: 'busy' | 'timeout' | 'canceled', message: string) {
    super(message);
    this.name = 'WorkerError';
    this.reason = reason;
  }
}

const idleTimeoutMs = 60_000;

/** Threads for work that would hold up requests. `Tasks` is the type of the worker file's tasks. */
export function openWorkerPool<Tasks extends WorkerTasks>(options: WorkerPoolOptions): WorkerPool<Tasks> {
  const mostWaiting = options.mostWaiting ?? 1_000;
  const mostThreads = options.mostThreads ?? Math.max(1, availableParallelism() - 1);
  const pool = new Piscina({
    filename: options.entry.href,
    name: 'run',
    minThreads: Math.min(options.fewestThreads ?? 1, mostThreads),
    maxThreads: mostThreads,
    idleTimeout: idleTimeoutMs,
    execArgv: loaderArguments(options.entry),
    recordTiming: false,
  });
  // A thread that dies is replaced, and the task it had says why it failed.
  pool.on('error', () => undefined);
  const figures = options.figures ?? 'worker';
  options.metrics.gauge({ name: `${figures}_tasks_waiting`, help: 'Tasks that wait for a thread.', collect: () => pool.queueSize });
  const seconds = options.metrics.histogram({
    name: `${figures}_task_duration_seconds`,
    help: 'Seconds from asking for a task to its result.',
    labels: ['task'],
    bounds: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
  });
  let asked = 0;
  return {
    run: async (name, input, { timeoutMs, signal }) => {
      if (asked >= mostThreads + mostWaiting) throw new WorkerError('busy', `The task ${name} was refused: too many are waiting.`);
      asked += 1;
      const late = AbortSignal.timeout(timeoutMs);
      const end = seconds.startTimer({ task: name });
      try {
        const result: unknown = await pool.run(
          { task: name, input },
          { signal: signal === undefined ? late : AbortSignal.any([late, signal]) },
        );
        // The worker file is compiled against the same Tasks.
        return result as ResultOf<Tasks[typeof name]>;
      } catch (error) {
        if (late.aborted) throw new WorkerError('timeout', `The task ${name} took longer than ${String(timeoutMs)} ms.`);
        if (signal?.aborted === true) throw new WorkerError('canceled', `The task ${name} was canceled.`);
        throw error;
      } finally {
        asked -= 1;
        end();
      }
    },
    close: () => pool.destroy(),
  };
}

/** In development a thread reads TypeScript, and the workspaces as source, as the main thread does. */
function loaderArguments(entry: URL): string[] {
  if (!entry.pathname.endsWith('.ts')) return [];
  return ['--import', createRequire(import.meta.url).resolve('tsx'), '--conditions=source'];
}
