import type { Decimal } from '../money/index.ts';
import type { OrderStatus } from './order-status.ts';
import type { OrderTerms, TermsRequest } from './order-terms.ts';

export type Side = 'buy' | 'sell';
/** `stop` and `trailingStop` become market orders once the last price reaches their stop, `stopLimit` a limit order. */
export type OrderType = 'market' | 'limit' | 'stop' | 'stopLimit' | 'trailingStop';
/** `day` ends at the end of the session's day, `gtc` after 90 days, `ioc` fills what it can at once, `fok` all at once or nothing. */
export type TimeInForce = 'day' | 'gtc' | 'ioc' | 'fok';

/** A wish to trade, and how far it has come. Quantities in units of the instrument, prices and fees in its currency. */
export interface Order {
  readonly id: string;
  readonly instrumentKey: number;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly quantity: Decimal;
  /** The amount of money asked for, where the order named one instead of a quantity. */
  readonly notional: Decimal | null;
  readonly limitPrice: Decimal | null;
  readonly status: OrderStatus;
  readonly filledQuantity: Decimal;
  /** Sum of quantity x price over the fills, unrounded. */
  readonly filledValue: Decimal;
  readonly averageFillPrice: Decimal | null;
  readonly fees: Decimal;
  /** Cash in the base currency that an open buy holds back. */
  readonly reserved: Decimal;
  /** Epoch milliseconds; null where the order cannot rest, or rests until it is canceled. */
  readonly expiresAt: number | null;
  /** Stops, brackets and what ties orders to each other; null for a plain order. */
  readonly terms: OrderTerms | null;
}

/** What is asked for, before it is decided. One of quantity and notional is given. */
export interface OrderRequest {
  readonly id: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly quantity: Decimal | null;
  readonly notional: Decimal | null;
  readonly limitPrice: Decimal | null;
  readonly terms: TermsRequest | null;
}
