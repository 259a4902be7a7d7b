import type { Clock } from '../clock.ts';
import { away, type RedisConnection } from '../redis/index.ts';
import { noCounts, type Cache, type Caches } from './cache.ts';
import { cachesOf } from './open-caches.ts';
import { createPendingDeletes, type PendingDeletes } from './pending-deletes.ts';
import { createRedisLoads } from './redis-loads.ts';
import { getOrLease, leaseMs, newLease, read, written } from './redis-entry.ts';

export type RedisCacheOptions = {
  readonly redis: RedisConnection;
  readonly clock: Clock;
  readonly onError?: (error: unknown) => void;
};

/**
 * Caches in Redis, shared by all servers. While Redis is away everything is loaded anew, which is slower and right.
 *
 * A load writes its result only if the key still holds what the load began with: the lease it put there on a miss, or the stale value
 * it is to replace. So a delete, on any server, wins over every load that began before it.
 */
export function createRedisCaches(options: RedisCacheOptions): Caches {
  const pending = createPendingDeletes({ redis: options.redis, keyPrefix: options.redis.named('cache:') });
  return cachesOf((name) => redisCache(name, options, pending));
}

function redisCache<Value>(name: string, { redis, clock, onError }: RedisCacheOptions, pending: PendingDeletes): Cache<Value> {
  const counts = noCounts();
  const fullKey = (key: string): string => redis.named(`cache:${name}:${key}`);

  const loads = createRedisLoads<Value>({ redis, clock, counts });

  return {
    get: async (key) => {
      const held = await pending.settled(() => redis.attempt((client) => client.get(fullKey(key))));
      const entry = held === away ? null : read<Value>(held);
      const fresh = entry !== null && clock.now() < entry.freshUntil;
      counts[fresh ? 'hits' : 'misses'] += 1;
      return fresh ? entry.value : undefined;
    },
    set: async (key, value, ttlMs) => {
      const place = fullKey(key);
      loads.forget(place);
      const { held } = written(value, clock.now(), { ttlMs });
      const done = await pending.settled(() =>
        redis.attempt((client) => client.set(place, held, { expiration: { type: 'PX', value: ttlMs } })),
      );
      // What the key holds now is older than the value that did not arrive.
      if (done === away) pending.add(place);
    },
    delete: async (key) => {
      const place = fullKey(key);
      loads.forget(place);
      const done = await redis.attempt((client) => client.del(place));
      if (done === away) pending.add(place);
    },
    getOrLoad: async (key, load, lifetime) => {
      const place = fullKey(key);
      const lease = newLease();
      const held = await pending.settled(() =>
        redis.attempt((client) => client.eval(getOrLease, { keys: [place], arguments: [lease, String(leaseMs)] })),
      );
      const entry = held === away ? null : read<Value>(held);
      if (entry === null || typeof held !== 'string') {
        counts.misses += 1;
        return loads.start({ key: place, held: typeof held === 'string' ? held : null }, load, lifetime);
      }
      counts.hits += 1;
      if (clock.now() >= entry.freshUntil) {
        counts.stale += 1;
        loads.start({ key: place, held }, load, lifetime).catch((error: unknown) => onError?.(error));
      }
      return entry.value;
    },
    countHit: () => void (counts.hits += 1),
    counts: () => ({ ...counts }),
  };
}
