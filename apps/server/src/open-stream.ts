/** The stream hub over market and trading, wired for app.ts. */
import type { Platform } from './app.ts';
import { FACTS_ADDED } from './features/imports/index.ts';
import { orderJson } from './features/orders/index.ts';
import { createSummaries } from './features/positions/index.ts';
import { SESSIONS_ENDED } from './features/sessions/index.ts';
import { openStreamHub } from './features/stream-hub/index.ts';
import type { OpenStreamHub } from './features/stream-hub/index.ts';
import type { Market } from './open-market.ts';
import type { Trading } from './open-trading.ts';
import type { Gate, ServeContext } from './platform/http/index.ts';

export async function openStream(
  context: ServeContext,
  platform: Platform,
  parts: { readonly gate: Gate; readonly market: Market; readonly trading: Trading },
): Promise<OpenStreamHub> {
  const { config, clock, db, pool, bus, logger } = platform;
  const { market, trading } = parts;
  const instruments = market.instruments.book;
  const valuation = { clock, instruments, quotes: market.quotes.board, rates: market.rates };
  return openStreamHub(context, {
    clock,
    db,
    pool,
    bus,
    gate: parts.gate,
    desk: trading.desk,
    news: trading.news,
    states: trading.states,
    instruments,
    quotes: market.quotes.board,
    publicMarketData: config.market.publicAccess,
    allowedOrigins: config.http.corsOrigins,
    runningBar: async (instrument, interval) => {
      const now = clock.now();
      // The last one, wherever the exchange's clock cuts it: India's hours begin at half past.
      const bar = (await market.history.bars(instrument, { interval, fromMs: now - INTERVAL_MS[interval], toMs: now + 1 })).at(-1);
      return bar === undefined ? null : { ...bar, at: bar.startAt };
    },
    summaryText: createSummaries({ ...valuation, totals: trading.figures.totals }),
    orderText: (order) => orderJson(order, instruments.byKey(order.instrumentKey)),
    topics: { sessionsEnded: SESSIONS_ENDED, factsAdded: FACTS_ADDED },
    onError: (error) => logger.error({ err: error }, 'the stream failed to tell something'),
  });
}

const INTERVAL_MS = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 } as const;
