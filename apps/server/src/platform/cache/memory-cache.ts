import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { noCounts, type Cache, type Caches, type Lifetime } from './cache.ts';
import { cachesOf } from './open-caches.ts';

type Entry<Value> = { readonly value: Value; readonly freshUntil: number; readonly keptUntil: number };

export type MemoryCacheOptions = {
  readonly clock: Clock;
  /** The most entries of each cache; the least recently used go first. 10,000 when left out. */
  readonly maxEntries?: number;
  /** The most characters of text that each cache keeps, for values that are text; 50 million when left out. */
  readonly maxCharacters?: number;
  /** Told of loads behind the scenes that failed; the stale value stays in use until its end. */
  readonly onError?: (error: unknown) => void;
};

/** Caches in this process: one server, or a server without Redis. */
export function createMemoryCaches(options: MemoryCacheOptions): Caches {
  return cachesOf(() => memoryCache(options));
}

function memoryCache<Value>({ clock, maxEntries = 10_000, maxCharacters = 50_000_000, onError }: MemoryCacheOptions): Cache<Value> {
  const entries = new LRUCache<string, Entry<Value>>({
    max: maxEntries,
    maxSize: maxCharacters,
    sizeCalculation: ({ value }, key) => key.length + (typeof value === 'string' ? value.length : 0) + 1,
  });
  const loads = new Map<string, Promise<Value>>();
  const counts = noCounts();

  const put = (key: string, value: Value, { ttlMs, staleMs = 0 }: Lifetime): void => {
    const freshUntil = clock.now() + ttlMs;
    entries.set(key, { value, freshUntil, keptUntil: freshUntil + staleMs });
  };
  const startLoad = (key: string, load: () => Promise<Value>, lifetime: Lifetime): Promise<Value> => {
    const started = load().then(
      (value) => {
        // A set or delete meanwhile has taken this load off the list: what it found may be older than that.
        if (loads.get(key) === started) {
          loads.delete(key);
          put(key, value, lifetime);
        }
        return value;
      },
      (error: unknown) => {
        if (loads.get(key) === started) loads.delete(key);
        throw error;
      },
    );
    loads.set(key, started);
    return started;
  };
  const found = (key: string): Entry<Value> | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || clock.now() < entry.keptUntil) return entry;
    entries.delete(key);
    return undefined;
  };

  return {
    get: async (key) => {
      const entry = found(key);
      const fresh = entry !== undefined && clock.now() < entry.freshUntil;
      counts[fresh ? 'hits' : 'misses'] += 1;
      return fresh ? entry.value : undefined;
    },
    set: async (key, value, ttlMs) => {
      loads.delete(key);
      put(key, value, { ttlMs });
    },
    delete: async (key) => {
      loads.delete(key);
      entries.delete(key);
    },
    getOrLoad: async (key, load, lifetime) => {
      const entry = found(key);
      const running = loads.get(key);
      if (entry !== undefined) {
        counts.hits += 1;
        if (clock.now() < entry.freshUntil) return entry.value;
        counts.stale += 1;
        if (running === undefined) startLoad(key, load, lifetime).catch((error: unknown) => onError?.(error));
        return entry.value;
      }
      counts.misses += 1;
      if (running === undefined) return startLoad(key, load, lifetime);
      counts.coalesced += 1;
      return running;
    },
    countHit: () => void (counts.hits += 1),
    counts: () => ({ ...counts }),
  };
}
