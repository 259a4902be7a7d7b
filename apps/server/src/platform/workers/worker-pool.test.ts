import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { threadId } from 'node:worker_threads';
import { createMetrics } from '../observe/index.ts';
import type { ExampleTasks } from './testdata/example-worker.ts';
import { openWorkerPool, WorkerError, type WorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

const source = new URL('./testdata/example-worker.ts', import.meta.url);
const inTime = { timeoutMs: 15_000 };

function open(options: Partial<WorkerPoolOptions> = {}): WorkerPool<ExampleTasks> {
  const metrics = createMetrics({ processMetrics: false });
  const pool = openWorkerPool<ExampleTasks>({ entry: source, metrics, mostThreads: 1, ...options });
  onTestFinished(async () => {
    await pool.close();
    metrics.close();
  });
  return pool;
}

test('a task runs on another thread, from source and from a bundle', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-workers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'example-worker.js');
  await build({ entryPoints: [fileURLToPath(source)], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
  for (const entry of [source, pathToFileURL(outfile)]) {
    const { run } = open({ entry });
    // 1 + 2 + … + 1000 = 1000 * 1001 / 2 = 500500.
    expect(
      await run(
        'sum',
        Float64Array.from({ length: 1000 }, (_, index) => index + 1),
        inTime,
      ),
    ).toBe(500_500);
    expect(await run('whereAmI', undefined as never, inTime)).not.toBe(threadId);
  }
});

test("a task's error comes back, and the thread goes on", async () => {
  const { run } = open();
  await expect(run('refuse', 'too far', inTime)).rejects.toThrow('too far');
  expect(await run('sum', new Float64Array([1, 2]), inTime)).toBe(3);
});

test('a task that never ends is ended, by time or by its caller, and the next one runs', async () => {
  const { run } = open();
  await run('whereAmI', undefined as never, inTime);
  await expect(run('spin', undefined as never, { timeoutMs: 50 })).rejects.toMatchObject({ reason: 'timeout' });
  const caller = new AbortController();
  const spinning = run('spin', undefined as never, { ...inTime, signal: caller.signal });
  caller.abort();
  await expect(spinning).rejects.toMatchObject({ reason: 'canceled' });
  expect(await run('sum', new Float64Array([2, 2]), inTime)).toBe(4);
});

test('a thread that dies fails its task and is replaced', async () => {
  const { run } = open();
  await expect(run('die', undefined as never, inTime)).rejects.toThrow();
  expect(await run('sum', new Float64Array([2, 3]), inTime)).toBe(5);
});

test('more tasks than may wait are refused at once', async () => {
  const { run } = open({ mostWaiting: 1 });
  await run('whereAmI', undefined as never, inTime);
  const asked = Array.from({ length: 4 }, () => run('sum', new Float64Array([1]), inTime));
  const outcomes = await Promise.allSettled(asked);
  // One runs and one waits.
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(outcomes[2]).toMatchObject({ reason: new WorkerError('busy', 'The task sum was refused: too many are waiting.') });
  expect(await run('sum', new Float64Array([1]), inTime)).toBe(1);
});

test('a task nobody offers is a mistake', async () => {
  const { run } = open();
  await expect(run('toString' as 'sum', new Float64Array(), inTime)).rejects.toThrow('no task named toString');
});
