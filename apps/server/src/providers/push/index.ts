/** Push messages to browsers: encrypted for the browser (RFC 8291) and signed for its push service (VAPID, RFC 8292). */
import webPush from 'web-push';
import type { Outside, OutsideAnswer } from '../outside/index.ts';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface PushMessage {
  readonly endpoint: string;
  /** The browser's keys, base64url. */
  readonly p256dh: string;
  readonly auth: string;
  readonly text: string;
  /** A later message with the same topic takes the place of one that still waits at the push service: up to 32 letters and digits. */
  readonly topic: string;
  readonly isUrgent: boolean;
}

export interface Pusher {
  /** What the push service answered: 404 and 410 say that the subscription has ended. */
  push(message: PushMessage): Promise<OutsideAnswer>;
}

/** What nobody has fetched after so long is no news any more. Seconds. */
const KEPT_FOR = 86_400;

export function makePushKeys(): PushKeys {
  return webPush.generateVAPIDKeys();
}

/** `subject` says whom a push service may write to: mailto: or https:. */
export function createPusher({
  outside,
  keys,
  subject,
}: {
  readonly outside: Outside;
  readonly keys: () => Promise<PushKeys>;
  readonly subject: string;
}): Pusher {
  return {
    async push({ endpoint, p256dh, auth, text, topic, isUrgent }) {
      const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
        vapidDetails: { subject, ...(await keys()) },
        TTL: KEPT_FOR,
        topic,
        urgency: isUrgent ? 'high' : 'normal',
      });
      const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)]));
      return outside.post({ url: details.endpoint, headers, body: details.body });
    },
  };
}
