/**
 * Slows guessing. Each subject (an account from one address, an account, an address) has some tries for free; then every further
 * failure doubles the wait. Counts are kept in the database, so neither a restart nor a second server begins anew.
 *
 * A try counts as failed from its beginning and is taken back when it turns out well: a hundred that come at once cannot all be let in.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { lockAttempts, storeAttempts, takeBackAttempts } from './attempt-store.ts';
import type { CountedAttempts } from './attempt-store.ts';

const FIRST_WAIT_MS = 1_000;
/** After this long without a failure everything is forgotten. */
const FORGET_AFTER_MS = 60 * 60 * 1_000;

export interface ThrottledSubject {
  readonly name: string;
  /** Tries that cost nothing: people mistype. */
  readonly free: number;
  readonly longestWaitMs: number;
  /** Whether a success forgets all that failed before. Else only this try is taken back. */
  readonly clears: boolean;
}

export interface Attempt {
  succeeded(): Promise<void>;
}

export interface LoginThrottle {
  /** Throws `rate_limited` while a subject has to wait. */
  begin(subjects: readonly ThrottledSubject[]): Promise<Attempt>;
}

export interface LoginThrottleNeeds {
  readonly db: Db;
  readonly clock: Clock;
  /** What was typed as a name may be a password, so only its keyed hash is kept. */
  readonly key: Buffer;
}

export function createLoginThrottle({ db, clock, key }: LoginThrottleNeeds): LoginThrottle {
  const hashed = (name: string) => createHmac('sha256', key).update(name).digest('base64url');
  return {
    begin: async (subjects) => {
      const named = new Map(subjects.map((subject) => [hashed(subject.name), subject]));
      await transact(db, async (tx) => {
        const now = clock.now();
        const known = await lockAttempts(tx, [...named.keys()], now);
        const counts = new Map<string, number>();
        for (const [name, subject] of named) {
          const count = countOf(known.get(name), now);
          refuseEarly(subject, { count, lastAt: known.get(name)?.lastAt ?? now }, now);
          counts.set(name, count + 1);
        }
        await storeAttempts(tx, counts, now);
      });
      return {
        succeeded: async () => {
          const names = (clears: boolean) => [...named].filter(([, subject]) => subject.clears === clears).map(([name]) => name);
          await transact(db, (tx) => takeBackAttempts(tx, { cleared: names(true), lessened: names(false) }));
        },
      };
    },
  };
}

function countOf(entry: CountedAttempts | undefined, now: number): number {
  return entry === undefined || now - entry.lastAt > FORGET_AFTER_MS ? 0 : entry.count;
}

function refuseEarly({ free, longestWaitMs }: ThrottledSubject, { count, lastAt }: CountedAttempts, now: number): void {
  if (count < free) return;
  const waitMs = lastAt + Math.min(FIRST_WAIT_MS * 2 ** (count - free), longestWaitMs) - now;
  if (waitMs <= 0) return;
  const seconds = Math.ceil(waitMs / 1_000);
  throw new AppError('rate_limited', `After ${count} failures the next try is possible in ${seconds} s.`, { retryAfterSeconds: seconds });
}
