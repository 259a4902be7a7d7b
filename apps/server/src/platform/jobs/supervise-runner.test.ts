import type { Runner, WorkerEvents } from 'graphile-worker';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../observe/index.ts';
import { superviseRunner } from './supervise-runner.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A library that starts runners which do nothing by themselves, and notes what is asked of them. */
function library() {
  const started: { readonly events: WorkerEvents; readonly fail: (error: Error) => void }[] = [];
  const log: string[] = [];
  let refusals = 0;
  const start = async (events: WorkerEvents): Promise<Runner> => {
    if (refusals > 0) {
      refusals -= 1;
      log.push('start refused');
      throw new Error('no database');
    }
    const number = started.length + 1;
    let fail = (error: Error): void => void error;
    const promise = new Promise<void>((_, reject) => (fail = reject));
    started.push({ events, fail });
    log.push(`start ${String(number)}`);
    events.emit('pool:create', { workerPool: { id: `pool-${String(number)}` } } as never);
    const stop = async (): Promise<void> => void log.push(`stop ${String(number)}`);
    return { stop, kill: stop, promise, events, addJob: () => Promise.reject(new Error('not here')) };
  };
  const living = {
    add: (id: string) => void log.push(`living ${id}`),
    remove: (ids: readonly string[]) => void log.push(`gone ${ids.join()}`),
    check: async () => undefined,
    close: async () => undefined,
  };
  return { start, living, started, log, refuse: (times: number) => (refusals = times) };
}

const second = () => vi.advanceTimersByTimeAsync(1_000);
const emit = (events: WorkerEvents | undefined, name: 'worker:getJob:error' | 'worker:getJob:empty' | 'pool:gracefulShutdown') =>
  events?.emit(name, { error: new Error('gone') } as never);

test('a runner that shuts down unasked, ends or fails is left and another is started, once, as often as it takes', async () => {
  const { log, started, refuse, ...rest } = library();
  await superviseRunner({ ...rest, logger: silentLogger() });
  expect(log.splice(0)).toEqual(['start 1', 'living pool-1']);

  refuse(2);
  emit(started[0]?.events, 'pool:gracefulShutdown');
  started[0]?.fail(new Error('later'));
  await second();
  expect(log.splice(0)).toEqual(['stop 1', 'gone pool-1', 'start refused']);
  await second();
  await second();
  expect(log.splice(0)).toEqual(['start refused', 'start 2', 'living pool-2']);

  started[1]?.fail(new Error('ended'));
  await second();
  expect(log.splice(0)).toEqual(['stop 2', 'gone pool-2', 'start 3', 'living pool-3']);
});

test('five failures in a row to ask for a job are too many, with a success between they are not', async () => {
  const { log, started, start, living } = library();
  await superviseRunner({ start, living, logger: silentLogger() });
  log.splice(0);
  for (let round = 0; round < 3; round += 1) {
    for (let failure = 0; failure < 4; failure += 1) emit(started[0]?.events, 'worker:getJob:error');
    emit(started[0]?.events, 'worker:getJob:empty');
  }
  await second();
  expect(log).toEqual([]);
  for (let failure = 0; failure < 5; failure += 1) emit(started[0]?.events, 'worker:getJob:error');
  await second();
  expect(log).toEqual(['stop 1', 'gone pool-1', 'start 2', 'living pool-2']);
});

test('stopping is no reason to start again', async () => {
  const { log, started, start, living } = library();
  const { stop } = await superviseRunner({ start, living, logger: silentLogger() });
  await stop();
  emit(started[0]?.events, 'pool:gracefulShutdown');
  await second();
  expect(log).toEqual(['start 1', 'living pool-1', 'stop 1']);
});

test('a first start that fails says so', async () => {
  const { start, living, refuse } = library();
  refuse(1);
  await expect(superviseRunner({ start, living, logger: silentLogger() })).rejects.toThrow('no database');
});
