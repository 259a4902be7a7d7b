import type { Decimal } from '../money/index.ts';

/** Why an order, cancellation or cash movement is not done. A refusal changes nothing and uses nothing up. */
export type Refusal =
  | { readonly code: 'insufficient_cash'; readonly needed: Decimal; readonly available: Decimal; readonly currency: string }
  | { readonly code: 'insufficient_position'; readonly needed: Decimal; readonly available: Decimal }
  | { readonly code: 'market_closed'; readonly opensAt: number | null }
  | { readonly code: 'no_quote' }
  | { readonly code: 'stale_quote'; readonly ageMs: number }
  | { readonly code: 'tick_size'; readonly tickSize: Decimal; readonly price: Decimal }
  | { readonly code: 'stop_reached'; readonly stopPrice: Decimal; readonly price: Decimal; readonly side: 'buy' | 'sell' }
  | { readonly code: 'instrument_inactive' }
  | { readonly code: 'order_too_large'; readonly limit: Decimal }
  | { readonly code: 'order_too_small'; readonly limit: Decimal }
  | { readonly code: 'no_exchange_rate'; readonly from: string; readonly to: string }
  | { readonly code: 'too_many_open_orders'; readonly limit: number }
  | { readonly code: 'order_final'; readonly status: string };
