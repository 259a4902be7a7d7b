import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFactChannels } from './fact-channels.ts';
import type { Fact, FactSource } from './channels.ts';
import { testConnection } from './test-sockets.ts';

/** A log that many servers write to; this one reads it when it is told to look again. */
function logOf(facts: Fact[], wait: () => Promise<unknown>): FactSource {
  return {
    kind: 'orders',
    open: async () => ({ sequence: facts.length, data: '{}' }),
    since: async (_channel, sequence) => facts.slice(sequence),
    after: async (_channel, sequence) => {
      const read = facts.slice(sequence, sequence + 3);
      await wait();
      return read;
    },
  };
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('own' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('foreign' as const), count: fc.integer({ min: 1, max: 5 }), told: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'listen' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), pick: fc.nat(5) }) },
);

test('I11: whoever listens gets every fact after the one they began at, once and in order, whatever other servers write meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(step, { maxLength: 30 }), async (scheduler, steps) => {
      const log: Fact[] = [];
      const write = (count: number): Fact[] =>
        Array.from({ length: count }, () => {
          const fact = { sequence: log.length + 1, data: String(log.length + 1) };
          log.push(fact);
          return fact;
        });
      const errors: unknown[] = [];
      const facts = createFactChannels([logOf(log, () => scheduler.schedule(Promise.resolve(), 'reading'))], (error) => errors.push(error));
      const listeners: { readonly connection: ReturnType<typeof testConnection>; readonly from: number; left: boolean }[] = [];
      for (const one of steps) {
        if (one.kind === 'own') {
          const written = write(one.count);
          facts.tell('orders:x', () => written);
        } else if (one.kind === 'foreign') {
          write(one.count);
          if (one.told) facts.lookAgain('orders:x');
        } else if (one.kind === 'listen') {
          const listener = { connection: testConnection(), from: log.length, left: false };
          facts.follow(listener.connection.client, 'orders:x');
          listeners.push(listener);
          // News may come between the reading of the snapshot and its sending.
          void scheduler.schedule(Promise.resolve(), 'opening').then(() => {
            if (!listener.left) facts.begin(listener.connection.client, 'orders:x', listener.from);
          });
        } else {
          const leaving = listeners[one.pick];
          if (leaving === undefined) continue;
          leaving.left = true;
          facts.unfollow(leaving.connection.client, 'orders:x');
        }
        if (scheduler.count() > 0) await scheduler.waitOne();
      }
      // In the end the news of all servers have come.
      facts.lookAgain('orders:x');
      await scheduler.waitIdle();
      expect(errors).toEqual([]);
      for (const { connection, from, left } of listeners) {
        const got = connection.events().map(([, sequence]) => sequence);
        const all = log.slice(from).map(({ sequence }) => sequence);
        expect(got).toEqual(left ? all.slice(0, got.length) : all);
      }
    }),
    { numRuns: 300 },
  );
});

test('a channel that cannot be read says so, and is read again with the next news', async () => {
  const log: Fact[] = [];
  let broken = true;
  const errors: unknown[] = [];
  const source = logOf(log, async () => {
    if (broken) throw new Error('the database is away');
  });
  const facts = createFactChannels([source], (error) => errors.push(error));
  const { client, events } = testConnection();
  facts.follow(client, 'orders:x');
  facts.begin(client, 'orders:x', 0);
  log.push({ sequence: 1, data: '1' });
  await new Promise(setImmediate);
  expect([errors.length, events()]).toEqual([1, []]);
  broken = false;
  facts.lookAgain('orders:x');
  await new Promise(setImmediate);
  expect(events()).toEqual([['orders:x', 1, 1]]);
});
