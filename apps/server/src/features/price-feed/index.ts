/** The price feed: prices, past and splits fetched from providers, within their quotas, by how much they are wanted. */
export { backfillHistory } from './backfill-history.ts';
export { countDemand } from './demand-store.ts';
export { createFeedLease } from './feed-lease-store.ts';
export type { FeedLease } from './feed-lease-store.ts';
export { createMinuteFiller } from './fill-minutes.ts';
export type { FillMinutes } from './fill-minutes.ts';
export { numberReplayed } from './number-replayed.ts';
export { openPriceFeed } from './open-price-feed.ts';
export type { PriceFeed } from './open-price-feed.ts';
export { priceFeedJobs } from './price-feed-jobs.ts';
export { bindPriceFeedRoutes } from './price-feed-routes.ts';
export { forgetSkips, noteAnswer, noteSkip, storedQuotaLedger } from './provider-store.ts';
export { joinReplay } from './replay-run-store.ts';
export { openStoredTape } from './stored-tape-store.ts';
