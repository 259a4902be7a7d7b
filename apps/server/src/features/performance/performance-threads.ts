import type { Metrics } from '../../platform/observe/index.ts';
import { openWorkerPool } from '../../platform/workers/index.ts';
import type { WorkerPool } from '../../platform/workers/index.ts';
import type { PerformanceTasks } from './performance-tasks.ts';

export type PerformanceThreads = WorkerPool<PerformanceTasks>;

/** Threads are started when they are first needed: a server that nobody asks for figures keeps its memory. */
export function openPerformanceThreads(metrics: Metrics): PerformanceThreads {
  return openWorkerPool<PerformanceTasks>({ entry: new URL('./performance-worker.ts', import.meta.url), metrics, fewestThreads: 0 });
}
