/** What a trade does to a holding, by the account's cost method: the lot book decides, the holding keeps the result. */
import { add, sum } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import { lotsOf, openLotBook, tradeLots, type CostMethod, type Lot, type LotTrade } from '../lots/index.ts';
import type { Holding } from '../orders/index.ts';

export interface TradedHolding {
  readonly holding: Holding;
  /** Change of the open lots' cost, signed. */
  readonly cost: Decimal;
  /** Null for a purchase that closed nothing. */
  readonly gain: Decimal | null;
}

/** Throws when more is sold than held: the caller has checked. `trade.amount` is net: paid with fees, or received less fees. */
export function tradeHolding(holding: Holding, trade: LotTrade, method: CostMethod): TradedHolding {
  const pooled = method === 'average';
  const book = openLotBook(method, { lots: holding.lots ?? pool(holding) });
  const change = tradeLots(book, trade);
  if ('code' in change) throw new Error(`A checked trade was refused by the lots: ${change.code}.`);
  const gain = trade.side === 'sell' ? sum(change.gains.map((part) => part.gain)) : null;
  return {
    holding: {
      ...holding,
      quantity: book.quantity,
      costBasis: book.cost,
      baseCost: book.baseCost,
      realizedGain: gain === null ? holding.realizedGain : add(holding.realizedGain, gain),
      lots: pooled ? null : lotsOf(book),
    },
    cost: change.cost,
    gain,
  };
}

function pool(holding: Holding): readonly Lot[] {
  if (holding.quantity === 0n) return [];
  return [{ id: 'pool', acquiredOn: 0, quantity: holding.quantity, cost: holding.costBasis, baseCost: holding.baseCost }];
}
