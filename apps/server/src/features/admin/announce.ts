/** Words of an administrator to users: asked for in one transaction, told by a job in batches, each user once whatever breaks off. */
import type { Announcement } from '@holdfast/contract/admin';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact, within } from '../../platform/db/transact.ts';
import { notFound, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Administrator } from './administrator.ts';
import {
  findAnnouncement,
  insertAnnouncement,
  lockAnnouncement,
  nextListeners,
  noteTold,
  selectAnnouncements,
} from './announcement-store.ts';
import type { AnnouncementRow, NewAnnouncement } from './announcement-store.ts';

export interface AnnounceNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly notifier: Notifier;
}

const JOB = { name: 'tell-announcement', maxAttempts: 10, oneAtATime: true } as const;
const BATCH = 500;
const LIST = 'announcements';

export async function announce(
  { db, clock }: Omit<AnnounceNeeds, 'notifier'>,
  { actorId, requestId, ip }: Administrator,
  announcement: NewAnnouncement,
): Promise<Announcement> {
  const at = clock.now();
  const id = newId(at);
  return transact(db, async (tx) => {
    await insertAnnouncement(tx, { id, actorId, at, announcement });
    await addJob(tx, JOB, { payload: id });
    const { audience, severity } = announcement;
    const entry = { at, actorId, action: 'announcement.made', subjectKind: 'announcement', subjectId: id, requestId, ip };
    await writeAuditEntry(tx, { ...entry, details: { audience, severity } });
    const made = await findAnnouncement(within(db), id);
    if (made === null) throw notFound('announcement');
    return describe(made);
  });
}

export async function listAnnouncements(db: Db, { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string }) {
  const after = readCursor(LIST, cursor, [isId])?.[0] ?? null;
  return page(await selectAnnouncements(db, { after, limit: limit + 1 }), limit, {
    item: describe,
    cursor: ({ id }) => writeCursor(LIST, [id]),
  });
}

export function announcementJob(needs: AnnounceNeeds): Job {
  return {
    ...JOB,
    timeoutMs: 600_000,
    run: async ({ payload, signal }) => {
      const id = String(payload);
      while (isId(id) && (await tellBatch(needs, id))) signal.throwIfAborted();
    },
  };
}

/** Tells the next users, and notes in the same transaction who was told; false when all have been. */
function tellBatch({ db, clock, notifier }: AnnounceNeeds, id: string): Promise<boolean> {
  return transact(db, async (tx) => {
    const announcement = await lockAnnouncement(tx, id);
    if (announcement === null || announcement.finished_at !== null) return false;
    const users = await nextListeners(tx, announcement, BATCH);
    const at = clock.now();
    const isLast = users.length < BATCH;
    await noteTold(tx, id, { through: users.at(-1) ?? null, count: users.length, finishedAt: isLast ? at : null });
    const { en, de } = wordsOf(announcement);
    const severity = announcement.severity as Announcement['severity'];
    await notifier.notify(tx, {
      at,
      notifications: users.map((userId) => ({ userId, kind: 'announcement', severity, text: { en, de }, dedupeKey: `announcement:${id}` })),
    });
    return !isLast;
  });
}

function wordsOf({ words }: AnnouncementRow): Pick<Announcement, 'en' | 'de'> {
  return words as Pick<Announcement, 'en' | 'de'>;
}

function describe(row: AnnouncementRow): Announcement {
  const { en, de } = wordsOf(row);
  return {
    id: row.id,
    audience: row.audience as Announcement['audience'],
    severity: row.severity as Announcement['severity'],
    en,
    de,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    toldCount: row.told_count,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
