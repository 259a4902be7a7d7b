import type { LotChoice } from '../ledger/index.ts';
import { absolute, add, minimum, negate, prorate, subtract, sum, ZERO, type Decimal } from '../money/index.ts';
import { receiveLot, type LotBook, type LotChange, type LotRefusal, type LotTrade } from './lot-book.ts';
import { COST_PLACES, type Lot } from './lot.ts';
import { realizedGains, type Disposal } from './realized-gain.ts';
import { takeLots } from './take-lots.ts';

/**
 * A purchase opens a lot, or buys back what is short; a sale consumes lots and, where the book allows shorting, opens a short lot
 * with what is left. A trade through zero is split by quantity, its second part taking what rounding left.
 */
export function tradeLots(book: LotBook, trade: LotTrade): LotChange | LotRefusal {
  if (trade.quantity <= 0n) return { code: 'quantity_not_positive', asked: trade.quantity };
  const selling = trade.side === 'sell';
  const against = selling ? book.quantity > 0n : book.quantity < 0n;
  const closing = against ? minimum(trade.quantity, absolute(book.quantity)) : ZERO;
  if (selling && !book.shorting && closing < trade.quantity) {
    return { code: 'insufficient_quantity', asked: trade.quantity, held: book.quantity };
  }
  if (closing === 0n) return openLot(book, trade);
  if (closing === trade.quantity) return closeLots(book, trade);
  const first = partOf(trade, closing);
  const closed = closeLots(book, first);
  if ('code' in closed) return closed;
  const opened = openLot(book, {
    ...trade,
    quantity: subtract(trade.quantity, closing),
    amount: subtract(trade.amount, first.amount),
    baseAmount: subtract(trade.baseAmount, first.baseAmount),
  });
  return { cost: add(closed.cost, opened.cost), baseCost: add(closed.baseCost, opened.baseCost), gains: closed.gains };
}

/** Takes lots out as they are, with their days and costs: a transfer out. */
export function releaseLots(
  book: LotBook,
  quantity: Decimal,
  choices?: readonly LotChoice[],
): { readonly lots: readonly Lot[] } | LotRefusal {
  if (quantity <= 0n) return { code: 'quantity_not_positive', asked: quantity };
  if (quantity > absolute(book.quantity)) return { code: 'insufficient_quantity', asked: quantity, held: book.quantity };
  const lots = takeLots(book, quantity, choices);
  return 'code' in lots ? lots : { lots };
}

/** The change of cost and the gains when these lots, already taken out, brought that much. */
export function disposed(lots: readonly Lot[], disposal: Disposal): LotChange {
  return {
    cost: negate(sum(lots.map(({ cost }) => cost))),
    baseCost: negate(sum(lots.map(({ baseCost }) => baseCost))),
    gains: realizedGains(lots, disposal),
  };
}

function closeLots(book: LotBook, trade: LotTrade): LotChange | LotRefusal {
  const lots = takeLots(book, trade.quantity, trade.lots);
  if ('code' in lots) return lots;
  const selling = trade.side === 'sell';
  return disposed(lots, {
    transactionId: trade.id,
    soldOn: trade.on,
    // Buying back a short lot: what it brought is its negative cost, so what is paid now counts as negative proceeds.
    proceeds: selling ? trade.amount : negate(trade.amount),
    baseProceeds: selling ? trade.baseAmount : negate(trade.baseAmount),
    pooled: book.method === 'average',
  });
}

function openLot(book: LotBook, { id, on, side, quantity, amount, baseAmount }: LotTrade): LotChange {
  const signed = (value: Decimal): Decimal => (side === 'buy' ? value : negate(value));
  const lot: Lot = { id, acquiredOn: on, quantity: signed(quantity), cost: signed(amount), baseCost: signed(baseAmount) };
  receiveLot(book, lot);
  return { cost: lot.cost, baseCost: lot.baseCost, gains: [] };
}

function partOf(trade: LotTrade, quantity: Decimal): LotTrade {
  const share = { part: quantity, whole: trade.quantity };
  const amount = prorate(trade.amount, share, { places: COST_PLACES });
  const baseAmount = trade.baseAmount === trade.amount ? amount : prorate(trade.baseAmount, share, { places: COST_PLACES });
  return { ...trade, quantity, amount, baseAmount };
}
