/** All SQL of writing notifications: their rows, the facts that the stream tells, and what is to be delivered, set by set. */
import type { NotificationKind } from '@holdfast/contract/notifications';
import { sql } from 'kysely';
import type { Insertable } from 'kysely';
import type { DeliveriesTable, NotificationsTable } from '../../platform/db/generated/schema.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { channelOf } from './notification-json.ts';
import type { NumberedEvent } from './notification-json.ts';
import { localeOf } from './notification.ts';
import type { Locale } from './notification.ts';
import { preferencesOf } from './preferences-store.ts';
import type { Preferences } from './preferences.ts';

/** A user as one who is told something: what they have chosen, and where it can go. */
export interface Reader {
  readonly id: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly preferences: Preferences;
  readonly webhooks: readonly { readonly id: string; readonly kinds: readonly NotificationKind[] | null }[];
  readonly pushSubscriptionIds: readonly string[];
}

export interface Head {
  sequence: number;
  unread: number;
}

/** Active users only: nobody tells those who have gone. */
export async function readReaders(tx: Tx, userIds: readonly string[]): Promise<ReadonlyMap<string, Reader>> {
  const rows = await tx
    .selectFrom('users as u')
    .leftJoin('notification_preferences as p', 'p.user_id', 'u.id')
    .select(['u.id', 'u.locale', 'u.timezone', 'p.channels', 'p.email_timing', 'p.digest_at', 'p.quiet_from', 'p.quiet_to'])
    .select((eb) => [
      sql<readonly { id: string; kinds: NotificationKind[] | null }[] | null>`(${eb
        .selectFrom('webhooks as w')
        .select(sql`json_agg(json_build_object('id', w.id, 'kinds', w.kinds) order by w.id)`.as('list'))
        .whereRef('w.user_id', '=', 'u.id')
        .where('w.disabled_at', 'is', null)})`.as('webhooks'),
      sql<readonly string[] | null>`(${eb
        .selectFrom('push_subscriptions as s')
        .select(sql`json_agg(s.id order by s.id)`.as('list'))
        .whereRef('s.user_id', '=', 'u.id')})`.as('pushes'),
    ])
    .where('u.id', 'in', [...userIds])
    .where('u.is_active', '=', true)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        locale: localeOf(row.locale),
        timeZone: row.timezone,
        preferences: preferencesOf(row),
        webhooks: row.webhooks ?? [],
        pushSubscriptionIds: row.pushes ?? [],
      },
    ]),
  );
}

/** Holds the counts of these users until the transaction ends, so that their numbers follow one another. In the order of their ids. */
export async function holdHeads(tx: Tx, userIds: readonly string[]): Promise<ReadonlyMap<string, Head>> {
  const ids = [...new Set(userIds)].sort();
  await tx
    .insertInto('notification_heads')
    .values(ids.map((id) => ({ user_id: id })))
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute();
  const rows = await tx.selectFrom('notification_heads').selectAll().where('user_id', 'in', ids).orderBy('user_id').forUpdate().execute();
  return new Map(rows.map(({ user_id: id, sequence, unread }) => [id, { sequence, unread }]));
}

export async function setHeads(tx: Tx, heads: ReadonlyMap<string, Head>): Promise<void> {
  const entries = [...heads];
  await sql`
    update notification_heads h set sequence = n.sequence, unread = n.unread
    from unnest(${entries.map(([id]) => id)}::uuid[], ${entries.map(([, head]) => head.sequence)}::bigint[],
      ${entries.map(([, head]) => head.unread)}::integer[]) as n (user_id, sequence, unread)
    where h.user_id = n.user_id`.execute(tx);
}

/** Answers the ids of those that were not there yet. */
export async function insertNotifications(tx: Tx, rows: readonly Insertable<NotificationsTable>[]): Promise<ReadonlySet<string>> {
  const inserted = await tx
    .insertInto('notifications')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['user_id', 'dedupe_key']).doNothing())
    .returning('id')
    .execute();
  return new Set(inserted.map(({ id }) => id));
}

export async function insertEvents(tx: Tx, events: readonly NumberedEvent[], at: number): Promise<void> {
  await tx
    .insertInto('stream_facts')
    .values(
      events.map(({ userId, sequence, event }) => ({
        channel: channelOf(userId),
        sequence,
        at: new Date(at),
        body: JSON.stringify(event),
      })),
    )
    .execute();
}

export async function insertDeliveries(tx: Tx, rows: readonly Insertable<DeliveriesTable>[]): Promise<void> {
  await tx
    .insertInto('deliveries')
    .values([...rows])
    .execute();
}
