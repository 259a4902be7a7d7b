import { describe, expect, test } from 'vitest';
import { fixedClock, type FixedClock } from '../../testing/fixed-clock.ts';
import type { Cache, Caches } from './cache.ts';

export type CacheBench = {
  /** Two servers' views of one store; in process both are the same. */
  readonly first: Caches;
  readonly second: Caches;
  /** Lets time pass for the store and for the clock. */
  readonly pass: (milliseconds: number) => Promise<void>;
};

type Make = (clock: FixedClock) => Promise<CacheBench>;

/** What every cache must do. `make` gives an empty store each time. */
export function cacheSuite(name: string, make: Make): void {
  describe(name, () => {
    keepsValues(() => openBench(make));
    loadsOnce(() => openBench(make));
    losesToChanges(() => openBench(make));
  });
}

type Open = () => ReturnType<typeof openBench>;

async function openBench(make: Make) {
  const bench = await make(fixedClock('2026-01-01T00:00:00Z'));
  const cache = bench.first.open<string | null>('names');
  const other: Cache<string | null> = bench.second === bench.first ? cache : bench.second.open<string | null>('names');
  return { ...bench, cache, other };
}

function keepsValues(open: Open): void {
  test('a hit that a copy answered counts as one', async () => {
    const { cache } = await open();
    cache.countHit();
    expect(await cache.get('a')).toBeUndefined();
    expect(cache.counts()).toMatchObject({ hits: 1, misses: 1 });
  });

  test('a value is there until its time is up, for every server', async () => {
    const { cache, other, pass } = await open();
    expect(await cache.get('a')).toBeUndefined();
    await cache.set('a', 'one', 60_000);
    expect(await other.get('a')).toBe('one');
    await pass(50_000);
    expect(await cache.get('a')).toBe('one');
    await pass(10_000);
    expect(await cache.get('a')).toBeUndefined();
    expect(await other.get('a')).toBeUndefined();
  });

  test('a deleted value is gone for every server, and null is a value', async () => {
    const { cache, other } = await open();
    await cache.set('a', null, 1_000);
    expect(await other.get('a')).toBeNull();
    await other.delete('a');
    expect(await cache.get('a')).toBeUndefined();
  });

  test('caches of other names do not meet', async () => {
    const { cache, first } = await open();
    await cache.set('a', 'one', 1_000);
    expect(await first.open<string>('others').get('a')).toBeUndefined();
    expect(() => first.open('others')).toThrow('open already');
  });
}

function loadsOnce(open: Open): void {
  test('a hundred who ask at once cost one load', async () => {
    const { cache } = await open();
    const loads: string[] = [];
    const asked = Array.from({ length: 100 }, () => cache.getOrLoad('a', gives('one', loads), { ttlMs: 1_000 }));
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['one']));
    expect(loads).toEqual(['one']);
    expect(await cache.getOrLoad('a', gives('two', loads), { ttlMs: 1_000 })).toBe('one');
    expect(cache.counts()).toEqual({ hits: 1, misses: 100, stale: 0, coalesced: 99 });
  });

  test('a failed load fails for all who wait and is not kept', async () => {
    const { cache } = await open();
    const fails = () => Promise.reject(new Error('no database'));
    const asked = Array.from({ length: 3 }, () => cache.getOrLoad('a', fails, { ttlMs: 1_000 }));
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await cache.getOrLoad('a', gives('one'), { ttlMs: 1_000 })).toBe('one');
    expect(await cache.get('a')).toBe('one');
  });

  test('a stale value is given at once while one load behind the scenes replaces it', async () => {
    const { cache, pass } = await open();
    const lifetime = { ttlMs: 1_000, staleMs: 5_000 };
    const loads: string[] = [];
    await cache.getOrLoad('a', gives('old', loads), lifetime);
    await pass(1_000);
    expect(await cache.get('a')).toBeUndefined();
    const refresh = held('new');
    const asked = await Promise.all(Array.from({ length: 5 }, () => cache.getOrLoad('a', refresh.load, lifetime)));
    expect(asked).toEqual(['old', 'old', 'old', 'old', 'old']);
    refresh.release();
    await until(async () => (await cache.get('a')) === 'new');
    expect(refresh.loads()).toBe(1);
    await pass(6_000);
    expect(await cache.getOrLoad('a', gives('third'), lifetime)).toBe('third');
  });
}

function losesToChanges(open: Open): void {
  for (const change of ['delete', 'set'] as const) {
    for (const state of ['missing', 'stale'] as const) {
      test(`a load that began before a ${change} on another server does not bring the old value back (${state})`, async () => {
        const { cache, other, pass } = await open();
        const lifetime = { ttlMs: 1_000, staleMs: 5_000 };
        if (state === 'stale') {
          await cache.set('a', 'older', 1);
          await cache.getOrLoad('a', gives('older'), lifetime);
          await pass(1_000);
        }
        const slow = held('old');
        const answer = cache.getOrLoad('a', slow.load, lifetime);
        await until(async () => slow.loads() === 1);
        await (change === 'delete' ? other.delete('a') : other.set('a', 'new', 1_000));
        // Who asks after the change does not join the load from before it.
        expect(await cache.getOrLoad('a', gives('new'), lifetime)).toBe('new');
        slow.release();
        await answer;
        await slow.settled();
        expect(await cache.get('a')).toBe('new');
        expect(await other.get('a')).toBe('new');
      });
    }
  }
}

function gives(value: string | null, loads: string[] = []) {
  return async () => {
    loads.push(value ?? 'null');
    return value;
  };
}

/** A load that waits to be let go. */
function held(value: string) {
  let release = (): void => undefined;
  let loads = 0;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    load: async () => {
      loads += 1;
      await gate;
      return value;
    },
    release: () => release(),
    loads: () => loads,
    /** Gives what follows the load a chance to happen, so that a wrong write would be seen. */
    settled: async () => {
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    },
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 10_000; turn += 1) {
    if (await holds()) return;
    await new Promise(setImmediate);
  }
  throw new Error('It never came to hold.');
}
