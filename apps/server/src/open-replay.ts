/** A replay of stored ticks on the board. Wired here, for open-market-data.ts. */
import { numberReplayed, openStoredTape } from './features/price-feed/index.ts';
import type { FeedOpening, MarketFeed } from './open-market-data.ts';
import type { Clock } from './platform/clock.ts';
import type { Db } from './platform/db/pool.ts';
import type { MarketDataProvider, Tape } from './providers/market-data/index.ts';

export function openTape(db: Db): Promise<Tape> {
  return openStoredTape(db);
}

export interface ReplayNeeds {
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Shown on this server's board and nowhere stored: the files' own prices are there when the replay is over. */
export function openTapeFeed(
  replay: MarketDataProvider,
  { instruments, quotes }: FeedOpening,
  { clock, onError }: ReplayNeeds,
): MarketFeed {
  let stop: (() => void) | null = null;
  return {
    onRead: null,
    fillMinutes: null,
    jobs: [],
    isWriter: () => stop !== null,
    start() {
      stop ??=
        replay.stream?.(replay.listed, {
          onQuotes: (provided) => quotes.show(numberReplayed(provided, { book: instruments.book, board: quotes.board, now: clock.now() })),
          onEnd: onError,
        }) ?? null;
    },
    close: async () => stop?.(),
  };
}
