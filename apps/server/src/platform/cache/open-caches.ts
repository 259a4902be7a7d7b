import type { Cache, CacheCounts, Caches } from './cache.ts';

/** Keeps track of the caches of one store. A name opened twice would share keys between kinds of values, so it throws. */
export function cachesOf(make: <Value>(name: string) => Cache<Value>): Caches {
  const opened = new Map<string, () => CacheCounts>();
  return {
    open: <Value>(name: string) => {
      if (opened.has(name)) throw new Error(`A cache named ${name} is open already.`);
      const cache = make<Value>(name);
      opened.set(name, cache.counts);
      return cache;
    },
    counts: () => new Map([...opened].map(([name, counts]) => [name, counts()])),
  };
}
