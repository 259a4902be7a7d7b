import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { MarketDataProvider } from '../../providers/market-data/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { createLatestPrices } from './latest-prices.ts';
import { createQuoteBoard } from './quote-board.ts';
import type { QuoteBoard } from './quote-board.ts';
import { loadLatest } from './quote-store.ts';
import type { Quote } from './quote.ts';

export interface QuotesNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly book: InstrumentBook;
  readonly provider: Pick<MarketDataProvider, 'name' | 'computed'>;
  readonly bus: Bus;
  readonly onError: (error: unknown) => void;
}

export interface Quotes {
  readonly board: QuoteBoard;
  /** New quotes of a feed or a file: on the board at once, in the database with the next flush. Not for computed markets. */
  record(quotes: readonly Quote[]): void;
  /** New quotes that are on this server's board only and are gone with it: those of a replay. */
  show(quotes: readonly Quote[]): void;
  /** Stores what was recorded now. */
  flush(): Promise<void>;
  /** Reads stored prices that were written elsewhere, such as by an import, which tells every server itself. */
  reread(keys: readonly number[]): Promise<void>;
  /** Reads the stored prices of instruments again and tells the other servers to do so. For prices that were corrected. */
  corrected(keys: readonly number[]): Promise<void>;
  /** Begins the beat of the computed market, once a second. */
  start(): void;
  /** One beat now; `start` does this every second. */
  beat(): void;
  close(): Promise<void>;
}

const STORED = 'quotes.stored';
/** Keys in one event, so that it stays far below what the bus takes. */
const KEYS_AN_EVENT = 500;
const SECOND_MS = 1_000;
/** So that a timer that fires a little early still finds the new second. */
const AFTER_THE_SECOND_MS = 5;

/** Reads the newest stored prices and opens the board on them. */
export async function openQuotes({ db, clock, book, provider, bus, onError }: QuotesNeeds): Promise<Quotes> {
  const market = provider.computed === null ? null : { source: provider.name, computed: provider.computed };
  const board = createQuoteBoard({ book, clock, market, onError });
  const publish = (keys: readonly number[]): void => {
    for (let from = 0; from < keys.length; from += KEYS_AN_EVENT)
      bus.publish(STORED, keys.slice(from, from + KEYS_AN_EVENT)).catch(onError);
  };
  const latest = createLatestPrices({ db, publish, onError });
  const read = async (keys: readonly number[]): Promise<void> => {
    const stored = new Map((await loadLatest(db, keys)).map((quote) => [quote.instrumentKey, quote]));
    board.put([...stored.values()]);
    for (const key of keys) if (!stored.has(key) && book.byKey(key)?.source !== market?.source) board.correct(key, null);
  };
  const stops = [
    await bus.subscribe(STORED, (keys) => void read(keys as number[]).catch(onError)),
    bus.onLost(() => void loadLatest(db, 'all').then(board.put, onError)),
  ];
  board.put(await loadLatest(db, 'all'));
  let timer: NodeJS.Timeout | null = null;
  const next = (): void => {
    timer = setTimeout(
      () => {
        board.beat();
        next();
      },
      SECOND_MS - (clock.now() % SECOND_MS) + AFTER_THE_SECOND_MS,
    );
  };

  return {
    board,
    record: (quotes) => {
      board.put(quotes);
      latest.add(quotes);
    },
    show: board.put,
    flush: latest.flush,
    reread: read,
    corrected: async (keys) => {
      await read(keys);
      publish(keys);
    },
    start: () => {
      if (timer === null && market !== null) next();
    },
    beat: board.beat,
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      for (const stop of stops) stop();
      await latest.close();
    },
  };
}
