/** Reads a file where it holds up nobody: a short one at once, a long one on another thread. */
import { AppError } from '../../platform/http/index.ts';
import type { Metrics } from '../../platform/observe/index.ts';
import { openWorkerPool } from '../../platform/workers/index.ts';
import type { WorkerPool } from '../../platform/workers/index.ts';
import { readStatement } from './read-statement.ts';
import type { OpenedStatement, StatementAsked } from './read-statement.ts';
import type { StatementTasks } from './statement-tasks.ts';

export type StatementThreads = WorkerPool<StatementTasks>;

/** A thread is started when the first long file comes, and ends when none does. */
export function openStatementThreads(metrics: Metrics): StatementThreads {
  const entry = new URL('./statement-worker.ts', import.meta.url);
  return openWorkerPool<StatementTasks>({ entry, metrics, figures: 'statement', mostThreads: 1, fewestThreads: 0, mostWaiting: 50 });
}

/** Some five hundred rows, which take less time to read than to hand over. */
const SHORT_BYTES = 32_768;
const TIMEOUT_MS = 60_000;

/** Throws `invalid_value` for a file that cannot be read as a whole. */
export async function openStatement(threads: StatementThreads, asked: StatementAsked): Promise<OpenedStatement> {
  const read =
    asked.content.length <= SHORT_BYTES ? readStatement(asked) : await threads.run('readStatement', asked, { timeoutMs: TIMEOUT_MS });
  if (!('refused' in read)) return read;
  throw new AppError('invalid_value', read.refused, { errors: [{ path: 'file', message: read.refused }] });
}
