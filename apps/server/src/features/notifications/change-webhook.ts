/** What an owner does with webhooks. Each leaves an entry in the audit log, since data of theirs goes where they say. */
import type { NotificationKind } from '@holdfast/contract/notifications';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { afterCommit, transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Seal } from '../../platform/seal.ts';
import type { Outside } from '../../providers/outside/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { DELIVERIES_ADDED } from './notifier.ts';
import { insertDeliveries } from './notify-store.ts';
import { newWebhookSecret } from './webhook-signature.ts';
import { countOwned, deleteWebhook, findWebhook, insertWebhook, replaceSecret, updateWebhook } from './webhook-store.ts';
import type { WebhookChange, WebhookRow } from './webhook-store.ts';

export interface WebhookNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly seal: Seal;
  readonly outside: Pick<Outside, 'faultOf'>;
  readonly onError: (error: unknown) => void;
}

export interface WebhookAsker {
  readonly userId: string;
  readonly requestId: string;
  readonly ip: string;
}

const MOST_WEBHOOKS = 10;
const OVERLAP_MS = 86_400_000;

export interface WithSecret {
  readonly row: WebhookRow;
  /** In the clear, to be shown once. */
  readonly secret: string;
}

/** Throws `invalid_value` for an address that is not allowed and `conflict` where there are too many. */
export async function createWebhook(
  needs: WebhookNeeds,
  asker: WebhookAsker,
  wanted: { readonly url: string; readonly description: string; readonly kinds: readonly NotificationKind[] | null },
): Promise<WithSecret> {
  refuseAddress(needs, wanted.url);
  const at = needs.clock.now();
  const secret = newWebhookSecret();
  return transact(needs.db, async (tx) => {
    if ((await countOwned(tx, asker.userId, 'webhooks')) >= MOST_WEBHOOKS)
      throw new AppError('conflict', `You have ${MOST_WEBHOOKS} webhooks, which is the most. Remove one first.`);
    const id = newId(at);
    const row = await insertWebhook(tx, { ...wanted, id, userId: asker.userId, secret: needs.seal.seal(secret), at: new Date(at) });
    await audit(tx, asker, { action: 'webhook.created', id, at });
    return { row, secret };
  });
}

/** Throws `not_found`, and `invalid_value` for an address that is not allowed. */
export async function changeWebhook(
  needs: WebhookNeeds,
  asker: WebhookAsker,
  { id, change }: { readonly id: string; readonly change: WebhookChange },
): Promise<WebhookRow> {
  if (change.url !== undefined) refuseAddress(needs, change.url);
  const at = needs.clock.now();
  return transact(needs.db, async (tx) => {
    const row = await updateWebhook(tx, { id, userId: asker.userId }, { change, at: new Date(at) });
    if (row === null) throw notFound('webhook');
    await audit(tx, asker, { action: 'webhook.changed', id, at });
    return row;
  });
}

export async function removeWebhook(needs: WebhookNeeds, asker: WebhookAsker, id: string): Promise<void> {
  await transact(needs.db, async (tx) => {
    if (!(await deleteWebhook(tx, { id, userId: asker.userId }))) throw notFound('webhook');
    await audit(tx, asker, { action: 'webhook.removed', id, at: needs.clock.now() });
  });
}

export async function rotateSecret(needs: WebhookNeeds, asker: WebhookAsker, id: string): Promise<WithSecret> {
  const at = needs.clock.now();
  const secret = newWebhookSecret();
  return transact(needs.db, async (tx) => {
    const until = new Date(at + OVERLAP_MS);
    const row = await replaceSecret(tx, { id, userId: asker.userId }, { secret: needs.seal.seal(secret), at: new Date(at), until });
    if (row === null) throw notFound('webhook');
    await audit(tx, asker, { action: 'webhook.secretRotated', id, at });
    return { row, secret };
  });
}

/** Answers the id of the delivery. Throws `conflict` for a webhook that is off. */
export async function testWebhook(needs: WebhookNeeds, { userId }: WebhookAsker, id: string): Promise<string> {
  const at = needs.clock.now();
  const deliveryId = newId(at);
  await transact(needs.db, async (tx) => {
    const webhook = await findWebhook(tx, { id, userId });
    if (webhook === null) throw notFound('webhook');
    if (webhook.disabled_at !== null) throw new AppError('conflict', 'The webhook is turned off. Turn it on, then test it.');
    const date = new Date(at);
    await insertDeliveries(tx, [{ id: deliveryId, user_id: userId, channel: 'webhook', webhook_id: id, due_at: date, created_at: date }]);
    afterCommit(() => {
      needs.bus.publish(DELIVERIES_ADDED, null).catch(needs.onError);
    });
  });
  return deliveryId;
}

function refuseAddress({ outside }: WebhookNeeds, url: string): void {
  const fault = outside.faultOf(url);
  if (fault !== null) throw new AppError('invalid_value', fault, { errors: [{ path: 'url', message: fault }] });
}

async function audit(
  tx: Tx,
  { userId, requestId, ip }: WebhookAsker,
  { action, id, at }: { readonly action: string; readonly id: string; readonly at: number },
): Promise<void> {
  await writeAuditEntry(tx, { at, actorId: userId, action, subjectKind: 'webhook', subjectId: id, requestId, ip });
}
