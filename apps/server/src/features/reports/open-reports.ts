/** Reports, wired: their routes, the job that makes the large ones and the threads that both use. */
import { join } from 'node:path';
import type { Bus } from '../../platform/bus/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import type { Metrics } from '../../platform/observe/index.ts';
import type { GatherReportNeeds } from './gather-report.ts';
import { removeForgotten } from './remove-forgotten.ts';
import { bindReportRoutes } from './report-routes.ts';
import { openReportThreads } from './report-threads.ts';
import { reportJob } from './run-report.ts';

export interface ReportsNeeds extends GatherReportNeeds {
  readonly bus: Bus;
  readonly metrics: Metrics;
  readonly factsAdded: string;
  /** Files lie in its folder `reports` while they are written and read. */
  readonly dataDirectory: string;
  readonly onError: (error: unknown) => void;
}

export interface Reports {
  readonly jobs: readonly Job[];
  bindRoutes(context: ServeContext): void;
  /** Removes what an earlier run of the server left. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export function openReports(needs: ReportsNeeds): Reports {
  const threads = openReportThreads(needs.metrics);
  const folder = join(needs.dataDirectory, 'reports');
  const own = { ...needs, threads, folder };
  return {
    jobs: [reportJob(own)],
    bindRoutes: (context) => bindReportRoutes(context, own),
    start: () => removeForgotten(folder, needs.clock),
    close: () => threads.close(),
  };
}
