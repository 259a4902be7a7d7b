import { expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { cacheSuite } from './cache-suite.ts';
import { createMemoryCaches } from './memory-cache.ts';

cacheSuite('in process', async (clock) => {
  const caches = createMemoryCaches({ clock });
  return { first: caches, second: caches, pass: async (milliseconds) => clock.advance(milliseconds) };
});

test('the least recently used goes when a cache is full', async () => {
  const cache = createMemoryCaches({ clock: fixedClock(0), maxEntries: 2 }).open<number>('figures');
  await cache.set('a', 1, 1_000);
  await cache.set('b', 2, 1_000);
  await cache.get('a');
  await cache.set('c', 3, 1_000);
  expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([1, undefined, 3]);
});

test('text goes by its length: much of it makes room for more, and what is longer than all the room is not kept', async () => {
  const cache = createMemoryCaches({ clock: fixedClock(0), maxCharacters: 100 }).open<string>('pages');
  // A value of 40, a key of 1 and 1 for the entry: two of 42 fit into 100, a third does not.
  for (const key of ['a', 'b', 'c']) await cache.set(key, key.repeat(40), 1_000);
  expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([undefined, 'b'.repeat(40), 'c'.repeat(40)]);
  await cache.set('d', 'd'.repeat(100), 1_000);
  expect(await cache.getOrLoad('d', async () => 'loaded', { ttlMs: 1_000 })).toBe('loaded');
});
