import type { Clock } from '../../platform/clock.ts';
import type { FailOver } from '../../providers/market-data/index.ts';
import type { Instrument } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { feedSession } from './feed-session.ts';
import { isPriced } from './fetch-prices.ts';
import type { PriceFeed } from './open-price-feed.ts';

export interface ReaderNeeds {
  readonly clock: Clock;
  readonly board: QuoteBoard;
  readonly failOver: Pick<FailOver, 'covers'>;
  readonly demand: () => Promise<ReadonlyMap<number, number>>;
  /** When each instrument was last answered about, by key. */
  readonly askedAt: ReadonlyMap<number, number>;
  /** Answers whether it was done here, so that nothing more is to be waited for. */
  readonly fetch: (instrument: Instrument) => Promise<boolean>;
  /** Told of a price that was answered without asking anybody. */
  readonly onHeld: () => void;
  readonly intervalMs: number;
  readonly quoteTtlMs: number;
  readonly onError: (error: unknown) => void;
}

const LOOKED_FOR_MS = 3_600_000;
const FIRST_PRICE_WITHIN_MS = 4_000;

/** Those who look at prices: what they look at is wanted for an hour, and fetched when it is old or not there. */
export function watchReaders(needs: ReaderNeeds): Pick<PriceFeed, 'seen' | 'firstPrice' | 'demand'> {
  const { clock, board, failOver, askedAt, fetch, onHeld, intervalMs, quoteTtlMs, onError } = needs;
  const looked = new Map<number, number>();
  const triedAt = new Map<number, number>();
  const mayFetch = (instrument: Instrument): boolean => isPriced(instrument) && failOver.covers(instrument);
  /** Whether a newer price may be there, by the hours of its market. */
  const isOld = (instrument: Instrument, now: number): boolean => {
    const known = board.quoteOf(instrument.key);
    const session = feedSession(instrument, now);
    return known === null || (session.open ? now - known.at > intervalMs : known.at < session.changedAt);
  };
  return {
    demand: async () => {
      const wanted = new Map(await needs.demand());
      const since = clock.now() - LOOKED_FOR_MS;
      for (const [key, at] of looked) {
        if (at < since) looked.delete(key);
        else wanted.set(key, (wanted.get(key) ?? 0) + 1);
      }
      return wanted;
    },
    seen(instrument) {
      if (!mayFetch(instrument)) return;
      const { key } = instrument;
      const now = clock.now();
      looked.set(key, now);
      const tried = Math.max(triedAt.get(key) ?? 0, askedAt.get(key) ?? 0);
      // Once an interval is often enough for who has a price to look at.
      if (now - tried <= Math.max(quoteTtlMs, intervalMs) || !isOld(instrument, now)) return onHeld();
      triedAt.set(key, now);
      fetch(instrument).catch(onError);
    },
    firstPrice: async (instrument) => {
      if (!mayFetch(instrument)) return;
      looked.set(instrument.key, clock.now());
      await untilPriced(instrument, { board, fetch, onError });
    },
  };
}

/** Resolves with the first price, when the fetching ended without one on the server that writes, or after a moment. */
function untilPriced(instrument: Instrument, { board, fetch, onError }: Pick<ReaderNeeds, 'board' | 'fetch' | 'onError'>): Promise<void> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const timer = setTimeout(() => done(), FIRST_PRICE_WITHIN_MS);
    const done = (): void => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    stop = board.onTick((changed) => {
      if (changed.some(({ instrumentKey }) => instrumentKey === instrument.key)) done();
    });
    fetch(instrument).then(
      (isDone) => (isDone ? done() : undefined),
      (error: unknown) => {
        onError(error);
        done();
      },
    );
  });
}
