import { threadId } from 'node:worker_threads';
import { taskHandler } from '../task-handler.ts';

const tasks = {
  sum: (figures: Float64Array) => figures.reduce((total, figure) => total + figure, 0),
  whereAmI: () => threadId,
  refuse: async (reason: string): Promise<number> => {
    throw new RangeError(reason);
  },
  spin: () => {
    for (;;);
  },
  die: () => process.exit(7),
};

export type ExampleTasks = typeof tasks;
export const run = taskHandler(tasks);
