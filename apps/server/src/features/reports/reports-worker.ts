import { taskHandler } from '../../platform/workers/index.ts';
import { reportTasks } from './report-tasks.ts';

/** The file that each thread loads. */
export const run = taskHandler(reportTasks);
