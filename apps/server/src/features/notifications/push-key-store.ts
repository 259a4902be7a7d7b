/** All SQL of the push key. */
import type { Db } from '../../platform/db/pool.ts';

const NAME = 'push';

/** Keeps this one unless there is one; answers the one that is kept. */
export async function keepFirstKey(db: Db, sealed: Buffer, at: Date): Promise<Buffer> {
  await db
    .insertInto('server_keys')
    .values({ name: NAME, sealed, created_at: at })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await db.selectFrom('server_keys').select('sealed').where('name', '=', NAME).executeTakeFirstOrThrow()).sealed;
}

/** A new key ends the subscriptions of the old one. Nothing happens when another server was faster. */
export async function replaceKey(
  db: Db,
  { old, sealed, at }: { readonly old: Buffer; readonly sealed: Buffer; readonly at: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const replaced = await tx
      .updateTable('server_keys')
      .set({ sealed, created_at: at })
      .where('name', '=', NAME)
      .where('sealed', '=', old)
      .executeTakeFirst();
    if (replaced.numUpdatedRows === 1n) await tx.deleteFrom('push_subscriptions').execute();
  });
}
