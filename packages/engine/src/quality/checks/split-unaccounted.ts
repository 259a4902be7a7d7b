import { divide, formatDecimal, ZERO, type Decimal } from '../../money/index.ts';
import { formatDay } from '../../time/index.ts';
import type { Check } from '../check.ts';
import type { KnownSplit, QualityRecord } from '../record.ts';
import { heldAfter } from './holdings.ts';

/** A broker may book a split some days after its ex-date. */
const LATE_DAYS = 10;

/** A split of something that was held then, which nobody recorded. */
export const splitUnaccounted: Check = {
  id: 'split-unaccounted',
  severity: 'high',
  advice: 'Record the split, so that quantity and cost per unit are those of the new shares.',
  find: ({ records, splits }) =>
    splits.flatMap((split) => {
      const held = heldBefore(records, split);
      if (held <= 0n || records.some((record) => isSplitOf(record, split))) return [];
      const { symbol, exOn, newShares, oldShares } = split;
      const ratio = divide(newShares, oldShares);
      const description = `Split not recorded for ${symbol}: ${formatDecimal(held)} were held on ${formatDay(exOn)}, when each became ${formatDecimal(ratio)}.`;
      return [
        {
          subject: `${symbol} ${formatDay(exOn)}`,
          recordId: null,
          at: null,
          description,
          fix: { kind: 'recordSplit', symbol, exOn, newShares, oldShares },
        },
      ];
    }),
};

function heldBefore(records: readonly QualityRecord[], { symbol, exOn }: KnownSplit): Decimal {
  return records.filter((record) => record.symbol === symbol && record.tradedOn < exOn).reduce(heldAfter, ZERO);
}

function isSplitOf(record: QualityRecord, { symbol, exOn }: KnownSplit): boolean {
  const late = record.tradedOn - exOn;
  return record.kind === 'split' && record.symbol === symbol && late >= -1 && late <= LATE_DAYS;
}
