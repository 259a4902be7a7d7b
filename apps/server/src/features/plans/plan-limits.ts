import type { Role } from '../../platform/http/index.ts';

/** The settings that plans depend on. */
export interface Plans {
  /** False lifts every limit of a plan (PLANS=off). */
  readonly enforced: boolean;
  /** Null lifts the limits of calls (RATE_LIMITS=off). */
  readonly requestsPerHour: { readonly standard: number | null; readonly premium: number | null } | null;
}

export interface PlanLimits {
  /** Null is no limit, here and below. */
  readonly watchlists: number | null;
  /** How old a market price may be to be shown. */
  readonly priceHistoryDays: number | null;
  readonly requestsPerHour: number | null;
}

const NO_LIMITS: PlanLimits = { watchlists: null, priceHistoryDays: null, requestsPerHour: null };

/** What each plan allows. How many calls an hour are allowed is a setting. */
const ALLOWED: Readonly<Record<'standard' | 'premium', Omit<PlanLimits, 'requestsPerHour'>>> = {
  standard: { watchlists: 1, priceHistoryDays: 30 },
  premium: { watchlists: 10, priceHistoryDays: null },
};

/** From the least to the most. A role is the name of a plan. */
export const PLAN_NAMES: readonly Role[] = ['standard', 'premium', 'admin'];

/** What a plan allows. */
export function planLimits(role: Role, plans: Plans): PlanLimits {
  if (role === 'admin' || !plans.enforced) return NO_LIMITS;
  return { ...ALLOWED[role], requestsPerHour: plans.requestsPerHour?.[role] ?? null };
}
