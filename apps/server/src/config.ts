import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { databaseAddress, redisAddress } from './config/addresses.ts';
import { documentConfig, documentFaults } from './config/document-config.ts';
import type { DocumentConfig } from './config/document-config.ts';
import { developmentSecret } from './config/development-secret.ts';
import { readEnvFile, type EnvFile } from './config/env-file.ts';
import { marketDataConfig, providerFaults } from './config/market-data-config.ts';
import type { MarketDataConfig } from './config/market-data-config.ts';
import { productionFaults, isProduction } from './config/production-rules.ts';
import { readSettings, type Lookup } from './config/read-settings.ts';
import { messageFaults } from './config/message-settings.ts';
import { isPlaceholder } from './config/secret-rules.ts';
import { logLevels, type LogLevel, type TrustedProxies } from './config/setting-types.ts';
import { settings, type SettingValues } from './config/settings.ts';
import { authoritiesOf, authorityFile, databaseWithTls, transportFaults } from './config/transport-security.ts';

export type Config = {
  readonly production: boolean;
  readonly role: 'all' | 'api' | 'worker';
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Null: http://localhost: and the port that was bound. */
    readonly publicUrl: string | null;
    /** Lower case; `*` allows every host, a leading dot allows the name and all below it. */
    readonly allowedHosts: readonly string[];
    readonly corsOrigins: readonly string[];
    readonly trustProxy: TrustedProxies;
    /** The address that plain HTTP is led to; null lets it in. */
    readonly httpsOnly: string | null;
    readonly requestTimeoutMs: number;
    readonly metricsToken: string | null;
  };
  readonly log: {
    readonly level: LogLevel;
    readonly format: 'json' | 'pretty';
    readonly file: string | null;
    readonly slowQueryMs: number;
    readonly sentryDsn: string | null;
  };
  readonly database: {
    /** Null: the embedded PostgreSQL. */
    readonly url: string | null;
    /** Past a connection pooler; the same as url where there is none. */
    readonly directUrl: string | null;
    /** Null: everything is read from the database itself. */
    readonly replicaUrl: string | null;
    readonly poolSize: number;
    /** False: statements have no names, so that any pooler can pass them on. */
    readonly prepared: boolean;
  };
  /** Null: everything stays in process. */
  readonly redis: { readonly url: string; readonly prefix: string; readonly tls: RedisTls } | null;
  readonly secretKey: string;
  readonly accessTokenMinutes: number;
  /** Whether administrators need a second factor to act as such. */
  readonly adminSecondFactor: boolean;
  readonly firstAdministrator: { readonly email: string; readonly password: string } | null;
  readonly plansEnforced: boolean;
  /** Null: no limits at all. */
  readonly rateLimits: {
    readonly burstPerMinute: number;
    readonly sessionPerMinute: number;
    /** Null with PLANS=off. */
    readonly standardPerHour: number | null;
    readonly premiumPerHour: number | null;
  } | null;
  readonly market: {
    readonly seed: string;
    readonly hours: 'always' | 'exchange';
    readonly publicAccess: boolean;
    readonly historyLimitScope: 'pricing' | 'all';
    readonly data: MarketDataConfig;
  };
  readonly strictOrders: boolean;
  readonly documents: DocumentConfig;
  /** Null: for ever. */
  readonly tickRetentionDays: number | null;
  /** How messages leave the server. */
  readonly messages: {
    /** Null: no mail is sent. */
    readonly smtpUrl: string | null;
    readonly mailFrom: string;
    /** Hosts that webhooks and push may reach although they are not public. */
    readonly webhookAllowHosts: readonly string[];
    /** Null: the server makes a pair of its own. */
    readonly vapidKeys: { readonly publicKey: string; readonly privateKey: string } | null;
    /** mailto: or https:. */
    readonly vapidSubject: string;
  };
  /** What is odd but no reason to stop, in sentences, for the log at start. */
  readonly warnings: readonly string[];
};

/** How a Redis behind rediss:// proves itself. */
export type RedisTls = { readonly authorityFile: string | null; readonly verify: boolean };

export type Surroundings = {
  /** The process environment; it wins over the .env file. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where .env is looked for and relative paths begin. */
  readonly folder: string;
};

/** All that is wrong with the settings, at once, since nobody likes to mend them one start at a time. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The settings do not allow a start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nAll settings are in docs/reference/settings.md.`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Reads and checks the settings once. Throws ConfigError with every fault. Outside production a missing SECRET_KEY is
 * made and kept in DATA_DIR.
 */
export function readConfig(surroundings: Surroundings): Config {
  const envFile = envFileIn(surroundings.folder);
  const lookup = lookupIn(surroundings, envFile);
  const { values, givenAs, faults } = readSettings(lookup);
  const production = isProduction(values);
  const database = databaseAddress(values, givenAs);
  const redis = redisAddress(values, givenAs);
  const allFaults = [
    ...envFile.faults,
    ...faults,
    ...database.faults,
    ...redis.faults,
    ...(production ? productionFaults(values, givenAs) : []),
    ...administratorFaults(values),
    ...roleFaults(values, database.url),
    ...transportFaults(values, surroundings.folder),
    ...providerFaults(values),
    ...messageFaults(values),
    ...documentFaults(values, production),
  ];
  if (allFaults.length > 0) throw new ConfigError(allFaults);
  const dataDirectory = resolve(surroundings.folder, values.dataDir);
  return freezeDeep({
    ...configOf(values, { databaseUrl: database.url, redisUrl: redis.url, folder: surroundings.folder, dataDirectory }),
    production,
    dataDirectory,
    secretKey: values.secretKey ?? developmentSecret(dataDirectory),
    warnings: [
      ...unknownNames(envFile),
      ...(!production && values.secretKey !== null && isPlaceholder(values.secretKey)
        ? [`${givenAs.get('SECRET_KEY') ?? 'SECRET_KEY'} is the example's. Production refuses it; \`npm run secret\` prints a good one.`]
        : []),
    ],
  });
}

type Addresses = {
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly folder: string;
  readonly dataDirectory: string;
};

function configOf(values: SettingValues, { databaseUrl, redisUrl, folder, dataDirectory }: Addresses) {
  const [databaseAuthority, redisAuthority] = authoritiesOf(values);
  const databaseFile = authorityFile(databaseAuthority, { folder, dataDirectory });
  const withTls = (url: string | null) => (url === null ? null : databaseWithTls(url, { authority: databaseFile, mode: values.dbSslMode }));
  const debug = values.debug === true;
  return {
    role: values.role,
    http: {
      host: values.host ?? (databaseUrl === null ? '127.0.0.1' : '0.0.0.0'),
      port: values.port,
      publicUrl: values.publicUrl,
      allowedHosts: values.allowedHosts,
      corsOrigins: values.corsOrigins,
      trustProxy: values.trustProxy,
      httpsOnly: httpsOnly(values),
      requestTimeoutMs: values.requestTimeoutMs,
      metricsToken: values.metricsToken,
    },
    log: {
      level: values.logLevel ?? (debug ? logLevels[1] : logLevels[2]),
      format: values.logFormat ?? (debug ? ('pretty' as const) : ('json' as const)),
      file: values.logFile === null ? null : resolve(folder, values.logFile),
      slowQueryMs: values.slowQueryMs,
      sentryDsn: values.sentryDsn,
    },
    database: {
      url: withTls(databaseUrl),
      directUrl: withTls(values.databaseDirectUrl ?? databaseUrl),
      replicaUrl: withTls(values.databaseReplicaUrl),
      poolSize: values.databasePoolSize,
      prepared: values.databasePrepared,
    },
    redis:
      redisUrl === null
        ? null
        : {
            url: redisUrl,
            prefix: values.redisPrefix,
            tls: { authorityFile: authorityFile(redisAuthority, { folder, dataDirectory }), verify: values.redisTlsVerify },
          },
    accessTokenMinutes: values.jwtExpiryMinutes,
    adminSecondFactor: values.adminSecondFactor,
    firstAdministrator:
      values.adminEmail === null || values.adminPassword === null ? null : { email: values.adminEmail, password: values.adminPassword },
    plansEnforced: values.plans,
    rateLimits: values.rateLimits
      ? {
          burstPerMinute: values.burstPerMinute,
          sessionPerMinute: values.sessionPerMinute,
          standardPerHour: values.plans ? values.standardPerHour : null,
          premiumPerHour: values.plans ? values.premiumPerHour : null,
        }
      : null,
    market: {
      seed: values.marketSeed,
      hours: values.marketHours,
      publicAccess: values.publicMarketData,
      historyLimitScope: values.historyLimitScope,
      data: marketDataConfig(values),
    },
    strictOrders: values.strictOrders,
    documents: documentConfig(values),
    tickRetentionDays: values.tickRetentionDays,
    messages: messageConfig(values),
  };
}

function messageConfig({ smtpUrl, mailFrom, webhookAllowHosts, ...values }: SettingValues): Config['messages'] {
  const { vapidPublicKey: publicKey, vapidPrivateKey: privateKey } = values;
  const address = /<([^<>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
  return {
    smtpUrl,
    mailFrom,
    webhookAllowHosts,
    vapidKeys: publicKey === null || privateKey === null ? null : { publicKey, privateKey },
    vapidSubject: values.vapidSubject ?? `mailto:${address}`,
  };
}

/** In production, where PUBLIC_URL speaks HTTPS; REQUIRE_HTTPS says otherwise. */
function httpsOnly({ publicUrl, requireHttps, ...values }: SettingValues): string | null {
  if (publicUrl?.startsWith('https:') !== true) return null;
  return (requireHttps ?? isProduction({ ...values, publicUrl, requireHttps })) ? publicUrl : null;
}

function envFileIn(folder: string): EnvFile {
  const file = join(folder, '.env');
  return existsSync(file) ? readEnvFile(readFileSync(file, 'utf8')) : { values: new Map(), faults: [] };
}

function lookupIn({ environment }: Surroundings, envFile: EnvFile): Lookup {
  const given: Lookup = (name) => environment[name] ?? envFile.values.get(name);
  return (name) => {
    const value = given(name);
    // DEBUG is also read by other programs, with values such as "express:*", which say nothing about this one.
    if (name === 'DEBUG' && value !== undefined && !('value' in settings.debug.type.read(value.trim()))) return undefined;
    // A developer's copy of the documented .env still has the placeholders of a production database it never uses.
    if (name === 'PROD_DB_CONNECTION' && given('DB_ENV')?.trim().toLowerCase() !== 'production') return undefined;
    return value;
  };
}

function administratorFaults(values: SettingValues): string[] {
  if (values.adminEmail !== null && values.adminPassword === null)
    return ['ADMIN_PASSWORD: missing. ADMIN_EMAIL is set; write both or neither.'];
  if (values.adminEmail === null && values.adminPassword !== null)
    return ['ADMIN_EMAIL: missing. ADMIN_PASSWORD is set; write both or neither.'];
  return [];
}

function roleFaults(values: SettingValues, databaseUrl: string | null): string[] {
  if (values.role === 'all' || databaseUrl !== null) return [];
  return [`ROLE: got "${values.role}" without a shared database. Write DATABASE_URL as well, or ROLE=all.`];
}

const knownNames = new Set(Object.values(settings).flatMap((row) => [row.name, ...row.aliases]));

function unknownNames(envFile: EnvFile): string[] {
  return [...envFile.values.keys()]
    .filter((name) => !knownNames.has(name))
    .map((name) => `${name} in .env is no setting of this version and has no effect.`);
}

function freezeDeep<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freezeDeep(part as object);
  return Object.freeze(value);
}
