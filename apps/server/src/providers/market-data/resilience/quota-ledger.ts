import type { Clock } from '../../../platform/clock.ts';
import type { Quota } from '../market-data.ts';

/** Counts the calls that each provider was sent, over all servers where it is kept in the database. */
export interface QuotaLedger {
  /** Takes calls of a provider if every quota has them, else takes none and says when it may have them. */
  take(wish: QuotaWish): Promise<QuotaAnswer>;
  /** Calls of each quota that count at this moment, in the order of the quotas. */
  used(provider: string, quotas: readonly Quota[]): Promise<readonly number[]>;
}

export interface QuotaWish {
  readonly provider: string;
  readonly quotas: readonly Quota[];
  readonly calls: number;
  /** The part of each quota of an hour or more that is left to others, 0 to 1. */
  readonly reserve: number;
}

export type QuotaAnswer = { readonly granted: true } | { readonly granted: false; readonly freeAt: number };

interface Use {
  readonly at: number;
  readonly calls: number;
}

/** Within this process. What was used lies within (now - perSeconds, now]. */
export function memoryQuotaLedger(clock: Clock): QuotaLedger {
  const uses = new Map<string, Use[]>();
  const within = (provider: string, quota: Quota): readonly Use[] =>
    (uses.get(provider) ?? []).filter(({ at }) => at > clock.now() - quota.perSeconds * 1_000);
  return {
    take: async ({ provider, quotas, calls, reserve }) => {
      const now = clock.now();
      const freeAt = Math.max(...quotas.map((quota) => freeFrom(within(provider, quota), quota, { calls, reserve, now })), now);
      if (freeAt > now) return { granted: false, freeAt };
      const longestMs = Math.max(0, ...quotas.map(({ perSeconds }) => perSeconds)) * 1_000;
      const kept = (uses.get(provider) ?? []).filter(({ at }) => at > now - longestMs);
      uses.set(provider, [...kept, { at: now, calls }]);
      return { granted: true };
    },
    used: async (provider, quotas) => quotas.map((quota) => totalOf(within(provider, quota))),
  };
}

/** How many calls of a quota a wish may bring it up to. */
export function allowedBy({ requests, perSeconds }: Quota, reserve: number): number {
  return perSeconds < 3_600 ? requests : Math.floor(requests * (1 - reserve));
}

/** When the calls fit, given what was used within the quota's time, oldest first; now when they fit already. */
export function freeFrom(
  uses: readonly Use[],
  quota: Quota,
  { calls, reserve, now }: { readonly calls: number; readonly reserve: number; readonly now: number },
): number {
  const allowed = allowedBy(quota, reserve);
  let used = totalOf(uses);
  if (used + calls <= allowed) return now;
  for (const use of uses) {
    used -= use.calls;
    if (used + calls <= allowed) return use.at + quota.perSeconds * 1_000;
  }
  // More than the quota ever allows: not before it is quite empty, and not then either.
  return now + quota.perSeconds * 1_000;
}

function totalOf(uses: readonly Use[]): number {
  return uses.reduce((sum, { calls }) => sum + calls, 0);
}
