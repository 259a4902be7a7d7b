import type { Metrics } from '../../platform/observe/index.ts';
import { openWorkerPool } from '../../platform/workers/index.ts';
import type { WorkerPool } from '../../platform/workers/index.ts';
import type { ReportTasks } from './report-tasks.ts';

export type ReportThreads = WorkerPool<ReportTasks>;

/** One for the report that is made in the background and one for those that somebody waits for; none while nobody asks for any. */
export function openReportThreads(metrics: Metrics): ReportThreads {
  const entry = new URL('./reports-worker.ts', import.meta.url);
  return openWorkerPool<ReportTasks>({ entry, metrics, figures: 'report', fewestThreads: 0, mostThreads: 2 });
}
