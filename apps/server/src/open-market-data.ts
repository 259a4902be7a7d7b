/** Where prices come from, as the settings say: computed, played, or fetched from providers. Wired here, for open-market.ts. */
import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { formatSymbol } from '@holdfast/engine/instruments';
import type { ListedSymbol } from '@holdfast/engine/instruments';
import type { Config } from './config.ts';
import { openFetchedFeed } from './open-fetched-feed.ts';
import { openReplay, openTapeFeed } from './open-replay.ts';
import { openStoredRates } from './features/exchange-rates/index.ts';
import { IMPORT_SOURCE } from './features/instruments/index.ts';
import type { Instrument, Instruments } from './features/instruments/index.ts';
import { noteAnswer, noteSkip, storedQuotaLedger } from './features/price-feed/index.ts';
import type { FillMinutes } from './features/price-feed/index.ts';
import type { Quotes } from './features/quotes/index.ts';
import type { Bus } from './platform/bus/index.ts';
import type { Cache, Caches } from './platform/cache/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Db } from './platform/db/pool.ts';
import type { Job } from './platform/jobs/index.ts';
import type { Logger, Metrics } from './platform/observe/index.ts';
import type pg from 'pg';
import { simulatedExchangeRates } from './providers/exchange-rates/index.ts';
import type { ExchangeRates } from './providers/exchange-rates/index.ts';
import {
  alphaVantage,
  createFailOver,
  finnhub,
  guardProvider,
  simulatedMarketData,
  twelveData,
  yahooFinance,
} from './providers/market-data/index.ts';
import type { FailOver, ListingProfile, MarketDataProvider, QuotaLedger } from './providers/market-data/index.ts';

export interface MarketDataNeeds {
  readonly config: Pick<Config, 'market' | 'plansEnforced' | 'database' | 'role'>;
  readonly clock: Clock;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly bus: Bus;
  /** For news of prices: over Redis where that is set. */
  readonly fanOut: Bus;
  readonly caches: Caches;
  readonly metrics: Metrics;
  readonly logger: Pick<Logger, 'error' | 'warn' | 'info'>;
}

/** What fetching adds to a market; a computed one adds nothing. */
export interface MarketFeed {
  /** Somebody reads a price; resolves at once unless there is none and a provider may have one. */
  readonly onRead: ((instrument: Instrument, hasPrice: boolean) => Promise<void> | null) | null;
  /** Sees to it that the minutes are there that somebody looks at; null where they need no fetching. */
  readonly fillMinutes: FillMinutes | null;
  readonly jobs: readonly Job[];
  readonly isWriter: () => boolean;
  start(): void;
  close(): Promise<void>;
}

export interface FeedOpening {
  readonly instruments: Instruments;
  readonly quotes: Quotes;
}

export interface MarketDataSources {
  /** What instruments are named and priced by. */
  readonly provider: Pick<MarketDataProvider, 'name' | 'listed' | 'computed' | 'profile' | 'covers'>;
  readonly providers: readonly MarketDataProvider[];
  readonly rates: ExchangeRates;
  readonly ledger: QuotaLedger;
  /** Up to which instant a source has been played. */
  readonly playedUntil: (source: string) => number;
  openFeed(opening: FeedOpening): Promise<MarketFeed>;
  close(): Promise<void> | void;
}

const NO_FEED: MarketFeed = Object.freeze({
  onRead: null,
  fillMinutes: null,
  jobs: [],
  isWriter: () => false,
  start: () => undefined,
  close: () => Promise.resolve(),
});

export async function openMarketData(needs: MarketDataNeeds, onError: (error: unknown) => void): Promise<MarketDataSources> {
  const { config, clock, db } = needs;
  const { seed, hours, data } = config.market;
  const ledger = storedQuotaLedger({ db, clock });
  const [first] = data.providers;
  if (first === undefined || first.name === 'simulated' || first.name === 'replay') {
    const simulated = simulatedMarketData({ seed, hours, clock });
    const rates = simulatedExchangeRates({ seed, market: simulated.computed });
    const computed = { rates, ledger, playedUntil: notPlayed, close: () => undefined };
    if (first?.name !== 'replay') return { ...computed, provider: simulated, providers: [simulated], openFeed: async () => NO_FEED };
    // The simulated market goes on beside a replay: what is not on the tape keeps its prices.
    const { replay, close } = await openReplay(needs, onError);
    return {
      ...computed,
      close,
      playedUntil: (source) => (source === IMPORT_SOURCE ? replay.position() : notPlayed()),
      provider: simulated,
      providers: [replay],
      openFeed: async (opening) => openTapeFeed(replay, opening, { clock, onError }),
    };
  }
  return openFetched(needs, { ledger, onError });
}

function notPlayed(): number {
  return Number.POSITIVE_INFINITY;
}

/** How long it is remembered that nobody knows a symbol, and what is said of one that is known. */
const PROFILE_TTL_MS = 24 * 3_600_000;

async function openFetched(
  needs: MarketDataNeeds,
  { ledger, onError }: { readonly ledger: QuotaLedger; readonly onError: (error: unknown) => void },
): Promise<MarketDataSources> {
  const { config, clock, db, bus, caches } = needs;
  const { data } = config.market;
  const vendors = data.providers.map((provider) => vendorOf(provider, needs));
  const answers = needs.metrics.counter({ name: 'provider_answers_total', help: 'Calls that a provider answered.', labels: ['provider'] });
  const skips = needs.metrics.counter({
    name: 'provider_skips_total',
    help: 'Calls that a provider was not asked or did not answer, by reason.',
    labels: ['provider', 'reason'],
  });
  const guardNeeds = {
    clock,
    ledger,
    wait: async (milliseconds: number) => void (await wait(milliseconds)),
    random: () => randomInt(2 ** 32) / 2 ** 32,
    onSkip: (skip: Parameters<typeof noteSkip>[1]) => {
      skips.inc({ provider: skip.provider, reason: skip.reason });
      void noteSkip(db, skip).catch(onError);
    },
    onAnswer: (provider: string, at: number) => {
      answers.inc({ provider });
      void noteAnswer(db, provider, at).catch(onError);
    },
  };
  const failOver = createFailOver(vendors.map((vendor) => guardProvider(vendor, guardNeeds)));
  const rates = await openStoredRates({ db, bus, onError });
  const profiles = caches.open<ListingProfile | null>('listing-profiles');
  return {
    provider: {
      name: vendors[0]?.name ?? '',
      listed: [],
      computed: null,
      covers: failOver.covers,
      profile: (listing) => rememberedProfile(profiles, failOver, listing),
    },
    providers: vendors,
    rates,
    ledger,
    playedUntil: notPlayed,
    openFeed: (opening) => openFetchedFeed({ ...needs, failOver, rates, onError, wait: guardNeeds.wait }, opening),
    close: rates.close,
  };
}

class Unanswered extends Error {}

/** A symbol that nobody knows is not asked for again by whoever mistypes it; a provider that was away is. */
async function rememberedProfile(
  profiles: Cache<ListingProfile | null>,
  failOver: FailOver,
  listing: ListedSymbol,
): Promise<ListingProfile | null> {
  try {
    return await profiles.getOrLoad(
      formatSymbol(listing),
      async () => {
        const found = await failOver.profile(listing);
        if (found === 'unanswered') throw new Unanswered();
        return found;
      },
      { ttlMs: PROFILE_TTL_MS },
    );
  } catch (error) {
    if (error instanceof Unanswered) return null;
    throw error;
  }
}

function vendorOf(
  { name, ...settings }: Config['market']['data']['providers'][number],
  { config, clock }: MarketDataNeeds,
): MarketDataProvider {
  const { timeoutMs, finnhubSocketUrl } = config.market.data;
  const open = { ...settings, clock, timeoutMs };
  switch (name) {
    case 'alpha-vantage':
      return alphaVantage(open);
    case 'finnhub':
      return finnhub({ ...open, socketUrl: finnhubSocketUrl });
    case 'twelve-data':
      return twelveData(open);
    case 'yahoo':
      return yahooFinance(open);
    case 'simulated':
    case 'replay':
      throw new Error(`${name} stands alone: the settings do not let it in here.`);
  }
}
