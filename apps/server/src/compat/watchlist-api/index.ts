/** The door for clients of the stock watchlist API (seed 004): its accounts, stocks, prices, watchlists, alerts and notifications. */
export { bindAccountDoor } from './account-routes.ts';
export type { WatchAccountNeeds } from './account-routes.ts';
export { bindAlertDoor } from './alert-routes.ts';
export type { AlertDoorNeeds } from './alert-routes.ts';
export { bindPricingRoutes } from './pricing-routes.ts';
export { bindStockRoutes } from './stock-routes.ts';
export { bindWatchDoor } from './watch-routes.ts';
export type { WatchDoorNeeds } from './watch-routes.ts';
