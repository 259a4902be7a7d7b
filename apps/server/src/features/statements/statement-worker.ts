import { taskHandler } from '../../platform/workers/index.ts';
import { statementTasks } from './statement-tasks.ts';

/** The file that each thread loads. */
export const run = taskHandler(statementTasks);
