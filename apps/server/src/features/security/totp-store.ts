import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

/** Instants are epoch milliseconds. */
export interface TotpFactor {
  readonly keyId: string;
  readonly sealedSecret: Buffer;
  /** The last time step whose code was taken. */
  readonly lastStep: number | null;
  readonly confirmedAt: number | null;
}

export async function findTotp(db: Db, userId: string): Promise<TotpFactor | null> {
  const row = await db.selectFrom('totp_factors').selectAll().where('user_id', '=', userId).executeTakeFirst();
  if (row === undefined) return null;
  return {
    keyId: row.key_id,
    sealedSecret: row.sealed_secret,
    lastStep: row.last_step,
    confirmedAt: row.confirmed_at?.getTime() ?? null,
  };
}

/** Puts a new secret in place of one that was never confirmed. False when there is a confirmed one. */
export async function storeNewTotp(
  tx: Tx,
  {
    userId,
    keyId,
    sealedSecret,
    at,
  }: { readonly userId: string; readonly keyId: string; readonly sealedSecret: Buffer; readonly at: number },
): Promise<boolean> {
  const fresh = { key_id: keyId, sealed_secret: sealedSecret, last_step: null, created_at: new Date(at) };
  const result = await tx
    .insertInto('totp_factors')
    .values({ user_id: userId, ...fresh })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(fresh).where('totp_factors.confirmed_at', 'is', null))
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes the code of a time step once. False when a code of it, or of a later one, was taken before. */
export async function takeStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const result = await tx
    .updateTable('totp_factors')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where(({ eb, or }) => or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function markTotpConfirmed(tx: Tx, userId: string, at: number): Promise<void> {
  await tx
    .updateTable('totp_factors')
    .set({ confirmed_at: new Date(at) })
    .where('user_id', '=', userId)
    .execute();
}

/** Its recovery codes go with it. False when there was none. */
export async function deleteTotp(tx: Tx, userId: string): Promise<boolean> {
  const result = await tx.deleteFrom('totp_factors').where('user_id', '=', userId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((hash, number) => ({ user_id: userId, number, code_hash: hash })))
    .execute();
}

/** The hash of a code that was not used, or null. */
export async function findRecoveryCode(db: Db, userId: string, number: number): Promise<string | null> {
  const row = await db
    .selectFrom('recovery_codes')
    .select('code_hash')
    .where('user_id', '=', userId)
    .where('number', '=', number)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return row?.code_hash ?? null;
}

/** False when somebody else was faster. */
export async function useRecoveryCode(
  tx: Tx,
  { userId, number, hash, at }: { readonly userId: string; readonly number: number; readonly hash: string; readonly at: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('recovery_codes')
    .set({ used_at: new Date(at) })
    .where('user_id', '=', userId)
    .where('number', '=', number)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function countRecoveryCodes(db: Db, userId: string): Promise<number> {
  const row = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.left);
}

/** Whether a user has an authenticator app that was confirmed, or a passkey. */
export async function hasSecondFactor(db: Db, userId: string): Promise<boolean> {
  const totp = db.selectFrom('totp_factors').select('user_id').where('user_id', '=', userId).where('confirmed_at', 'is not', null);
  const passkey = db.selectFrom('passkeys').select('user_id').where('user_id', '=', userId);
  return (await totp.unionAll(passkey).limit(1).executeTakeFirst()) !== undefined;
}
