/** All SQL of reading notifications and of marking them as read. */
import type { NotificationKind } from '@holdfast/contract/notifications';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { NotificationRow } from './notification-json.ts';

export interface NotificationFilter {
  readonly userId: string;
  readonly unread: boolean | undefined;
  readonly kind: NotificationKind | undefined;
  readonly search: string | undefined;
  /** The id of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = ['id', 'kind', 'severity', 'title', 'body', 'link', 'created_at', 'read_at'] as const;

/** The newest first. */
export async function selectNotifications(db: Db, filter: NotificationFilter): Promise<readonly NotificationRow[]> {
  const { userId, unread, kind, search, after, limit } = filter;
  let query = db.selectFrom('notifications').select(COLUMNS).where('user_id', '=', userId).where('shown', '=', true);
  if (unread !== undefined) query = query.where('read_at', unread ? 'is' : 'is not', null);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (after !== null) query = query.where('id', '<', after);
  if (search !== undefined) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) => eb.or([eb('title', 'ilike', pattern), eb('body', 'ilike', pattern)]));
  }
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export async function readUnread(db: Db, userId: string): Promise<number> {
  const row = await db.selectFrom('notification_heads').select('unread').where('user_id', '=', userId).executeTakeFirst();
  return row?.unread ?? 0;
}

/** Marks those with these ids, or all of a user's where `ids` is null; answers the ids of those that had not been read. */
export async function markRead(
  tx: Tx,
  userId: string,
  { ids, at }: { readonly ids: readonly string[] | null; readonly at: number },
): Promise<readonly string[]> {
  let query = tx
    .updateTable('notifications')
    .set({ read_at: new Date(at) })
    .where('user_id', '=', userId)
    .where('shown', '=', true)
    .where('read_at', 'is', null);
  if (ids !== null) query = query.where('id', 'in', [...ids]);
  return (await query.returning('id').execute()).map(({ id }) => id);
}

/** Those made before an instant go; what was unread among them is not counted any more. */
export async function forgetNotifications(tx: Tx, before: Date): Promise<number> {
  const gone = await tx.deleteFrom('notifications').where('created_at', '<', before).returning(['user_id', 'shown', 'read_at']).execute();
  const unread = new Map<string, number>();
  for (const row of gone) if (row.shown && row.read_at === null) unread.set(row.user_id, (unread.get(row.user_id) ?? 0) + 1);
  for (const [userId, count] of [...unread].sort())
    await tx
      .updateTable('notification_heads')
      .set((eb) => ({ unread: eb('unread', '-', count) }))
      .where('user_id', '=', userId)
      .execute();
  return gone.length;
}
