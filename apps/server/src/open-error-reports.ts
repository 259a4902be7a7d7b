/** Where errors are told to besides the log, as the settings say. */
import type { Config } from './config.ts';
import { readSentryDsn, sentryReports } from './providers/error-reports/index.ts';
import type { ErrorReports } from './providers/error-reports/index.ts';

const NOWHERE: ErrorReports = Object.freeze({ send: () => undefined, close: () => Promise.resolve() });

export function openErrorReports({ log, production }: Pick<Config, 'log' | 'production'>, release: string): ErrorReports {
  const dsn = log.sentryDsn === null ? null : readSentryDsn(log.sentryDsn);
  return dsn === null ? NOWHERE : sentryReports({ ...dsn, release, environment: production ? 'production' : 'development' });
}
