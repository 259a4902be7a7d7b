import { formatDecimal } from '../../money/index.ts';
import type { Check } from '../check.ts';
import { isTrade, nounOf } from '../record.ts';

/** A purchase or sale of nothing, or of less. */
export const invalidQuantity: Check = {
  id: 'invalid-quantity',
  severity: 'high',
  advice: 'Enter how many units were traded. A sale is a record of its own, not a negative purchase.',
  find: ({ records, nameOf }) =>
    records
      .filter((record) => isTrade(record) && (record.quantity === null || record.quantity <= 0n))
      .map((record) => ({
        subject: record.id,
        recordId: record.id,
        at: record.tradedAt,
        // It moves nothing, so that taking it back changes no figure.
        fix: { kind: 'reverse', recordId: record.id },
        description: `Invalid ${nounOf(record)} quantity for ${nameOf(record)}: ${record.quantity === null ? 'there is none' : `${formatDecimal(record.quantity)} is not above zero`}.`,
      })),
};
