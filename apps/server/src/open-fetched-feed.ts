/** Prices fetched from providers: the feed, its jobs, and what is told about its caches. Wired here, for open-market-data.ts. */
import { insertActions } from './features/corporate-actions/index.ts';
import { fetchExchangeRates } from './features/exchange-rates/index.ts';
import type { StoredRates } from './features/exchange-rates/index.ts';
import {
  backfillHistory,
  countDemand,
  createFeedLease,
  createMinuteFiller,
  forgetSkips,
  openPriceFeed,
  priceFeedJobs,
} from './features/price-feed/index.ts';
import type { FeedOpening, MarketDataNeeds, MarketFeed } from './open-market-data.ts';
import type { FailOver } from './providers/market-data/index.ts';

export interface FetchedFeedNeeds extends MarketDataNeeds {
  readonly failOver: FailOver;
  readonly rates: StoredRates;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const SKIPS_KEPT_MS = 30 * 86_400_000;

export async function openFetchedFeed(needs: FetchedFeedNeeds, { instruments, quotes }: FeedOpening): Promise<MarketFeed> {
  const { config, clock, db, pool, bus, caches, failOver, rates, logger, wait, onError } = needs;
  const { fetchIntervalMs: intervalMs, quoteTtlMs } = config.market.data;
  const { ssl, connectionString } = pool.options;
  const lease = createFeedLease({
    connection: { connectionString: config.database.directUrl ?? connectionString, ...(ssl === undefined ? {} : { ssl }) },
    onLost: () => logger.warn('the connection of the feed broke: another server may write its prices'),
  });
  const { book } = instruments;
  const feed = await openPriceFeed({
    clock,
    book,
    failOver,
    quotes,
    caches,
    bus,
    lease,
    demand: () => countDemand(db),
    intervalMs,
    quoteTtlMs,
    wait,
    onError,
  });
  const jobs = priceFeedJobs({
    intervalMs,
    fetchPrices: feed.run,
    fetchExchangeRates: () => fetchExchangeRates({ db, clock, rates, failOver }),
    backfillHistory: (signal) =>
      backfillHistory(
        {
          db,
          clock,
          book,
          failOver,
          demand: feed.demand,
          setSource: (instrument, source) => instruments.setSource([instrument.key], source),
          saveActions: async (instrument, actions, source) =>
            void (await insertActions(db, { instrumentKey: instrument.key, actions, source, at: clock.now() })),
        },
        signal,
      ),
    forgetSkips: () => forgetSkips(db, new Date(clock.now() - SKIPS_KEPT_MS)),
  });
  return {
    jobs,
    fillMinutes: createMinuteFiller({ db, clock, failOver, intervalMs, onError }),
    isWriter: () => lease.isHeld,
    onRead: (instrument, hasPrice) => {
      if (!hasPrice) return feed.firstPrice(instrument);
      feed.seen(instrument);
      return null;
    },
    start() {
      // Servers that only answer leave the writing to the workers.
      if (config.role !== 'api') feed.start();
    },
    close: feed.close,
  };
}
