import { compare, decimal, divideRounded, isPositive, isZero, multiplyMoney, smallestAmount, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import type { OrderRequest } from './order.ts';
import type { Refusal } from './order-refusal.ts';

/** How a paper portfolio trades: the owner's choice, kept in its settings. */
export interface TradingRules {
  /**
   * `instant`: the whole order at the quote. `sizeAware`: at most the size quoted, the rest waits for the next quote. `chance`: each
   * quote fills the whole order with a probability, decided by the seed, the order and the quote alone.
   */
  readonly fillModel: 'instant' | 'sizeAware' | 'chance';
  /** Percent, and the seed that decides; for the fill model `chance`. */
  readonly fillChancePercent: number;
  readonly fillSeed: number;
  /** Moves each market price against the order, in hundredths of a percent. */
  readonly slippageBasisPoints: number;
  readonly fees: FeeRules;
  /** `exchange`: only in the exchange's session. */
  readonly tradingHours: 'always' | 'exchange';
}

/** Fee of one fill = fixed + rate x amount, at least `minimum`; in the instrument's currency. A resting order pays `fixed` once. */
export interface FeeRules {
  readonly fixed: Decimal;
  readonly basisPoints: number;
  readonly minimum: Decimal;
}

export const DEFAULT_RULES: TradingRules = {
  fillModel: 'instant',
  fillChancePercent: 50,
  fillSeed: 1,
  slippageBasisPoints: 0,
  fees: { fixed: ZERO, basisPoints: 0, minimum: ZERO },
  tradingHours: 'always',
};

export const MOST_OPEN_ORDERS = 1_000;
/** Quantities and amounts beyond these are typing errors, and would not fit the ledger's columns after multiplication. */
const LARGEST_QUANTITY = decimal('1000000000');
const LARGEST_AMOUNT = decimal('1000000000000');
const SMALLEST_QUANTITY = decimal('0.00000001');
const NO_PRICES: readonly Decimal[] = [];

/** What can be refused by looking at the request alone. */
export function refusalOfShape(request: OrderRequest, tickSize: Decimal | null): Refusal | null {
  const { quantity, notional } = request;
  if (quantity !== null) {
    if (compare(quantity, LARGEST_QUANTITY) > 0) return { code: 'order_too_large', limit: LARGEST_QUANTITY };
    if (compare(quantity, SMALLEST_QUANTITY) < 0) return { code: 'order_too_small', limit: SMALLEST_QUANTITY };
  }
  if (notional !== null) {
    if (compare(notional, LARGEST_AMOUNT) > 0) return { code: 'order_too_large', limit: LARGEST_AMOUNT };
    if (!isPositive(notional)) return { code: 'order_too_small', limit: SMALLEST_QUANTITY };
  }
  for (const price of pricesOf(request)) {
    if (compare(price, LARGEST_AMOUNT) > 0) return { code: 'order_too_large', limit: LARGEST_AMOUNT };
    if (!isPositive(price)) return { code: 'order_too_small', limit: LARGEST_AMOUNT };
    if (tickSize !== null && !isZero(tickSize) && price % tickSize !== 0n) return { code: 'tick_size', tickSize, price };
  }
  return null;
}

function pricesOf({ limitPrice, terms }: OrderRequest): readonly Decimal[] {
  if (terms === null) return limitPrice === null ? NO_PRICES : [limitPrice];
  const { stopPrice, takeProfit, stopLoss } = terms;
  const prices = [limitPrice, stopPrice, takeProfit, stopLoss?.stopPrice ?? null, stopLoss?.limitPrice ?? null];
  return prices.filter((price) => price !== null);
}

/** What can be refused once the price is known: an amount that is a typing error, and one that would be posted as nothing. */
export function refusalOfAmount(quantity: Decimal, at: { readonly price: Decimal; readonly currency: string }): Refusal | null {
  const amount = multiplyMoney(quantity, at.price, at.currency);
  if (compare(amount, LARGEST_AMOUNT) > 0) return { code: 'order_too_large', limit: LARGEST_AMOUNT };
  if (!isZero(amount) || !isPositive(at.price)) return null;
  return { code: 'order_too_small', limit: divideRounded(smallestAmount(at.currency), at.price, { places: 8, rounding: 'up' }) };
}
