/** All SQL of webhooks as their owners see them, and of push subscriptions. */
import type { NotificationKind } from '@holdfast/contract/notifications';
import type { Selectable } from 'kysely';
import type { DeliveriesTable, PushSubscriptionsTable, WebhooksTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export type WebhookRow = Selectable<WebhooksTable>;
export type PushSubscriptionRow = Selectable<PushSubscriptionsTable>;

interface Owned {
  readonly id: string;
  readonly userId: string;
}

/** How many of them a user has. Holds the user's row, so that of two requests at once each sees the other's. */
export async function countOwned(tx: Tx, userId: string, table: 'webhooks' | 'push_subscriptions'): Promise<number> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
  const { count } = await tx
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return count;
}

export async function selectWebhooks(db: Db, userId: string): Promise<readonly WebhookRow[]> {
  return db.selectFrom('webhooks').selectAll().where('user_id', '=', userId).orderBy('id').execute();
}

export async function findWebhook(db: Db, { id, userId }: Owned): Promise<WebhookRow | null> {
  return (await db.selectFrom('webhooks').selectAll().where('id', '=', id).where('user_id', '=', userId).executeTakeFirst()) ?? null;
}

export interface NewWebhook extends Owned {
  readonly url: string;
  readonly description: string;
  readonly kinds: readonly NotificationKind[] | null;
  readonly secret: Buffer;
  readonly at: Date;
}

export async function insertWebhook(tx: Tx, { userId, kinds, at, ...webhook }: NewWebhook): Promise<WebhookRow> {
  return tx
    .insertInto('webhooks')
    .values({ ...webhook, user_id: userId, kinds: kinds === null ? null : JSON.stringify(kinds), created_at: at, updated_at: at })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface WebhookChange {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly kinds?: readonly NotificationKind[] | null | undefined;
  readonly isEnabled?: boolean | undefined;
}

/** Turned on again it starts anew, with no failures. Null when it is not the user's. */
export async function updateWebhook(tx: Tx, { id, userId }: Owned, { change, at }: { readonly change: WebhookChange; readonly at: Date }) {
  const { url, description, kinds, isEnabled } = change;
  const row = await tx
    .updateTable('webhooks')
    .set({
      updated_at: at,
      ...(url === undefined ? {} : { url }),
      ...(description === undefined ? {} : { description }),
      ...(kinds === undefined ? {} : { kinds: kinds === null ? null : JSON.stringify(kinds) }),
      ...(isEnabled === true ? { disabled_at: null, disabled_because: null, failures: 0, failing_since: null } : {}),
      ...(isEnabled === false ? { disabled_at: at, disabled_because: 'byOwner' } : {}),
    })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** The secret that was good until now signs along until `until`. */
export async function replaceSecret(
  tx: Tx,
  { id, userId }: Owned,
  { secret, at, until }: { readonly secret: Buffer; readonly at: Date; readonly until: Date },
): Promise<WebhookRow | null> {
  const row = await tx
    .updateTable('webhooks')
    .set(({ ref }) => ({ previous_secret: ref('secret'), previous_secret_until: until, secret, updated_at: at }))
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function deleteWebhook(tx: Tx, { id, userId }: Owned): Promise<boolean> {
  const result = await tx.deleteFrom('webhooks').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export type DeliveryRow = Selectable<DeliveriesTable> & { readonly kind: string | null };

export interface DeliveryFilter {
  readonly webhookId: string;
  readonly status: string | undefined;
  /** The id of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** The newest first. */
export async function selectWebhookDeliveries(
  db: Db,
  { webhookId, status, after, limit }: DeliveryFilter,
): Promise<readonly DeliveryRow[]> {
  let query = db
    .selectFrom('deliveries as d')
    .leftJoin('notifications as n', 'n.id', 'd.notification_id')
    .selectAll('d')
    .select('n.kind')
    .where('d.webhook_id', '=', webhookId);
  if (status !== undefined) query = query.where('d.status', '=', status);
  if (after !== null) query = query.where('d.id', '<', after);
  return query.orderBy('d.id', 'desc').limit(limit).execute();
}

export async function selectPushSubscriptions(db: Db, userId: string): Promise<readonly PushSubscriptionRow[]> {
  return db.selectFrom('push_subscriptions').selectAll().where('user_id', '=', userId).orderBy('id').execute();
}

/** A browser has one subscription: whoever signs in there last gets its messages. */
export async function forgetEndpoint(tx: Tx, endpoint: string): Promise<void> {
  await tx.deleteFrom('push_subscriptions').where('endpoint', '=', endpoint).execute();
}

export async function insertPushSubscription(tx: Tx, row: PushSubscriptionRow): Promise<PushSubscriptionRow> {
  return tx.insertInto('push_subscriptions').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function deletePushSubscription(db: Db, { id, userId }: Owned): Promise<boolean> {
  const result = await db.deleteFrom('push_subscriptions').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}
