import type { Clock } from '../clock.ts';
import type { RedisConnection } from '../redis/index.ts';
import { bucketsOf, type Asker, type RateRules } from './buckets.ts';
import { createMemoryLimiter } from './memory-limiter.ts';
import { createRedisLimiter } from './redis-limiter.ts';

export type LimitDecision = {
  readonly allowed: boolean;
  /** The bucket that is nearer to its end: its size, what is left of it, seconds until it is full again. */
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  /** 0 when allowed. */
  readonly retryAfterSeconds: number;
};

export type Limiter = {
  /**
   * Counts one request. Null when no limit applies. At once while counters are in this process; the decision is then
   * valid until the next one, since its object is used again.
   */
  readonly decide: (asker: Asker) => LimitDecision | null | Promise<LimitDecision | null>;
};

export type LimiterOptions = {
  /** Null lifts all limits. */
  readonly rules: RateRules | null;
  readonly clock: Clock;
  /** Null counts in this process. */
  readonly redis: RedisConnection | null;
};

/** A fixed window per bucket and asker, which begins with its first request. */
export function createLimiter({ rules, clock, redis }: LimiterOptions): Limiter {
  if (rules === null) return { decide: () => null };
  const buckets = bucketsOf(rules);
  const inProcess = createMemoryLimiter(buckets, clock);
  return redis === null ? inProcess : createRedisLimiter({ buckets, redis, fallback: inProcess });
}
