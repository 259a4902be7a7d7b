import { isPositive as isAboveZero, parseDecimal } from '@holdfast/engine/money';
import type { NewOrder, OrderSide, OrderType, TimeInForce } from '@holdfast/sdk';

/** An order while it is being written; decimal fields hold plain decimal text, or whatever else was typed. */
export interface OrderDraft {
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly unit: 'shares' | 'amount';
  readonly quantity: string;
  readonly amount: string;
  readonly limitPrice: string;
  readonly stopPrice: string;
  readonly trail: string;
  readonly trailUnit: 'amount' | 'percent';
  readonly timeInForce: TimeInForce;
  /** What protects a purchase, or is the other half of a sale at a limit; empty for none. */
  readonly takeProfit: string;
  readonly stopLoss: string;
}

export const emptyDraft: OrderDraft = {
  side: 'buy',
  type: 'market',
  unit: 'shares',
  quantity: '',
  amount: '',
  limitPrice: '',
  stopPrice: '',
  trail: '',
  trailUnit: 'percent',
  timeInForce: 'day',
  takeProfit: '',
  stopLoss: '',
};

export const ORDER_TYPES = ['market', 'limit', 'stop', 'stopLimit', 'trailingStop'] as const satisfies readonly OrderType[];
const FORCES = ['day', 'gtc', 'ioc', 'fok'] as const satisfies readonly TimeInForce[];
const WAITING_FORCES = ['day', 'gtc'] as const satisfies readonly TimeInForce[];

type PriceField = 'limitPrice' | 'stopPrice' | 'trail';
type ExitField = 'takeProfit' | 'stopLoss';

export type DraftProblems = { readonly [Name in 'quantity' | 'amount' | PriceField | ExitField]?: 'amount' };

export function isPositive(text: string): boolean {
  const value = parseDecimal(text);
  return value !== null && isAboveZero(value);
}

/** The prices that an order of this type names. */
export function priceFields(type: OrderType): readonly PriceField[] {
  if (type === 'stopLimit') return ['stopPrice', 'limitPrice'];
  return type === 'market' ? [] : type === 'limit' ? ['limitPrice'] : type === 'stop' ? ['stopPrice'] : ['trail'];
}

/** The exits that go with the order: both with a purchase, the stop with a sale at a limit. */
export function exitFields({ side, type }: Pick<OrderDraft, 'side' | 'type'>): readonly ExitField[] {
  if (side === 'buy') return ['takeProfit', 'stopLoss'];
  return type === 'limit' ? ['stopLoss'] : [];
}

/** How long the order may hold; none to choose from for a market order. What waits for its stop cannot be over at once. */
export function forcesFor({ type, side, stopLoss }: OrderDraft): readonly TimeInForce[] {
  if (type === 'market') return [];
  return type === 'limit' && (side === 'buy' || stopLoss === '') ? FORCES : WAITING_FORCES;
}

/** The force that is sent: the one chosen, where the order can have it. */
export function forceOf(draft: OrderDraft): TimeInForce {
  return forcesFor(draft).includes(draft.timeInForce) ? draft.timeInForce : 'day';
}

export function checkDraft(draft: OrderDraft): DraftProblems {
  const missing = priceFields(draft.type).filter((field) => !isPositive(draft[field]));
  const wrong = exitFields(draft).filter((field) => draft[field] !== '' && !isPositive(draft[field]));
  return {
    ...(draft.unit === 'shares' && !isPositive(draft.quantity) ? { quantity: 'amount' as const } : {}),
    ...(draft.unit === 'amount' && !isPositive(draft.amount) ? { amount: 'amount' as const } : {}),
    ...Object.fromEntries([...missing, ...wrong].map((field) => [field, 'amount' as const])),
  };
}

/** The order the server is asked about; null while something is missing. */
export function toOrder(draft: OrderDraft, symbol: string): NewOrder | null {
  if (Object.keys(checkDraft(draft)).length > 0) return null;
  const fields = priceFields(draft.type);
  const exits = exitFields(draft);
  const { takeProfit, stopLoss } = draft;
  return {
    symbol,
    side: draft.side,
    type: draft.type,
    timeInForce: forceOf(draft),
    ...(draft.unit === 'shares' ? { quantity: draft.quantity } : { notional: draft.amount }),
    ...(fields.includes('limitPrice') ? { limitPrice: draft.limitPrice } : {}),
    ...(fields.includes('stopPrice') ? { stopPrice: draft.stopPrice } : {}),
    ...(fields.includes('trail') ? (draft.trailUnit === 'amount' ? { trailAmount: draft.trail } : { trailPercent: draft.trail }) : {}),
    ...(exits.includes('takeProfit') && takeProfit !== '' ? { takeProfit: { limitPrice: takeProfit } } : {}),
    ...(exits.includes('stopLoss') && stopLoss !== '' ? { stopLoss: { stopPrice: stopLoss } } : {}),
  };
}
