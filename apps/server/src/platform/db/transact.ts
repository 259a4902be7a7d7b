/**
 * A database transaction. Use cases call `transact`; inside one, a further `transact` joins it, so a whole request
 * (its idempotency key, its effect, its audit entry) commits at once. Serialisation failures and deadlocks are tried again.
 */
import type { Transaction } from 'kysely';
import { createAsyncContext } from './async-context.ts';
import type { Database as Tables } from './generated/schema.ts';
import type { Db } from './pool.ts';

export type Tx = Transaction<Tables>;

interface Current {
  readonly tx: Tx;
  readonly afterCommit: (() => void)[];
}

const current = createAsyncContext<Current>();
const MOST_TRIES = 5;
const TRY_AGAIN = new Set(['40001', '40P01']);

export async function transact<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const outer = current.get();
  if (outer !== undefined) return work(outer.tx);
  for (let tried = 1; ; tried += 1) {
    const afterCommit: (() => void)[] = [];
    try {
      const result = await db.transaction().execute((tx) => current.run({ tx, afterCommit }, () => work(tx)));
      for (const tell of afterCommit) tell();
      return result;
    } catch (error) {
      if (tried >= MOST_TRIES || !TRY_AGAIN.has(postgresCode(error) ?? '')) throw error;
    }
  }
}

/**
 * The transaction under way, or the database where there is none. What is read while a transaction is open goes through this: a second
 * connection for it would let requests that hold one each wait for ever for another.
 */
export function within(db: Db): Db {
  return current.get()?.tx ?? db;
}

/** Runs `tell` once the surrounding transaction has committed, or at once when there is none. Rolled back means never told. */
export function afterCommit(tell: () => void): void {
  const outer = current.get();
  if (outer === undefined) tell();
  else outer.afterCommit.push(tell);
}

/** The five-letter SQLSTATE of an error from PostgreSQL, or undefined when it came from elsewhere. */
export function postgresCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}
