/** Sends what is due: each delivery until it has arrived or is given up. Several servers may do so side by side. */
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { claimDue, countWebhook, disableWebhook, endDeliveries, nextDueAt, postpone, removePushSubscription } from './delivery-store.ts';
import type { Delivery, DeliveryChannel, DeliveryOutcome } from './delivery.ts';
import { DELIVERIES_ADDED } from './notifier.ts';
import type { Notifier } from './notifier.ts';
import { retryAfterMs } from './retry-schedule.ts';
import { webhookDisabled } from './webhook-words.ts';

/** Sends deliveries of one channel that go out as one message: a digest, or a single one. Throws where trying again may help. */
export type Sender = (deliveries: readonly [Delivery, ...Delivery[]]) => Promise<DeliveryOutcome>;

export interface DelivererNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly notifier: Notifier;
  readonly senders: Readonly<Record<DeliveryChannel, Sender>>;
  /** From 0 up to 1. */
  readonly chance: () => number;
  readonly onError: (error: unknown) => void;
}

export interface Deliverer {
  /** Sends all that is due now; answers how many deliveries were tried. */
  deliverDue(): Promise<number>;
  /** Sends from now on whatever falls due. */
  start(): Promise<void>;
  /** Waits for what is being sent. */
  close(): Promise<void>;
}

/** Longer than a mail server or a receiver may take. */
const LEASE_MS = 120_000;
const AT_ONCE = 50;
/** What another server queued and could not tell of is found after this long. */
const LOOK_EVERY_MS = 30_000;
/** A receiver that has taken nothing for so long and so often is not there any more. */
const FAILING_FOR_MS = 86_400_000;
const FAILURES = 10;

export function createDeliverer(needs: DelivererNeeds): Deliverer {
  const { db, clock, bus, onError } = needs;
  const deliverDue = async (): Promise<number> => {
    for (let tried = 0; ;) {
      const due = await claimDue(db, { now: clock.now(), leaseMs: LEASE_MS, limit: AT_ONCE });
      if (due.length === 0) return tried;
      await Promise.all(messagesOf(due).map((message) => deliver(needs, message)));
      tried += due.length;
    }
  };
  const stops: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;

  const wake = (): void => {
    if (closed) return;
    if (running !== null) {
      again = true;
      return;
    }
    if (timer !== null) clearTimeout(timer);
    running = deliverDue()
      .then(() => nextDueAt(db))
      .catch((error: unknown) => {
        onError(error);
        return null;
      })
      .then((next) => {
        running = null;
        if (closed) return;
        if (again) {
          again = false;
          return wake();
        }
        const wait = next === null ? LOOK_EVERY_MS : Math.min(LOOK_EVERY_MS, Math.max(0, next - clock.now()));
        timer = setTimeout(wake, wait);
      });
  };

  return {
    deliverDue,
    async start() {
      stops.push(await bus.subscribe(DELIVERIES_ADDED, wake), bus.onLost(wake));
      wake();
    },
    async close() {
      closed = true;
      for (const stop of stops) stop();
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

/** The digest of a user is one message. */
function messagesOf(due: readonly Delivery[]): readonly (readonly [Delivery, ...Delivery[]])[] {
  const digests = new Map<string, [Delivery, ...Delivery[]]>();
  const messages: (readonly [Delivery, ...Delivery[]])[] = [];
  for (const delivery of due) {
    const digest = digests.get(delivery.user.id);
    if (!delivery.isDigest) messages.push([delivery]);
    else if (digest !== undefined) digest.push(delivery);
    else digests.set(delivery.user.id, [delivery]);
  }
  return [...messages, ...digests.values()];
}

async function deliver(needs: DelivererNeeds, message: readonly [Delivery, ...Delivery[]]): Promise<void> {
  const [first] = message;
  const outcome = await needs.senders[first.channel](message).catch((error: unknown): DeliveryOutcome => {
    return { outcome: 'failed', detail: error instanceof Error ? error.message.slice(0, 500) : 'unknown' };
  });
  try {
    await record(needs, message, outcome);
  } catch (error) {
    // It is due again when the lease ends, and goes out once more: at least once.
    needs.onError(error);
  }
}

async function record(needs: DelivererNeeds, message: readonly [Delivery, ...Delivery[]], outcome: DeliveryOutcome): Promise<void> {
  const [first] = message;
  const ids = message.map(({ id }) => id);
  const at = needs.clock.now();
  const responseStatus = outcome.outcome === 'skipped' ? null : (outcome.status ?? null);
  await transact(needs.db, async (tx) => {
    if (outcome.outcome === 'failed') {
      const pause =
        outcome.isFinal === true || outcome.isGone === true ? null : retryAfterMs(first.channel, first.attempts, needs.chance());
      const { detail } = outcome;
      if (pause === null) await endDeliveries(tx, { ids, status: 'dead', responseStatus, detail, at });
      else await postpone(tx, { ids, dueAt: at + pause, responseStatus, detail });
    } else {
      const detail = outcome.outcome === 'skipped' ? outcome.detail : null;
      await endDeliveries(tx, { ids, status: outcome.outcome, responseStatus, detail, at });
    }
    if (outcome.outcome === 'skipped') return;
    const isGone = outcome.outcome === 'failed' && outcome.isGone === true;
    if (first.pushSubscription !== null && isGone) await removePushSubscription(tx, first.pushSubscription.id);
    if (first.webhook !== null) await judgeWebhook(needs, tx, { delivery: first, worked: outcome.outcome === 'delivered', isGone, at });
  });
}

async function judgeWebhook(
  { notifier }: DelivererNeeds,
  tx: Parameters<typeof countWebhook>[0],
  {
    delivery,
    worked,
    isGone,
    at,
  }: { readonly delivery: Delivery; readonly worked: boolean; readonly isGone: boolean; readonly at: number },
): Promise<void> {
  const { webhook, user } = delivery;
  if (webhook === null) return;
  const standing = await countWebhook(tx, webhook.id, { worked, at });
  if (standing === null || worked) return;
  const since = standing.failingSince?.getTime() ?? at;
  const isHopeless = standing.failures >= FAILURES && at - since >= FAILING_FOR_MS;
  if (!isHopeless && !isGone) return;
  await disableWebhook(tx, webhook.id, { at, because: isGone ? 'gone' : 'failing' });
  const told = webhookDisabled(webhook, { userId: user.id, isGone, at });
  await notifier.notify(tx, { at, notifications: [told] });
}
