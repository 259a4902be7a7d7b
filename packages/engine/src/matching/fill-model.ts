import { add, compare, decimalFromInteger, divideRounded, isPositive, minimum, multiply, subtract } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import type { Order, TradingRules } from '../orders/index.ts';
import { fillsByChance } from './fill-chance.ts';

/** The market as an order meets it. Prices in the instrument's currency. */
export interface MarketQuote {
  readonly last: Decimal;
  readonly bid: Decimal | null;
  readonly ask: Decimal | null;
  readonly bidSize: Decimal | null;
  readonly askSize: Decimal | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Match {
  readonly quantity: Decimal;
  readonly price: Decimal;
}

const TEN_THOUSAND = decimalFromInteger(10_000);

/**
 * What of the order trades against this quote, or null for nothing: buys pay the ask, sales get the bid, slippage moves market
 * prices against the order, and a limit order never trades worse than its limit.
 */
export function matchAgainst(
  quote: MarketQuote,
  order: Pick<Order, 'id' | 'side' | 'limitPrice' | 'quantity' | 'filledQuantity'>,
  rules: TradingRules,
): Match | null {
  const buying = order.side === 'buy';
  const touch = (buying ? quote.ask : quote.bid) ?? quote.last;
  const slipped = slip(touch, buying, rules.slippageBasisPoints);
  const price = order.limitPrice === null ? slipped : withinLimit({ touch, slipped, limit: order.limitPrice, buying });
  if (price === null || !isPositive(price)) return null;
  if (rules.fillModel === 'chance' && !fillsByChance(rules, `${order.id} ${quote.at}`)) return null;
  const remaining = subtract(order.quantity, order.filledQuantity);
  const size = buying ? quote.askSize : quote.bidSize;
  const quantity = rules.fillModel === 'sizeAware' && size !== null ? minimum(remaining, size) : remaining;
  return isPositive(quantity) ? { quantity, price } : null;
}

function slip(touch: Decimal, buying: boolean, basisPoints: number): Decimal {
  if (basisPoints === 0) return touch;
  const moved = divideRounded(multiply(touch, decimalFromInteger(basisPoints)), TEN_THOUSAND, { places: 8 });
  return buying ? add(touch, moved) : subtract(touch, moved);
}

function withinLimit(prices: {
  readonly touch: Decimal;
  readonly slipped: Decimal;
  readonly limit: Decimal;
  readonly buying: boolean;
}): Decimal | null {
  const { touch, slipped, limit, buying } = prices;
  const reachable = buying ? compare(touch, limit) <= 0 : compare(touch, limit) >= 0;
  if (!reachable) return null;
  const beyond = buying ? compare(slipped, limit) > 0 : compare(slipped, limit) < 0;
  return beyond ? limit : slipped;
}
