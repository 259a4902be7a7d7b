import { away, type RedisConnection } from '../redis/index.ts';
import { bucketKey, hourBucket, minuteBucket, type Bucket, type Buckets } from './buckets.ts';
import type { Limiter, LimitDecision } from './limiter.ts';

export type RedisLimiterOptions = {
  readonly buckets: Buckets;
  readonly redis: RedisConnection;
  /** Decides while Redis is away; each server then counts for itself. */
  readonly fallback: Limiter;
};

/**
 * Counts one request in each bucket in turn, until one is full. For each it answers the count and the milliseconds until
 * the window ends. Counting and setting the end are one step, so that no counter is left without an end.
 */
const countRequest = `local answers = {}
for index, key in ipairs(KEYS) do
  local limit, windowMs = tonumber(ARGV[2 * index - 1]), tonumber(ARGV[2 * index])
  local count = redis.call('INCR', key)
  local leftMs = redis.call('PTTL', key)
  if leftMs < 0 or leftMs > windowMs then
    redis.call('PEXPIRE', key, windowMs)
    leftMs = windowMs
  end
  answers[2 * index - 1], answers[2 * index] = count, leftMs
  if count > limit then break end
end
return answers`;

/** Counters shared by all servers; they expire by themselves. */
export function createRedisLimiter({ buckets, redis, fallback }: RedisLimiterOptions): Limiter {
  return {
    decide: async (asker) => {
      const asked = [minuteBucket(buckets, asker), hourBucket(buckets, asker)].filter((bucket) => bucket !== null);
      if (asked.length === 0) return null;
      const answers = await redis.attempt((client) =>
        client.eval(countRequest, {
          keys: asked.map((bucket) => redis.named(`rate:${bucket.name}:${bucketKey(bucket, asker)}`)),
          arguments: asked.flatMap((bucket) => [String(bucket.limit), String(bucket.windowMs)]),
        }),
      );
      if (answers === away || !Array.isArray(answers)) return fallback.decide(asker);
      return nearest(asked, answers.map(Number));
    },
  };
}

function nearest(asked: readonly Bucket[], answers: readonly number[]): LimitDecision | null {
  let found: LimitDecision | null = null;
  for (const [index, { limit }] of asked.entries()) {
    const count = answers[2 * index];
    const leftMs = answers[2 * index + 1];
    if (count === undefined || leftMs === undefined) break;
    const allowed = count <= limit;
    const resetSeconds = Math.ceil(leftMs / 1000);
    const decision = { allowed, limit, remaining: Math.max(0, limit - count), resetSeconds, retryAfterSeconds: allowed ? 0 : resetSeconds };
    if (found === null || !allowed || decision.remaining < found.remaining) found = decision;
  }
  return found;
}
