import type { NotificationKind, Webhook, WebhookDelivery } from '@holdfast/contract/notifications';
import type { DeliveryRow, WebhookRow } from './webhook-store.ts';

export function describeWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    kinds: row.kinds as NotificationKind[] | null,
    isEnabled: row.disabled_at === null,
    disabledBecause: row.disabled_because as Webhook['disabledBecause'],
    failures: row.failures,
    previousSecretUntil: row.previous_secret_until?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

export function describeDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    type: row.kind === null ? 'webhook.test' : `notification.${row.kind}`,
    status: row.status as WebhookDelivery['status'],
    attempts: row.attempts,
    responseStatus: row.response_status,
    detail: row.detail,
    nextAttemptAt: row.status === 'waiting' ? row.due_at.toISOString() : null,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
