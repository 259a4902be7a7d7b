/** What a stop waits for, and how orders belong to each other. */
import { add, compare, decimalFromInteger, divideRounded, isPositive, maximum, minimum, multiply, subtract } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import type { Order, Side } from './order.ts';

/** What ends a loss: a stop order at `stopPrice`, or a stop-limit order where `limitPrice` is given. */
export interface StopLoss {
  readonly stopPrice: Decimal;
  readonly limitPrice: Decimal | null;
}

/** What an order asks for beyond a plain one. */
export interface TermsRequest {
  readonly stopPrice: Decimal | null;
  /** A trailing stop stands this far from the best price since it was placed: an amount, or a percentage of that price. */
  readonly trailAmount: Decimal | null;
  readonly trailPercent: Decimal | null;
  /** The best price that the order whose place it takes has seen; null for a new one. */
  readonly mark: Decimal | null;
  /** Orders that are placed with each fill of a purchase; on a sale at a limit, `stopLoss` is its other half. */
  readonly takeProfit: Decimal | null;
  readonly stopLoss: StopLoss | null;
  /** The purchase whose fills this order protects. */
  readonly parentId: string | null;
  readonly replacesId: string | null;
  /** The order whose place among equal prices this one keeps. */
  readonly priorityId: string | null;
}

export interface OrderTerms extends TermsRequest {
  /** The best last price since the order was placed: the highest for a sale, the lowest for a purchase. Trailing stops only. */
  readonly mark: Decimal | null;
  /** When the stop was reached, epoch milliseconds; from then on the order trades as a market or limit order. */
  readonly triggeredAt: number | null;
  /** Two open orders with the same pair cancel each other: what one sells, the other does not. */
  readonly pairId: string | null;
  readonly replacedById: string | null;
}

export const NO_TERMS: OrderTerms = {
  stopPrice: null,
  trailAmount: null,
  trailPercent: null,
  mark: null,
  triggeredAt: null,
  takeProfit: null,
  stopLoss: null,
  parentId: null,
  pairId: null,
  replacesId: null,
  replacedById: null,
  priorityId: null,
};

const HUNDRED = decimalFromInteger(100);

type Trail = Pick<OrderTerms, 'trailAmount' | 'trailPercent'>;

/** How far from a price the stop trails. */
function trailOf(trail: Trail, mark: Decimal): Decimal | null {
  if (trail.trailAmount !== null) return trail.trailAmount;
  if (trail.trailPercent === null) return null;
  return divideRounded(multiply(mark, trail.trailPercent), HUNDRED, { places: 8 });
}

/** The price at which the order's stop is reached; null when it has none, or none any more. */
export function stopOf(order: Pick<Order, 'side' | 'terms'>): Decimal | null {
  const { terms } = order;
  if (terms === null || terms.triggeredAt !== null) return null;
  if (terms.stopPrice !== null) return terms.stopPrice;
  const distance = terms.mark === null ? null : trailOf(terms, terms.mark);
  if (terms.mark === null || distance === null) return null;
  return order.side === 'sell' ? subtract(terms.mark, distance) : add(terms.mark, distance);
}

/** A sale's stop is reached by a price at or below it, a purchase's by one at or above it. */
export function reachesStop(side: Side, stop: Decimal, last: Decimal): boolean {
  return side === 'sell' ? compare(last, stop) <= 0 : compare(last, stop) >= 0;
}

/** The better of two prices to trail from. */
export function betterMark(side: Side, mark: Decimal, last: Decimal): Decimal {
  return side === 'sell' ? maximum(mark, last) : minimum(mark, last);
}

/** The order after it has heard of a price: its mark follows, and its stop may be reached. The same order when nothing changed. */
export function hearPrice<Known extends Order>(order: Known, last: Decimal, at: number): Known {
  const { terms } = order;
  if (terms === null || stopOf(order) === null) return order;
  const mark = terms.mark === null ? null : betterMark(order.side, terms.mark, last);
  const heard: Known = mark === terms.mark ? order : { ...order, terms: { ...terms, mark } };
  const stop = stopOf(heard);
  if (stop === null || !isPositive(last) || !reachesStop(order.side, stop, last)) return heard;
  return { ...heard, terms: { ...terms, mark, triggeredAt: at } };
}

/** True for a purchase whose fills are protected by orders of their own. */
export function hasBracket(order: Pick<Order, 'side' | 'terms'>): boolean {
  return order.side === 'buy' && order.terms !== null && (order.terms.takeProfit !== null || order.terms.stopLoss !== null);
}

/** The open order that this one shares its quantity with. */
export function otherOfPair<Known extends Order>(order: Order, open: Iterable<Known>): Known | null {
  const pairId = order.terms?.pairId ?? null;
  if (pairId === null) return null;
  for (const other of open) if (other.terms?.pairId === pairId && other.id !== order.id) return other;
  return null;
}
