/** Errors told to a service that collects them, where one is set. */
export { readSentryDsn, sentryReports } from './sentry-reports.ts';
export type { ErrorReport, ErrorReports } from './sentry-reports.ts';
