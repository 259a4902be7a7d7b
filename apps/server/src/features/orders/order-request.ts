/** From an order as sent to an order the desk can decide. */
import { createHash } from 'node:crypto';
import type { BodyOf } from '@holdfast/contract';
import type { placeOrder as contract } from '@holdfast/contract/orders';
import { compare, decimal, isPositive } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { OrderRequest, OrderType, TermsRequest } from '@holdfast/engine/orders';
import { AppError, exactInput } from '../../platform/http/index.ts';
import type { InstrumentBook, Instrument } from '../instruments/index.ts';

export type OrderInput = BodyOf<typeof contract>;

export function resolveSymbol(instruments: InstrumentBook, symbol: string, userId: string): Instrument {
  const instrument = instruments.resolve(symbol, userId);
  if (instrument === null)
    throw new AppError(
      'unknown_symbol',
      `No instrument has the symbol ${symbol.toUpperCase()}. Search with GET /api/v1/instruments?search=.`,
    );
  return instrument;
}

/** Throws `invalid_value` where the fields contradict each other. */
export function orderRequest(input: OrderInput, id: string): OrderRequest {
  const quantity = positive(input.quantity, 'quantity');
  const notional = positive(input.notional, 'notional');
  const limitPrice = positive(input.limitPrice, 'limitPrice');
  const { side, type } = input;
  const timeInForce = input.timeInForce ?? 'day';
  if ((quantity === null) === (notional === null)) throw invalid('quantity', 'or notional must be given, and not both');
  checkField('limitPrice', limitPrice, { type, of: ['limit', 'stopLimit'] });
  const terms = termsOf(input);
  if (isStop(type) && (timeInForce === 'ioc' || timeInForce === 'fok'))
    throw invalid('timeInForce', `must be day or gtc for a ${type} order: it waits for its stop`);
  if ((terms?.stopLoss ?? null) !== null && side === 'sell' && (timeInForce === 'ioc' || timeInForce === 'fok'))
    throw invalid('timeInForce', 'must be day or gtc for one order of two that cancel each other');
  return { id, side, type, timeInForce, quantity, notional, limitPrice, terms };
}

export function isStop(type: OrderType): boolean {
  return type === 'stop' || type === 'stopLimit' || type === 'trailingStop';
}

/** A price that some types need and others do not take. */
function checkField(path: string, value: Decimal | null, kind: { readonly type: OrderType; readonly of: readonly OrderType[] }): void {
  const belongs = kind.of.includes(kind.type);
  if (belongs && value === null) throw invalid(path, `is required for a ${kind.type} order`);
  if (!belongs && value !== null) throw invalid(path, `is not for a ${kind.type} order: use type ${kind.of.join(' or ')}`);
}

const HUNDRED = decimal('100');

/** Null for a plain order. */
function termsOf(input: OrderInput): TermsRequest | null {
  const { type } = input;
  const stopPrice = positive(input.stopPrice, 'stopPrice');
  const trailAmount = positive(input.trailAmount, 'trailAmount');
  const trailPercent = positive(input.trailPercent, 'trailPercent');
  checkField('stopPrice', stopPrice, { type, of: ['stop', 'stopLimit'] });
  if (type === 'trailingStop' && (trailAmount === null) === (trailPercent === null))
    throw invalid('trailAmount', 'or trailPercent must be given for a trailingStop order, and not both');
  if (type !== 'trailingStop') {
    checkField('trailAmount', trailAmount, { type, of: ['trailingStop'] });
    checkField('trailPercent', trailPercent, { type, of: ['trailingStop'] });
  }
  if (trailPercent !== null && compare(trailPercent, HUNDRED) >= 0) throw invalid('trailPercent', 'must be less than 100');
  const exits = exitsOf(input);
  if (!isStop(type) && exits.takeProfit === null && exits.stopLoss === null) return null;
  return { stopPrice, trailAmount, trailPercent, ...exits, mark: null, parentId: null, replacesId: null, priorityId: null };
}

/** What protects a purchase, or the other half of a sale at a limit. */
function exitsOf({ side, type, takeProfit, stopLoss, limitPrice }: OrderInput): Pick<TermsRequest, 'takeProfit' | 'stopLoss'> {
  const profit = typeof takeProfit === 'object' ? takeProfit.limitPrice : takeProfit;
  const loss = typeof stopLoss === 'object' ? stopLoss : { stopPrice: stopLoss };
  const profitPrice = positive(profit, 'takeProfit.limitPrice');
  const stopPrice = positive(loss.stopPrice, 'stopLoss.stopPrice');
  const stopLimit = 'limitPrice' in loss ? positive(loss.limitPrice, 'stopLoss.limitPrice') : null;
  if (side === 'sell' && profitPrice !== null)
    throw invalid('takeProfit', 'is for purchases: a sale at a limit takes its profit there, and stopLoss is its other half');
  if (side === 'sell' && stopPrice !== null && type !== 'limit') throw invalid('stopLoss', 'of a sale needs type limit');
  const above = side === 'sell' && type === 'limit' ? positive(limitPrice, 'limitPrice') : profitPrice;
  if (above !== null && stopPrice !== null && compare(stopPrice, above) >= 0)
    throw invalid('stopLoss.stopPrice', 'must be below the price at which the profit is taken');
  return { takeProfit: profitPrice, stopLoss: stopPrice === null ? null : { stopPrice, limitPrice: stopLimit } };
}

/** Hash of everything an order asks for, so that a key cannot be used for another one. Notation does not matter: 1 and "1.0" are the same wish. */
export function orderHash(
  portfolioId: string,
  request: OrderRequest,
  order: { readonly instrument: Instrument; readonly clientOrderId: string | null },
): Buffer {
  const parts = [
    portfolioId,
    order.instrument.id,
    request.side,
    request.type,
    request.timeInForce,
    request.quantity,
    request.notional,
    request.limitPrice,
    order.clientOrderId,
  ];
  if (request.terms !== null) {
    const { stopPrice, trailAmount, trailPercent, takeProfit, stopLoss } = request.terms;
    parts.push(stopPrice, trailAmount, trailPercent, takeProfit, stopLoss?.stopPrice ?? null, stopLoss?.limitPrice ?? null);
  }
  return createHash('sha256').update(parts.join('\n')).digest();
}

export function positive(value: string | number | undefined, path: string): Decimal | null {
  if (value === undefined) return null;
  const exact = exactInput(value, path);
  if (!isPositive(exact)) throw invalid(path, 'must be more than 0');
  return exact;
}

export function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
