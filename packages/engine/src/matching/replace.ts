/** Decides whether another order takes an open one's place. */
import { compare, subtract, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import {
  isOpen,
  NO_TERMS,
  otherOfPair,
  reachesStop,
  refusalOfShape,
  stopOf,
  type Account,
  type Order,
  type OrderRequest,
  type OrderTerms,
  type Refusal,
  type TimeInForce,
} from '../orders/index.ts';
import { endOrder } from './end-order.ts';
import { place, type Placed, type PlacementContext } from './place.ts';

/** What shall be different; null leaves it as it is. Without a quantity the new order is for what the old one has not filled. */
export interface OrderChange {
  readonly quantity: Decimal | null;
  readonly limitPrice: Decimal | null;
  readonly stopPrice: Decimal | null;
  readonly trailAmount: Decimal | null;
  readonly trailPercent: Decimal | null;
  readonly timeInForce: TimeInForce | null;
}

interface Replacing {
  readonly order: Order;
  readonly linked: readonly Order[];
  readonly change: OrderChange;
  /** The new order's. */
  readonly id: string;
}

type ReplacementDecision = (Placed & { readonly replaced: Order }) | { readonly outcome: 'refused'; readonly refusal: Refusal };

/**
 * The old order gives back what it held and the new one is decided like any other; refused, the old one stands as it was. The new
 * order keeps the old one's place among equal prices only when all it does is ask for less.
 */
export function replace(account: Account, replacing: Replacing, context: PlacementContext): ReplacementDecision {
  const { order, linked, id } = replacing;
  if (!isOpen(order.status)) return { outcome: 'refused', refusal: { code: 'order_final', status: order.status } };
  const request = requestOf(replacing);
  const other = otherOfPair(order, linked);
  if (other !== null) return replaceInPair(account, { ...replacing, request }, context);
  const ended = endOrder(account, { order, other }, 'replaced');
  const decision = place({ ...ended.account, openOrders: ended.account.openOrders - 1 }, request, context);
  return decision.outcome === 'refused' ? decision : { ...decision, replaced: replacedBy(ended.order, id) };
}

function replacedBy(order: Order, id: string): Order {
  return { ...order, terms: { ...(order.terms ?? NO_TERMS), replacedById: id } };
}

function requestOf({ order, change, id }: Replacing): OrderRequest {
  const { terms } = order;
  const remaining = subtract(order.quantity, order.filledQuantity);
  const quantity = change.quantity ?? remaining;
  const trails = change.trailAmount !== null || change.trailPercent !== null;
  return {
    id,
    side: order.side,
    type: order.type,
    timeInForce: change.timeInForce ?? order.timeInForce,
    quantity,
    notional: null,
    limitPrice: change.limitPrice ?? order.limitPrice,
    terms: {
      stopPrice: change.stopPrice ?? terms?.stopPrice ?? null,
      trailAmount: trails ? change.trailAmount : (terms?.trailAmount ?? null),
      trailPercent: trails ? change.trailPercent : (terms?.trailPercent ?? null),
      mark: terms?.mark ?? null,
      takeProfit: terms?.takeProfit ?? null,
      stopLoss: terms?.stopLoss ?? null,
      parentId: terms?.parentId ?? null,
      replacesId: order.id,
      priorityId: asksForLess(change, { quantity, remaining }) ? (terms?.priorityId ?? order.id) : null,
    },
  };
}

function asksForLess(change: OrderChange, asked: { readonly quantity: Decimal; readonly remaining: Decimal }): boolean {
  const { limitPrice, stopPrice, trailAmount, trailPercent, timeInForce } = change;
  const same = [limitPrice, stopPrice, trailAmount, trailPercent, timeInForce].every((value) => value === null);
  return same && compare(asked.quantity, asked.remaining) <= 0;
}

/** The quantity of a pair is what both share: only prices change, and nothing is given back or held anew. */
function replaceInPair(
  account: Account,
  { order, request, id }: Replacing & { readonly request: OrderRequest },
  context: PlacementContext,
): ReplacementDecision {
  const refusal = refusalOfShape(request, context.instrument.tickSize);
  if (refusal !== null) return { outcome: 'refused', refusal };
  const terms: OrderTerms = {
    ...(order.terms ?? NO_TERMS),
    stopPrice: request.terms?.stopPrice ?? null,
    replacesId: order.id,
    priorityId: null,
  };
  const quantity = subtract(order.quantity, order.filledQuantity);
  const next: Order = {
    ...order,
    id,
    status: 'accepted',
    timeInForce: request.timeInForce,
    quantity,
    limitPrice: request.limitPrice,
    filledQuantity: ZERO,
    filledValue: ZERO,
    averageFillPrice: null,
    fees: ZERO,
    terms,
  };
  const stop = stopOf(next);
  const last = context.quote?.last ?? null;
  if (stop !== null && last !== null && reachesStop(next.side, stop, last)) {
    return { outcome: 'refused', refusal: { code: 'stop_reached', stopPrice: stop, price: last, side: next.side } };
  }
  // The old order's other half stays open, so nothing is given back.
  const ended = endOrder(account, { order, other: next }, 'replaced');
  return { outcome: 'placed', order: next, account: ended.account, postings: [], others: [], replaced: replacedBy(ended.order, id) };
}
