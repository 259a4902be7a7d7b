import { accountsRoutes } from './accounts/index.ts';
import { allocationRoutes } from './allocation/index.ts';
import { alertRoutes } from './alerts/index.ts';
import { adminRoutes } from './admin/index.ts';
import { analyticsRoutes } from './analytics-api/index.ts';
import { auditRoutes } from './audit/index.ts';
import { barsRoutes } from './bars/index.ts';
import { bondRoutes } from './bonds/index.ts';
import { corporateActionRoutes } from './corporate-actions/index.ts';
import { documentRoutes } from './documents/index.ts';
import { exportRoutes } from './exports/index.ts';
import { importsRoutes } from './imports/index.ts';
import { instrumentsRoutes } from './instruments/index.ts';
import { notificationRoutes } from './notifications/index.ts';
import { operationsRoutes } from './operations/index.ts';
import { orderRoutes } from './orders/index.ts';
import { performanceRoutes } from './performance/index.ts';
import { planRoutes } from './plans/index.ts';
import { portfolioRoutes } from './portfolios/index.ts';
import { positionRoutes } from './positions/index.ts';
import { priceFeedRoutes } from './price-feed/index.ts';
import { qualityRoutes } from './quality/index.ts';
import { quotesRoutes } from './quotes/index.ts';
import { reportRoutes } from './reports/index.ts';
import type { Route } from './route.ts';
import { securityRoutes } from './security/index.ts';
import { sessionsRoutes } from './sessions/index.ts';
import { statementRoutes } from './statements/index.ts';
import { streamRoutes } from './stream/index.ts';
import { tickersApiMarketRoutes, tickersTradingRoutes } from './tickers-api/index.ts';
import { accountDoorRoutes, alertDoorRoutes, pricingRoutes, stockRoutes, watchDoorRoutes } from './watchlist-api/index.ts';
import { transactionRoutes } from './transactions/index.ts';
import { watchlistRoutes } from './watchlists/index.ts';

/** Every route of the API. The server binds all of them, the documents are made from them. */
export const allRoutes: readonly Route[] = [
  ...sessionsRoutes,
  ...accountsRoutes,
  ...securityRoutes,
  ...auditRoutes,
  ...adminRoutes,
  ...planRoutes,
  ...instrumentsRoutes,
  ...quotesRoutes,
  ...barsRoutes,
  ...corporateActionRoutes,
  ...priceFeedRoutes,
  ...portfolioRoutes,
  ...orderRoutes,
  ...alertRoutes,
  ...streamRoutes,
  ...positionRoutes,
  ...allocationRoutes,
  ...bondRoutes,
  ...performanceRoutes,
  ...transactionRoutes,
  ...importsRoutes,
  ...statementRoutes,
  ...qualityRoutes,
  ...watchlistRoutes,
  ...reportRoutes,
  ...notificationRoutes,
  ...documentRoutes,
  ...exportRoutes,
  ...tickersApiMarketRoutes,
  ...tickersTradingRoutes,
  ...analyticsRoutes,
  ...stockRoutes,
  ...pricingRoutes,
  ...accountDoorRoutes,
  ...watchDoorRoutes,
  ...alertDoorRoutes,
  ...operationsRoutes,
];
