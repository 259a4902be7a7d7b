/** What is known of an instrument when it is decided whose price is fetched next. */
export interface Candidate {
  readonly key: number;
  /** How much it is wanted: holders and watchers, more than nothing. */
  readonly demand: number;
  /** When it was last asked for, epoch milliseconds; null for never. */
  readonly askedAt: number | null;
  /** Since when its market trades, or when it last closed. */
  readonly session: { readonly open: boolean; readonly changedAt: number };
}

/** Wanted by one is as old as it is; by three, twice as old; by seven, three times. */
function weightOf(demand: number): number {
  return Math.log2(1 + demand);
}

/** More than a day old is no more pressing than a day: else what few want, once it is old, would push what many want aside. */
const OLDEST_MS = 86_400_000;

/**
 * Whose prices are due, the most pressing first: open markets before closed ones, then by age times demand, then what was never asked
 * for, then the oldest. Of a closed market a price is due once, after the close.
 */
export function planFetch(candidates: readonly Candidate[], { now, minimumAgeMs }: PlanRules): readonly number[] {
  const due = candidates.flatMap(({ key, demand, askedAt, session: { open, changedAt } }) => {
    const ageMs = askedAt === null ? Number.MAX_SAFE_INTEGER : now - askedAt;
    const isDue = askedAt === null || (open ? ageMs >= minimumAgeMs : askedAt < changedAt);
    return isDue ? [{ key, demand, open, ageMs, score: Math.min(ageMs, OLDEST_MS) * weightOf(demand) }] : [];
  });
  return due
    .sort((a, b) => Number(b.open) - Number(a.open) || b.score - a.score || b.ageMs - a.ageMs || b.demand - a.demand || a.key - b.key)
    .map(({ key }) => key);
}

export interface PlanRules {
  readonly now: number;
  /** What is younger is not asked for again. */
  readonly minimumAgeMs: number;
}
