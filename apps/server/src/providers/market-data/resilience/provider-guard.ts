import type { Clock } from '../../../platform/clock.ts';
import type { MarketDataProvider } from '../market-data.ts';
import { ProviderError } from '../provider-error.ts';
import type { ProviderFault } from '../provider-error.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { allowedBy } from './quota-ledger.ts';
import type { QuotaLedger } from './quota-ledger.ts';
import { withRetries } from './retry.ts';
import type { RetryNeeds } from './retry.ts';

/** Why a provider was not asked, or its answer not used. */
export type SkipReason = ProviderFault | 'quota' | 'paused' | 'paced';

export interface Skip {
  readonly provider: string;
  readonly at: number;
  readonly reason: SkipReason;
  readonly detail: string;
  /** Until when it is left alone, where that is known. */
  readonly until: number | null;
}

/** `asked`: somebody waits for it. `scheduled`: prices by the clock. `background`: the past, which can wait for another day. */
export type Purpose = 'asked' | 'scheduled' | 'background';

/** What is asked for. A plan may have one kind and not another: a refusal of a kind is no word about the others. */
export type QuestionKind = 'quotes' | 'history' | 'minutes' | 'search' | 'profile' | 'actions' | 'exchangeRates';

/** From `fromMs` to `toMs` a day's calls are due evenly, the first at once. */
export interface Pace {
  readonly fromMs: number;
  readonly toMs: number;
}

export type Outcome<Answer> = { readonly answer: Answer } | { readonly skip: Skip };

/** A provider within its quotas, tried again where that helps, and left alone while it fails. */
export interface ProviderGuard {
  readonly provider: MarketDataProvider;
  ask<Answer>(request: GuardedRequest<Answer>): Promise<Outcome<Answer>>;
  readonly pausedUntil: number | null;
}

export interface GuardedRequest<Answer> {
  /** What one try counts against the provider's quotas, at most. */
  readonly calls: (provider: MarketDataProvider) => number;
  readonly kind: QuestionKind;
  readonly purpose: Purpose;
  /** Over which time a day's quota is spread; what is not due yet is skipped as `paced`, and while markets are closed nothing is due. */
  readonly pace?: Pace | 'closed' | undefined;
  readonly ask: (provider: MarketDataProvider) => Promise<Answer>;
}

export interface GuardNeeds extends RetryNeeds {
  readonly clock: Clock;
  readonly ledger: QuotaLedger;
  /** Told of everything that went wrong, for the administrator. */
  readonly onSkip: (skip: Skip) => void;
  readonly onAnswer: (provider: string, at: number) => void;
}

/** The part of a day's quota that a purpose leaves to those before it. */
const RESERVES: Readonly<Record<Purpose, number>> = { asked: 0, scheduled: 0.2, background: 0.6 };
/** How long a provider is left alone that says it was asked too often and not when it may be asked again. */
const THROTTLED_MS = 15 * 60_000;
/** A key that is refused now will be refused in a minute. */
const REFUSED_MS = 15 * 60_000;
/** What a plan does not have today it does not have in an hour, and to ask for it costs as much as an answer. */
const NOT_IN_PLAN_MS = 6 * 3_600_000;

/** Quotas of less than this are not spread: they are over in a moment. */
const SPREAD_FROM_SECONDS = 3_600;

const WORDS: Readonly<Record<QuestionKind, string>> = {
  quotes: 'quotes',
  history: 'the past',
  minutes: 'minutes',
  search: 'searches',
  profile: 'profiles',
  actions: 'splits and dividends',
  exchangeRates: 'exchange rates',
};

class OutOfQuota extends Error {
  readonly freeAt: number;
  constructor(freeAt: number) {
    super('The quota is used up.');
    this.freeAt = freeAt;
  }
}

export function guardProvider(provider: MarketDataProvider, needs: GuardNeeds): ProviderGuard {
  const { clock, ledger, onSkip, onAnswer } = needs;
  const breaker = createCircuitBreaker(clock);
  const { name, quotas } = provider;
  const skipped = (reason: SkipReason, detail: string, until: number | null): { readonly skip: Skip } => {
    const skip = { provider: name, at: clock.now(), reason, detail, until };
    onSkip(skip);
    return { skip };
  };
  /** Until when a kind of question is not asked again, since it was refused. */
  const refusedUntil = new Map<QuestionKind, number>();
  const failed = (error: ProviderError, { kind, purpose }: Pick<GuardedRequest<unknown>, 'kind' | 'purpose'>): { readonly skip: Skip } => {
    if (error.fault === 'refused' && kind !== 'quotes') {
      // It answers: what it does not have is another matter than whether it is there.
      breaker.succeeded();
      refusedUntil.set(kind, clock.now() + (purpose === 'background' ? NOT_IN_PLAN_MS : REFUSED_MS));
      return skipped('refused', error.message, null);
    }
    if (error.fault === 'throttled') breaker.pause(error.retryAfterMs ?? THROTTLED_MS);
    else if (error.fault === 'refused') breaker.pause(REFUSED_MS);
    else breaker.failed();
    return skipped(error.fault, error.message, breaker.pausedUntil);
  };
  /** When calls of a spread quota are due, or null when they are now. */
  const spread = quotas.filter(({ perSeconds }) => perSeconds >= SPREAD_FROM_SECONDS);
  const dueAt = async (calls: number, { fromMs, toMs }: Pace): Promise<number | null> => {
    const now = clock.now();
    const sinceStart = spread.map((quota) => ({ ...quota, perSeconds: (now - fromMs) / 1_000 + 1 }));
    const used = await ledger.used(name, sinceStart);
    const times = spread.map((quota, index) => {
      const whole = allowedBy(quota, RESERVES.scheduled);
      // Of 20 calls the second is due after a twentieth of the time.
      return fromMs + (((used[index] ?? 0) + calls - 1) / whole) * (toMs - fromMs);
    });
    const latest = Math.max(...times, Number.NEGATIVE_INFINITY);
    return latest > now ? Math.ceil(latest) : null;
  };
  return {
    provider,
    get pausedUntil() {
      return breaker.pausedUntil;
    },
    ask: async ({ calls: cost, kind, purpose, pace, ask }) => {
      const calls = cost(provider);
      if (pace === 'closed' && spread.length > 0) return skipped('paced', `${name} keeps its quota for when a market is open.`, null);
      const due = pace === undefined || pace === 'closed' ? null : await dueAt(calls, pace);
      if (due !== null) return skipped('paced', `${name} has no call due before its quota has to last until the evening.`, due);
      if (clock.now() < (refusedUntil.get(kind) ?? 0))
        return skipped('refused', `${name} is not asked for ${WORDS[kind]}: its key or plan does not have it.`, null);
      if (!breaker.allows()) return skipped('paused', `${name} is left alone after it failed.`, breaker.pausedUntil);
      try {
        const answer = await withRetries(async () => {
          const taken = await ledger.take({ provider: name, quotas, calls, reserve: RESERVES[purpose] });
          if (!taken.granted) throw new OutOfQuota(taken.freeAt);
          return ask(provider);
        }, needs);
        breaker.succeeded();
        onAnswer(name, clock.now());
        return { answer };
      } catch (error) {
        if (error instanceof OutOfQuota) return skipped('quota', `${name} has no calls left of its quota.`, error.freeAt);
        if (error instanceof ProviderError) return failed(error, { kind, purpose });
        breaker.failed();
        throw error;
      }
    },
  };
}
