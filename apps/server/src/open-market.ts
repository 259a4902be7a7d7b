/** The market as the server knows it: where prices come from, what can be held, what it is worth now. Wired here, for app.ts. */
import { bindPricingRoutes, bindStockRoutes } from './compat/watchlist-api/index.ts';
import { bindBarRoutes, createPriceHistory, createRecentCloses } from './features/bars/index.ts';
import type { HistoryPolicy, PriceHistory, RecentCloses } from './features/bars/index.ts';
import { bindBondRoutes } from './features/bonds/index.ts';
import { bindCorporateActionRoutes } from './features/corporate-actions/index.ts';
import { bindInstrumentRoutes, openInstruments } from './features/instruments/index.ts';
import type { Instruments } from './features/instruments/index.ts';
import { bindPriceFeedRoutes } from './features/price-feed/index.ts';
import { bindQuoteRoutes, openQuotes } from './features/quotes/index.ts';
import type { Quotes } from './features/quotes/index.ts';
import { openMarketData } from './open-market-data.ts';
import type { MarketDataNeeds, MarketFeed } from './open-market-data.ts';
import type { ServeContext } from './platform/http/index.ts';
import type { Job } from './platform/jobs/index.ts';
import type { ExchangeRates } from './providers/exchange-rates/index.ts';
import type { MarketDataProvider } from './providers/market-data/index.ts';

export interface Market {
  readonly provider: Pick<MarketDataProvider, 'name' | 'computed'>;
  readonly instruments: Instruments;
  readonly quotes: Quotes;
  readonly rates: ExchangeRates;
  readonly history: PriceHistory;
  readonly historyPolicy: HistoryPolicy;
  readonly recentCloses: RecentCloses;
  /** Told of every read where prices are fetched; answers what to wait for when there is no price yet. */
  readonly onRead: MarketFeed['onRead'];
  /** The scheduled work of fetching; none where prices are computed or played. */
  readonly jobs: readonly Job[];
  bindRoutes(context: ServeContext): void;
  /** Brings this server up to date with instruments and prices that an import stored. */
  reread(keys: readonly number[]): Promise<void>;
  /** Begins the beat of the market and the regular look for changes. Until then prices are told to nobody, but may be asked for. */
  start(): void;
  close(): Promise<void>;
}

const REFRESH_EVERY_MS = 60_000;

export async function openMarket(platform: MarketDataNeeds): Promise<Market> {
  const { config, clock, db, bus, logger, caches, metrics } = platform;
  const onError = (error: unknown) => logger.error({ err: error }, 'the market could not be brought up to date');
  const { hours } = config.market;
  const sources = await openMarketData(platform, onError);
  const { provider, rates } = sources;
  const instruments = await openInstruments({ db, clock, provider, bus, onError });
  const quotes = await openQuotes({ db, clock, book: instruments.book, provider, bus: platform.fanOut, onError });
  const history = createPriceHistory({ db, clock, provider, playedUntil: sources.playedUntil });
  const feed = await sources.openFeed({ instruments, quotes });
  const plans = { enforced: config.plansEnforced, requestsPerHour: null };
  const historyPolicy = { plans, scope: config.market.historyLimitScope };
  let refreshing: NodeJS.Timeout | null = null;
  showCaches(metrics, caches);
  return {
    provider,
    instruments,
    quotes,
    rates,
    history,
    historyPolicy,
    recentCloses: createRecentCloses({ db, clock, provider, playedUntil: sources.playedUntil }),
    onRead: feed.onRead,
    jobs: feed.jobs,
    bindRoutes(context) {
      bindInstrumentRoutes(context, { instruments });
      bindQuoteRoutes(context, { instruments, quotes, rates, onRead: feed.onRead });
      bindBarRoutes(context, {
        instruments,
        board: quotes.board,
        rates,
        history,
        policy: historyPolicy,
        hours,
        fillMinutes: feed.fillMinutes,
      });
      bindCorporateActionRoutes(context, { instruments, isComputed: (source) => provider.computed !== null && source === provider.name });
      bindBondRoutes(context, { instruments });
      bindStockRoutes(context, { instruments });
      bindPricingRoutes(context, {
        instruments,
        board: quotes.board,
        history,
        policy: historyPolicy,
        caches,
        latestPriceTtlMs: config.market.data.latestPriceTtlMs,
        onRead: feed.onRead,
        onError,
      });
      bindPriceFeedRoutes(context, { db, clock, caches, ledger: sources.ledger, providers: sources.providers, isWriter: feed.isWriter });
    },
    async reread(keys) {
      await instruments.reread(keys);
      await quotes.reread(keys);
    },
    start() {
      quotes.start();
      feed.start();
      refreshing ??= setInterval(() => void instruments.refresh().catch(onError), REFRESH_EVERY_MS);
    },
    async close() {
      if (refreshing !== null) clearInterval(refreshing);
      refreshing = null;
      await feed.close();
      await sources.close();
      instruments.close();
      await quotes.close();
    },
  };
}

/** The hit rates of all caches among the metrics. */
function showCaches(metrics: MarketDataNeeds['metrics'], caches: MarketDataNeeds['caches']): void {
  metrics.gauge({
    name: 'cache_requests',
    help: 'Questions to a cache since the start, by outcome; hits over hits and misses are its hit rate.',
    labels: ['cache', 'outcome'],
    collect: () =>
      [...caches.counts()].flatMap(([cache, counts]) =>
        Object.entries(counts).map(([outcome, value]) => ({ labels: { cache, outcome }, value })),
      ),
  });
}
