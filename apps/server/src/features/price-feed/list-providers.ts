import type { listProviders as contract } from '@holdfast/contract/price-feed';
import type { AnswerOf } from '@holdfast/contract';
import type { Caches } from '../../platform/cache/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { MarketDataProvider, QuotaLedger } from '../../providers/market-data/index.ts';
import { loadHealth, loadSkips } from './provider-store.ts';
import type { ProviderHealth } from './provider-store.ts';

export interface ProviderReader {
  readonly db: Db;
  readonly clock: Clock;
  readonly caches: Caches;
  readonly ledger: QuotaLedger;
  /** In the order in which they are asked. */
  readonly providers: readonly Pick<MarketDataProvider, 'name' | 'quotas' | 'computed'>[];
  readonly isWriter: () => boolean;
}

type Answer = AnswerOf<typeof contract>;

const SKIPS_KEPT_MS = 7 * 86_400_000;

export async function listProviders(reader: ProviderReader): Promise<Answer> {
  const { db, clock, caches, providers, isWriter } = reader;
  const health = new Map((await loadHealth(db)).map((row) => [row.provider, row]));
  const skips = await loadSkips(db, new Date(clock.now() - SKIPS_KEPT_MS));
  return {
    providers: await Promise.all(
      providers.map((provider, index) => describe(reader, { provider, index, health: health.get(provider.name) })),
    ),
    writer: isWriter(),
    caches: [...caches.counts()].map(([name, { hits, misses }]) => ({
      name,
      hits,
      misses,
      hitRate: hits + misses === 0 ? null : hits / (hits + misses),
    })),
    skips: skips.map(({ lastAt, ...skip }) => ({ ...skip, lastAt: lastAt.toISOString() })),
  };
}

interface Described {
  readonly provider: ProviderReader['providers'][number];
  readonly index: number;
  readonly health: ProviderHealth | undefined;
}

async function describe({ clock, ledger }: ProviderReader, { provider, index, health }: Described): Promise<Answer['providers'][number]> {
  const { name, quotas, computed } = provider;
  const used = await ledger.used(name, quotas);
  const pausedUntil = health?.pausedUntil ?? null;
  const isPaused =
    pausedUntil !== null && pausedUntil.getTime() > clock.now() && !['quota', 'paced'].includes(health?.lastSkipReason ?? '');
  const isOut = quotas.some(({ requests }, quota) => (used[quota] ?? 0) >= requests);
  return {
    name,
    position: index + 1,
    state: computed !== null ? 'computed' : isPaused ? 'paused' : isOut ? 'outOfQuota' : 'ready',
    pausedUntil: isPaused ? pausedUntil.toISOString() : null,
    quotas: quotas.map((quota, position) => ({ ...quota, used: used[position] ?? 0 })),
    lastAnswerAt: health?.lastAnswerAt?.toISOString() ?? null,
    lastSkip:
      health === undefined || health.lastSkipAt === null
        ? null
        : { at: health.lastSkipAt.toISOString(), reason: health.lastSkipReason ?? '', detail: health.lastSkipDetail ?? '' },
  };
}
