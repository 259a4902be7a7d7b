import type { AdminUser } from '@holdfast/contract/accounts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { notFound, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { findUserOverviews } from './user-store.ts';
import type { UserFilter, UserOverview, UserPage } from './user-store.ts';
import { publicFields } from './user.ts';

const LIST = 'users';

export async function listUsers(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  {
    limit = 50,
    cursor,
    sort = '-createdAt',
    ...filter
  }: UserFilter & Pick<UserPage, 'sort'> & { readonly limit?: number; readonly cursor?: string },
) {
  const list = `${LIST} ${sort}`;
  const [place, id] = readCursor(list, cursor, [(text) => text.length <= 254, isId]) ?? [];
  const after = place === undefined || id === undefined ? null : { place, id };
  const rows = await findUserOverviews(db, filter, { now: clock.now(), limit, after, sort });
  return page(rows, limit, { item: describe, cursor: ({ user }) => writeCursor(list, [user.email.toLowerCase(), user.id]) });
}

export async function getUser({ db, clock }: { readonly db: Db; readonly clock: Clock }, id: string): Promise<AdminUser> {
  const [found] = await findUserOverviews(db, { id }, { now: clock.now(), limit: 1, after: null });
  if (found === undefined) throw notFound('user');
  return describe(found);
}

function describe({ user, lastSeenAt, openSessions }: UserOverview): AdminUser {
  return {
    ...publicFields(user),
    updatedAt: new Date(user.updatedAt).toISOString(),
    deactivatedAt: instant(user.deactivatedAt),
    lastSeenAt: instant(lastSeenAt),
    openSessions,
  };
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
