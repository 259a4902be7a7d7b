import { add, compare, divide, ONE, prorate, subtract, sum, ZERO, type Decimal } from '../money/index.ts';

export interface Allocation {
  readonly key: string;
  readonly value: Decimal;
  /** A fraction of the whole with the places asked for; null when the whole is not more than zero. */
  readonly weight: Decimal | null;
}

/**
 * Values summed by key, greatest first, with weights that add up to exactly 1: each is cut to `places`, and what is missing goes, one
 * unit each, to those that lost most by the cut (largest remainder; of equals the greater value, then the first key).
 */
export function allocate(items: readonly { readonly key: string; readonly value: Decimal }[], places = 4): readonly Allocation[] {
  const byKey = new Map<string, Decimal>();
  for (const { key, value } of items) byKey.set(key, add(byKey.get(key) ?? ZERO, value));
  const sorted = [...byKey].map(([key, value]) => ({ key, value })).sort((a, b) => compare(b.value, a.value) || (a.key < b.key ? -1 : 1));
  const whole = sum(sorted.map(({ value }) => value));
  if (whole <= 0n) return sorted.map((item) => ({ ...item, weight: null }));
  const unit = divide(ONE, (ONE * 10n ** BigInt(places)) as Decimal);
  const cut = sorted.map((item, index) => {
    const weight = prorate(item.value, { part: ONE, whole }, { places, rounding: 'floor' });
    // Compared by cross multiplication: the remainder itself may need more than 18 decimals.
    return { ...item, index, weight, lost: item.value * ONE - weight * whole };
  });
  const missing = Number(subtract(ONE, sum(cut.map(({ weight }) => weight))) / unit);
  const byLoss = [...cut].sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  const raised = new Set(byLoss.slice(0, missing).map(({ index }) => index));
  return cut.map(({ key, value, index, weight }) => ({ key, value, weight: raised.has(index) ? add(weight, unit) : weight }));
}
