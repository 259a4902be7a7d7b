import { formatSymbol } from '@holdfast/engine/instruments';
import type { Clock } from '../../platform/clock.ts';
import type { FailOver, ProvidedQuote } from '../../providers/market-data/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { FeedLease } from './feed-lease-store.ts';
import { isPriced } from './fetch-prices.ts';

export interface StreamNeeds {
  readonly clock: Clock;
  readonly book: InstrumentBook;
  readonly failOver: FailOver;
  readonly lease: FeedLease;
  readonly demand: () => Promise<ReadonlyMap<number, number>>;
  readonly take: (quotes: readonly ProvidedQuote[]) => void;
  /** Asks all providers about these at once: the stream that told of them has ended. */
  readonly fetch: (listings: readonly Instrument[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** A free plan follows no more than this. */
const MOST_FOLLOWED = 50;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** Keeps the stream of the first provider that has one on what is wanted most; what it does not follow is fetched by the clock. */
export function followStream({ clock, book, failOver, lease, demand, take, fetch, onError }: StreamNeeds) {
  const provider = failOver.guards.find((guard) => guard.provider.stream !== null)?.provider ?? null;
  let following = '';
  let stop: (() => void) | null = null;
  let failures = 0;
  let notBefore = 0;
  const end = (): void => {
    stop?.();
    stop = null;
    following = '';
  };
  const wanted = async (): Promise<readonly Instrument[]> =>
    [...(await demand())]
      .sort(([keyA, a], [keyB, b]) => b - a || keyA - keyB)
      .flatMap(([key]) => book.byKey(key) ?? [])
      .filter((instrument) => isPriced(instrument) && provider?.covers(instrument) === true)
      .slice(0, MOST_FOLLOWED);
  return {
    /** Follows what is wanted now. To be called again and again. */
    refresh: async (): Promise<void> => {
      if (provider === null || provider.stream === null) return;
      if (!lease.isHeld) return end();
      if (clock.now() < notBefore) return;
      const listings = await wanted();
      const names = listings.map(formatSymbol).join(' ');
      if (names === following) return;
      end();
      if (listings.length === 0) return;
      following = names;
      stop = provider.stream(listings, {
        onQuotes: (quotes) => {
          failures = 0;
          // Who lost the lease writes no more.
          if (lease.isHeld) take(quotes);
        },
        onEnd: (error) => {
          end();
          notBefore = clock.now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
          // Whoever followed by the second is not to wait for the next round of fetching; once, however often the stream ends.
          if (failures === 0 && lease.isHeld) fetch(listings).catch(onError);
          failures += 1;
          onError(error);
        },
      });
    },
    close: end,
  };
}
