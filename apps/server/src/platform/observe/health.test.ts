import { expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { createHealth, type HealthCheck } from './health.ts';

const fine = (): void => undefined;
const broken = (): Promise<void> => Promise.reject(new Error('postgres://app:hunter2@db'));
const neverEnds = (): Promise<void> => new Promise(() => undefined);

async function report(question: 'live' | 'ready', ...checks: readonly HealthCheck[]) {
  const failures: string[] = [];
  const health = createHealth({ clock: fixedClock(0), onFailure: (name) => failures.push(name) });
  for (const check of checks) health.register(check);
  return { ...(await health.report(question)), failures };
}

const database = (run: HealthCheck['run']): HealthCheck => ({ name: 'database', need: 'ready', run, timeoutMs: 5 });
const redis = (run: HealthCheck['run']): HealthCheck => ({ name: 'redis', need: 'degraded', run, timeoutMs: 5 });
const thread = (run: HealthCheck['run']): HealthCheck => ({ name: 'thread', need: 'live', run });

test.each([
  { question: 'ready', checks: [database(fine), redis(fine)], expected: { status: 'ok', healthy: true, failures: [] } },
  { question: 'ready', checks: [database(fine), redis(broken)], expected: { status: 'degraded', healthy: true, failures: ['redis'] } },
  { question: 'ready', checks: [database(broken), redis(fine)], expected: { status: 'failing', healthy: false, failures: ['database'] } },
  { question: 'ready', checks: [database(neverEnds)], expected: { status: 'failing', healthy: false, failures: ['database'] } },
  { question: 'live', checks: [database(broken), thread(fine)], expected: { status: 'ok', healthy: true, failures: [] } },
  { question: 'live', checks: [thread(broken)], expected: { status: 'failing', healthy: false, failures: ['thread'] } },
  { question: 'ready', checks: [thread(broken)], expected: { status: 'failing', healthy: false, failures: ['thread'] } },
] as const)('$question is $expected.status with failures $expected.failures', async ({ question, checks, expected }) => {
  expect(await report(question, ...checks)).toMatchObject(expected);
});

test('the report names what failed and how, but not why', async () => {
  const { checks } = await report('ready', database(broken), redis(neverEnds));
  expect(checks).toEqual([
    { name: 'database', status: 'failing', durationMs: 0 },
    { name: 'redis', status: 'timeout', durationMs: 0 },
  ]);
});

test('a crowd of askers runs a check once', async () => {
  let runs = 0;
  const health = createHealth({ clock: fixedClock(0) });
  health.register(database(async () => void (runs += 1)));
  await Promise.all(Array.from({ length: 100 }, () => health.report('ready')));
  expect(runs).toBe(1);
  await health.report('ready');
  expect(runs).toBe(2);
});

test('a stopping server is live but not ready', async () => {
  const health = createHealth({ clock: fixedClock(0) });
  health.stopping();
  expect(await health.report('ready')).toMatchObject({ status: 'stopping', healthy: false });
  expect(await health.report('live')).toMatchObject({ status: 'ok', healthy: true });
});
