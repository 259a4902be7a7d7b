import type { Decimal } from '@holdfast/engine/money';

/** What the market says of an instrument now. Open, high, low and volume are the day's so far. Null is what the source does not say. */
export interface Quote {
  readonly instrumentKey: number;
  readonly symbol: string;
  readonly last: Decimal;
  readonly bid: Decimal | null;
  readonly ask: Decimal | null;
  readonly bidSize: Decimal | null;
  readonly askSize: Decimal | null;
  readonly lastSize: Decimal | null;
  readonly open: Decimal | null;
  readonly high: Decimal | null;
  readonly low: Decimal | null;
  readonly previousClose: Decimal | null;
  readonly volume: Decimal | null;
  /** When the price was made, epoch milliseconds. */
  readonly at: number;
  readonly source: string;
  /** Rises with every quote of the instrument from this source; for the simulated market the second of the price. */
  readonly number: number;
}
