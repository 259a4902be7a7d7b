import { formatDecimal } from '../../money/index.ts';
import type { Check } from '../check.ts';
import { isTrade, nounOf } from '../record.ts';

/** A purchase or sale without a price above zero. */
export const invalidPrice: Check = {
  id: 'invalid-price',
  severity: 'high',
  advice: 'Enter the price per unit as your broker confirmed it.',
  find: ({ records, nameOf }) =>
    records
      .filter((record) => isTrade(record) && (record.price === null || record.price <= 0n))
      .map((record) => ({
        subject: record.id,
        recordId: record.id,
        at: record.tradedAt,
        // It moves nothing, so that taking it back changes no figure.
        fix: { kind: 'reverse', recordId: record.id },
        description: `Invalid ${nounOf(record)} price for ${nameOf(record)}: ${record.price === null ? 'there is none' : `${formatDecimal(record.price)} is not above zero`}.`,
      })),
};
