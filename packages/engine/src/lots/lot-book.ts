import { add, divide, ZERO, type Decimal } from '../money/index.ts';
import type { LotChoice } from '../ledger/index.ts';
import type { Day } from '../time/index.ts';
import type { CostMethod } from './cost-method.ts';
import { enqueue, lotQueue, nextLot, openLots, type LotQueue } from './lot-queue.ts';
import type { Lot } from './lot.ts';
import type { RealizedGain } from './realized-gain.ts';

/**
 * The open lots of one instrument in one portfolio. It is changed in place by the functions of this folder, since a history of
 * 100,000 transactions must not be copied at every step; a refused step changes nothing.
 */
export interface LotBook {
  readonly method: CostMethod;
  readonly shorting: boolean;
  readonly queue: LotQueue;
  /** Sums over the open lots; negative while short. */
  quantity: Decimal;
  cost: Decimal;
  baseCost: Decimal;
}

/** Why lots cannot be taken out. */
export type LotRefusal =
  | { readonly code: 'insufficient_quantity'; readonly asked: Decimal; readonly held: Decimal }
  | { readonly code: 'quantity_not_positive'; readonly asked: Decimal }
  | { readonly code: 'lots_not_selectable'; readonly method: CostMethod }
  | { readonly code: 'lots_do_not_sum'; readonly asked: Decimal; readonly chosen: Decimal }
  | { readonly code: 'unknown_lot'; readonly lotId: string }
  | { readonly code: 'insufficient_lot'; readonly lotId: string; readonly asked: Decimal; readonly held: Decimal }
  | { readonly code: 'nothing_held' }
  | { readonly code: 'no_fraction' };

/** What a step did to the book. */
export interface LotChange {
  /** Change of the open lots' cost, signed; base currency beside it. */
  readonly cost: Decimal;
  readonly baseCost: Decimal;
  readonly gains: readonly RealizedGain[];
}

/** The same where a second book received the cost that left, less what money took of it. */
export interface LotMove extends LotChange {
  readonly newCost: Decimal;
  readonly newBaseCost: Decimal;
}

/** What the steps of this folder are told of the transaction behind them. */
export interface LotStep {
  readonly id: string;
  readonly on: Day;
  /** All that was paid (fees inside) or received (fees deducted), and the same in base currency. */
  readonly amount: Decimal;
  readonly baseAmount: Decimal;
}

/** A purchase or sale. */
export interface LotTrade extends LotStep {
  readonly side: 'buy' | 'sell';
  readonly quantity: Decimal;
  readonly lots?: readonly LotChoice[] | undefined;
}

export function openLotBook(method: CostMethod, options: { readonly shorting?: boolean; readonly lots?: readonly Lot[] } = {}): LotBook {
  const { shorting = false, lots = [] } = options;
  const book: LotBook = { method, shorting, queue: lotQueue(method), quantity: ZERO, cost: ZERO, baseCost: ZERO };
  for (const lot of lots) receiveLot(book, lot);
  return book;
}

/** The open lots, oldest first; one pool under average cost. */
export function lotsOf(book: LotBook): readonly Lot[] {
  return openLots(book.queue).map(({ id, acquiredOn, quantity, cost, baseCost, unitCost }) => ({
    ...{ id, acquiredOn, quantity, cost, baseCost },
    ...(book.method === 'hifo' ? { unitCost } : {}),
  }));
}

/** Cost basis over quantity, under every method and also while short; null when nothing is held. */
export function averagePrice(book: LotBook): Decimal | null {
  return book.quantity === 0n ? null : divide(book.cost, book.quantity);
}

/** Puts a lot into the book as it is, with its own day and cost: a transfer in. Under average cost it joins the pool. */
export function receiveLot(book: LotBook, lot: Lot): void {
  const pool = book.method === 'average' ? nextLot(book.queue) : undefined;
  if (pool === undefined) {
    enqueue(book.queue, lot);
  } else {
    pool.quantity = add(pool.quantity, lot.quantity);
    pool.cost = add(pool.cost, lot.cost);
    pool.baseCost = add(pool.baseCost, lot.baseCost);
    pool.acquiredOn = Math.min(pool.acquiredOn, lot.acquiredOn);
  }
  book.quantity = add(book.quantity, lot.quantity);
  book.cost = add(book.cost, lot.cost);
  book.baseCost = add(book.baseCost, lot.baseCost);
}
