/** Reports over everything that knows a portfolio's figures, wired for app.ts. */
import type { Platform } from './app.ts';
import { FACTS_ADDED } from './features/imports/index.ts';
import { openReports } from './features/reports/index.ts';
import type { Reports } from './features/reports/index.ts';
import type { Market } from './open-market.ts';
import type { Trading } from './open-trading.ts';

export function openReporting(platform: Platform, { market, trading }: { readonly market: Market; readonly trading: Trading }): Reports {
  const { config, clock, db, pool, bus, metrics, logger } = platform;
  const { ssl, connectionString = '' } = pool.options;
  return openReports({
    ...(platform.replica === undefined ? {} : { replica: platform.replica }),
    db,
    clock,
    bus,
    metrics,
    instruments: market.instruments.book,
    quotes: market.quotes.board,
    rates: market.rates,
    states: trading.states,
    totals: trading.figures.totals,
    series: trading.figures.series,
    performance: trading.figures.threads,
    database: { url: config.database.directUrl ?? connectionString, ...(ssl === undefined ? {} : { ssl }) },
    dataDirectory: config.dataDirectory,
    factsAdded: FACTS_ADDED,
    onError: (error) => logger.error({ err: error }, 'a report failed'),
  });
}
