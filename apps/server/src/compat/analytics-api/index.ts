/** The door for clients of the stock portfolio analytics API (seed 003). */
export { bindAnalyticsRoutes } from './analytics-routes.ts';
