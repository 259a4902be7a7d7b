/** Decides a new order: refuses it, or accepts it with all that follows at once. */
import {
  add,
  compare,
  decimal,
  divide,
  floorToStep,
  isPositive,
  isZero,
  minorUnits,
  multiply,
  multiplyMoney,
  ONE,
  roundTo,
  subtract,
  ZERO,
} from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import {
  freeCash,
  freeQuantity,
  holdingOf,
  MOST_OPEN_ORDERS,
  refusalOfAmount,
  refusalOfShape,
  NO_TERMS,
  reachesStop,
  stopOf,
  betterMark,
  type OrderTerms,
  type Account,
  type Order,
  type OrderRequest,
  type Refusal,
} from '../orders/index.ts';
import { feeOf } from './fee-schedule.ts';
import { matchAgainst, type MarketQuote, type Match } from './fill-model.ts';
import { followFill, openPair } from './brackets.ts';
import { endOrder } from './end-order.ts';
import { baseCostOf, settle, withHolding, type Moment, type Posting, type TradedInstrument } from './settle.ts';

/** The instrument, its market, and the moment, as the server knows them. */
export interface PlacementContext {
  readonly instrument: TradedInstrument & { readonly tickSize: Decimal | null; readonly active: boolean };
  readonly quote: MarketQuote | null;
  /** Quotes older than this are not traded on. */
  readonly staleAfterMs: number;
  /** Whether the exchange is in session now; when it opens next, if known. */
  readonly session: { readonly open: boolean; readonly opensAt: number | null };
  /** When a `day` order and a `gtc` order end, epoch milliseconds. */
  readonly dayEndsAt: number;
  readonly goodTillCanceledEndsAt: number;
  readonly moment: Moment;
}

export interface Placed {
  readonly outcome: 'placed';
  readonly order: Order;
  readonly account: Account;
  readonly postings: readonly Posting[];
  /** Orders that came with it: those that protect its fills, or its other half. */
  readonly others: readonly Order[];
}

export type PlacementDecision = Placed | { readonly outcome: 'refused'; readonly refusal: Refusal };

const NOTHING_ELSE: readonly never[] = [];
const QUANTITY_STEP = decimal('0.00000001');
/** A resting buy in another currency holds back this much more, because the rate moves until it fills. */
const RATE_MARGIN = decimal('1.02');

export function place(account: Account, request: OrderRequest, context: PlacementContext): PlacementDecision {
  const refusal = refusalBeforeMatching(account, request, context);
  if (refusal !== null) return refused(refusal);
  const { quote } = context;
  if (quote === null) return refused({ code: 'no_quote' });
  const order = orderOf(account, request, context);
  if ('code' in order) return refused(order);
  const stop = stopOf(order);
  if (stop !== null && reachesStop(order.side, stop, quote.last)) {
    return refused({ code: 'stop_reached', stopPrice: stop, price: quote.last, side: order.side });
  }
  const touch = (order.side === 'buy' ? quote.ask : quote.bid) ?? quote.last;
  const { currency } = context.instrument;
  const ofAmount = refusalOfAmount(order.quantity, { price: order.limitPrice ?? stop ?? touch, currency });
  if (ofAmount !== null) return refused(ofAmount);
  const holding = holdingOf(account, order.instrumentKey);
  if (order.side === 'sell') {
    const available = freeQuantity(holding);
    if (compare(order.quantity, available) > 0) return refused({ code: 'insufficient_position', needed: order.quantity, available });
  }
  const start =
    order.side === 'sell'
      ? withHolding(account, order.instrumentKey, { ...holding, reserved: add(holding.reserved, order.quantity) })
      : account;
  // An order that can wait is not filled at a price that is too old: it waits for the next.
  const trades = stop === null && context.session.open && ageOf(quote, context) <= context.staleAfterMs;
  const match = trades ? matchAgainst(quote, order, account.rules) : null;
  const accepted: Placed = { outcome: 'placed', order, account: start, postings: NOTHING_ELSE, others: NOTHING_ELSE };
  return rest(allOrNothing(order, match) ? fillNow(accepted, match, context) : accepted, context);
}

function refusalBeforeMatching(account: Account, request: OrderRequest, context: PlacementContext): Refusal | null {
  if (!context.instrument.active) return { code: 'instrument_inactive' };
  const ofShape = refusalOfShape(request, context.instrument.tickSize);
  if (ofShape !== null) return ofShape;
  // An order that cannot wait needs an open market and a fresh price; one with a limit or stop that can wait does not.
  const waits = request.type !== 'market' && (request.timeInForce === 'day' || request.timeInForce === 'gtc');
  if (!waits && !context.session.open) return { code: 'market_closed', opensAt: context.session.opensAt };
  if (context.quote !== null && !waits) {
    const ageMs = ageOf(context.quote, context);
    if (ageMs > context.staleAfterMs) return { code: 'stale_quote', ageMs };
  }
  if (account.openOrders >= MOST_OPEN_ORDERS) return { code: 'too_many_open_orders', limit: MOST_OPEN_ORDERS };
  return null;
}

function ageOf(quote: MarketQuote, { moment }: PlacementContext): number {
  return moment.now - quote.at;
}

function orderOf(account: Account, request: OrderRequest, context: PlacementContext): Order | Refusal {
  const quantity = request.quantity ?? quantityFor(account, request, context);
  if (!isPositive(quantity)) return { code: 'order_too_small', limit: QUANTITY_STEP };
  const expiresAt =
    request.timeInForce === 'day' ? context.dayEndsAt : request.timeInForce === 'gtc' ? context.goodTillCanceledEndsAt : null;
  return {
    id: request.id,
    instrumentKey: context.instrument.key,
    side: request.side,
    type: request.type,
    timeInForce: request.timeInForce,
    quantity,
    notional: request.notional,
    limitPrice: request.limitPrice,
    status: 'accepted',
    filledQuantity: ZERO,
    filledValue: ZERO,
    averageFillPrice: null,
    fees: ZERO,
    reserved: ZERO,
    expiresAt,
    terms: termsOf(request, context.quote),
  };
}

function termsOf({ side, terms }: OrderRequest, quote: MarketQuote | null): OrderTerms | null {
  if (terms === null) return null;
  const trails = terms.trailAmount !== null || terms.trailPercent !== null;
  const last = quote?.last ?? null;
  const mark = trails && last !== null ? (terms.mark === null ? last : betterMark(side, terms.mark, last)) : null;
  return { ...NO_TERMS, ...terms, mark };
}

/** The largest quantity whose cost, fee included, stays within the amount asked for. */
function quantityFor(account: Account, request: OrderRequest, { quote, instrument }: PlacementContext): Decimal {
  const { notional } = request;
  if (notional === null || quote === null) return ZERO;
  const unlimited = { id: request.id, side: request.side, limitPrice: null, quantity: ONE, filledQuantity: ZERO };
  const stop = stopOf({ side: request.side, terms: termsOf(request, quote) });
  const price =
    request.limitPrice ?? stop ?? matchAgainst(quote, unlimited, { ...account.rules, fillModel: 'instant' })?.price ?? quote.last;
  const fee = request.side === 'buy' ? feeOf(account.rules.fees, { amount: notional, currency: instrument.currency, first: true }) : ZERO;
  const forShares = subtract(notional, fee);
  if (!isPositive(forShares) || !isPositive(price)) return ZERO;
  const quantity = floorToStep(divide(forShares, price, 'down'), QUANTITY_STEP);
  // The posted amount is rounded to cents and may exceed the wish by half of one: one step less then.
  const cost = multiplyMoney(quantity, price, instrument.currency);
  return compare(cost, forShares) > 0 ? subtract(quantity, QUANTITY_STEP) : quantity;
}

function allOrNothing(order: Order, match: Match | null): boolean {
  return match !== null && (order.timeInForce !== 'fok' || compare(match.quantity, order.quantity) >= 0);
}

function fillNow(placed: Placed, match: Match | null, context: PlacementContext): PlacementDecision {
  if (match === null) return placed;
  const settled = settle(placed.account, { order: placed.order, match, instrument: context.instrument }, context.moment);
  if ('code' in settled) return refused(settled);
  const { account, others } = followFill(settled, { quantity: match.quantity, linked: NOTHING_ELSE, moment: context.moment });
  return { outcome: 'placed', ...settled, account, others };
}

/** What remains after filling now: a resting order reserves, an order that may not wait is canceled. */
function rest(decision: PlacementDecision, context: PlacementContext): PlacementDecision {
  if (decision.outcome === 'refused' || decision.order.status === 'filled') return decision;
  const { order, account } = decision;
  if (order.timeInForce === 'ioc' || order.timeInForce === 'fok') {
    return { ...decision, ...endOrder(account, { order, other: null }, 'canceled') };
  }
  const open = { ...account, openOrders: account.openOrders + 1 };
  if (order.side === 'sell') return { ...decision, ...openPair({ order, account: open }, context.moment) };
  const needed = cashHeldFor(account, order, context);
  if (typeof needed !== 'bigint') return refused(needed);
  const available = freeCash(account);
  if (compare(needed, available) > 0) return refused({ code: 'insufficient_cash', needed, available, currency: account.baseCurrency });
  return { ...decision, order: { ...order, reserved: needed }, account: { ...open, reserved: add(account.reserved, needed) } };
}

/** Cash in the base currency that the rest of an open buy holds back: at its limit, or at the quote, with the fee. */
function cashHeldFor(account: Account, order: Order, { quote, instrument }: PlacementContext): Decimal | Refusal {
  const remaining = subtract(order.quantity, order.filledQuantity);
  const price = order.limitPrice ?? stopOf(order) ?? quote?.ask ?? quote?.last;
  if (price === undefined) return { code: 'no_quote' };
  const amount = multiplyMoney(remaining, price, instrument.currency);
  const cost = add(amount, feeOf(account.rules.fees, { amount, currency: instrument.currency, first: isZero(order.filledQuantity) }));
  if (instrument.currency === account.baseCurrency) return cost;
  if (instrument.baseRate === null) return { code: 'no_exchange_rate', from: account.baseCurrency, to: instrument.currency };
  return roundTo(multiply(baseCostOf(account, cost, instrument.baseRate), RATE_MARGIN), minorUnits(account.baseCurrency), 'up');
}

function refused(refusal: Refusal): PlacementDecision {
  return { outcome: 'refused', refusal };
}
