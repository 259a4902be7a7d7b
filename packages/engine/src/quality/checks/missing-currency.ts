import { findCurrency } from '../../money/index.ts';
import type { Check } from '../check.ts';

/** A record whose amounts are in no currency that is known. */
export const missingCurrency: Check = {
  id: 'missing-currency',
  severity: 'high',
  advice: 'Choose the currency of the trade: without it the record is left out of every total.',
  find: ({ records, nameOf }) =>
    records
      .filter(({ kind, currency }) => kind !== 'split' && (currency === null || findCurrency(currency) === null))
      .map((record) => ({
        subject: record.id,
        recordId: record.id,
        at: record.tradedAt,
        description: `Missing currency for ${nameOf(record)}${record.currency === null ? '' : `: "${record.currency}" is not known`}.`,
      })),
};
