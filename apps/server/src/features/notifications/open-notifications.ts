/** Notifications, wired: what writes them, what sends them, and their routes. */
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { deriveKey } from '../../platform/derive-key.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { createSeal } from '../../platform/seal.ts';
import type { Mailer } from '../../providers/mail/index.ts';
import type { Outside } from '../../providers/outside/index.ts';
import { createPusher } from '../../providers/push/index.ts';
import type { PushKeys } from '../../providers/push/index.ts';
import { createDeliverer } from './deliverer.ts';
import { forgetDeliveries } from './delivery-store.ts';
import { createFinishedWork, tellDividends } from './finished-work.ts';
import type { FinishedWorkNeeds } from './finished-work.ts';
import { bindNotificationRoutes } from './notification-routes.ts';
import { forgetNotifications } from './notification-store.ts';
import { createNotifier } from './notifier.ts';
import type { Notifier } from './notifier.ts';
import { createOrderNotices } from './order-notices.ts';
import { createPushKeys } from './push-keys.ts';
import { bindPushRoutes } from './push-routes.ts';
import { createMailQueue, mailSeal } from './queue-mail.ts';
import type { MailQueue } from './queue-mail.ts';
import { createMailSender } from './send-mail.ts';
import { createPushSender } from './send-push.ts';
import { createWebhookSender } from './send-webhook.ts';
import { createUnsubscribeTokens } from './unsubscribe-token.ts';
import { bindWebhookRoutes } from './webhook-routes.ts';

export interface NotificationsNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly secretKey: string;
  readonly mailer: Mailer;
  readonly outside: Outside;
  /** Null: the server makes a pair of its own. */
  readonly vapidKeys: PushKeys | null;
  readonly vapidSubject: string;
  /** Where people reach this server, such as https://portfolio.example.org. */
  readonly publicUrl: string;
  /** The topic that tells the stream of new facts. */
  readonly factsAdded: string;
  /** From 0 up to 1. */
  readonly chance: () => number;
  readonly onError: (error: unknown) => void;
}

export interface Notifications {
  /** Writes notifications in the transaction of what they tell of. */
  readonly notifier: Notifier;
  /** Queues mails that are no notifications, in the transaction that asks for them. */
  readonly mails: MailQueue;
  /** Whether mail is sent at all. */
  readonly isMailOn: boolean;
  readonly jobs: readonly Job[];
  /** Orders of these portfolios have changed; null: any may have. Their owners are told in a moment. */
  ordersChanged(portfolioIds: readonly string[] | null): void;
  /** Tells of all orders that nobody was told of yet. */
  catchUpOrders(): Promise<number>;
  /** Tells of imports and reports that have ended and that nobody was told of yet. */
  tellFinishedWork(): Promise<void>;
  /** Sends all that is due now; answers how many deliveries were tried. */
  deliverDue(): Promise<number>;
  bindRoutes(context: ServeContext): void;
  /** Begins to send what falls due, and to look for orders that nobody was told of. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const NOTIFICATIONS_KEPT_MS = 365 * DAY_MS;
const DELIVERIES_KEPT_MS = 30 * DAY_MS;
const LOOK_EVERY_MS = 30_000;

export function openNotifications(needs: NotificationsNeeds): Notifications {
  const { db, clock, bus, secretKey, mailer, outside, publicUrl, onError } = needs;
  const notifier = createNotifier(needs);
  const tokens = createUnsubscribeTokens(deriveKey(secretKey, 'unsubscribe/v1'));
  const webhookSeal = createSeal(deriveKey(secretKey, 'webhook-secret/v1'));
  const keySeal = createSeal(deriveKey(secretKey, 'push-key/v1'));
  const keys = createPushKeys({ db, clock, seal: keySeal, given: needs.vapidKeys, onError });
  const deliverer = createDeliverer({
    db,
    clock,
    bus,
    notifier,
    chance: needs.chance,
    onError,
    senders: {
      email: createMailSender({ mailer, seal: mailSeal(secretKey), tokens, publicUrl }),
      webhook: createWebhookSender({ outside, seal: webhookSeal, clock }),
      push: createPushSender(createPusher({ outside, keys, subject: needs.vapidSubject })),
    },
  });
  const orders = createOrderNotices({ db, clock, notifier, onError });
  const work = createFinishedWork({ db, clock, notifier, bus, factsAdded: needs.factsAdded, onError });
  let looking: NodeJS.Timeout | null = null;
  return {
    notifier,
    mails: createMailQueue({ bus, secretKey, onError }),
    isMailOn: mailer.isOn,
    jobs: [forgetJob(db, clock), dividendJob({ db, clock, notifier })],
    ordersChanged: orders.changed,
    catchUpOrders: () => orders.catchUp(null),
    tellFinishedWork: work.tell,
    deliverDue: deliverer.deliverDue,
    bindRoutes(context) {
      const pushPublicKey = async () => (await keys()).publicKey;
      bindNotificationRoutes(context, { ...needs, unsubscribeTokens: tokens, isMailOn: mailer.isOn, pushPublicKey });
      bindWebhookRoutes(context, { db, clock, bus, seal: webhookSeal, outside, onError });
      bindPushRoutes(context, { db, clock, outside });
    },
    async start() {
      await deliverer.start();
      // A server that was killed right after a commit has told nobody of it.
      const look = (): void => {
        orders.changed(null);
        work.look();
      };
      looking = setInterval(look, LOOK_EVERY_MS);
      await work.start();
      look();
    },
    async close() {
      if (looking !== null) clearInterval(looking);
      await orders.close();
      await work.close();
      await deliverer.close();
      mailer.close();
    },
  };
}

function dividendJob(needs: FinishedWorkNeeds): Job {
  return {
    name: 'tell-dividends',
    schedule: '9 * * * *',
    timeoutMs: 300_000,
    run: () => tellDividends(needs),
  };
}

function forgetJob(db: Db, clock: Clock): Job {
  return {
    name: 'forget-notifications',
    schedule: '41 * * * *',
    timeoutMs: 60_000,
    run: async () => {
      const now = clock.now();
      await transact(db, (tx) => forgetNotifications(tx, new Date(now - NOTIFICATIONS_KEPT_MS)));
      await forgetDeliveries(db, new Date(now - DELIVERIES_KEPT_MS));
    },
  };
}
