/** Watchlists: what users follow, in their order, at live prices, within what their plan allows. */
export { addItems } from './add-items.ts';
export type { AddItemsNeeds, WatchOutcome } from './add-items.ts';
export { removeItem } from './change-item.ts';
export { changeWatchlist, createWatchlist, deleteWatchlist } from './change-watchlists.ts';
export type { WatchlistNeeds } from './change-watchlists.ts';
export { ownWatchlist } from './own-watchlist.ts';
export type { ItemsFollower } from './items-follower.ts';
export type { ItemReader } from './list-items.ts';
export { bindWatchlistRoutes } from './watchlist-routes.ts';
export type { WatchlistRouteNeeds } from './watchlist-routes.ts';
export { findItems, findWatchlists } from './watchlist-store.ts';
export type { Watchlist } from './watchlist.ts';
