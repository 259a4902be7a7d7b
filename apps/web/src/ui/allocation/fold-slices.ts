/** A part of a value: what it is called, and its share as a fraction. */
export interface Slice {
  readonly key: string;
  readonly weight: number;
}

export interface ShownSlice {
  readonly key: string;
  readonly weight: number;
  /** 1 to 6; null is the rest, which has no colour of its own. */
  readonly colour: number | null;
}

const MOST = 6;
/** A class keeps its colour on every page; cash is always the fifth. */
const FIXED: Readonly<Record<string, number>> = { stock: 1, etf: 2, bond: 3, crypto: 4, cash: 5, fund: 6 };

/** Six slices at most, the largest first; what is left is one slice "other". Slices without a positive weight are left out. */
export function foldSlices(slices: readonly Slice[]): ShownSlice[] {
  const sorted = slices.filter((slice) => slice.weight > 0).toSorted((a, b) => b.weight - a.weight);
  const fits = sorted.length <= MOST;
  const own = fits ? sorted : sorted.slice(0, MOST);
  const used = new Set(own.flatMap((slice) => FIXED[slice.key] ?? []));
  const free = [1, 2, 3, 4, 5, 6].filter((colour) => !used.has(colour));
  const shown = own.map((slice): ShownSlice => ({
    key: slice.key,
    weight: slice.weight,
    colour: FIXED[slice.key] ?? free.shift() ?? null,
  }));
  if (fits) return shown;
  const rest = sorted.slice(MOST).reduce((sum, slice) => sum + slice.weight, 0);
  return [...shown, { key: '…', weight: rest, colour: null }];
}
