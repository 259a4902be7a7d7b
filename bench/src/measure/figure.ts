/** A figure measured several times. On a shared machine single runs mislead, so the median speaks and the extremes stand beside it. */
export interface Figure {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** In the order they were measured. */
  readonly runs: readonly number[];
}

/** Throws for no runs: a figure of nothing is a bench that measured nothing. */
export function figureOf(runs: readonly number[]): Figure {
  const sorted = [...runs].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('There is no run to make a figure of.');
  const median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
  return { median, lowest: sorted[0] ?? upper, highest: sorted.at(-1) ?? upper, runs };
}
