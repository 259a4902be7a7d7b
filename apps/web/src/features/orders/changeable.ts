import { decimal, formatDecimal, subtract } from '@holdfast/engine/money';
import type { Order } from '@holdfast/sdk';

export type ChangeField = 'quantity' | 'limitPrice' | 'stopPrice' | 'trailAmount' | 'trailPercent';
type Values = { readonly [Name in ChangeField]?: string };

/** What of the order can be changed, as it is now. Two that share their quantity keep it. */
export function changeable(order: Order): Values {
  const { limitPrice, stopPrice, trailAmount, trailPercent, triggeredAt } = order;
  const left = formatDecimal(subtract(decimal(order.quantity), decimal(order.filledQuantity)));
  return {
    ...(order.pairId === undefined ? { quantity: left } : {}),
    ...(limitPrice === null ? {} : { limitPrice }),
    ...(stopPrice === null || order.type === 'trailingStop' || triggeredAt !== undefined ? {} : { stopPrice }),
    ...(trailAmount === undefined || triggeredAt !== undefined ? {} : { trailAmount }),
    ...(trailPercent === undefined || triggeredAt !== undefined ? {} : { trailPercent }),
  };
}
