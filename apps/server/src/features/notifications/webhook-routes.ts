import {
  changeWebhook as changeContract,
  createWebhook as createContract,
  deleteWebhook as deleteContract,
  getWebhook,
  listWebhookDeliveries,
  listWebhooks,
  rotateWebhookSecret,
  testWebhook as testContract,
} from '@holdfast/contract/notifications';
import { Answer, notFound, page, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { changeWebhook, createWebhook, removeWebhook, rotateSecret, testWebhook } from './change-webhook.ts';
import type { WebhookAsker, WebhookNeeds } from './change-webhook.ts';
import { describeDelivery, describeWebhook } from './describe-webhook.ts';
import { findWebhook, selectWebhookDeliveries, selectWebhooks } from './webhook-store.ts';
import type { WebhookRow } from './webhook-store.ts';

const LIST = 'webhook-deliveries';

export function bindWebhookRoutes(context: ServeContext, needs: WebhookNeeds): void {
  const { db } = needs;
  const own = async (userId: string, id: string): Promise<WebhookRow> => {
    const row = await findWebhook(db, { id, userId });
    if (row === null) throw notFound('webhook');
    return row;
  };
  serve(context, listWebhooks, async ({ caller }) => ({ items: (await selectWebhooks(db, caller.userId)).map(describeWebhook) }));
  serve(context, createContract, async (ask) => {
    const { url, description = '', kinds = null } = ask.body;
    const { row, secret } = await createWebhook(needs, askerOf(ask), { url, description, kinds });
    return { webhook: describeWebhook(row), secret };
  });
  serve(context, getWebhook, async ({ caller, params }) => describeWebhook(await own(caller.userId, params.id)));
  serve(context, changeContract, async (ask) =>
    describeWebhook(await changeWebhook(needs, askerOf(ask), { id: ask.params.id, change: ask.body })),
  );
  serve(context, deleteContract, async (ask) => {
    await removeWebhook(needs, askerOf(ask), ask.params.id);
    return new Answer(204, undefined);
  });
  serve(context, rotateWebhookSecret, async (ask) => {
    const { row, secret } = await rotateSecret(needs, askerOf(ask), ask.params.id);
    return { webhook: describeWebhook(row), secret };
  });
  serve(context, testContract, async (ask) => ({ deliveryId: await testWebhook(needs, askerOf(ask), ask.params.id) }));
  serve(context, listWebhookDeliveries, async ({ caller, params, query }) => {
    const { id: webhookId } = await own(caller.userId, params.id);
    const { status, limit = 50 } = query;
    const after = readCursor(LIST, query.cursor, [isId])?.[0] ?? null;
    const rows = await selectWebhookDeliveries(db, { webhookId, status, after, limit: limit + 1 });
    return page(rows, limit, { item: describeDelivery, cursor: ({ id }) => writeCursor(LIST, [id]) });
  });
}

function askerOf(ask: { readonly caller: Caller; readonly requestId: string; readonly ip: string }): WebhookAsker {
  return { userId: ask.caller.userId, requestId: ask.requestId, ip: ask.ip };
}
