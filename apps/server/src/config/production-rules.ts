import { isPlaceholder, secretFault } from './secret-rules.ts';
import type { SettingValues } from './settings.ts';

/** Any of the three signs that deployments use is enough: the stricter reading wins. */
export function isProduction(values: SettingValues): boolean {
  return values.nodeEnv === 'production' || values.dbEnv === 'production' || values.debug === false;
}

/** What production refuses although the types allow it. Values are never repeated: most of them are secrets. */
export function productionFaults(values: SettingValues, givenAs: ReadonlyMap<string, string>): string[] {
  const named = (name: string): string => givenAs.get(name) ?? name;
  const faults: string[] = [];
  if (values.debug === true) faults.push('DEBUG: got on in production. Write DEBUG=off, or remove it.');
  if (values.secretKey === null) {
    faults.push('SECRET_KEY: missing. Write at least 32 random characters; `npm run secret` prints some.');
  }
  for (const [name, value, minimumLength] of [
    ['SECRET_KEY', values.secretKey, 32],
    ['ADMIN_PASSWORD', values.adminPassword, 12],
    ['METRICS_TOKEN', values.metricsToken, 16],
  ] as const) {
    const wanted = value === null ? null : secretFault(value, minimumLength);
    if (value !== null && wanted !== null) {
      faults.push(
        `${named(name)}: got a text of ${String(value.length)} characters (not shown), which production refuses. Write ${wanted}.`,
      );
    }
  }
  for (const [name, password] of [
    ['DATABASE_URL', passwordOf(values.databaseUrl)],
    ['PROD_DB_CONNECTION', passwordOf(values.prodDbConnection)],
    ['DATABASE_DIRECT_URL', passwordOf(values.databaseDirectUrl)],
    ['DATABASE_REPLICA_URL', passwordOf(values.databaseReplicaUrl)],
    ['DB_PASSWORD', values.dbPassword],
    ['REDIS_URL', passwordOf(values.redisUrl)],
    ['REDIS_PASSWORD', values.redisPassword],
    ['SMTP_URL', passwordOf(values.smtpUrl)],
  ] as const) {
    if (password !== null && isPlaceholder(password)) {
      faults.push(`${name}: got a placeholder as password (not shown). Write the real password.`);
    }
  }
  for (const [name, key] of [
    ['STOCK_API_KEY', values.stockApiKey],
    ['ALPHA_VANTAGE_API_KEY', values.alphaVantageApiKey],
    ['FINNHUB_API_KEY', values.finnhubApiKey],
    ['TWELVE_DATA_API_KEY', values.twelveDataApiKey],
  ] as const) {
    if (key !== null && isPlaceholder(key)) faults.push(`${named(name)}: got a placeholder (not shown). Write the real key, or remove it.`);
  }
  return faults;
}

function passwordOf(address: string | null): string | null {
  if (address === null) return null;
  const { password } = new URL(address);
  return password === '' ? null : password.replace(/%3C/gi, '<').replace(/%3E/gi, '>');
}
