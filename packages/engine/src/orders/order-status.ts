/** The states of an order and the arrows between them. `replaced` names an order whose place a newer one took. */
export const ORDER_STATUSES = ['accepted', 'partiallyFilled', 'filled', 'canceled', 'replaced', 'expired', 'rejected'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

const ARROWS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  accepted: ['partiallyFilled', 'filled', 'canceled', 'replaced', 'expired', 'rejected'],
  partiallyFilled: ['partiallyFilled', 'filled', 'canceled', 'replaced', 'expired', 'rejected'],
  filled: [],
  canceled: [],
  replaced: [],
  expired: [],
  rejected: [],
};

export function mayMove(from: OrderStatus, to: OrderStatus): boolean {
  return ARROWS[from].includes(to);
}

/** Open orders can still fill; all others are final. */
export function isOpen(status: OrderStatus): boolean {
  return ARROWS[status].length > 0;
}

/** The status after an arrow. Throws on an arrow that does not exist: the caller has a bug. */
export function moveTo(from: OrderStatus, to: OrderStatus): OrderStatus {
  if (!mayMove(from, to)) throw new Error(`An order cannot go from ${from} to ${to}.`);
  return to;
}
