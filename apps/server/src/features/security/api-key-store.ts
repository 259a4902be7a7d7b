import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { Role } from '../../platform/http/index.ts';

export const SCOPES = ['read', 'trade', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Instants are epoch milliseconds. */
export interface ApiKeyRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly start: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

/** A key that holds, with what its user is now. */
export interface HeldKey {
  readonly id: string;
  readonly userId: string;
  readonly role: Role;
  readonly tokenVersion: number;
  readonly scopes: readonly Scope[];
  readonly expiresAt: number | null;
}

export async function insertApiKey(
  tx: Tx,
  row: Omit<ApiKeyRow, 'lastUsedAt'> & { readonly hash: Buffer; readonly tokenVersion: number },
): Promise<void> {
  await tx
    .insertInto('api_keys')
    .values({
      id: row.id,
      user_id: row.userId,
      name: row.name,
      start: row.start,
      key_hash: row.hash,
      scopes: [...row.scopes],
      token_version: row.tokenVersion,
      created_at: new Date(row.createdAt),
      expires_at: row.expiresAt === null ? null : new Date(row.expiresAt),
    })
    .execute();
}

const holds = (now: number) =>
  sql<boolean>`api_keys.revoked_at is null and api_keys.token_version = users.token_version and users.is_active
    and (api_keys.expires_at is null or api_keys.expires_at > ${new Date(now)})`;

export async function findHeldKey(db: Db, hash: Buffer, now: number): Promise<HeldKey | null> {
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .select(['api_keys.id', 'api_keys.user_id', 'api_keys.scopes', 'api_keys.expires_at', 'users.role', 'users.token_version'])
    .where('api_keys.key_hash', '=', hash)
    .where(holds(now))
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    userId: row.user_id,
    // The tables' checks allow nothing else, here and below.
    role: row.role as Role,
    tokenVersion: row.token_version,
    scopes: row.scopes as Scope[],
    expiresAt: row.expires_at?.getTime() ?? null,
  };
}

export async function countHeldKeys(db: Db, userId: string, now: number): Promise<number> {
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .select(({ fn }) => fn.countAll<number>().as('held'))
    .where('api_keys.user_id', '=', userId)
    .where(holds(now))
    .executeTakeFirstOrThrow();
  return Number(row.held);
}

/** Newest first; one more than the limit, to tell whether more follow. */
export async function findHeldKeys(
  db: Db,
  userId: string,
  page: { readonly now: number; readonly limit: number; readonly afterId: string | null },
): Promise<readonly ApiKeyRow[]> {
  let query = db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .selectAll('api_keys')
    .where('api_keys.user_id', '=', userId)
    .where(holds(page.now))
    .orderBy('api_keys.id', 'desc')
    .limit(page.limit + 1);
  if (page.afterId !== null) query = query.where('api_keys.id', '<', page.afterId);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    name: row.name,
    start: row.start,
    scopes: row.scopes as Scope[],
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  }));
}

/** False when there is no such key among the user's, or it had ended. */
export async function endApiKey(
  tx: Tx,
  { id, userId, at }: { readonly id: string; readonly userId: string; readonly at: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('api_keys')
    .set({ revoked_at: new Date(at) })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function storeKeyUse(db: Db, id: string, at: number): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ last_used_at: new Date(at) })
    .where('id', '=', id)
    .execute();
}
