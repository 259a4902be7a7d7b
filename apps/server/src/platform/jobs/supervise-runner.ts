import { EventEmitter } from 'node:events';
import type { Runner, WorkerEvents } from 'graphile-worker';
import type { Logger } from '../observe/index.ts';
import type { WorkerPresence } from './worker-presence.ts';

export type Supervision = {
  readonly start: (events: WorkerEvents) => Promise<Runner>;
  readonly living: WorkerPresence;
  readonly logger: Logger;
};

const restartAfterMs = 1_000;
/** A runner that fails to ask for jobs so often in a row may never ask again: it keeps the failure of its first question. */
const mostFailuresInARow = 5;
/** A runner that was left has so long to end its jobs; then others may take them. */
const leaveAfterMs = 30_000;

/**
 * Keeps a runner going. graphile-worker gives up when the database fails it at a bad moment, sometimes without settling
 * any promise, and the server must not. Rejects when the first start fails.
 */
export async function superviseRunner({ start, living, logger }: Supervision): Promise<{ readonly stop: () => Promise<void> }> {
  let current: Runner | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  const launch = async (): Promise<void> => {
    let ended = false;
    let runner: Runner | null = null;
    const poolIds: string[] = [];
    const end = (error: unknown): void => {
      if (ended || stopping) return;
      ended = true;
      current = null;
      if (runner !== null) void leave(runner).then(() => living.remove(poolIds));
      again(error);
    };
    const events = watchedEvents(end);
    events.on('pool:create', ({ workerPool }) => {
      poolIds.push(workerPool.id);
      living.add(workerPool.id);
    });
    runner = await start(events);
    runner.promise.then(() => end(new Error('The job runner ended.')), end);
    if (stopping || ended) void leave(runner).then(() => living.remove(poolIds));
    else current = runner;
  };
  const again = (error: unknown): void => {
    if (stopping) return;
    logger.warn({ error }, 'the job runner is started again');
    timer = setTimeout(() => void launch().catch(again), restartAfterMs);
  };

  await launch();
  return {
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await current?.stop();
    },
  };
}

function watchedEvents(end: (error: unknown) => void): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  let failures = 0;
  const well = (): void => {
    failures = 0;
  };
  events.on('pool:gracefulShutdown', () => end(new Error('The job runner shut down.')));
  events.on('pool:forcefulShutdown', () => end(new Error('The job runner shut down.')));
  events.on('worker:getJob:empty', well);
  events.on('job:start', well);
  events.on('worker:getJob:error', ({ error }) => {
    failures += 1;
    if (failures >= mostFailuresInARow) end(error);
  });
  return events;
}

async function leave(runner: Runner): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, leaveAfterMs).unref();
  });
  // It may have stopped already, which it calls an error.
  const stopped = (async () => runner.stop())().catch(() => undefined);
  await Promise.race([stopped, late]);
  clearTimeout(timer);
}
