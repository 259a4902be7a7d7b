/** The market's past and its hours: bars, stored ticks, statistics, indicators, movers, clock and calendar. */
export { bindBarRoutes } from './bar-routes.ts';
export type { BarRoutesNeeds } from './bar-routes.ts';
export { historyLimit } from './history-limit.ts';
export type { HistoryLimit, HistoryPolicy } from './history-limit.ts';
export { createPriceHistory } from './price-history.ts';
export type { BarRange, PriceHistory } from './price-history.ts';
export { createRecentCloses } from './recent-closes.ts';
export type { RecentCloses } from './recent-closes.ts';
