import { randomUUID } from 'node:crypto';
import type { Lifetime } from './cache.ts';

/** A load that takes longer than this does not keep its result. */
export const leaseMs = 10_000;

/** Answers what the key holds, or leaves the lease there and answers it. */
export const getOrLease = `local held = redis.call('GET', KEYS[1])
if held then return held end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`;

/** Replaces what the key holds if it still is what was expected; a lifetime of 0 removes it. */
export const replaceIfSame = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '0' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1`;

const leaseMark = 'loading ';

/** Marks a key as being loaded; each load has its own. */
export function newLease(): string {
  return leaseMark + randomUUID();
}

export function isLease(held: string): boolean {
  return held.startsWith(leaseMark);
}

/** "fresh until, a space, the value as JSON" and how long Redis is to keep it. */
export function written(value: unknown, now: number, { ttlMs, staleMs = 0 }: Lifetime): { readonly held: string; readonly ttlMs: number } {
  return { held: `${String(now + ttlMs)} ${JSON.stringify(value)}`, ttlMs: ttlMs + staleMs };
}

/** Null when nothing is kept, or a lease. */
export function read<Value>(held: unknown): { readonly freshUntil: number; readonly value: Value } | null {
  if (typeof held !== 'string' || isLease(held)) return null;
  const space = held.indexOf(' ');
  // The cache wrote it under this name, where only values of this kind are kept.
  return { freshUntil: Number(held.slice(0, space)), value: JSON.parse(held.slice(space + 1)) as Value };
}
