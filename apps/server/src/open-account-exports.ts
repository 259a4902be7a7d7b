/** Exports over everything that users have, wired for app.ts. */
import type { Platform } from './app.ts';
import { tellAlertNews } from './features/alerts/index.ts';
import type { Documents } from './features/documents/index.ts';
import { openExports } from './features/exports/index.ts';
import type { Exports } from './features/exports/index.ts';
import type { Identity } from './open-identity.ts';
import type { Market } from './open-market.ts';

export interface AccountExportParts {
  readonly market: Market;
  readonly documents: Documents;
  readonly identity: Identity;
}

export function openAccountExports(
  { config, db, clock, bus, logger }: Platform,
  { market, documents, identity }: AccountExportParts,
): Promise<Exports> {
  const onError = (error: unknown) => logger.error({ err: error }, 'an export, or what follows an import of one, failed');
  return openExports({
    ...{ db, clock, documents, onError },
    dataDirectory: config.dataDirectory,
    instruments: market.instruments,
    quotes: market.quotes.board,
    rates: market.rates,
    plans: identity.plans,
    corrected: (keys) => market.quotes.corrected(keys),
    tellChanged: (ids) => void tellAlertNews(bus, ids).catch(onError),
  });
}
