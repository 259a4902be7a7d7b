/** Writes notifications in the transaction of what they tell of: their rows, the facts of the stream, and what is to be delivered. */
import type { NotificationChannel } from '@holdfast/contract/notifications';
import type { Insertable } from 'kysely';
import type { Bus } from '../../platform/bus/index.ts';
import type { DeliveriesTable } from '../../platform/db/generated/schema.ts';
import { afterCommit } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { newId } from '../../platform/ids.ts';
import { mailDueAt, pushDueAt } from './due-at.ts';
import { channelOf, notificationJson } from './notification-json.ts';
import type { NumberedEvent } from './notification-json.ts';
import type { NewNotification } from './notification.ts';
import { holdHeads, insertDeliveries, insertEvents, insertNotifications, readReaders, setHeads } from './notify-store.ts';
import type { Reader } from './notify-store.ts';
import { channelsOf } from './preferences.ts';

export interface Notifier {
  /**
   * Writes them within the transaction, so that they are there when it commits and never when it is rolled back. A dedupe key that the
   * user has been told of already is left out, and so is whoever has closed their account. Holds the users' counts until the end of the
   * transaction: write them last, and all of a transaction in one call.
   */
  notify(tx: Tx, told: { readonly at: number; readonly notifications: readonly NewNotification[] }): Promise<void>;
}

export interface NotifierNeeds {
  readonly bus: Bus;
  /** The topic that tells the stream of new facts. */
  readonly factsAdded: string;
  readonly onError: (error: unknown) => void;
}

/** On the bus: something is to be delivered. */
export const DELIVERIES_ADDED = 'deliveries.added';

interface Draft {
  readonly row: Parameters<typeof insertNotifications>[1][number];
  readonly reader: Reader;
  readonly channels: readonly NotificationChannel[];
}

export function createNotifier(needs: NotifierNeeds): Notifier {
  return {
    async notify(tx, { at, notifications }) {
      if (notifications.length === 0) return;
      const readers = await readReaders(tx, [...new Set(notifications.map(({ userId }) => userId))]);
      const drafts = notifications.flatMap((notification) => draftOf(notification, readers, at));
      if (drafts.length === 0) return;
      const heads = await holdHeads(
        tx,
        drafts.map(({ reader }) => reader.id),
      );
      const written = await insertNotifications(
        tx,
        drafts.map(({ row }) => row),
      );
      const fresh = drafts.filter(({ row }) => written.has(row.id));
      const events: NumberedEvent[] = [];
      for (const { row, reader } of fresh) {
        const head = heads.get(reader.id);
        if (!row.shown || head === undefined) continue;
        head.sequence += 1;
        head.unread += 1;
        const notification = notificationJson({
          ...row,
          link: row.link ?? null,
          body: row.body ?? '',
          created_at: new Date(at),
          read_at: null,
        });
        events.push({ userId: reader.id, sequence: head.sequence, event: { type: 'added', notification, unread: head.unread } });
      }
      if (events.length > 0) {
        await insertEvents(tx, events, at);
        await setHeads(tx, heads);
      }
      const deliveries = fresh.flatMap((draft) => deliveriesOf(draft, at));
      if (deliveries.length > 0) await insertDeliveries(tx, deliveries);
      tellAfterCommit(needs, { userIds: new Set(events.map(({ userId }) => userId)), delivers: deliveries.length > 0 });
    },
  };
}

function draftOf(notification: NewNotification, readers: ReadonlyMap<string, Reader>, at: number): Draft[] {
  const reader = readers.get(notification.userId);
  if (reader === undefined) return [];
  const { kind, severity = 'info', link, dedupeKey } = notification;
  const channels = channelsOf(kind, reader.preferences, notification.channels);
  const { title, body } = notification.text[reader.locale];
  if (channels.length === 0) return [];
  const row = {
    id: newId(at),
    user_id: reader.id,
    kind,
    severity,
    title,
    body,
    link: link ?? null,
    dedupe_key: dedupeKey,
    shown: channels.includes('inApp'),
    created_at: new Date(at),
  };
  return [{ row, reader, channels }];
}

function deliveriesOf({ row, reader, channels }: Draft, at: number): Insertable<DeliveriesTable>[] {
  const kind = row.kind as NewNotification['kind'];
  const delivery = { user_id: reader.id, notification_id: row.id, created_at: new Date(at) };
  const made: Insertable<DeliveriesTable>[] = [];
  if (channels.includes('email')) {
    const { dueAt, isDigest } = mailDueAt(at, kind, reader);
    made.push({ ...delivery, id: newId(at), channel: 'email', due_at: new Date(dueAt), is_digest: isDigest });
  }
  if (channels.includes('webhook'))
    for (const { id, kinds } of reader.webhooks)
      if (kinds === null || kinds.includes(kind))
        made.push({ ...delivery, id: newId(at), channel: 'webhook', webhook_id: id, due_at: new Date(at) });
  if (channels.includes('push'))
    for (const id of reader.pushSubscriptionIds)
      made.push({ ...delivery, id: newId(at), channel: 'push', push_subscription_id: id, due_at: new Date(pushDueAt(at, kind, reader)) });
  return made;
}

/** Lost news are no harm: the stream looks again by itself, and so does whoever delivers. */
export function tellAfterCommit(
  { bus, factsAdded, onError }: NotifierNeeds,
  { userIds, delivers }: { readonly userIds: ReadonlySet<string>; readonly delivers: boolean },
): void {
  afterCommit(() => {
    for (const userId of userIds) bus.publish(factsAdded, { channel: channelOf(userId) }).catch(onError);
    if (delivers) bus.publish(DELIVERIES_ADDED, null).catch(onError);
  });
}
