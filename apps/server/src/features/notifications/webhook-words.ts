import type { WebhookTarget } from './delivery.ts';
import type { NewNotification } from './notification.ts';

/** Word to the owner that a webhook was turned off. */
export function webhookDisabled(
  { id, url }: Pick<WebhookTarget, 'id' | 'url'>,
  { userId, isGone, at }: { readonly userId: string; readonly isGone: boolean; readonly at: number },
): NewNotification {
  const { host } = new URL(url);
  const [because, weil] = isGone
    ? ['It answered 410 Gone.', 'Er hat mit 410 Gone geantwortet.']
    : ['It has taken nothing for a day.', 'Er hat seit einem Tag nichts angenommen.'];
  return {
    userId,
    kind: 'security',
    severity: 'warning',
    text: {
      en: { title: `The webhook to ${host} was turned off`, body: `${because} Turn it on again once the receiver is mended.` },
      de: {
        title: `Der Webhook an ${host} wurde abgeschaltet`,
        body: `${weil} Schalten Sie ihn wieder ein, sobald der Empfänger wieder arbeitet.`,
      },
    },
    link: '/settings/webhooks',
    dedupeKey: `webhook-disabled:${id}:${at}`,
    channels: ['inApp', 'email'],
  };
}
