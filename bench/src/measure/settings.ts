import type { Outcome } from './outcome.ts';

/** How long a bench measures. */
export interface Settings {
  /** Counted rounds of subject and yardstick, besides the first, which warms up. */
  readonly rounds: number;
  /** Of one run, where a row measures for a time and not until work is done. */
  readonly seconds: number;
}

/** One file per row of the table. */
export type Bench = (settings: Settings) => Promise<readonly Outcome[]>;
