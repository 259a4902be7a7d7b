/** The push channel: what a browser shows while no page of ours is open. */
import type { Pusher } from '../../providers/push/index.ts';
import type { Sender } from './deliverer.ts';

const GONE: ReadonlySet<number> = new Set([404, 410]);
/** The push service will never take this message: too large, or not signed as it wants it. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 413]);
/** Push services take 4,096 bytes, encrypted. */
const MOST_TEXT = 500;

export function createPushSender(pusher: Pusher): Sender {
  return async ([{ id, user, notification, pushSubscription }]) => {
    if (pushSubscription === null || notification === null || !user.isActive)
      return { outcome: 'skipped', detail: 'Nobody receives it any more.' };
    const { title, body, link, severity } = notification;
    const { status } = await pusher.push({
      ...pushSubscription,
      text: JSON.stringify({ id: notification.id, title: title.slice(0, MOST_TEXT), body: body.slice(0, MOST_TEXT), link }),
      topic: id.replaceAll('-', ''),
      isUrgent: severity !== 'info',
    });
    if (status >= 200 && status < 300) return { outcome: 'delivered', status };
    const detail = `The push service answered ${status}.`;
    return { outcome: 'failed', status, detail, isGone: GONE.has(status), isFinal: FINAL.has(status) };
  };
}
