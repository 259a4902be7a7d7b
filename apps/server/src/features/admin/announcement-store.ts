import type { Selectable } from 'kysely';
import type { Announcement } from '@holdfast/contract/admin';
import type { AnnouncementsTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export type AnnouncementRow = Selectable<AnnouncementsTable>;
export type NewAnnouncement = Pick<Announcement, 'audience' | 'severity' | 'en' | 'de'>;

export async function insertAnnouncement(
  tx: Tx,
  {
    id,
    actorId,
    at,
    announcement: { audience, severity, en, de },
  }: { id: string; actorId: string; at: number; announcement: NewAnnouncement },
): Promise<void> {
  const words = JSON.stringify({ en, de });
  await tx
    .insertInto('announcements')
    .values({ id, created_by: actorId, audience, severity, words, created_at: new Date(at) })
    .execute();
}

export async function findAnnouncement(db: Db, id: string): Promise<AnnouncementRow | null> {
  return (await db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function selectAnnouncements(
  db: Db,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly AnnouncementRow[]> {
  let query = db.selectFrom('announcements').selectAll().orderBy('id', 'desc').limit(limit);
  if (after !== null) query = query.where('id', '<', after);
  return query.execute();
}

/** Where the telling stands, held until the transaction ends, so that of two who tell the second goes on after the first. */
export async function lockAnnouncement(tx: Tx, id: string): Promise<AnnouncementRow | null> {
  return (await tx.selectFrom('announcements').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
}

/** The next users who are to be told, by their ids. Who comes after the announcement is not told of it. */
export async function nextListeners(tx: Tx, { audience, told_through: through, created_at: at }: AnnouncementRow, limit: number) {
  let query = tx.selectFrom('users').select('id').where('is_active', '=', true).where('created_at', '<=', at).orderBy('id').limit(limit);
  if (audience !== 'all') query = query.where('role', '=', audience);
  if (through !== null) query = query.where('id', '>', through);
  return (await query.execute()).map(({ id }) => id);
}

export async function noteTold(
  tx: Tx,
  id: string,
  { through, count, finishedAt }: { readonly through: string | null; readonly count: number; readonly finishedAt: number | null },
): Promise<void> {
  await tx
    .updateTable('announcements')
    .set(({ eb }) => ({
      told_count: eb('told_count', '+', count),
      ...(through === null ? {} : { told_through: through }),
      ...(finishedAt === null ? {} : { finished_at: new Date(finishedAt) }),
    }))
    .where('id', '=', id)
    .execute();
}
