const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before the next try: doubles from 0.5 s to 15 s, of which a random half is taken away,
 * so that clients cut off together do not come back together. `chance` lies in [0, 1).
 */
export function retryDelayMs(failures: number, chance: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(ceiling * (0.5 + chance / 2));
}
