import { subtract, ZERO } from '../money/index.ts';
import { holdingOf, moveTo, type Account, type Order } from '../orders/index.ts';
import { releasedBy, withHolding } from './settle.ts';

/**
 * Ends an order that was open (or was about to rest) and gives back all it held. The two of a pair hold one quantity together: it is
 * given back with the later of them, so that one which ends while the `other` is open gives nothing back.
 */
export function endOrder(
  account: Account,
  { order, other }: { readonly order: Order; readonly other: Order | null },
  status: 'canceled' | 'expired' | 'rejected' | 'replaced',
): { readonly account: Account; readonly order: Order } {
  const remaining = subtract(order.quantity, order.filledQuantity);
  const ended: Order = { ...order, status: moveTo(order.status, status), reserved: ZERO };
  if (order.side === 'buy')
    return { order: ended, account: { ...account, reserved: subtract(account.reserved, releasedBy(order, remaining)) } };
  if (other !== null) return { order: ended, account };
  const holding = holdingOf(account, order.instrumentKey);
  return {
    order: ended,
    account: withHolding(account, order.instrumentKey, { ...holding, reserved: subtract(holding.reserved, remaining) }),
  };
}
