import { formatDecimal } from '../../money/index.ts';
import { formatDay } from '../../time/index.ts';
import type { Check } from '../check.ts';
import { isTrade, nounOf } from '../record.ts';

/** A price that nobody paid on that day. */
export const priceOutsideRange: Check = {
  id: 'price-outside-range',
  severity: 'medium',
  advice: 'Compare with your broker’s confirmation: a wrong day, a wrong currency or a split since then are the usual reasons.',
  find: ({ records, tradedDay, nameOf }) =>
    records.flatMap((record) => {
      const { id, symbol, price, tradedOn, tradedAt } = record;
      if (!isTrade(record) || symbol === null || price === null || price <= 0n) return [];
      const traded = tradedDay(symbol, tradedOn);
      if (traded === null || (price >= traded.low && price <= traded.high)) return [];
      const range = `${symbol} traded between ${formatDecimal(traded.low)} and ${formatDecimal(traded.high)} on ${formatDay(tradedOn)}`;
      const description = `Unlikely ${nounOf(record)} price for ${nameOf(record)}: ${formatDecimal(price)}, while ${range}.`;
      return [{ subject: id, recordId: id, at: tradedAt, description }];
    }),
};
