import type { Clock } from '../clock.ts';
import type { RedisConnection } from '../redis/index.ts';
import type { Lifetime, MutableCounts } from './cache.ts';
import { isLease, replaceIfSame, written } from './redis-entry.ts';

/** Where a load writes to: the key, and what it held when the load began; null while Redis is away. */
export type LoadPlace = { readonly key: string; readonly held: string | null };

export type RedisLoads<Value> = {
  /** Begins a load, or joins the one that began with the same thing under the key. */
  readonly start: (place: LoadPlace, load: () => Promise<Value>, lifetime: Lifetime) => Promise<Value>;
  /** Nobody joins a load of this key that began while Redis was away. */
  readonly forget: (key: string) => void;
};

type Surroundings = { readonly redis: RedisConnection; readonly clock: Clock; readonly counts: MutableCounts };

/** The running loads of this process. A load keeps its result only if the key still holds what it began with. */
export function createRedisLoads<Value>({ redis, clock, counts }: Surroundings): RedisLoads<Value> {
  const running = new Map<string, Promise<Value>>();

  const replace = async ({ key, held }: LoadPlace, next: { readonly held: string; readonly ttlMs: number }): Promise<void> => {
    if (held === null) return;
    await redis.attempt((client) => client.eval(replaceIfSame, { keys: [key], arguments: [held, next.held, String(next.ttlMs)] }));
  };
  const loadAndKeep = async (place: LoadPlace, load: () => Promise<Value>, lifetime: Lifetime): Promise<Value> => {
    try {
      const value = await load();
      await replace(place, written(value, clock.now(), lifetime));
      return value;
    } catch (error) {
      // A failed load gives its lease back, so that the next one may keep its result.
      if (place.held !== null && isLease(place.held)) await replace(place, { held: '', ttlMs: 0 });
      throw error;
    }
  };

  return {
    start: (place, load, lifetime) => {
      const id = place.held === null ? place.key : `${place.key} ${place.held}`;
      const joined = running.get(id);
      if (joined !== undefined) {
        counts.coalesced += 1;
        return joined;
      }
      const started = loadAndKeep(place, load, lifetime).finally(() => {
        if (running.get(id) === started) running.delete(id);
      });
      running.set(id, started);
      return started;
    },
    forget: (key) => running.delete(key),
  };
}
