import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import { accountCalls } from './resources/accounts.ts';
import { alertCalls } from './resources/alerts.ts';
import { adminCalls } from './resources/admin.ts';
import { documentCalls } from './resources/documents.ts';
import { exportCalls } from './resources/exports.ts';
import { importCalls } from './resources/imports.ts';
import { marketCalls } from './resources/market.ts';
import { notificationCalls, webhookCalls } from './resources/notifications.ts';
import { orderCalls } from './resources/orders.ts';
import { portfolioCalls } from './resources/portfolios.ts';
import { reportCalls } from './resources/reports.ts';
import { securityCalls } from './resources/security.ts';
import { statementCalls } from './resources/statements.ts';
import { watchlistCalls } from './resources/watchlists.ts';

/** Every call of the API, typed, over one HTTP client. */
export function createHoldfastClient(options: HttpClientOptions) {
  const http = createHttpClient(options);
  return Object.freeze({
    accounts: accountCalls(http),
    market: marketCalls(http),
    portfolios: portfolioCalls(http),
    orders: orderCalls(http),
    notifications: notificationCalls(http),
    webhooks: webhookCalls(http),
    alerts: alertCalls(http),
    admin: adminCalls(http),
    documents: documentCalls(http),
    exports: exportCalls(http),
    imports: importCalls(http),
    reports: reportCalls(http),
    security: securityCalls(http),
    statements: statementCalls(http),
    watchlists: watchlistCalls(http),
  });
}

export type HoldfastClient = ReturnType<typeof createHoldfastClient>;
