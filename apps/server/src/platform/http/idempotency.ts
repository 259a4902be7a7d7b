/**
 * One effect per (user, Idempotency-Key). The key is written in the same database transaction as the effect, so either both
 * exist or neither; a second request with the key waits for the first and answers what the first answered.
 */
import { createHash } from 'node:crypto';
import type { Db } from '../db/pool.ts';
import { transact } from '../db/transact.ts';
import type { Tx } from '../db/transact.ts';
import { AppError } from './app-error.ts';

/** Keys count for a day. */
export const KEYS_KEPT_MS = 24 * 60 * 60 * 1000;

export interface KeyedRequest {
  readonly userId: string;
  readonly key: string;
  readonly operation: string;
  readonly hash: Buffer;
  readonly showsSecret: boolean;
}

export interface KeyedAnswer {
  readonly status: number;
  readonly body: string;
  readonly replayed: boolean;
}

/** Hash of what was asked: route, address and body. */
export function requestHash(operation: string, url: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${operation}\n${url}\n`)
    .update(JSON.stringify(body ?? null))
    .digest();
}

export async function onlyOnce(
  { db, now }: { readonly db: Db; readonly now: number },
  request: KeyedRequest,
  work: () => Promise<{ readonly status: number; readonly body: string }>,
): Promise<KeyedAnswer> {
  return transact(db, async (tx) => {
    if (!(await claim(tx, request, now))) return replay(tx, request);
    const answer = await work();
    await tx
      .updateTable('idempotency_keys')
      .set({ status: answer.status, body: request.showsSecret ? null : answer.body })
      .where('user_id', '=', request.userId)
      .where('key', '=', request.key)
      .execute();
    return { ...answer, replayed: false };
  });
}

/** True when the key is now ours. A key older than a day is free again. */
async function claim(tx: Tx, request: KeyedRequest, now: number): Promise<boolean> {
  const stale = new Date(now - KEYS_KEPT_MS);
  await tx
    .deleteFrom('idempotency_keys')
    .where('user_id', '=', request.userId)
    .where('key', '=', request.key)
    .where('created_at', '<', stale)
    .execute();
  const row = {
    user_id: request.userId,
    key: request.key,
    operation: request.operation,
    request_hash: request.hash,
    shows_secret: request.showsSecret,
    created_at: new Date(now),
  };
  const result = await tx
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((result.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  // Orders keep the keys they were placed with in their own rows, not here.
  const order = await tx
    .selectFrom('orders')
    .select('id')
    .where('user_id', '=', request.userId)
    .where('idempotency_key', '=', request.key)
    .where('created_at', '>=', stale)
    .executeTakeFirst();
  if (order !== undefined) throw keyReused();
  return true;
}

async function replay(tx: Tx, request: KeyedRequest): Promise<KeyedAnswer> {
  const earlier = await findEarlier(tx, request);
  if (typeof earlier?.body !== 'string')
    throw new AppError('request_in_progress', 'A request with this Idempotency-Key is being worked on.');
  return { ...earlier, body: earlier.body, replayed: true };
}

/** What the first request with the key was answered; `body` is null while it is worked on. Null when there is none any more. */
async function findEarlier(tx: Tx, request: KeyedRequest): Promise<{ readonly status: number; readonly body: string | null } | null> {
  const row = await tx
    .selectFrom('idempotency_keys')
    .select(['operation', 'request_hash', 'status', 'body', 'shows_secret'])
    .where('user_id', '=', request.userId)
    .where('key', '=', request.key)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.operation !== request.operation || !row.request_hash.equals(request.hash)) throw keyReused();
  if (row.shows_secret) throw new AppError('secret_already_shown', 'This request was answered before, and its answer showed a secret.');
  return { status: row.status ?? 0, body: row.status === null ? null : (row.body ?? '') };
}

/**
 * For effects that keep keys of their own for each of their parts: notes the key, or answers what a request with it was answered
 * before; `body` is null where that one has not come to its end. Throws when the key was used for something else.
 */
export async function claimKey(
  tx: Tx,
  request: KeyedRequest,
  now: number,
): Promise<{ readonly status: number; readonly body: string | null } | null> {
  return (await claim(tx, request, now)) ? null : findEarlier(tx, request);
}

export function keyReused(): AppError {
  return new AppError('idempotency_key_reused', 'This Idempotency-Key was used with another request. Use a new key for a new request.');
}
