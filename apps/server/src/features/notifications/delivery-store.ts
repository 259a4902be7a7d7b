/** All SQL of deliveries on their way: which are due, and how they ended. */
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { Delivery, DeliveryChannel, PushTarget, WebhookTarget } from './delivery.ts';
import type { NotificationRow } from './notification-json.ts';
import { localeOf } from './notification.ts';
import { preferencesOf } from './preferences-store.ts';
import { choiceFor } from './preferences.ts';

export interface Claim {
  readonly now: number;
  /** How long whoever claims has for them; then they are due again. */
  readonly leaseMs: number;
  readonly limit: number;
}

/** Takes what is due, the longest due first, so that nobody else takes it meanwhile. */
export async function claimDue(db: Db, { now, leaseMs, limit }: Claim): Promise<readonly Delivery[]> {
  const claimed = await sql<{ id: string }>`
    update deliveries set attempts = attempts + 1, due_at = ${new Date(now + leaseMs)}
    where id in (
      select id from deliveries where status = 'waiting' and due_at <= ${new Date(now)}
      order by due_at, user_id, id limit ${limit} for update skip locked)
    returning id`.execute(db);
  const ids = claimed.rows.map(({ id }) => id);
  return ids.length === 0 ? [] : readDeliveries(db, ids);
}

async function readDeliveries(db: Db, ids: readonly string[]): Promise<readonly Delivery[]> {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('users as u', 'u.id', 'd.user_id')
    .leftJoin('notification_preferences as p', 'p.user_id', 'd.user_id')
    .select(['d.id', 'd.channel', 'd.attempts', 'd.is_digest', 'd.mail', 'd.created_at', 'd.user_id', 'u.email', 'u.locale', 'u.is_active'])
    .select(['p.channels', 'p.email_timing', 'p.digest_at', 'p.quiet_from', 'p.quiet_to'])
    .select(['d.notification_id', 'd.webhook_id', 'd.push_subscription_id'])
    .where('d.id', 'in', [...ids])
    .orderBy('d.id')
    .execute();
  const notifications = await readNotifications(
    db,
    rows.flatMap((row) => row.notification_id ?? []),
  );
  const webhooks = await readWebhooks(
    db,
    rows.flatMap((row) => row.webhook_id ?? []),
  );
  const pushes = await readPushes(
    db,
    rows.flatMap((row) => row.push_subscription_id ?? []),
  );
  return rows.map((row) => {
    const preferences = preferencesOf(row);
    return {
      id: row.id,
      channel: row.channel as DeliveryChannel,
      attempts: row.attempts,
      isDigest: row.is_digest,
      createdAt: row.created_at,
      user: {
        id: row.user_id,
        email: row.email,
        locale: localeOf(row.locale),
        isActive: row.is_active,
        wantsMail: (kind) => choiceFor(kind, preferences).email,
      },
      notification: notifications.get(row.notification_id ?? '') ?? null,
      mail: row.mail,
      webhook: webhooks.get(row.webhook_id ?? '') ?? null,
      pushSubscription: pushes.get(row.push_subscription_id ?? '') ?? null,
    };
  });
}

async function readNotifications(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, NotificationRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('notifications')
    .select(['id', 'kind', 'severity', 'title', 'body', 'link', 'created_at', 'read_at'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function readWebhooks(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, WebhookTarget>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('webhooks')
    .select(['id', 'url', 'secret', 'previous_secret', 'previous_secret_until', 'disabled_at'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        url: row.url,
        secret: row.secret,
        previousSecret: row.previous_secret,
        previousSecretUntil: row.previous_secret_until,
        isDisabled: row.disabled_at !== null,
      },
    ]),
  );
}

async function readPushes(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, PushTarget>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('push_subscriptions')
    .select(['id', 'endpoint', 'p256dh', 'auth'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export interface Ending {
  readonly ids: readonly string[];
  readonly status: 'delivered' | 'dead' | 'skipped';
  readonly responseStatus: number | null;
  readonly detail: string | null;
  readonly at: number;
}

export async function endDeliveries(db: Db | Tx, { ids, status, responseStatus, detail, at }: Ending): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ status, response_status: responseStatus, detail, finished_at: new Date(at), mail: null })
    .where('id', 'in', [...ids])
    .where('status', '=', 'waiting')
    .execute();
}

export interface Postponing {
  readonly ids: readonly string[];
  readonly dueAt: number;
  readonly responseStatus: number | null;
  readonly detail: string;
}

export async function postpone(db: Db | Tx, { ids, dueAt, responseStatus, detail }: Postponing): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ due_at: new Date(dueAt), response_status: responseStatus, detail })
    .where('id', 'in', [...ids])
    .where('status', '=', 'waiting')
    .execute();
}

/** When the next one is due, epoch milliseconds; null when none waits. */
export async function nextDueAt(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.min('due_at').as('at'))
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return (row?.at as Date | null | undefined)?.getTime() ?? null;
}

/** What ended before an instant goes. */
export async function forgetDeliveries(db: Db, before: Date): Promise<number> {
  const result = await db.deleteFrom('deliveries').where('finished_at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** A webhook took a delivery, or did not: answers how it stands now. */
export async function countWebhook(
  tx: Tx,
  id: string,
  { worked, at }: { readonly worked: boolean; readonly at: number },
): Promise<{ readonly failures: number; readonly failingSince: Date | null } | null> {
  const row = await tx
    .updateTable('webhooks')
    .set(
      worked
        ? { failures: 0, failing_since: null }
        : (eb) => ({ failures: eb('failures', '+', 1), failing_since: eb.fn.coalesce('failing_since', eb.val(new Date(at))) }),
    )
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .returning(['failures', 'failing_since'])
    .executeTakeFirst();
  return row === undefined ? null : { failures: row.failures, failingSince: row.failing_since };
}

export async function disableWebhook(
  tx: Tx,
  id: string,
  { at, because }: { readonly at: number; readonly because: string },
): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set({ disabled_at: new Date(at), disabled_because: because, updated_at: new Date(at) })
    .where('id', '=', id)
    .execute();
}

export async function removePushSubscription(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('push_subscriptions').where('id', '=', id).execute();
}
