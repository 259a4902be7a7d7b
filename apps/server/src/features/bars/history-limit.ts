import { planLimits } from '../plans/index.ts';
import type { Plans } from '../plans/index.ts';
import type { Caller } from '../../platform/http/index.ts';

export interface HistoryPolicy {
  readonly plans: Plans;
  /** `pricing`: pricing endpoints and charts of market prices; `all`: the OHLC door that is open to anybody as well. */
  readonly scope: 'pricing' | 'all';
}

/** What a caller does not get to see of market prices. Private instruments and a portfolio's own history are never limited. */
export interface HistoryLimit {
  /** Nothing before this instant, epoch milliseconds. */
  readonly from: number;
  readonly days: number;
  /** Why, and the way out. */
  readonly detail: string;
}

const DAY_MS = 86_400_000;

/**
 * The limit for a caller, by the age of the prices and not by the length of what is asked for; null where there is none. Who does not
 * sign in has the standard plan's. `door` is the open OHLC door, which HISTORY_LIMIT_SCOPE leaves out by default.
 */
export function historyLimit(policy: HistoryPolicy, caller: Caller | null, { now, door = 'pricing' }: LimitAsked): HistoryLimit | null {
  if (door === 'openOhlc' && policy.scope === 'pricing') return null;
  const days = planLimits(caller?.role ?? 'standard', policy.plans).priceHistoryDays;
  if (days === null) return null;
  const who = caller === null ? 'Without signing in' : 'With the standard plan';
  return {
    from: now - days * DAY_MS,
    days,
    detail: `${who} market prices of the last ${days} days are shown. The premium plan shows all of them.`,
  };
}

export interface LimitAsked {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly door?: 'pricing' | 'openOhlc';
}
