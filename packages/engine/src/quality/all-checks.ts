import type { Check } from './check.ts';
import { duplicate } from './checks/duplicate.ts';
import { futureTime } from './checks/future-time.ts';
import { invalidPrice } from './checks/invalid-price.ts';
import { invalidQuantity } from './checks/invalid-quantity.ts';
import { missingCurrency } from './checks/missing-currency.ts';
import { negativeCash } from './checks/negative-cash.ts';
import { outOfSession } from './checks/out-of-session.ts';
import { priceOutsideRange } from './checks/price-outside-range.ts';
import { quantityAboveVolume } from './checks/quantity-above-volume.ts';
import { saleBeyondHolding } from './checks/sale-beyond-holding.ts';
import { splitUnaccounted } from './checks/split-unaccounted.ts';
import { staleQuote } from './checks/stale-quote.ts';

/** Every check there is, in the order in which a reader meets them. */
export const ALL_CHECKS: readonly Check[] = Object.freeze([
  invalidPrice,
  invalidQuantity,
  futureTime,
  missingCurrency,
  saleBeyondHolding,
  splitUnaccounted,
  priceOutsideRange,
  quantityAboveVolume,
  duplicate,
  negativeCash,
  outOfSession,
  staleQuote,
]);
