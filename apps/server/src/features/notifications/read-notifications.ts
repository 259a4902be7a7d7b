import type { NotificationEvent } from '@holdfast/contract/notifications';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { markRead } from './notification-store.ts';
import { tellAfterCommit } from './notifier.ts';
import type { NotifierNeeds } from './notifier.ts';
import { holdHeads, insertEvents, setHeads } from './notify-store.ts';

export interface ReadNeeds extends NotifierNeeds {
  readonly db: Db;
  readonly clock: Clock;
}

/** Marks notifications as read and tells the user's other windows; answers how many are left. `ids` is null for all of them. */
export async function readNotifications(needs: ReadNeeds, userId: string, ids: readonly string[] | null): Promise<number> {
  const at = needs.clock.now();
  return transact(needs.db, async (tx) => {
    const heads = await holdHeads(tx, [userId]);
    const head = heads.get(userId);
    if (head === undefined) return 0;
    const read = await markRead(tx, userId, { ids, at });
    if (read.length === 0) return head.unread;
    head.unread -= read.length;
    head.sequence += 1;
    const event: NotificationEvent = { type: 'read', ids: ids === null ? null : [...read], unread: head.unread };
    await insertEvents(tx, [{ userId, sequence: head.sequence, event }], at);
    await setHeads(tx, heads);
    tellAfterCommit(needs, { userIds: new Set([userId]), delivers: false });
    return head.unread;
  });
}
