/** A replay of stored ticks on the board. Wired here, for open-market-data.ts. */
import { joinReplay, numberReplayed, openStoredTape } from './features/price-feed/index.ts';
import type { FeedOpening, MarketDataNeeds, MarketFeed } from './open-market-data.ts';
import type { Clock } from './platform/clock.ts';
import { replayMarketData } from './providers/market-data/index.ts';
import type { MarketDataProvider, Replay } from './providers/market-data/index.ts';

export interface OpenReplay {
  readonly replay: Replay;
  close(): Promise<void>;
}

/** The stored tape, played where it is played by the servers that run already, or from where the settings say. */
export async function openReplay(needs: MarketDataNeeds, onError: (error: unknown) => void): Promise<OpenReplay> {
  const { config, clock, db, pool, logger } = needs;
  const tape = await openStoredTape(db);
  const { ssl, connectionString } = pool.options;
  const connection = { connectionString: config.database.directUrl ?? connectionString, ...(ssl === undefined ? {} : { ssl }) };
  const { fromMs, speed } = config.market.data.replay;
  const wanted = { fromMs: fromMs ?? tape.span?.fromMs ?? 0, speed, startedAt: clock.now() };
  const { run, joined, close } = await joinReplay({ db, connection, onError }, wanted);
  if (joined && (run.fromMs !== wanted.fromMs || run.speed !== wanted.speed))
    logger.warn(
      { from: new Date(run.fromMs).toISOString(), speed: run.speed },
      'a replay is under way, and this server joins it: its own REPLAY_FROM and REPLAY_SPEED count once every server has stopped',
    );
  return { replay: replayMarketData({ tape, clock, ...run }), close };
}

export interface ReplayNeeds {
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Shown on the board of each server and nowhere stored: the files' own prices are there when the replay is over. */
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
