import type { OrderRefusal } from '@holdfast/sdk';
import type { Translate } from '../../i18n/i18n.ts';

interface Writing {
  readonly symbol: string;
  readonly money: (value: string | undefined) => string;
  readonly count: (value: string | undefined) => string;
}

/** Every code an order can be refused with, and whether its sentence holds figures. */
export const REFUSAL_CODES = [
  'insufficient_cash',
  'insufficient_position',
  'market_closed',
  'unknown_symbol',
  'ambiguous_symbol',
  'instrument_inactive',
  'tick_size',
  'stop_reached',
  'stale_quote',
  'no_quote',
  'order_too_large',
  'order_too_small',
  'would_not_fill',
  'no_exchange_rate',
  'too_many_open_orders',
  'client_order_id_taken',
  'portfolio_kind',
  'portfolio_archived',
] as const;

/** The refusal in the reader's language with its figures; a code that is not known yet speaks with the server's own words. */
export function refusalText(refusal: OrderRefusal, writing: Writing, t: Translate): string {
  const code = REFUSAL_CODES.find((known) => known === refusal.code);
  if (code === undefined) return refusal.detail;
  const write = code === 'insufficient_position' ? writing.count : writing.money;
  return t(`refusal.${code}`, { symbol: writing.symbol, needed: write(refusal.needed), available: write(refusal.available) });
}
