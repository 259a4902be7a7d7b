import type { Clock } from '../clock.ts';
import { bucketKey, hourBucket, minuteBucket, type Asker, type Bucket, type Buckets } from './buckets.ts';
import type { Limiter, LimitDecision } from './limiter.ts';

type Window = { -readonly [Key in keyof LimitDecision]: LimitDecision[Key] } & { count: number; resetAt: number };

/** More askers than this at once and the oldest windows are given up, so that a flood of addresses cannot fill the memory. */
const mostWindows = 200_000;

/** Counts in this process. A request that finds its windows allocates nothing. */
export function createMemoryLimiter(buckets: Buckets, clock: Clock): Limiter & { decide(asker: Asker): LimitDecision | null } {
  const windows: Readonly<Record<Bucket['name'], Map<string, Window>>> = {
    burst: new Map(),
    session: new Map(),
    standard: new Map(),
    premium: new Map(),
  };
  const count = (bucket: Bucket, asker: Asker, now: number): Window => {
    const ofBucket = windows[bucket.name];
    const key = bucketKey(bucket, asker);
    let window = ofBucket.get(key);
    // A window that ends later than it could have begun now is from before the clock was set back.
    if (window === undefined || now >= window.resetAt || window.resetAt - now > bucket.windowMs) {
      window = newWindow(bucket, now);
      ofBucket.delete(key);
      dropFinished(ofBucket, now);
      ofBucket.set(key, window);
    }
    window.count += 1;
    window.allowed = window.count <= window.limit;
    window.remaining = Math.max(0, window.limit - window.count);
    window.resetSeconds = Math.ceil((window.resetAt - now) / 1000);
    window.retryAfterSeconds = window.allowed ? 0 : window.resetSeconds;
    return window;
  };
  return {
    decide: (asker) => {
      const first = minuteBucket(buckets, asker);
      if (first === null) return null;
      const now = clock.now();
      const minute = count(first, asker, now);
      const second = minute.allowed ? hourBucket(buckets, asker) : null;
      if (second === null) return minute;
      const hour = count(second, asker, now);
      return !hour.allowed || hour.remaining < minute.remaining ? hour : minute;
    },
  };
}

function newWindow(bucket: Bucket, now: number): Window {
  return {
    count: 0,
    resetAt: now + bucket.windowMs,
    allowed: true,
    limit: bucket.limit,
    remaining: bucket.limit,
    resetSeconds: 0,
    retryAfterSeconds: 0,
  };
}

/** Windows of one bucket are equally long and stand in the order of their beginnings, so the finished ones are in front. */
function dropFinished(windows: Map<string, Window>, now: number): void {
  for (const [key, window] of windows) {
    if (now < window.resetAt && windows.size < mostWindows) return;
    windows.delete(key);
  }
}
