import type { Selectable } from 'kysely';
import type { PasskeysTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

/** Instants are epoch milliseconds. */
export interface PasskeyRow {
  readonly id: string;
  readonly userId: string;
  /** In base64url, as the browser writes it. */
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** False when the credential is known already, whoever it belongs to. */
export async function insertPasskey(tx: Tx, row: PasskeyRow): Promise<boolean> {
  const result = await tx
    .insertInto('passkeys')
    .values({
      id: row.id,
      user_id: row.userId,
      credential_id: row.credentialId,
      public_key: row.publicKey,
      counter: row.counter,
      transports: [...row.transports],
      name: row.name,
      backed_up: row.backedUp,
      created_at: new Date(row.createdAt),
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findPasskeys(db: Db, userId: string): Promise<readonly PasskeyRow[]> {
  const rows = await db.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('id').execute();
  return rows.map(toRow);
}

/** The user's passkey with this id, or null. */
export async function findPasskey(db: Db, userId: string, id: string): Promise<PasskeyRow | null> {
  const row = await db.selectFrom('passkeys').selectAll().where('user_id', '=', userId).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toRow(row);
}

/** Locked until the transaction ends, so that of two who use one counter the second sees the first. */
export async function lockCredential(tx: Tx, credentialId: string): Promise<PasskeyRow | null> {
  const row = await tx.selectFrom('passkeys').selectAll().where('credential_id', '=', credentialId).forUpdate().executeTakeFirst();
  return row === undefined ? null : toRow(row);
}

export async function storePasskeyUse(
  tx: Tx,
  id: string,
  use: { readonly counter: number; readonly backedUp: boolean; readonly at: number },
): Promise<void> {
  await tx
    .updateTable('passkeys')
    .set({ counter: use.counter, backed_up: use.backedUp, last_used_at: new Date(use.at) })
    .where('id', '=', id)
    .execute();
}

export async function renamePasskeyRow(
  tx: Tx,
  passkey: { readonly id: string; readonly userId: string; readonly name: string },
): Promise<PasskeyRow | null> {
  const row = await tx
    .updateTable('passkeys')
    .set({ name: passkey.name })
    .where('id', '=', passkey.id)
    .where('user_id', '=', passkey.userId)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toRow(row);
}

export async function deletePasskey(tx: Tx, userId: string, id: string): Promise<boolean> {
  const result = await tx.deleteFrom('passkeys').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deletePasskeysOf(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('passkeys').where('user_id', '=', userId).execute();
}

/** False when the challenge was used before. */
export async function useChallenge(tx: Tx, challenge: string, expiresAt: number): Promise<boolean> {
  const result = await tx
    .insertInto('used_challenges')
    .values({ challenge, expires_at: new Date(expiresAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function toRow(row: Selectable<PasskeysTable>): PasskeyRow {
  return {
    id: row.id,
    userId: row.user_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: row.transports,
    name: row.name,
    backedUp: row.backed_up,
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  };
}
