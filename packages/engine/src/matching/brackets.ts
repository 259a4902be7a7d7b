/** Orders that belong to others: those that protect the fills of a purchase, and the two of a pair of which one cancels the other. */
import { add, compare, subtract, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import { hasBracket, holdingOf, moveTo, NO_TERMS, otherOfPair, type Account, type Order } from '../orders/index.ts';
import { withHolding, type Moment } from './settle.ts';

const NONE: readonly never[] = [];

interface Filled {
  readonly account: Account;
  readonly order: Order;
}

/** What a fill brings about: the open orders `linked` to the order are its children or the other of its pair. */
export function followFill(
  { account, order }: Filled,
  fill: { readonly quantity: Decimal; readonly linked: readonly Order[]; readonly moment: Moment },
): { readonly account: Account; readonly others: readonly Order[] } {
  if (order.terms === null) return { account, others: NONE };
  if (hasBracket(order)) return protect({ account, order }, fill);
  const other = otherOfPair(order, fill.linked);
  return other === null ? { account, others: [] } : shrink(account, other, fill.quantity);
}

/** What was bought is held back for the orders that protect it: open ones grow with the fill, else a new pair is placed. */
function protect(
  { account, order }: Filled,
  { quantity, linked, moment }: { readonly quantity: Decimal; readonly linked: readonly Order[]; readonly moment: Moment },
): { readonly account: Account; readonly others: readonly Order[] } {
  const holding = holdingOf(account, order.instrumentKey);
  const reserved = withHolding(account, order.instrumentKey, { ...holding, reserved: add(holding.reserved, quantity) });
  const children = linked.filter(({ terms }) => terms?.parentId === order.id);
  if (children.length > 0) {
    return { account: reserved, others: children.map((child) => ({ ...child, quantity: add(child.quantity, quantity) })) };
  }
  const others = childrenOf(order, quantity, moment);
  return { account: { ...reserved, openOrders: reserved.openOrders + others.length }, others };
}

function childrenOf(order: Order, quantity: Decimal, moment: Moment): readonly Order[] {
  const { takeProfit = null, stopLoss = null } = order.terms ?? {};
  const pairId = takeProfit !== null && stopLoss !== null ? moment.newId() : null;
  const terms = { ...NO_TERMS, parentId: order.id, pairId };
  const child = { ...exitOf(order, quantity), id: moment.newId() };
  const profit: readonly Order[] = takeProfit === null ? [] : [{ ...child, type: 'limit', limitPrice: takeProfit, terms }];
  if (stopLoss === null) return profit;
  const { stopPrice, limitPrice } = stopLoss;
  const type = limitPrice === null ? 'stop' : 'stopLimit';
  return [...profit, { ...child, id: moment.newId(), type, limitPrice, terms: { ...terms, stopPrice } }];
}

/** A sale of what the order left, good until it is canceled. */
function exitOf(order: Order, quantity: Decimal): Omit<Order, 'terms'> {
  return {
    id: order.id,
    instrumentKey: order.instrumentKey,
    side: 'sell',
    type: 'limit',
    timeInForce: 'gtc',
    quantity,
    notional: null,
    limitPrice: null,
    status: 'accepted',
    filledQuantity: ZERO,
    filledValue: ZERO,
    averageFillPrice: null,
    fees: ZERO,
    reserved: ZERO,
    expiresAt: null,
  };
}

/** What one of a pair sold, the other does not sell any more; with nothing left it is canceled. */
function shrink(account: Account, other: Order, sold: Decimal): { readonly account: Account; readonly others: readonly Order[] } {
  const quantity = subtract(other.quantity, sold);
  if (compare(quantity, other.filledQuantity) > 0) return { account, others: [{ ...other, quantity }] };
  return { account: { ...account, openOrders: account.openOrders - 1 }, others: [{ ...other, status: moveTo(other.status, 'canceled') }] };
}

/** A sale at a limit with a stop loss is one of a pair: the other half waits for the stop and sells the same shares. */
export function openPair(
  { account, order }: Filled,
  moment: Moment,
): { readonly account: Account; readonly order: Order; readonly others: readonly Order[] } {
  const stopLoss = order.terms?.stopLoss ?? null;
  if (order.terms === null || stopLoss === null) return { account, order, others: [] };
  const pairId = moment.newId();
  const { stopPrice, limitPrice } = stopLoss;
  const other: Order = {
    ...exitOf(order, subtract(order.quantity, order.filledQuantity)),
    id: moment.newId(),
    timeInForce: order.timeInForce,
    expiresAt: order.expiresAt,
    type: limitPrice === null ? 'stop' : 'stopLimit',
    limitPrice,
    terms: { ...NO_TERMS, stopPrice, pairId },
  };
  return {
    account: { ...account, openOrders: account.openOrders + 1 },
    order: { ...order, terms: { ...order.terms, stopLoss: null, pairId } },
    others: [other],
  };
}
