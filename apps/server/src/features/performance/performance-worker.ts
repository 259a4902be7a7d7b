import { taskHandler } from '../../platform/workers/index.ts';
import { performanceTasks } from './performance-tasks.ts';

/** The file that each thread loads. */
export const run = taskHandler(performanceTasks);
