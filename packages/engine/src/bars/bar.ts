import { add, maximum, minimum, type Decimal } from '../money/index.ts';

/**
 * What happened in one interval: the first, highest, lowest and last price and the sum of the quantities.
 * `startAt` is the interval's start, as milliseconds since 1970.
 */
export interface Bar {
  readonly startAt: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  readonly volume: Decimal;
}

/** The bar of two stretches of time, the earlier one first. It keeps the first one's start. */
export function mergeBars(first: Bar, second: Bar): Bar {
  return {
    startAt: first.startAt,
    open: first.open,
    high: maximum(first.high, second.high),
    low: minimum(first.low, second.low),
    close: second.close,
    volume: add(first.volume, second.volume),
  };
}

/** What is wrong with a bar, or null: prices are positive, open and close lie within [low, high], volume is not negative. */
export function barFault({ open, high, low, close, volume }: Bar): 'price' | 'range' | 'volume' | null {
  if (low <= 0n) return 'price';
  if (open < low || open > high || close < low || close > high) return 'range';
  return volume < 0n ? 'volume' : null;
}
