import { divideRounded, multiply, decimal, subtract, type Decimal } from '../money/index.ts';

/** What the market says at an instant. `open`, `high`, `low` and `volume` are the day's so far. */
export interface Quote {
  readonly symbol: string;
  readonly last: Decimal;
  readonly bid: Decimal;
  readonly ask: Decimal;
  readonly bidSize: Decimal;
  readonly askSize: Decimal;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly previousClose: Decimal;
  readonly volume: Decimal;
  /** When the price was made, as milliseconds since 1970: before the moment of asking where the market is closed. */
  readonly at: number;
}

const HUNDRED = decimal('100');

/** The move since the previous close: the amount, and per cent to four decimals (null after a close of zero). */
export function quoteChange({ last, previousClose }: Pick<Quote, 'last' | 'previousClose'>): {
  readonly change: Decimal;
  readonly changePercent: Decimal | null;
} {
  const change = subtract(last, previousClose);
  return { change, changePercent: previousClose === 0n ? null : divideRounded(multiply(change, HUNDRED), previousClose, { places: 4 }) };
}
