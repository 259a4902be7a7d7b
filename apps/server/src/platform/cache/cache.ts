/**
 * A cache of one kind of value, by key. Values are JSON data and are not to be changed by who gets them. What a cache answers was
 * true at most its lifetime ago; after `delete` or `set` nobody is given what was loaded before.
 */
export type Cache<Value> = {
  /** Undefined when there is nothing fresh under the key. */
  readonly get: (key: string) => Promise<Value | undefined>;
  readonly set: (key: string, value: Value, ttlMs: number) => Promise<void>;
  readonly delete: (key: string) => Promise<void>;
  /** The kept value, or what `load` gives. Those who ask while it loads wait for the same load; if it fails, it fails for all of them. */
  readonly getOrLoad: (key: string, load: () => Promise<Value>, lifetime: Lifetime) => Promise<Value>;
  /** Counts a hit that was answered from a copy of what is kept here, so that nobody had to look. */
  readonly countHit: () => void;
  readonly counts: () => CacheCounts;
};

export type Lifetime = {
  readonly ttlMs: number;
  /** For this long after its time a value is still given at once, while a new one is loaded behind the scenes. */
  readonly staleMs?: number;
};

export type CacheCounts = {
  readonly hits: number;
  readonly misses: number;
  /** Hits that were past their time and started a load behind the scenes. */
  readonly stale: number;
  /** Misses that waited for somebody else's load. */
  readonly coalesced: number;
};

/** Opens caches by name. The name is part of every key and labels the figures. */
export type Caches = {
  readonly open: <Value>(name: string) => Cache<Value>;
  /** Figures of every cache opened so far. */
  readonly counts: () => ReadonlyMap<string, CacheCounts>;
};

export type MutableCounts = { -readonly [Key in keyof CacheCounts]: CacheCounts[Key] };

export function noCounts(): MutableCounts {
  return { hits: 0, misses: 0, stale: 0, coalesced: 0 };
}
