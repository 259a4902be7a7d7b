import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export async function hasDevice(db: Db, userId: string, hash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('device_hash', '=', hash)
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that the device signed in. Says whether it is the user's first, another new one, or known. */
export async function noteDevice(
  tx: Tx,
  { userId, hash, at }: { readonly userId: string; readonly hash: Buffer; readonly at: number },
): Promise<'first' | 'new' | 'known'> {
  const earlier = await tx.selectFrom('known_devices').select('user_id').where('user_id', '=', userId).limit(1).executeTakeFirst();
  const written = await tx
    .insertInto('known_devices')
    .values({ user_id: userId, device_hash: hash, first_seen_at: new Date(at), last_seen_at: new Date(at) })
    .onConflict((conflict) => conflict.columns(['user_id', 'device_hash']).doUpdateSet({ last_seen_at: new Date(at) }))
    .returning(sql<boolean>`xmax = 0`.as('inserted'))
    .executeTakeFirstOrThrow();
  if (!written.inserted) return 'known';
  return earlier === undefined ? 'first' : 'new';
}
