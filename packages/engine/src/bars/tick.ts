import { add, divide, multiply, ZERO, type Decimal } from '../money/index.ts';

/** One report of a trade: when (milliseconds since 1970), at what price, how much. A quantity of 0 reports a price that was seen again. */
export interface Tick {
  readonly at: number;
  readonly price: Decimal;
  readonly quantity: Decimal;
}

/** The volume-weighted price of some ticks, `sum(price * quantity) / sum(quantity)`, or null where nothing was traded. */
export function volumeWeightedPrice(ticks: Iterable<Tick>): Decimal | null {
  let value = ZERO;
  let quantity = ZERO;
  for (const tick of ticks) {
    value = add(value, multiply(tick.price, tick.quantity));
    quantity = add(quantity, tick.quantity);
  }
  return quantity === 0n ? null : divide(value, quantity);
}
