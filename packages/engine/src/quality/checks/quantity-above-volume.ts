import { formatDecimal } from '../../money/index.ts';
import { formatDay } from '../../time/index.ts';
import type { Check } from '../check.ts';
import { isTrade, nounOf } from '../record.ts';

/** More units than the whole market traded that day. A volume of 0 means that it is not known. */
export const quantityAboveVolume: Check = {
  id: 'quantity-above-volume',
  severity: 'medium',
  advice: 'Check the quantity: an amount of money may stand where the number of units should.',
  find: ({ records, tradedDay, nameOf }) =>
    records.flatMap((record) => {
      const { id, symbol, quantity, tradedOn, tradedAt } = record;
      if (!isTrade(record) || symbol === null || quantity === null) return [];
      const volume = tradedDay(symbol, tradedOn)?.volume ?? null;
      if (volume === null || volume <= 0n || quantity <= volume) return [];
      const market = `only ${formatDecimal(volume)} of ${symbol} were traded on ${formatDay(tradedOn)}`;
      const description = `Unlikely ${nounOf(record)} quantity for ${nameOf(record)}: ${formatDecimal(quantity)}, while ${market}.`;
      return [{ subject: id, recordId: id, at: tradedAt, description }];
    }),
};
