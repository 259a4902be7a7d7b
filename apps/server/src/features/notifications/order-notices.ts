/**
 * Tells owners of what became of their orders. The desk writes nothing for it: its events are numbered, so they are read behind it, and
 * how far an owner was told is kept in the transaction that tells them. Each event is told once, however often somebody looks.
 */
import type { Clock } from '../../platform/clock.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Notifier } from './notifier.ts';
import { countNotices, holdUnseen, listBehind, readNotices, setSeen } from './order-notice-store.ts';
import { orderNotification, ordersNotification } from './order-words.ts';

export interface OrderNoticeNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly onError: (error: unknown) => void;
}

export interface OrderNotices {
  /** Tells of all there is, of these portfolios or of any; answers how many portfolios had something new. */
  catchUp(portfolioIds: readonly string[] | null): Promise<number>;
  /** Orders of these portfolios have changed: their owners are told in a moment. Null: any of them may have. */
  changed(portfolioIds: readonly string[] | null): void;
  /** Waits for what is being told. */
  close(): Promise<void>;
}

/** More than this at once is one notification that counts them. */
const MOST_EACH = 20;
const PORTFOLIOS_AT_ONCE = 100;
/** What changes within this time is told together. */
const GATHER_MS = 100;
/** A portfolio that trades so much is told of less often. */
const BUSY_MS = 5_000;

export function createOrderNotices(needs: OrderNoticeNeeds): OrderNotices {
  const { db, clock, onError } = needs;
  const waiting = new Set<string>();
  /** Portfolios with many events at once, and until when they are left alone. */
  const busyUntil = new Map<string, number>();
  let everything = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let closed = false;

  const catchUp = async (portfolioIds: readonly string[] | null): Promise<number> => {
    for (let told = 0; ;) {
      const behind = await listBehind(db, { ids: portfolioIds, limit: PORTFOLIOS_AT_ONCE });
      if (behind.length === 0) return told;
      for (const id of await tell(needs, behind)) busyUntil.set(id, clock.now() + BUSY_MS);
      told += behind.length;
      if (behind.length < PORTFOLIOS_AT_ONCE) return told;
    }
  };

  const run = async (): Promise<void> => {
    const now = clock.now();
    for (const [id, until] of busyUntil) if (until <= now) busyUntil.delete(id);
    const ids = everything ? null : [...waiting].filter((id) => !busyUntil.has(id));
    everything = false;
    if (ids === null) waiting.clear();
    else for (const id of ids) waiting.delete(id);
    if (ids === null || ids.length > 0) await catchUp(ids);
  };

  const wake = (afterMs: number): void => {
    if (closed || timer !== null || running !== null) return;
    timer = setTimeout(() => {
      timer = null;
      running = run()
        .catch(onError)
        .finally(() => {
          running = null;
          if (everything || waiting.size > 0) wake([...waiting].every((id) => busyUntil.has(id)) && !everything ? BUSY_MS : GATHER_MS);
        });
    }, afterMs);
  };

  return {
    catchUp,
    changed(portfolioIds) {
      if (portfolioIds === null) everything = true;
      else for (const id of portfolioIds) waiting.add(id);
      wake(GATHER_MS);
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

/** Answers the portfolios that had too many events to tell of each. */
async function tell({ db, clock, notifier }: OrderNoticeNeeds, portfolioIds: readonly string[]): Promise<readonly string[]> {
  const at = clock.now();
  return transact(db, async (tx) => {
    const unseen = await holdUnseen(tx, portfolioIds);
    if (unseen.length === 0) return [];
    const counts = await countNotices(tx, unseen);
    const many = counts.filter(({ events }) => events > MOST_EACH);
    const busy = new Set(many.map(({ portfolioId }) => portfolioId));
    const few = unseen.filter(({ portfolioId }) => !busy.has(portfolioId) && counts.some((count) => count.portfolioId === portfolioId));
    const each = few.length === 0 ? [] : await readNotices(tx, few);
    const last = new Map(unseen.map((row) => [row.portfolioId, row.last]));
    await setSeen(tx, unseen);
    const notifications = [
      ...each.map(orderNotification),
      ...many.map((count) => ordersNotification(count, last.get(count.portfolioId) ?? 0)),
    ];
    await notifier.notify(tx, { at, notifications });
    return [...busy];
  });
}
