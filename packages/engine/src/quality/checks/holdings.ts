import { add, multiply, subtract, ZERO, type Decimal } from '../../money/index.ts';
import type { QualityRecord } from '../record.ts';

/** What is held after a record, from what was held before. Figures that are missing or not positive move nothing. */
export function heldAfter(held: Decimal, { kind, quantity, ratio }: QualityRecord): Decimal {
  if (kind === 'split') return ratio === undefined || ratio <= 0n ? held : multiply(held, ratio);
  if (quantity === null || quantity <= 0n) return held;
  if (kind === 'buy' || kind === 'transferIn') return add(held, quantity);
  return kind === 'sell' || kind === 'transferOut' ? subtract(held, quantity) : held;
}

/** Goes through the records in order, telling for each what was held of its instrument before. */
export function withHoldings<Result>(
  records: readonly QualityRecord[],
  look: (record: QualityRecord, heldBefore: Decimal) => readonly Result[],
): readonly Result[] {
  const held = new Map<string, Decimal>();
  return records.flatMap((record) => {
    if (record.symbol === null) return [];
    const before = held.get(record.symbol) ?? ZERO;
    held.set(record.symbol, heldAfter(before, record));
    return look(record, before);
  });
}
