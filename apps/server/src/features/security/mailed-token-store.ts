import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export type MailedPurpose = 'verifyEmail' | 'changeEmail' | 'resetPassword';

/** Instants are epoch milliseconds. */
export interface MailedToken {
  readonly userId: string;
  readonly purpose: MailedPurpose;
  /** The address that it was mailed to. */
  readonly email: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** In place of the one of this purpose that the user had. */
export async function storeMailedToken(tx: Tx, hash: Buffer, token: MailedToken): Promise<void> {
  const fresh = {
    token_hash: hash,
    email: token.email,
    created_at: new Date(token.createdAt),
    expires_at: new Date(token.expiresAt),
  };
  await tx
    .insertInto('mailed_tokens')
    .values({ user_id: token.userId, purpose: token.purpose, ...fresh })
    .onConflict((conflict) => conflict.columns(['user_id', 'purpose']).doUpdateSet(fresh))
    .execute();
}

/** Null for one that is not there, was used, or has ended. */
export async function findMailedToken(db: Db, hash: Buffer, now: number): Promise<MailedToken | null> {
  const row = await db
    .selectFrom('mailed_tokens')
    .selectAll()
    .where('token_hash', '=', hash)
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst();
  return row === undefined ? null : toToken(row);
}

/** The one of a purpose that the user has now. */
export async function findMailedTokenOf(
  db: Db,
  { userId, purpose, now }: { readonly userId: string; readonly purpose: MailedPurpose; readonly now: number },
): Promise<MailedToken | null> {
  const row = await db
    .selectFrom('mailed_tokens')
    .selectAll()
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst();
  return row === undefined ? null : toToken(row);
}

/** Uses it up. False when somebody was faster. */
export async function useMailedToken(tx: Tx, hash: Buffer): Promise<boolean> {
  const result = await tx.deleteFrom('mailed_tokens').where('token_hash', '=', hash).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deleteMailedTokens(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('mailed_tokens').where('user_id', '=', userId).execute();
}

function toToken(row: {
  readonly user_id: string;
  readonly purpose: string;
  readonly email: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}): MailedToken {
  return {
    userId: row.user_id,
    // The table's check allows nothing else.
    purpose: row.purpose as MailedPurpose,
    email: row.email,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  };
}
