import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { symbolOf } from '../../features/instruments/index.ts';
import type { Instrument } from '../../features/instruments/index.ts';
import type { Quote, QuoteBoard } from '../../features/quotes/index.ts';
import type { Cache, Caches } from '../../platform/cache/index.ts';

/** A latest price as this door prints it, without its age. */
export interface LatestPrice {
  readonly stock_symbol: string;
  readonly price: string;
  readonly currency: string;
  readonly previous_close: string | null;
  readonly volume: string | null;
  readonly timestamp: string;
  readonly source: string;
}

export interface LatestPriceNeeds {
  readonly board: QuoteBoard;
  readonly caches: Caches;
  readonly ttlMs: number;
  readonly onError: (error: unknown) => void;
}

/** A price that nobody replaced is still the latest one after its time: it is answered at once, and kept anew behind the scenes. */
const STALE_FOR = 12;

/** Answers latest prices from a cache that every new price of the instrument drops, so that its time limit only bounds what is kept. */
export function createLatestPriceCache({
  board,
  caches,
  ttlMs,
  onError,
}: LatestPriceNeeds): (instrument: Instrument) => Promise<LatestPrice | null> {
  const cache: Cache<LatestPrice | null> = caches.open('latest-prices');
  const kept = new Set<number>();
  board.onTick((changed) => {
    for (const { instrumentKey } of changed) {
      if (kept.delete(instrumentKey)) cache.delete(String(instrumentKey)).catch(onError);
    }
  });
  return async (instrument) => {
    const current = board.quoteOf(instrument.key);
    const known = await cache.getOrLoad(
      String(instrument.key),
      async () => {
        kept.add(instrument.key);
        return current === null ? null : priceOf(instrument, current);
      },
      { ttlMs, staleMs: STALE_FOR * ttlMs },
    );
    // Computed prices change without anybody telling: what is kept counts while it is of the same moment.
    if (current === null || known?.timestamp === new Date(current.at).toISOString()) return known;
    await cache.delete(String(instrument.key));
    return priceOf(instrument, current);
  };
}

function priceOf(instrument: Instrument, { last, previousClose, volume, at, source }: Quote): LatestPrice {
  const text = (figure: Decimal | null): string | null => (figure === null ? null : formatDecimal(figure));
  return {
    stock_symbol: symbolOf(instrument),
    price: formatDecimal(last),
    currency: instrument.currency,
    previous_close: text(previousClose),
    volume: text(volume),
    timestamp: new Date(at).toISOString(),
    source,
  };
}
