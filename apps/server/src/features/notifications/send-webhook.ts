/** The webhook channel: a signed post, as Standard Webhooks says. */
import type { Clock } from '../../platform/clock.ts';
import type { Seal } from '../../platform/seal.ts';
import type { Outside } from '../../providers/outside/index.ts';
import type { Sender } from './deliverer.ts';
import type { Delivery, WebhookTarget } from './delivery.ts';
import { notificationJson } from './notification-json.ts';
import { signaturesOf } from './webhook-signature.ts';

export interface SendWebhookNeeds {
  readonly outside: Outside;
  readonly seal: Seal;
  readonly clock: Clock;
}

const GONE = 410;

export function createWebhookSender({ outside, seal, clock }: SendWebhookNeeds): Sender {
  return async ([delivery]) => {
    const { webhook, user } = delivery;
    if (webhook === null || !user.isActive) return { outcome: 'skipped', detail: 'Nobody receives it any more.' };
    if (webhook.isDisabled) return { outcome: 'skipped', detail: 'The webhook is turned off.' };
    const now = clock.now();
    const body = webhookBody(delivery);
    const timestamp = Math.floor(now / 1_000);
    const secrets = secretsOf(webhook, now).map((secret) => seal.open(secret));
    const { status } = await outside.post({
      url: webhook.url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Holdfast-Webhooks/1',
        'webhook-id': delivery.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signaturesOf({ id: delivery.id, timestamp, body }, secrets),
      },
      body,
    });
    if (status >= 200 && status < 300) return { outcome: 'delivered', status };
    // A test is tried once: whoever asked for it is looking.
    const isFinal = delivery.notification === null;
    return { outcome: 'failed', status, detail: `The receiver answered ${status}.`, isFinal, isGone: status === GONE };
  };
}

function secretsOf({ secret, previousSecret, previousSecretUntil }: WebhookTarget, now: number): readonly Buffer[] {
  const isOverlap = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil.getTime() > now;
  return isOverlap ? [secret, previousSecret] : [secret];
}

/** The same text on every try. */
function webhookBody({ id, notification, createdAt }: Delivery): string {
  const timestamp = createdAt.toISOString();
  if (notification === null) return JSON.stringify({ type: 'webhook.test', timestamp, data: { id } });
  return JSON.stringify({
    type: `notification.${notification.kind}`,
    timestamp,
    data: { ...notificationJson(notification), readAt: null },
  });
}
