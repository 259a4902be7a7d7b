import type { Day } from '@holdfast/engine/time';
import type { Snapshots } from './snapshot-store.ts';

/** The days of `earlier` before those of `later`, and all of `later`, as far as they lie in [from, to]. A day that neither has is NaN. */
export function joinSnapshots(earlier: Snapshots, later: Snapshots, { from, to }: { readonly from: Day; readonly to: Day }): Snapshots {
  const begin = Math.max(from, earlier.values.length > 0 ? Math.min(earlier.from, later.from) : later.from);
  const end = Math.min(to, Math.max(lastOf(earlier), lastOf(later)));
  const column = (name: 'values' | 'inflows' | 'outflows') => {
    const joined = new Float64Array(Math.max(0, end - begin + 1)).fill(Number.NaN);
    for (const part of [earlier, later]) {
      const skipped = Math.max(0, begin - part.from);
      const kept = Math.min(part[name].length, end + 1 - part.from);
      if (skipped < kept) joined.set(part[name].subarray(skipped, kept), part.from + skipped - begin);
    }
    return joined;
  };
  return { from: begin, values: column('values'), inflows: column('inflows'), outflows: column('outflows') };
}

function lastOf({ from, values }: Snapshots): Day {
  return from + values.length - 1;
}
