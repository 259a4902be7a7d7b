import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { Role } from '../../platform/http/index.ts';

export type SessionKind = 'bearer' | 'web';

/** Instants are epoch milliseconds. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly kind: SessionKind;
  readonly userAgent: string;
  readonly ip: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/** What decides whether a token of the session still holds. */
export interface SessionState {
  readonly userId: string;
  readonly role: Role;
  readonly tokenVersion: number;
  /** Neither ended nor expired, and its user active. */
  readonly live: boolean;
}

/** The state of the newest refresh token, beside the session. */
export interface Rotation extends SessionState {
  readonly kind: SessionKind;
  readonly generation: number;
  readonly tokenHash: Buffer;
  readonly rotatedAt: number | null;
  readonly createdAt: number;
}

export async function insertSession(tx: Tx, session: Session, tokenHash: Buffer): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      id: session.id,
      user_id: session.userId,
      kind: session.kind,
      token_hash: tokenHash,
      user_agent: session.userAgent,
      ip: session.ip,
      created_at: new Date(session.createdAt),
      last_seen_at: new Date(session.lastSeenAt),
      expires_at: new Date(session.expiresAt),
    })
    .execute();
}

/** Whether tokens of this version may be issued to the user now; keeps that so until the transaction ends. */
export async function holdVersion(tx: Tx, user: { readonly id: string; readonly tokenVersion: number }): Promise<boolean> {
  const row = await tx.selectFrom('users').select(['token_version', 'is_active']).where('id', '=', user.id).forShare().executeTakeFirst();
  return row !== undefined && row.is_active && row.token_version === user.tokenVersion;
}

export async function findSessionState(db: Db, id: string, now: number): Promise<SessionState | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.user_id', 'sessions.revoked_at', 'sessions.expires_at', 'users.role', 'users.token_version', 'users.is_active'])
    .where('sessions.id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : stateOf(row, now);
}

/** The session's row, locked, so that of many who renew it at once one rotates and the others see that. */
export async function lockRotation(tx: Tx, id: string, now: number): Promise<Rotation | null> {
  const row = await tx
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('sessions')
    .select(['users.role', 'users.token_version', 'users.is_active'])
    .where('sessions.id', '=', id)
    .forUpdate('sessions')
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    ...stateOf(row, now),
    kind: row.kind === 'web' ? 'web' : 'bearer',
    generation: row.generation,
    tokenHash: row.token_hash,
    rotatedAt: row.rotated_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
  };
}

export interface NextGeneration {
  readonly id: string;
  readonly generation: number;
  readonly tokenHash: Buffer;
  readonly rotatedAt: number;
  readonly expiresAt: number;
  readonly ip: string;
}

export async function storeRotation(tx: Tx, next: NextGeneration): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      generation: next.generation,
      token_hash: next.tokenHash,
      rotated_at: new Date(next.rotatedAt),
      last_seen_at: new Date(next.rotatedAt),
      expires_at: new Date(next.expiresAt),
      ip: next.ip,
    })
    .where('id', '=', next.id)
    .execute();
}

/** Ends one session of a user, or all with a null id, save the one that is excepted. Answers the ids of those that were open. */
export async function endSessions(
  tx: Tx,
  which: { readonly userId: string; readonly id: string | null; readonly except?: string },
  ending: { readonly at: number; readonly because: string },
): Promise<readonly string[]> {
  let query = tx
    .updateTable('sessions')
    .set({ revoked_at: new Date(ending.at), revoked_because: ending.because })
    .where('user_id', '=', which.userId)
    .where('revoked_at', 'is', null);
  if (which.id !== null) query = query.where('id', '=', which.id);
  if (which.except !== undefined) query = query.where('id', '<>', which.except);
  const rows = await query.returning('id').execute();
  return rows.map(({ id }) => id);
}

/** Newest first; one more than the limit, to tell whether more follow. */
export async function findOpenSessions(
  db: Db,
  userId: string,
  page: { readonly now: number; readonly limit: number; readonly afterId: string | null },
): Promise<readonly Session[]> {
  let query = db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date(page.now))
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (page.afterId !== null) query = query.where('id', '<', page.afterId);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    kind: row.kind === 'web' ? 'web' : 'bearer',
    userAgent: row.user_agent,
    ip: row.ip,
    createdAt: row.created_at.getTime(),
    lastSeenAt: row.last_seen_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }));
}

interface StateRow {
  readonly user_id: string;
  readonly role: string;
  readonly token_version: number;
  readonly is_active: boolean;
  readonly revoked_at: Date | null;
  readonly expires_at: Date;
}

function stateOf(row: StateRow, now: number): SessionState {
  return {
    userId: row.user_id,
    // The table's check allows nothing else.
    role: row.role as Role,
    tokenVersion: row.token_version,
    live: row.is_active && row.revoked_at === null && row.expires_at.getTime() > now,
  };
}
