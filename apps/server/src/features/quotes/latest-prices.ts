import type { Db } from '../../platform/db/pool.ts';
import { saveLatest } from './quote-store.ts';
import type { Quote } from './quote.ts';

/** Stores newest prices in batches: however many quotes come, one statement a flush with one row per instrument. */
export interface LatestPrices {
  add(quotes: readonly Quote[]): void;
  flush(): Promise<void>;
  /** Stores what is left. */
  close(): Promise<void>;
}

export interface LatestPricesNeeds {
  readonly db: Db;
  /** Told of the instruments whose prices were stored. */
  readonly publish: (keys: readonly number[]) => void;
  readonly onError: (error: unknown) => void;
}

const FLUSH_AFTER_MS = 250;

export function createLatestPrices({ db, publish, onError }: LatestPricesNeeds): LatestPrices {
  let waiting = new Map<number, Quote>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  const keep = (quote: Quote): void => {
    const known = waiting.get(quote.instrumentKey);
    if (known === undefined || known.source !== quote.source || known.number < quote.number) waiting.set(quote.instrumentKey, quote);
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush().catch(onError), FLUSH_AFTER_MS);
  };
  const write = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = [...waiting.values()];
    if (batch.length === 0) return;
    waiting = new Map();
    try {
      await saveLatest(db, batch);
    } catch (error) {
      // Nothing is lost while the database is away: newer quotes that came meanwhile win.
      const newer = [...waiting.values()];
      waiting = new Map(batch.map((quote) => [quote.instrumentKey, quote]));
      newer.forEach(keep);
      schedule();
      throw error;
    }
    publish(batch.map(({ instrumentKey }) => instrumentKey));
  };
  const flush = (): Promise<void> => {
    const after = running.then(write);
    running = after.catch(() => undefined);
    return after;
  };

  return {
    add(quotes) {
      quotes.forEach(keep);
      if (quotes.length > 0) schedule();
    },
    flush,
    close: async () => {
      await flush().catch(onError);
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
