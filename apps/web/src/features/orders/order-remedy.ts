import { decimal, divideRounded, formatDecimal, isPositive, parseDecimal, subtract, ZERO } from '@holdfast/engine/money';
import type { OrderRefusal } from '@holdfast/sdk';
import type { OrderDraft } from './order-draft.ts';

/** A change of the draft that would make the order pass, when there is one. */
export interface OrderRemedy {
  readonly quantity: string;
}

const PLACES = 8;

/**
 * What could be done instead: as many shares as the free cash pays for, or as many as are held. Whole shares when whole
 * shares were asked for. `price` is what one share is reckoned at, `fee` what comes on top.
 */
export function remedyFor(
  refusal: OrderRefusal,
  draft: OrderDraft,
  cost: { readonly price: string | null; readonly fee: string },
): OrderRemedy | null {
  if (draft.unit !== 'shares' || refusal.available === undefined) return null;
  const available = parseDecimal(refusal.available);
  if (available === null || !isPositive(available)) return null;
  const places = draft.quantity.includes('.') ? PLACES : 0;
  if (refusal.code === 'insufficient_position') return quantityOf(formatDecimal(available));
  if (refusal.code !== 'insufficient_cash' || cost.price === null) return null;
  const free = subtract(available, parseDecimal(cost.fee) ?? ZERO);
  if (!isPositive(free)) return null;
  const affordable = divideRounded(free, decimal(cost.price), { places, rounding: 'down' });
  return isPositive(affordable) ? quantityOf(formatDecimal(affordable)) : null;
}

function quantityOf(quantity: string): OrderRemedy {
  return { quantity };
}
