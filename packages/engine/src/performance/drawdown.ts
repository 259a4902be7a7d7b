import type { Day } from '../time/index.ts';

/** A fall from a peak of the flow-free index: how deep, from when to when, and when the peak was seen again. */
export interface Drawdown {
  /** `1 - lowest / peak`, 0 to 1 for an index that stays positive. */
  readonly depth: number;
  readonly peakOn: Day;
  readonly troughOn: Day;
  /** Null while it lasts. */
  readonly recoveredOn: Day | null;
}

/** `1 - level / highest level so far` on each day. Without a positive level so far there is nothing to fall from: 0. */
export function drawdownSeries(index: Float64Array, startsAt = 0): Float64Array {
  let peak = startsAt;
  return index.map((level) => {
    peak = Math.max(peak, level);
    return peak > 0 ? 1 - level / peak : 0;
  });
}

/**
 * Every drawdown of an index whose first level is of day `from`, in order. With `startsAt` the index begins at that level the day before,
 * as the index of daily returns begins at 1.
 */
export function drawdowns(index: Float64Array, from: Day, startsAt = 0): readonly Drawdown[] {
  const found: Drawdown[] = [];
  let peak = startsAt;
  let peakOn = from - 1;
  let open: { depth: number; troughOn: Day } | null = null;
  for (let at = 0; at < index.length; at += 1) {
    const level = index[at] ?? 0;
    const on = from + at;
    if (level >= peak) {
      if (open !== null) found.push({ ...open, peakOn, recoveredOn: on });
      open = null;
      peak = level;
      peakOn = on;
    } else if (peak > 0) {
      const depth = 1 - level / peak;
      if (open === null || depth > open.depth) open = { depth, troughOn: on };
    }
  }
  if (open !== null) found.push({ ...open, peakOn, recoveredOn: null });
  return found;
}

/** The deepest of them, of equals the first; null when nothing ever fell. */
export function maximumDrawdown(list: readonly Drawdown[]): Drawdown | null {
  return list.reduce<Drawdown | null>(
    (deepest, drawdown) => (deepest === null || drawdown.depth > deepest.depth ? drawdown : deepest),
    null,
  );
}

/** Days from a peak until it was seen again, of the longest drawdown that ended; 0 when none did. */
export function longestRecovery(list: readonly Drawdown[]): number {
  return list.reduce((days, { peakOn, recoveredOn }) => (recoveredOn === null ? days : Math.max(days, recoveredOn - peakOn)), 0);
}
