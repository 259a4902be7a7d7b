import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Caller } from '../../platform/http/index.ts';
import { page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { findOpenSessions } from './session-store.ts';
import { shownAddress } from './shown-address.ts';

const LIST = 'sessions';

export async function listSessions(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  caller: Caller,
  { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string },
) {
  const [afterId = null] = readCursor(LIST, cursor, 1) ?? [];
  const rows = await findOpenSessions(db, caller.userId, { now: clock.now(), limit, afterId });
  return page(rows, limit, {
    item: (session) => ({
      id: session.id,
      kind: session.kind,
      current: session.id === caller.sessionId,
      userAgent: session.userAgent === '' ? null : session.userAgent,
      ipAddress: shownAddress(session.ip),
      createdAt: new Date(session.createdAt).toISOString(),
      lastSeenAt: new Date(session.lastSeenAt).toISOString(),
      expiresAt: new Date(session.expiresAt).toISOString(),
    }),
    cursor: ({ id }) => writeCursor(LIST, [id]),
  });
}
