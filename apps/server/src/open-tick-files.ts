/** Files of ticks in, and seed 002's door to what they hold and to the rest of the market: wired here, for app.ts. */
import { FIRST_DAY } from '@holdfast/engine/time';
import type { Platform } from './app.ts';
import { bindTickerMarket } from './compat/tickers-api/index.ts';
import { IMPORT_LIMITS, openImports } from './features/imports/index.ts';
import type { Imports } from './features/imports/index.ts';
import { MANUAL_SOURCE } from './features/instruments/index.ts';
import type { Instrument } from './features/instruments/index.ts';
import { SESSIONS_ENDED } from './features/sessions/index.ts';
import { markPricesStale } from './features/snapshots/index.ts';
import { forgetTicksJobs, openTickDays, TICKS_FORGOTTEN, tradingClock, wallClock } from './features/ticks/index.ts';
import type { TickDays, WallClock } from './features/ticks/index.ts';
import type { Market } from './open-market.ts';
import type { Gate, ServeContext } from './platform/http/index.ts';
import type { Job } from './platform/jobs/index.ts';

export interface TickFiles {
  readonly imports: Imports;
  readonly jobs: readonly Job[];
  bindRoutes(context: ServeContext, gate: Gate): Promise<void>;
  /** To be called before the server stops listening. */
  closeSockets(): void;
  close(): Promise<void>;
}

export async function openTickFiles(platform: Platform, market: Market): Promise<TickFiles> {
  const { config, clock, db, pool, bus, logger } = platform;
  const onError = (error: unknown) => logger.error({ err: error }, 'an import or its news failed');
  const days = await openTickDays(db);
  const { ssl, connectionString = '' } = pool.options;
  const imports = await openImports({
    db,
    bus,
    clock,
    address: { url: config.database.directUrl ?? connectionString, ...(ssl === undefined ? {} : { ssl }) },
    limits: IMPORT_LIMITS,
    dataDirectory: config.dataDirectory,
    onDone: async ({ instrumentKeys }) => {
      await market.instruments.refresh();
      await days.reread(instrumentKeys);
      await market.quotes.reread(instrumentKeys);
      await markPricesStale(db, { instrumentKeys, from: FIRST_DAY });
    },
    onError,
  });
  const rereadAll = () => void days.reread('all').catch(onError);
  const stops = [bus.onLost(rereadAll), await bus.subscribe(TICKS_FORGOTTEN, rereadAll)];
  let sockets: ReturnType<typeof bindTickerMarket> | null = null;
  return {
    imports,
    jobs: forgetTicksJobs({ db, clock, bus, logger, retentionDays: config.tickRetentionDays }),
    async bindRoutes(context, gate) {
      imports.bindRoutes(context);
      const bound = bindTickerMarket(context, { ...doorNeeds(platform, { market, days }), gate, onError });
      stops.push(await bus.subscribe(SESSIONS_ENDED, () => void bound.checkPasses().catch(onError)));
      sockets = bound;
    },
    closeSockets: () => sockets?.close(),
    async close() {
      for (const stop of stops) stop();
      await imports.close();
    },
  };
}

function doorNeeds({ config, clock, db }: Platform, { market, days }: { readonly market: Market; readonly days: TickDays }) {
  return {
    db,
    clock,
    days,
    book: market.instruments.book,
    board: market.quotes.board,
    history: market.history,
    policy: market.historyPolicy,
    wallOf: createWallOf(market, days),
    computed: (instrument: Instrument) => (instrument.source === market.provider.name ? market.provider.computed : null),
    publicMarketData: config.market.publicAccess,
    allowedOrigins: config.http.corsOrigins,
  };
}

/** As the price history has it, from what is in memory. */
function createWallOf({ provider }: Market, days: TickDays): (instrument: Instrument) => WallClock {
  return (instrument) => {
    if (instrument.source === provider.name && provider.computed !== null) return wallClock(provider.computed.zoneOf(instrument.symbol));
    if (instrument.source === MANUAL_SOURCE) return wallClock('UTC');
    return tradingClock(instrument.exchange, days.of(instrument.key)?.zone ?? 'UTC').wall;
  };
}
