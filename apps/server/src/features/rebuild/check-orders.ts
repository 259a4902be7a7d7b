/** Holds orders against their fills and events, and adds up what the open ones hold back. */
import { add, compare, decimal, divide, formatDecimal, isPositive, isZero, multiply, subtract, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { isOpen, mayMove, ORDER_STATUSES } from '@holdfast/engine/orders';
import type { OrderStatus } from '@holdfast/engine/orders';
import { differIf, plain } from './difference.ts';
import type { Differ } from './difference.ts';
import { holdingKey } from './rebuild-from-facts.ts';
import type { StoredEvent, StoredFill, StoredOrder } from './rebuild-store.ts';

export interface HeldBack {
  /** Cash in the base currency that open buys hold back. */
  cash: Decimal;
  /** Quantity that open sales hold back, by epoch and instrument. */
  readonly quantities: Map<string, Decimal>;
  /** Pairs of which one order was met: the two hold one quantity together. */
  readonly pairs: Set<string>;
}

export function nothingHeldBack(): HeldBack {
  return { cash: ZERO, quantities: new Map(), pairs: new Set() };
}

export function checkOrder(order: StoredOrder, heldBack: HeldBack, differ: Differ): void {
  const name = `order ${order.id}`;
  const { fills, events } = order;
  if (order.status === null) {
    differ(name, `no order, ${fills?.length ?? 0} fills and ${events?.length ?? 0} events`, 'an order');
    return;
  }
  const filled = checkFills(name, order, differ);
  const status = checkEvents(name, order, differ);
  checkStatus(name, { order, status, filled }, differ);
  if (!isOpen(status ?? (isStatus(order.status) ? order.status : 'accepted'))) {
    differIf(differ, `${name}: reserved`, [order.reserved, ZERO]);
    return;
  }
  if (order.side === 'buy') {
    heldBack.cash = add(heldBack.cash, decimal(order.reserved));
    return;
  }
  if (order.pair_id !== null) {
    if (heldBack.pairs.has(order.pair_id)) return;
    heldBack.pairs.add(order.pair_id);
  }
  const key = holdingKey(order.epoch, order.instrument_key);
  heldBack.quantities.set(key, add(heldBack.quantities.get(key) ?? ZERO, subtract(decimal(order.quantity), filled)));
}

/** Answers what the fills add up to. */
function checkFills(name: string, order: StoredOrder, differ: Differ): Decimal {
  const fills = order.fills ?? [];
  const quantity = sum(fills.map(quantityOf));
  const value = sum(fills.map((fill) => multiply(quantityOf(fill), decimal(fill[3]))));
  const fees = sum(fills.map((fill) => decimal(fill[4])));
  differIf(differ, `${name}: filled quantity`, [order.filled_quantity, quantity]);
  differIf(differ, `${name}: filled value`, [order.filled_value, value]);
  differIf(differ, `${name}: fees`, [order.fees, fees]);
  if (compare(quantity, decimal(order.quantity)) > 0)
    differ(`${name}: quantity of its fills`, formatDecimal(quantity), `at most ${plain(order.quantity)}`);
  const average = isZero(quantity) ? null : divide(value, quantity);
  const stored = order.average_fill_price;
  if (average !== null) differIf(differ, `${name}: average price`, [stored, average]);
  else if (stored !== null) differ(`${name}: average price`, plain(stored), 'nothing');
  for (const [side, instrumentKey] of fills) {
    if (side !== order.side) differ(`${name}: side of a fill`, side, order.side);
    if (instrumentKey !== order.instrument_key) differ(`${name}: instrument of a fill`, `${instrumentKey}`, `${order.instrument_key}`);
  }
  return quantity;
}

function quantityOf(fill: StoredFill): Decimal {
  return decimal(fill[2]);
}

/** Answers the status of the last event, or null where there is none that can be read. */
function checkEvents(name: string, order: StoredOrder, differ: Differ): OrderStatus | null {
  let before: OrderStatus | null = null;
  for (const [status] of order.events ?? []) {
    if (!isStatus(status)) {
      differ(`${name}: status of an event`, status, ORDER_STATUSES.join(', '));
      return null;
    }
    // The first event may tell of an order that was filled or ended as it was accepted.
    // An order whose stop was reached, or whose quantity follows another's, is told of again in the state it is in.
    const again: boolean = order.has_terms && status === before && isOpen(status);
    const legal: boolean = before === null ? status === 'accepted' || mayMove('accepted', status) : again || mayMove(before, status);
    if (!legal) differ(`${name}: state after ${before ?? 'nothing'}`, status, 'a legal arrow');
    before = status;
  }
  const last = order.events?.at(-1);
  if (last === undefined) differ(`${name}: events`, 'none', 'at least one');
  else checkLastEvent(name, { order, last }, differ);
  return before;
}

function checkLastEvent(name: string, { order, last }: { readonly order: StoredOrder; readonly last: StoredEvent }, differ: Differ): void {
  const [status, quantity, average, fees] = last;
  if (order.status !== status) differ(`${name}: status`, order.status ?? 'none', status);
  differIf(differ, `${name}: filled quantity of its last event`, [quantity, decimal(order.filled_quantity)]);
  differIf(differ, `${name}: fees of its last event`, [fees, decimal(order.fees)]);
  const [was, is] = [average, order.average_fill_price].map((text) => (text === null ? 'nothing' : plain(text)));
  if (was !== is) differ(`${name}: average price of its last event`, was ?? 'nothing', is ?? 'nothing');
}

/** A status says how much is filled. */
function checkStatus(
  name: string,
  { order, status, filled }: { readonly order: StoredOrder; readonly status: OrderStatus | null; readonly filled: Decimal },
  differ: Differ,
): void {
  const whole = compare(filled, decimal(order.quantity)) >= 0;
  const fits =
    status === 'accepted' ? isZero(filled) : status === 'partiallyFilled' ? isPositive(filled) && !whole : (status === 'filled') === whole;
  if (status !== null && !fits)
    differ(`${name}: filled of ${plain(order.quantity)}`, status, `${formatDecimal(filled)}, which is not ${status}`);
}

function isStatus(text: string): text is OrderStatus {
  return (ORDER_STATUSES as readonly string[]).includes(text);
}
