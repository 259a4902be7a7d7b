/** Quality checks, and the doors of the two older record-keeping APIs, wired for app.ts. */
import type { Platform } from './app.ts';
import { bindAnalyticsRoutes } from './compat/analytics-api/index.ts';
import { bindTickersAccountRoutes } from './compat/tickers-api/account-routes.ts';
import type { TickersAccountNeeds } from './compat/tickers-api/account-routes.ts';
import { bindTickersTradingRoutes } from './compat/tickers-api/trading-routes.ts';
import { bindQualityRoutes } from './features/quality/index.ts';
import type { Instrument } from './features/instruments/index.ts';
import type { Market } from './open-market.ts';
import type { Trading } from './open-trading.ts';
import type { ServeContext } from './platform/http/index.ts';
import { SIMULATED } from './providers/market-data/index.ts';

export interface RecordDoorParts {
  readonly platform: Platform;
  readonly market: Market;
  readonly trading: Trading;
  readonly accounts: TickersAccountNeeds;
}

export function bindRecordDoors(context: ServeContext, { platform, market, trading, accounts }: RecordDoorParts): void {
  const { db, clock, config, caches } = platform;
  const needs = {
    db,
    clock,
    instruments: market.instruments.book,
    quotes: market.quotes.board,
    rates: market.rates,
    history: market.history,
    states: trading.states,
    keepsSessions: (instrument: Instrument) => config.market.hours === 'exchange' || instrument.source !== SIMULATED,
  };
  bindQualityRoutes(context, needs);
  bindTickersAccountRoutes(context, accounts);
  bindTickersTradingRoutes(context, { ...needs, caches, strictOrders: config.strictOrders });
  bindAnalyticsRoutes(context, needs);
}
