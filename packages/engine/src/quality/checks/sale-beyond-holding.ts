import { formatDecimal } from '../../money/index.ts';
import { formatDay } from '../../time/index.ts';
import type { Check } from '../check.ts';
import { withHoldings } from './holdings.ts';

/** A sale or transfer of more than was held at the time. */
export const saleBeyondHolding: Check = {
  id: 'sale-beyond-holding',
  severity: 'high',
  advice: 'Record the purchase or the split that is missing before it, or correct the quantity.',
  find: ({ records, nameOf }) =>
    withHoldings(records, (record, held) => {
      const { id, kind, symbol, quantity, tradedOn, tradedAt } = record;
      if ((kind !== 'sell' && kind !== 'transferOut') || quantity === null || quantity <= held || quantity <= 0n) return [];
      const had = held > 0n ? formatDecimal(held) : 'none';
      const description = `More left than was held for ${nameOf(record)}: ${formatDecimal(quantity)} of ${symbol ?? ''}, while ${had} were held on ${formatDay(tradedOn)}.`;
      return [{ subject: id, recordId: id, at: tradedAt, description }];
    }),
};
