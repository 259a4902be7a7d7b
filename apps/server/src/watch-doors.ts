/** Watchlists, and the door of the API that is about them, wired for app.ts. */
import type { Platform } from './app.ts';
import { bindAccountDoor, bindAlertDoor, bindWatchDoor } from './compat/watchlist-api/index.ts';
import { alertsFollowing, tellAlertNews } from './features/alerts/index.ts';
import { FACTS_ADDED } from './features/imports/index.ts';
import { bindWatchlistRoutes } from './features/watchlists/index.ts';
import type { Identity } from './open-identity.ts';
import type { Market } from './open-market.ts';
import type { ServeContext } from './platform/http/index.ts';

export interface WatchDoorParts {
  readonly platform: Pick<Platform, 'db' | 'clock' | 'bus' | 'logger'>;
  readonly market: Market;
  readonly identity: Identity;
}

export function bindWatchDoors(context: ServeContext, { platform, market, identity }: WatchDoorParts): void {
  const { db, clock, bus, logger } = platform;
  const { recentCloses, onRead, instruments } = market;
  const { book } = instruments;
  const { board } = market.quotes;
  const { plans } = identity;
  const onError = (error: unknown) => logger.error({ err: error }, 'a change of alerts or notifications could not be told');
  const tellChanged = (ids: readonly string[]) => void tellAlertNews(bus, ids).catch(onError);
  const alerts = { db, clock, instruments: book, quotes: board, tellChanged };
  const watching = { db, clock, plans, instruments, book, board, recentCloses, onRead, follower: alertsFollowing(alerts) };
  bindWatchlistRoutes(context, watching);
  bindAccountDoor(context, { ...identity, db, clock });
  bindWatchDoor(context, { ...watching, alerts });
  bindAlertDoor(context, { alerts, notifications: { db, clock, bus, factsAdded: FACTS_ADDED, onError } });
}
