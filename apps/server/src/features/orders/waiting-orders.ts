/** Resting orders in memory: by instrument for quotes, by portfolio for news of other servers, by minute for those whose time ends. */
import { TriggerBook } from '@holdfast/engine/matching';
import type { RestingOrder, Touch } from '@holdfast/engine/matching';
import { waitOf } from '@holdfast/engine/matching';
import type { Decimal } from '@holdfast/engine/money';
import type { KeptOrder } from '../desk/index.ts';

export interface WaitingOrder extends RestingOrder {
  readonly instrumentKey: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number | null;
}

export interface WaitingOrders {
  readonly size: number;
  /** False when it waits for the same already. One that waits for something else now, as after its stop was reached, is moved. */
  add(order: WaitingOrder): boolean;
  remove(id: string): void;
  /** Makes the orders of these portfolios, or of all, exactly the given ones. Answers those that did not wait before. */
  replace(portfolioIds: readonly string[] | null, orders: readonly WaitingOrder[]): readonly WaitingOrder[];
  /** Those of an instrument that a quote reaches, the best limit first. */
  reachedBy(instrumentKey: number, quote: Touch): readonly WaitingOrder[];
  /** The best price that a trailing stop has followed; null for other orders. */
  markOf(order: WaitingOrder): Decimal | null;
  /** The marks that have moved since they were last taken. */
  takeMarks(): readonly { readonly portfolioId: string; readonly id: string; readonly mark: Decimal }[];
  /** Those whose time is over. */
  dueAt(now: number): readonly WaitingOrder[];
}

const MINUTE_MS = 60_000;

/** What the matcher needs of an open order. */
export function waitingOrder(order: KeptOrder): WaitingOrder {
  const { id, portfolioId, instrumentKey, side, expiresAt, terms } = order;
  return { id, portfolioId, instrumentKey, side, expiresAt, priority: terms?.priorityId ?? id, wait: waitOf(order) };
}

/** Trailing stops wait for the same however far they have followed: the book keeps their marks. */
function sameWait(one: WaitingOrder['wait'], two: WaitingOrder['wait']): boolean {
  if (one.on === 'trail' || two.on === 'trail') return one.on === two.on;
  return one.on === two.on && one.price === two.price;
}

export function createWaitingOrders(): WaitingOrders {
  const orders = new Map<string, WaitingOrder>();
  const books = new Map<number, TriggerBook>();
  const byPortfolio = new Map<string, Set<string>>();
  const byMinute = new Map<number, Set<WaitingOrder>>();

  const add = (order: WaitingOrder): boolean => {
    const known = orders.get(order.id);
    if (known !== undefined && sameWait(known.wait, order.wait)) return false;
    if (known !== undefined) remove(order.id);
    orders.set(order.id, order);
    valueOf(books, order.instrumentKey, () => new TriggerBook()).add(order);
    valueOf(byPortfolio, order.portfolioId, () => new Set<string>()).add(order.id);
    if (order.expiresAt !== null) valueOf(byMinute, minuteOf(order.expiresAt), () => new Set<WaitingOrder>()).add(order);
    return true;
  };
  const remove = (id: string): void => {
    const order = orders.get(id);
    if (order === undefined) return;
    orders.delete(id);
    const book = books.get(order.instrumentKey);
    book?.remove(order);
    if (book?.size === 0) books.delete(order.instrumentKey);
    take(byPortfolio, order.portfolioId, id);
    if (order.expiresAt !== null) take(byMinute, minuteOf(order.expiresAt), order);
  };
  return {
    get size() {
      return orders.size;
    },
    add,
    remove,
    replace(portfolioIds, given) {
      const kept = new Set(given.map(({ id }) => id));
      const known = portfolioIds === null ? [...orders.keys()] : portfolioIds.flatMap((id) => [...(byPortfolio.get(id) ?? [])]);
      for (const id of known) if (!kept.has(id)) remove(id);
      return given.filter(add);
    },
    reachedBy(instrumentKey, quote) {
      const reached = books.get(instrumentKey)?.reachedBy(quote) ?? [];
      return reached.flatMap(({ id }) => orders.get(id) ?? []);
    },
    markOf: (order) => books.get(order.instrumentKey)?.markOf(order) ?? null,
    takeMarks: () =>
      [...books.values()].flatMap((book) => book.takeMoved()).map(({ order: { portfolioId, id }, mark }) => ({ portfolioId, id, mark })),
    dueAt(now) {
      const due: WaitingOrder[] = [];
      for (const [minute, ending] of byMinute) {
        if (minute > minuteOf(now)) continue;
        for (const order of ending) if (order.expiresAt !== null && order.expiresAt <= now) due.push(order);
      }
      return due;
    },
  };
}

function minuteOf(instant: number): number {
  return Math.floor(instant / MINUTE_MS);
}

function valueOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function take<Key, Member>(map: Map<Key, Set<Member>>, key: Key, member: Member): void {
  const members = map.get(key);
  members?.delete(member);
  if (members?.size === 0) map.delete(key);
}
