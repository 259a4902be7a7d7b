/**
 * Orders: what somebody wants to trade, and what stands in the way.
 *
 * An *order* is a wish; a *fill* is a fact. An *account* is a paper portfolio's cash and holdings. Open buys *reserve* cash and
 * open sells reserve quantity, so that what is promised is never promised twice. A *refusal* is an answer, not an error.
 * A *stop* waits until the last price reaches it; a *trailing* stop follows the best price since it was placed, its *mark*. A *bracket*
 * are the orders that protect a purchase; a *pair* are two orders of which one cancels the other.
 * An order moves only along the arrows: accepted -> partiallyFilled -> filled, or out by canceled, replaced, expired, rejected.
 *
 * Worked example: 1,000.00 of cash of which 400.00 is reserved, and a credit limit of 0, leaves 600.00 for a new order.
 *
 *     freeCash({ ...account, cash: decimal('1000'), reserved: decimal('400'), creditLimit: ZERO });   // 600
 */
export { freeCash, freeQuantity, holdingOf, NOTHING_HELD, type Account, type Holding } from './account.ts';
export { type Order, type OrderRequest, type OrderType, type Side, type TimeInForce } from './order.ts';
export {
  betterMark,
  hasBracket,
  hearPrice,
  NO_TERMS,
  otherOfPair,
  reachesStop,
  stopOf,
  type OrderTerms,
  type StopLoss,
  type TermsRequest,
} from './order-terms.ts';
export { DEFAULT_RULES, MOST_OPEN_ORDERS, refusalOfAmount, refusalOfShape, type FeeRules, type TradingRules } from './order-rules.ts';
export { type Refusal } from './order-refusal.ts';
export { isOpen, mayMove, moveTo, ORDER_STATUSES, type OrderStatus } from './order-status.ts';
