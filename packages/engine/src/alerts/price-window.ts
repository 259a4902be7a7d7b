import type { Decimal } from '../money/index.ts';

/** Remembers prices long enough to say what the price was a window ago. */
export interface PriceWindow {
  /** Notes a price and gives the one of `windowMs` before, or null while the window is not full. Instants never fall. */
  readonly note: (at: number, price: Decimal) => Decimal | null;
}

/** So many prices are kept per window at most: closer ones count as one moment. */
const MOMENTS = 600;

export function createPriceWindow(windowMs: number): PriceWindow {
  const stepMs = windowMs / MOMENTS;
  let moments: { readonly at: number; readonly price: Decimal }[] = [];
  let first = 0;
  return {
    note: (at, price) => {
      const latest = moments.at(-1);
      if (latest === undefined || at >= latest.at + stepMs) moments.push({ at, price });
      // The reference is the last price that is at least a window old.
      for (let next = moments[first + 1]; next !== undefined && next.at <= at - windowMs; next = moments[first + 1]) first += 1;
      if (first > MOMENTS) {
        moments = moments.slice(first);
        first = 0;
      }
      const reference = moments[first];
      return reference !== undefined && reference.at <= at - windowMs ? reference.price : null;
    },
  };
}
