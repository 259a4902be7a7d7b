import type { InstrumentId, Transaction } from '../ledger/index.ts';
import { divide, prorate, type Decimal } from '../money/index.ts';

/**
 * What was last paid or received for one unit of each instrument, before fees, in its own currency and per unit as it is after later
 * splits: what stands for a price on days before the first close is known. A transfer in counts until there is a trade.
 */
export function lastTradePrices(transactions: readonly Transaction[]): ReadonlyMap<InstrumentId, Decimal> {
  const prices = new Map<InstrumentId, Decimal>();
  for (const transaction of transactions) {
    const { type } = transaction;
    if (type === 'buy' || type === 'sell') {
      if (transaction.quantity > 0n) prices.set(transaction.instrument, divide(transaction.amount, transaction.quantity));
    } else if (type === 'transferIn') {
      if (transaction.quantity > 0n && !prices.has(transaction.instrument))
        prices.set(transaction.instrument, divide(transaction.cost, transaction.quantity));
    } else if (type === 'split') {
      const price = prices.get(transaction.instrument);
      if (price === undefined) continue;
      prices.set(transaction.instrument, prorate(price, { part: transaction.oldShares, whole: transaction.newShares }));
    }
  }
  return prices;
}
