/** Work that would hold up requests, on other threads. */
export { taskHandler } from './task-handler.ts';
export type { WorkerTask, WorkerTasks } from './task-handler.ts';
export { openWorkerPool } from './worker-pool.ts';
export type { RunOptions, WorkerPool, WorkerPoolOptions } from './worker-pool.ts';
