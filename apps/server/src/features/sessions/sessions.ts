/** Opening, renewing and ending sessions. */
import { timingSafeEqual } from 'node:crypto';
import { publishWithin } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { afterCommit, transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { raiseTokenVersion } from '../accounts/index.ts';
import type { Asker, SessionDesk, User } from '../accounts/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { AccessTokens } from './access-tokens.ts';
import { advanceTo, firstRefreshToken, hashOf, nextRefreshToken, readRefreshToken } from './refresh-token.ts';
import type { RefreshToken } from './refresh-token.ts';
import { endSessions, holdVersion, insertSession, lockRotation, storeRotation } from './session-store.ts';
import type { Rotation, SessionKind } from './session-store.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A session lasts this long after its last renewal, and never longer than the second figure after its opening. */
const IDLE_MS = 7 * DAY_MS;
const LONGEST_MS = 30 * DAY_MS;
/** How long the answer to a renewal may be asked for again: as long as a client needs to notice that it was lost. */
const GRACE_MS = 10_000;

/** The topic on which PostgreSQL tells every server whose tokens have ended; the payload is the user's id. */
export const SESSIONS_ENDED = 'sessions.ended';

export interface SessionNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly tokens: AccessTokens;
  readonly refreshKey: Buffer;
  /** Called after the commit that ended tokens of a user, on the server that did it. */
  readonly onEnded: (userId: string) => void;
  /** Called in the transaction that opens a session. */
  readonly onOpened: (tx: Tx, user: User, opening: Opening) => Promise<void>;
}

export interface OpenedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly kind: SessionKind;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Opening {
  readonly kind: SessionKind;
  readonly userAgent: string;
  readonly asker: Asker;
}

/** Throws `invalid_credentials` when the account changed since its credentials were checked. */
export async function openSession(
  needs: SessionNeeds,
  user: User,
  { tx, ...opening }: Opening & { readonly tx: Tx },
): Promise<OpenedSession> {
  const { clock, tokens, refreshKey } = needs;
  if (!(await holdVersion(tx, user))) throw new AppError('invalid_credentials', 'The account was changed meanwhile. Sign in again.');
  const now = clock.now();
  const id = newId(now);
  const refreshToken = firstRefreshToken(refreshKey, id);
  const { kind, userAgent, asker } = opening;
  const session = { id, userId: user.id, kind, userAgent, ip: asker.ip, createdAt: now, lastSeenAt: now, expiresAt: now + IDLE_MS };
  await insertSession(tx, session, hashOf(refreshToken));
  await needs.onOpened(tx, user, opening);
  const entry = { at: now, actorId: user.id, action: 'session.opened', subjectKind: 'session', subjectId: id, details: { kind } };
  await writeAuditEntry(tx, { ...entry, ...asker });
  const accessToken = await tokens.issue({ userId: user.id, role: user.role, sessionId: id, tokenVersion: user.tokenVersion });
  return { sessionId: id, userId: user.id, kind, accessToken, refreshToken: refreshToken.text };
}

/**
 * The next refresh token and a new access token. Within 10 s the very same successor is given again, to one or a hundred who ask at
 * once. An older token means that somebody has a copy: the session ends. Throws `invalid_refresh_token`.
 */
export async function renewSession(needs: SessionNeeds, text: string | null, asker: Asker): Promise<OpenedSession> {
  const token = text === null ? null : readRefreshToken(needs.refreshKey, text);
  if (token === null) throw notRenewable();
  // The ending of a copied session must be committed, so the refusal is thrown outside.
  const outcome = await transact(needs.db, async (tx) => {
    const rotation = await lockRotation(tx, token.sessionId, needs.clock.now());
    if (rotation === null || !rotation.live) return null;
    const newest = advanceTo(needs.refreshKey, token, rotation.generation);
    if (newest === null || !timingSafeEqual(hashOf(newest), rotation.tokenHash)) return null;
    const next = await successor(needs, { tx, token, newest, rotation, asker });
    return next === null ? null : { next, rotation };
  });
  if (outcome === null) throw notRenewable();
  const { next, rotation } = outcome;
  const { userId, role, tokenVersion, kind } = rotation;
  const accessToken = await needs.tokens.issue({ userId, role, sessionId: token.sessionId, tokenVersion });
  return { sessionId: token.sessionId, userId, kind, accessToken, refreshToken: next.text };
}

interface Renewal {
  readonly tx: Tx;
  readonly token: RefreshToken;
  /** The token as it is at the session's present generation. */
  readonly newest: RefreshToken;
  readonly rotation: Rotation;
  readonly asker: Asker;
}

/** Null when the token was used before, beyond the grace; the session has ended then. */
async function successor(needs: SessionNeeds, { tx, token, newest, rotation, asker }: Renewal): Promise<RefreshToken | null> {
  const now = needs.clock.now();
  if (token.generation === rotation.generation) {
    const next = nextRefreshToken(needs.refreshKey, token);
    const expiresAt = Math.min(now + IDLE_MS, rotation.createdAt + LONGEST_MS);
    await storeRotation(tx, {
      id: token.sessionId,
      generation: next.generation,
      tokenHash: hashOf(next),
      rotatedAt: now,
      expiresAt,
      ip: asker.ip,
    });
    return next;
  }
  if (token.generation === rotation.generation - 1 && now - (rotation.rotatedAt ?? 0) <= GRACE_MS) return newest;
  await endOne(needs, { tx, id: token.sessionId, userId: rotation.userId, because: 'an old refresh token was used', actorId: null, asker });
  return null;
}

export interface OneEnding {
  readonly tx: Tx;
  readonly id: string;
  readonly userId: string;
  readonly because: string;
  readonly actorId: string | null;
  readonly asker: Asker;
}

/** Ends one session of the user. False when it is not one of theirs, or had ended. */
export async function endOne(needs: SessionNeeds, { tx, id, userId, because, actorId, asker }: OneEnding): Promise<boolean> {
  const at = needs.clock.now();
  const ended = await endSessions(tx, { userId, id }, { at, because });
  if (ended.length === 0) return false;
  const entry = { at, actorId, action: 'session.ended', subjectKind: 'session', subjectId: id, details: { because } };
  await writeAuditEntry(tx, { ...entry, ...asker });
  await tellEnded(needs, tx, userId);
  return true;
}

/** Ends every session of the user but this one. */
export async function endOthers(needs: SessionNeeds, { tx, id, userId, because, actorId, asker }: OneEnding): Promise<void> {
  const at = needs.clock.now();
  const ended = await endSessions(tx, { userId, id: null, except: id }, { at, because });
  if (ended.length === 0) return;
  const details = { because, sessions: ended.length };
  await writeAuditEntry(tx, { at, actorId, action: 'sessions.ended', subjectKind: 'user', subjectId: userId, ...asker, details });
  await tellEnded(needs, tx, userId);
}

/** Ends the session that a refresh token belongs to, whatever its generation. Does nothing for a text that is no token of ours. */
export async function endByRefreshToken(needs: SessionNeeds, text: string, asker: Asker): Promise<void> {
  const token = readRefreshToken(needs.refreshKey, text);
  if (token === null) return;
  await transact(needs.db, async (tx) => {
    const rotation = await lockRotation(tx, token.sessionId, needs.clock.now());
    if (rotation === null) return;
    const newest = advanceTo(needs.refreshKey, token, rotation.generation);
    if (newest === null || !timingSafeEqual(hashOf(newest), rotation.tokenHash)) return;
    const { userId } = rotation;
    await endOne(needs, { tx, id: token.sessionId, userId, because: 'signed out', actorId: userId, asker });
  });
}

/** What accounts ask for: every session and every token of a user, at once. */
export function createSessionDesk(needs: SessionNeeds): SessionDesk {
  return {
    endAll: async (tx, { userId, because, actorId, asker }) => {
      const at = needs.clock.now();
      await raiseTokenVersion(tx, userId);
      const ended = await endSessions(tx, { userId, id: null }, { at, because });
      const details = { because, sessions: ended.length };
      await writeAuditEntry(tx, { at, actorId, action: 'sessions.ended', subjectKind: 'user', subjectId: userId, ...asker, details });
      await tellEnded(needs, tx, userId);
    },
  };
}

/** Tells every server that tokens or keys of the user have ended, so that all are looked up again and sockets of ended ones closed. */
export async function tellEnded(needs: Pick<SessionNeeds, 'onEnded'>, tx: Tx, userId: string): Promise<void> {
  await publishWithin(tx, SESSIONS_ENDED, userId);
  // This server does not wait for its own news.
  afterCommit(() => needs.onEnded(userId));
}

function notRenewable(): AppError {
  return new AppError('invalid_refresh_token', 'The session has ended or cannot be renewed with this token. Sign in again.');
}
