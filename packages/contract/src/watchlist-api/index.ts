/** The stock watchlist API (seed 004): accounts, stocks, their prices and watchlists, in its envelope. */
export {
  accountDoorRoutes,
  changeAccountPassword,
  getAccount,
  obtainToken,
  registerAccount,
  renewTokens,
  updateAccountProfile,
} from './account-routes.ts';
export { Envelope } from './envelope.ts';
export { getLatestStockPrice, getStockPriceStatistics, listHistoricalStockPrices, pricingRoutes } from './pricing-routes.ts';
export {
  changeStock,
  createStock,
  deactivateStock,
  getStock,
  listStockExchanges,
  listStocks,
  searchStocks,
  stockRoutes,
} from './stock-routes.ts';
export {
  addWatchedStock,
  addWatchedStocks,
  changeStockWatchlist,
  createStockWatchlist,
  deleteStockWatchlist,
  getStockWatchlist,
  listStockWatchlists,
  listWatchedStocks,
  removeWatchedStock,
  replaceStockWatchlist,
  watchDoorRoutes,
} from './watch-routes.ts';
export {
  activateStockAlert,
  alertDoorRoutes,
  changeStockAlert,
  createStockAlert,
  deactivateStockAlert,
  deleteStockAlert,
  getStockAlert,
  listStockAlerts,
  listStockNotifications,
  listUnreadStockNotifications,
  markStockNotificationsRead,
} from './alert-routes.ts';
