/**
 * Keeps the waiting orders as the database has them, whichever server wrote last: what this desk commits and what the news of others
 * name is taken up at once, and new orders are looked for every few seconds, since the news of a server that was killed are lost.
 * An order too many does no harm: the desk decides whether it still stands.
 */
import type pg from 'pg';
import { isOpen } from '@holdfast/engine/orders';
import type { Clock } from '../../platform/clock.ts';
import type { Committed, Desk, DeskNews, KeptOrder } from '../desk/index.ts';
import { findOpenOrders } from './order-store.ts';
import { waitingOrder } from './waiting-orders.ts';
import type { WaitingOrder, WaitingOrders } from './waiting-orders.ts';

export interface OpenOrderNeeds {
  readonly pool: pg.Pool;
  readonly desk: Desk;
  readonly news: DeskNews;
  readonly clock: Clock;
  readonly waiting: WaitingOrders;
  /** Told of an order that has begun to wait, and when the desk last decided on it. */
  readonly onAdded: (order: WaitingOrder, decidedAt: number) => void;
  readonly onError: (error: unknown) => void;
}

export interface OpenOrders {
  /** Resolves when all open orders wait. */
  start(): Promise<void>;
  /** Looks for new orders that nobody told of. Done every 5 s once started. */
  look(): Promise<void>;
  stop(): void;
}

const LOOK_EVERY_MS = 5_000;
/** How much older than the last look an order may be that was not there yet: commits take their time, and clocks differ. */
const LOOK_BACK_MS = 60_000;

export function followOpenOrders(needs: OpenOrderNeeds): OpenOrders {
  const { pool, desk, news, clock, waiting, onAdded, onError } = needs;
  const stops: (() => void)[] = [];
  /** What was committed here while open orders are read, one list per reading: their rows may be older. */
  const readings = new Set<KeptOrder[]>();
  let lookedAt = clock.now();

  const follow = (order: KeptOrder): void => {
    if (!isOpen(order.status)) return waiting.remove(order.id);
    const waits = waitingOrder(order);
    if (waiting.add(waits)) onAdded(waits, order.updatedAt);
  };
  const onCommitted = ({ orderEvents }: Committed): void => {
    for (const { order } of orderEvents) {
      follow(order);
      for (const meanwhile of readings) meanwhile.push(order);
    }
  };
  /** Reads rows; `make` has them wait and answers those that did not wait before. */
  const read = async (find: () => Promise<readonly KeptOrder[]>, make: (found: readonly WaitingOrder[]) => readonly WaitingOrder[]) => {
    const meanwhile: KeptOrder[] = [];
    readings.add(meanwhile);
    try {
      const found = await find();
      const known = new Set(meanwhile.map(({ id }) => id));
      const decidedAt = new Map(found.map(({ id, updatedAt }) => [id, updatedAt]));
      for (const order of make(found.filter(({ id }) => !known.has(id)).map(waitingOrder))) onAdded(order, decidedAt.get(order.id) ?? 0);
      meanwhile.forEach(follow);
    } finally {
      readings.delete(meanwhile);
    }
  };
  const reread = oneAfterTheOther((portfolioIds) =>
    read(
      () => findOpenOrders(pool, { portfolioIds }),
      (found) => waiting.replace(portfolioIds, found),
    ),
  );
  const look = async (): Promise<void> => {
    const now = clock.now();
    const since = new Date(lookedAt - LOOK_BACK_MS);
    await read(
      () => findOpenOrders(pool, { since }),
      (found) => found.filter(waiting.add),
    );
    lookedAt = now;
  };

  return {
    async start() {
      stops.push(desk.onCommitted(onCommitted));
      stops.push(await news.hear((portfolioIds) => void reread(portfolioIds).catch(onError)));
      lookedAt = clock.now();
      await reread(null);
      const timer = setInterval(() => void look().catch(onError), LOOK_EVERY_MS);
      timer.unref();
      stops.push(() => clearInterval(timer));
    },
    look,
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

/** Two readings at once might end in the wrong order. What is wanted meanwhile is read together afterwards; null is everything. */
function oneAfterTheOther(
  read: (portfolioIds: readonly string[] | null) => Promise<void>,
): (portfolioIds: readonly string[] | null) => Promise<void> {
  let wanted: Set<string> | 'everything' = new Set();
  let running: Promise<void> | null = null;
  const drain = async (): Promise<void> => {
    while (wanted === 'everything' || wanted.size > 0) {
      const ids = wanted === 'everything' ? null : [...wanted];
      wanted = new Set();
      await read(ids);
    }
  };
  return (portfolioIds) => {
    if (portfolioIds === null) wanted = 'everything';
    else if (wanted !== 'everything') for (const id of portfolioIds) wanted.add(id);
    running ??= drain().finally(() => (running = null));
    return running;
  };
}
