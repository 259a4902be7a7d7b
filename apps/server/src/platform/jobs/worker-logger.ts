import { Logger as WorkerLogger } from 'graphile-worker';
import type { Logger } from '../observe/index.ts';

/** graphile-worker's messages in our log. What it calls information is detail to us: each job has a line of its own. */
export function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message, meta) => {
    const name: string = level;
    const ours = name === 'error' ? 'error' : name === 'warning' ? 'warn' : 'debug';
    logger[ours](meta?.['error'] === undefined ? {} : { error: meta['error'] }, message);
  });
}
