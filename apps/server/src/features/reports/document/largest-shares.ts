interface Share {
  readonly label: string;
  readonly fraction: number;
}

/** As many as there are colours. */
const MOST_SHARES = 6;

/** The largest, and the rest as one. A share that is nothing or a debt has no place in a ring. */
export function largestShares(shares: readonly Share[], otherLabel: string): readonly Share[] {
  const sorted = shares.filter(({ fraction }) => fraction > 0).sort((one, other) => other.fraction - one.fraction);
  const rest = sorted.slice(MOST_SHARES).reduce((total, { fraction }) => total + fraction, 0);
  return rest > 0 ? [...sorted.slice(0, MOST_SHARES), { label: otherLabel, fraction: rest }] : sorted;
}
