/**
 * Lots: what was bought when and for how much, and which of it a sale takes.
 *
 * A *lot* is shares that came in together, with their day and their *cost*: everything that was posted for them, fees inside.
 * A *lot book* holds the open lots of one instrument. The *cost method* decides which lots a sale takes; a *realized gain* is what one
 * lot brought, net of the sale's fees, less its cost. The *average price* is cost basis over quantity under every method. A *short* lot
 * has a negative quantity and the proceeds of its sale as negative cost. A *wash sale* is a loss that US law moves into new shares.
 *
 * Worked example: 10 shares for 100, then 10 for 200; sell 15 for 300. The oldest first: all of the first lot and 5 of the second
 * cost 100 + 100 = 200, a gain of 100, and 5 shares at 20 stay. Under average cost a share costs 300 / 20 = 15, so the sale costs 225,
 * a gain of 75, and 5 shares at 15 stay.
 *
 *     const book = openLotBook('fifo');
 *     tradeLots(book, { id: 'a', on: 0, side: 'buy', quantity: 10, amount: 100, baseAmount: 100 });   // figures as Decimal
 *     tradeLots(book, { id: 'b', on: 1, side: 'buy', quantity: 10, amount: 200, baseAmount: 200 });
 *     tradeLots(book, { id: 'c', on: 2, side: 'sell', quantity: 15, amount: 300, baseAmount: 300 });  // gains 100 in two rows: 100, 0
 */
export { mergeLots, returnCapital, spinOffLots, splitLots } from './corporate-events.ts';
export { COST_METHODS, type CostMethod } from './cost-method.ts';
export { holdingTerm, type HoldingTerm } from './holding-term.ts';
export {
  averagePrice,
  lotsOf,
  openLotBook,
  receiveLot,
  type LotBook,
  type LotChange,
  type LotMove,
  type LotRefusal,
  type LotStep,
  type LotTrade,
} from './lot-book.ts';
export { COST_PLACES, type Lot } from './lot.ts';
export { inBase, type RealizedGain } from './realized-gain.ts';
export { releaseLots, tradeLots } from './trade-lots.ts';
export { washSales, type Acquisition, type CostAddition, type WashedGain } from './wash-sale.ts';
