import type { SettingValues } from './settings.ts';

export type Address = {
  /** Null where the built-in choice is meant. */
  readonly url: string | null;
  readonly faults: readonly string[];
};

/**
 * The database, by precedence: DATABASE_URL; PROD_DB_CONNECTION when DB_ENV is production; DB_HOST with its companions;
 * otherwise the embedded one.
 */
export function databaseAddress(values: SettingValues, givenAs: ReadonlyMap<string, string>): Address {
  if (values.databaseUrl !== null) return { url: values.databaseUrl, faults: [] };
  if (values.dbEnv === 'production' && values.prodDbConnection !== null) return { url: values.prodDbConnection, faults: [] };
  if (values.dbHost !== null) {
    if (values.dbName !== null) return { url: databaseUrlOf(values, values.dbHost, values.dbName), faults: [] };
    return { url: null, faults: ['DB_NAME: missing. DB_HOST is set; write the name of the database.'] };
  }
  if (values.dbEnv === 'production') {
    return { url: null, faults: ['PROD_DB_CONNECTION: missing. DB_ENV is production; write postgres://user:password@host:5432/name.'] };
  }
  const alone = ['DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_PORT'].find((name) => givenAs.has(name));
  return {
    url: null,
    faults: alone === undefined ? [] : [`DB_HOST: missing. ${alone} is set; write the host, or remove it to use the embedded database.`],
  };
}

/** REDIS_URL, or REDIS_HOST with its companions, or none. */
export function redisAddress(values: SettingValues, givenAs: ReadonlyMap<string, string>): Address {
  if (values.redisUrl !== null) return { url: values.redisUrl, faults: [] };
  if (values.redisHost === null) {
    const alone = ['REDIS_PASSWORD', 'REDIS_PORT'].find((name) => givenAs.has(name));
    return {
      url: null,
      faults: alone === undefined ? [] : [`REDIS_HOST: missing. ${alone} is set; write the host, or remove it to do without Redis.`],
    };
  }
  const user =
    values.redisPassword === null ? '' : `${encodeURIComponent(values.redisUsername)}:${encodeURIComponent(values.redisPassword)}@`;
  return { url: `redis://${user}${inAddress(values.redisHost)}:${String(values.redisPort)}`, faults: [] };
}

function databaseUrlOf(values: SettingValues, host: string, name: string): string {
  const password = values.dbPassword === null ? '' : `:${encodeURIComponent(values.dbPassword)}`;
  return `postgres://${encodeURIComponent(values.dbUser)}${password}@${inAddress(host)}:${String(values.dbPort)}/${encodeURIComponent(name)}`;
}

/** A socket's folder is percent-encoded and a version 6 address stands in brackets. */
function inAddress(host: string): string {
  if (host.startsWith('/')) return encodeURIComponent(host);
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
