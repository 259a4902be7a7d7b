import type { Bus } from '../../platform/bus/index.ts';
import type { Caches } from '../../platform/cache/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { FailOver, ProvidedQuote } from '../../providers/market-data/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard, Quotes } from '../quotes/index.ts';
import type { FeedLease } from './feed-lease-store.ts';
import { fetchPrices, isPriced } from './fetch-prices.ts';
import type { FetchReport } from './fetch-prices.ts';
import { followStream } from './follow-stream.ts';
import { createListingIndex } from './listing-index.ts';
import { numberQuote } from './number-quote.ts';
import { createQuoteCache } from './quote-cache.ts';
import type { QuoteCache } from './quote-cache.ts';
import { watchReaders } from './watch-readers.ts';

export interface PriceFeedNeeds {
  readonly clock: Clock;
  readonly book: InstrumentBook;
  readonly failOver: FailOver;
  readonly quotes: Pick<Quotes, 'record'> & { readonly board: QuoteBoard };
  readonly caches: Caches;
  readonly bus: Bus;
  readonly lease: FeedLease;
  /** Holders and watchers by instrument key. */
  readonly demand: () => Promise<ReadonlyMap<number, number>>;
  readonly intervalMs: number;
  readonly quoteTtlMs: number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Prices of providers on the board: fetched by the clock, when somebody asks, and as they stream. One server writes them. */
export interface PriceFeed {
  /** Fetches what is due, here or on the server that writes. */
  run(): Promise<FetchReport | null>;
  /** Somebody looks at an instrument: a price that has become old is fetched behind the scenes. */
  seen(instrument: Instrument): void;
  /** Waits for a first price, for a moment. */
  firstPrice(instrument: Instrument): Promise<void>;
  /** Holders, watchers, and who looked lately. */
  readonly demand: () => Promise<ReadonlyMap<number, number>>;
  start(): void;
  close(): Promise<void>;
}

const WANTED = 'feed.wanted';
const RUN = 'feed.run';
const LEASE_EVERY_MS = 10_000;

export async function openPriceFeed(needs: PriceFeedNeeds): Promise<PriceFeed> {
  const { book, lease, bus, onError } = needs;
  const askedAt = new Map<number, number>();
  const cache = createQuoteCache(needs.caches, needs.quoteTtlMs);
  const writer = createWriter(needs, { askedAt, cache });
  const readers = watchReaders({
    ...needs,
    askedAt,
    board: needs.quotes.board,
    onHeld: cache.countHit,
    // On the server that writes; elsewhere that one is told.
    fetch: async (instrument) => {
      if (!(await lease.hold())) {
        await bus.publish(WANTED, [instrument.key]);
        return false;
      }
      await writer.fetchOne(instrument);
      return true;
    },
  });
  const runHere = () => fetchPrices({ ...needs, demand: readers.demand, askedAt, take: writer.take });
  const streaming = followStream({
    ...needs,
    demand: readers.demand,
    take: writer.take,
    fetch: async (listings) => writer.take((await needs.failOver.quotes(listings, { purpose: 'scheduled' })).quotes),
  });
  const stops = [
    await bus.subscribe(WANTED, (keys) => {
      if (!lease.isHeld) return;
      for (const key of keys as number[]) {
        const instrument = book.byKey(key);
        if (instrument !== null && isPriced(instrument)) writer.fetchOne(instrument).catch(onError);
      }
    }),
    await bus.subscribe(RUN, () => {
      if (lease.isHeld) runHere().catch(onError);
    }),
  ];
  let leasing: NodeJS.Timeout | null = null;
  return {
    ...readers,
    run: async () => {
      if (await lease.hold()) return runHere();
      await bus.publish(RUN, null);
      return null;
    },
    start() {
      const hold = () => {
        lease
          .hold()
          .then((held) => (held ? streaming.refresh() : undefined))
          .catch(onError);
      };
      hold();
      leasing ??= setInterval(hold, LEASE_EVERY_MS);
    },
    close: async () => {
      if (leasing !== null) clearInterval(leasing);
      leasing = null;
      streaming.close();
      for (const stop of stops) stop();
      await lease.close();
    },
  };
}

/** Puts what providers say on the board, numbered, and asks them about one instrument at most once within the cache's time. */
function createWriter(
  { clock, book, failOver, quotes, onError }: PriceFeedNeeds,
  { askedAt, cache }: { readonly askedAt: Map<number, number>; readonly cache: QuoteCache },
) {
  const instrumentOf = createListingIndex(book);
  const record = (provided: readonly ProvidedQuote[]): void => {
    // One after the other: a quote is numbered on from the one before it.
    for (const quote of provided) {
      const instrument = instrumentOf(quote.listing);
      if (instrument === null || !isPriced(instrument)) continue;
      const next = numberQuote(quote, { instrument, known: quotes.board.quoteOf(instrument.key), now: clock.now() });
      if (next !== null) quotes.record([next]);
    }
  };
  return {
    take: (provided: readonly ProvidedQuote[]): void => {
      for (const quote of provided) cache.put(quote).catch(onError);
      record(provided);
    },
    fetchOne: async ({ key, symbol, exchange }: Instrument): Promise<void> => {
      const found = await cache.getOrLoad({ symbol, exchange }, async () => {
        const { quotes: answers } = await failOver.quotes([{ symbol, exchange }], { purpose: 'asked' });
        return answers[0] ?? null;
      });
      if (found === null) return;
      askedAt.set(key, clock.now());
      record([found]);
    },
  };
}
