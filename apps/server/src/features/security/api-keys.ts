/** Making, listing and ending API keys, and reading those that are sent. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { lockUser } from '../accounts/index.ts';
import type { Asker, SecurityNotices } from '../accounts/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { KeyReader } from '../sessions/index.ts';
import { readApiKey, writeApiKey } from './api-key.ts';
import { countHeldKeys, endApiKey, findHeldKey, findHeldKeys, insertApiKey, storeKeyUse } from './api-key-store.ts';
import type { ApiKeyRow, Scope } from './api-key-store.ts';

const LIST = 'api-keys';
const MOST_KEYS = 50;
/** How exact `lastUsedAt` is: a write for every request would be one too many. */
const NOTE_USE_EVERY_MS = 60_000;

export interface ApiKeyNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly checkKey: Buffer;
  readonly notices: SecurityNotices;
  /** Tells every server, within the transaction, that tokens or keys of the user have ended. */
  readonly tellEnded: (tx: Tx, userId: string) => Promise<void>;
}

export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string | null;
}

/** The key and how it is listed. Throws `conflict` where there are too many, `invalid_value` for an end in the past. */
export async function createApiKey(needs: ApiKeyNeeds, caller: Caller & Asker, wish: KeyWish) {
  const { db, clock, checkKey, notices } = needs;
  const { userId, requestId, ip } = caller;
  const now = clock.now();
  const expiresAt = endOf(wish.expiresAt, now);
  if (wish.scopes.includes('admin') && caller.role !== 'admin')
    throw invalid('scopes', 'Only the key of an administrator may administer.', 'admin is for administrators');
  return transact(db, async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null || user.tokenVersion !== caller.tokenVersion) throw notFound('account');
    if ((await countHeldKeys(tx, userId, now)) >= MOST_KEYS)
      throw new AppError('conflict', `There are ${MOST_KEYS} keys already, which is the most. Revoke one first.`);
    const key = writeApiKey(checkKey);
    const row = { id: newId(now), userId, name: wish.name.trim(), start: key.start, scopes: wish.scopes, createdAt: now, expiresAt };
    await insertApiKey(tx, { ...row, hash: key.hash, tokenVersion: user.tokenVersion });
    const entry = { at: now, actorId: userId, action: 'apiKey.created', subjectKind: 'apiKey', subjectId: row.id, requestId, ip };
    await writeAuditEntry(tx, { ...entry, details: { scopes: wish.scopes } });
    await notices.tell(tx, userId, { kind: 'apiKeyCreated', subject: row.id, detail: row.name });
    return { ...describe({ ...row, lastUsedAt: null }), key: key.text };
  });
}

export async function listApiKeys(
  { db, clock }: Pick<ApiKeyNeeds, 'db' | 'clock'>,
  caller: Caller,
  { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string },
) {
  const [afterId = null] = readCursor(LIST, cursor, 1) ?? [];
  const rows = await findHeldKeys(db, caller.userId, { now: clock.now(), limit, afterId });
  return page(rows, limit, { item: describe, cursor: ({ id }) => writeCursor(LIST, [id]) });
}

/** Throws `not_found` for a key that is not the caller's, or has ended. */
export async function revokeApiKey(needs: ApiKeyNeeds, caller: Caller & Asker, id: string): Promise<void> {
  const { userId, requestId, ip } = caller;
  await transact(needs.db, async (tx) => {
    const at = needs.clock.now();
    if (!(await endApiKey(tx, { id, userId, at }))) throw notFound('API key');
    await writeAuditEntry(tx, { at, actorId: userId, action: 'apiKey.revoked', subjectKind: 'apiKey', subjectId: id, requestId, ip });
    await needs.tellEnded(tx, userId);
  });
}

/** For the gate, which remembers what it was told until the user's keys end. */
export function createKeyReader({
  db,
  clock,
  checkKey,
  onError,
}: Pick<ApiKeyNeeds, 'db' | 'clock' | 'checkKey'> & { readonly onError: (error: unknown) => void }): KeyReader {
  const notedAt = new LRUCache<string, number>({ max: 10_000 });
  const used = (id: string): void => {
    const now = clock.now();
    if (now - (notedAt.get(id) ?? -Infinity) < NOTE_USE_EVERY_MS) return;
    notedAt.set(id, now);
    storeKeyUse(db, id, now).catch(onError);
  };
  return {
    used,
    find: async (text) => {
      const hash = readApiKey(checkKey, text);
      const key = hash === null ? null : await findHeldKey(db, hash, clock.now());
      if (key === null) return null;
      used(key.id);
      const { userId, role, tokenVersion } = key;
      const caller: Caller = Object.freeze({ userId, role, sessionId: key.id, tokenVersion, via: 'bearer', scopes: new Set(key.scopes) });
      return { caller, expiresAt: key.expiresAt ?? Infinity };
    },
  };
}

function describe({ id, name, start, scopes, createdAt, expiresAt, lastUsedAt }: ApiKeyRow) {
  return {
    id,
    name,
    start,
    scopes: [...scopes],
    createdAt: instant(createdAt),
    expiresAt: maybe(expiresAt),
    lastUsedAt: maybe(lastUsedAt),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function maybe(at: number | null): string | null {
  return at === null ? null : instant(at);
}

function endOf(text: string | null | undefined, now: number): number | null {
  if (text === null || text === undefined) return null;
  const at = Date.parse(text);
  if (at <= now) throw invalid('expiresAt', 'The end of the key lies in the past. Choose a later one, or none.', 'lies in the past');
  return at;
}

function invalid(path: string, detail: string, message: string): AppError {
  return new AppError('invalid_value', detail, { errors: [{ path, message }] });
}
