import { multiply, prorate, subtract, ZERO, type Decimal } from '../money/index.ts';

/** What made an unrealized gain in base currency. `priceEffect + currencyEffect` is the gain, exactly. */
export interface GainSplit {
  /** What the price did, at the rate of the purchases: `quantity * (price - averagePrice) * rateThen`. */
  readonly priceEffect: Decimal;
  /** What the rate did to today's value: `quantity * price * (rateNow - rateThen)`. */
  readonly currencyEffect: Decimal;
  /** The part of the currency effect that lies on what the price did: `quantity * (price - averagePrice) * (rateNow - rateThen)`. */
  readonly crossEffect: Decimal;
}

/** A holding and its value in its own currency, and both in the base currency. */
export interface SplitValue {
  readonly costBasis: Decimal;
  readonly baseCostBasis: Decimal;
  readonly marketValue: Decimal;
  readonly baseMarketValue: Decimal;
  /** Base currency units per unit of the holding's currency now. */
  readonly rateNow: Decimal;
}

/** The rate of the purchases is what they cost in base currency over what they cost in their own: its mean, weighted by cost. */
export function splitGain({ costBasis, baseCostBasis, marketValue, baseMarketValue, rateNow }: SplitValue): GainSplit {
  // Shares that cost nothing have no rate of their own: all of their gain is price.
  if (costBasis === ZERO) return { priceEffect: subtract(baseMarketValue, baseCostBasis), currencyEffect: ZERO, crossEffect: ZERO };
  const priceEffect = subtract(prorate(marketValue, { part: baseCostBasis, whole: costBasis }), baseCostBasis);
  const currencyEffect = subtract(subtract(baseMarketValue, baseCostBasis), priceEffect);
  const rateOnCost = subtract(multiply(costBasis, rateNow), baseCostBasis);
  return { priceEffect, currencyEffect, crossEffect: subtract(currencyEffect, rateOnCost) };
}
