import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, readConfig, type Config } from './config.ts';

const strongSecret = 'kJ8sVn2qLx0ZtPw5RyHb7uCm4dEf9gAa1TqW3oXi6Ns';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(environment: Record<string, string>): Config {
  return readConfig({ environment, folder });
}

function faults(environment: Record<string, string>): readonly string[] {
  try {
    read(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test('with nothing set it runs embedded, on this machine only, with every guard on', () => {
  const config = read({});
  expect(config).toMatchObject({
    production: false,
    role: 'all',
    dataDirectory: join(folder, '.holdfast'),
    http: {
      host: '127.0.0.1',
      port: 8000,
      publicUrl: null,
      allowedHosts: ['*'],
      corsOrigins: [],
      trustProxy: false,
      requestTimeoutMs: 10_000,
    },
    log: { level: 'info', format: 'json', file: null },
    database: { url: null, directUrl: null, poolSize: 20 },
    redis: null,
    accessTokenMinutes: 30,
    firstAdministrator: null,
    plansEnforced: true,
    rateLimits: { burstPerMinute: 100, sessionPerMinute: 600, standardPerHour: 100, premiumPerHour: 1000 },
    market: { seed: '1', hours: 'always', publicAccess: true, historyLimitScope: 'pricing' },
    strictOrders: true,
    warnings: [],
  });
  expect(Object.isFrozen(config.market)).toBe(true);
});

test('a development secret is made once and kept for the owner only', () => {
  const first = read({}).secretKey;
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(read({}).secretKey).toBe(first);
  expect(statSync(join(folder, '.holdfast', 'secret')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, '.holdfast', 'secret'), 'utf8').trim()).toBe(first);
});

test('the environment wins over .env, an empty value counts as not set, and .env is read with quotes and comments', () => {
  writeFileSync(
    join(folder, '.env'),
    '\uFEFF# ours\r\nexport PORT=9000 # the port\r\nMARKET_SEED="a \\"b\\" # c"\r\nHOST=\'::1\'\r\nDB_PASSWORD=a#b\r\n\r\nREDIS_URL=\r\nSTOCK_API_TOKEN=x\r\n' +
      'DATABASE_URL=postgres://somewhere/x\r\n',
  );
  const config = read({ PORT: '9100', HOST: ' ' });
  expect(config.http.port).toBe(9100);
  expect(config.http.host).toBe('0.0.0.0');
  expect(config.market.seed).toBe('a "b" # c');
  expect(config.redis).toBeNull();
  expect(config.warnings).toEqual(['STOCK_API_TOKEN in .env is no setting of this version and has no effect.']);
});

test('all faults come at once, each with the variable, what it got and what to write, and no secret is repeated', () => {
  writeFileSync(join(folder, '.env'), 'this is no assignment hunter2\n');
  const all = faults({
    PORT: '80000',
    ROLE: 'boss',
    JWT_ALGORITHM: 'none',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    CORS_ORIGINS: '*',
    MARKET_DATA_PROVIDER: 'iex',
    ADMIN_EMAIL: 'owner@example.org',
    REDIS_HOST: '<REDIS_HOST>',
  });
  expect(all).toEqual([
    '.env line 1 is not NAME=value. Write NAME=value, with quotes closed on the same line.',
    'ROLE: got "boss". Write one of all, api, worker.',
    'PORT: got "80000". Write a whole number, 0 to 65535.',
    'CORS_ORIGINS: got "*". Write origins separated by commas, each like https://portfolio.example.org; * is not accepted, since cookies travel with requests.',
    'DATABASE_URL: got a text of 25 characters (not shown). Write an address such as postgres://host.',
    'REDIS_HOST: got "<REDIS_HOST>". Write a value of your own instead of the example, or remove the line.',
    'JWT_ALGORITHM: got "none". Write HS256, the only choice of this version.',
    'MARKET_DATA_PROVIDER: got "iex". Write one of simulated, replay, alpha-vantage, finnhub, twelve-data, yahoo, or several of the last four separated by commas, since made-up prices never stand in for real ones.',
    'ADMIN_PASSWORD: missing. ADMIN_EMAIL is set; write both or neither.',
  ]);
  expect(all.join()).not.toContain('hunter2');
});

describe('the database, by precedence', () => {
  const parts = { DB_HOST: 'db', DB_NAME: 'x y', DB_USER: 'u@v', DB_PASSWORD: 'p/w:1' };
  const ofParts = 'postgres://u%40v:p%2Fw%3A1@db:5432/x%20y';
  test.each<[string, Record<string, string>, string | null]>([
    ['nothing', {}, null],
    ['parts', parts, ofParts],
    ['parts with a port', { ...parts, DB_PORT: '6000' }, ofParts.replace('5432', '6000')],
    ['parts with a socket', { DB_HOST: '/run/pg', DB_NAME: 'x' }, 'postgres://postgres@%2Frun%2Fpg:5432/x'],
    ['parts with IPv6', { DB_HOST: '::1', DB_NAME: 'x' }, 'postgres://postgres@[::1]:5432/x'],
    [
      'production address outside production',
      { ...parts, DB_ENV: 'development', PROD_DB_CONNECTION: 'postgres://<DB_USER>@<DB_HOST>' },
      ofParts,
    ],
    [
      'production address',
      { ...parts, DB_ENV: 'production', PROD_DB_CONNECTION: 'postgres://prod/x', SECRET_KEY: strongSecret },
      'postgres://prod/x',
    ],
    [
      'DATABASE_URL over all',
      {
        ...parts,
        DB_ENV: 'production',
        PROD_DB_CONNECTION: 'postgres://prod/x',
        SECRET_KEY: strongSecret,
        DATABASE_URL: 'postgresql://one/x',
      },
      'postgresql://one/x',
    ],
  ])('%s', (_, environment, expected) => {
    const { database, http } = read(environment);
    expect(database.url).toBe(expected);
    expect(database.directUrl).toBe(expected);
    expect(http.host).toBe(expected === null ? '127.0.0.1' : '0.0.0.0');
  });

  test('a pooler is passed by the direct address', () => {
    expect(read({ DATABASE_URL: 'postgres://pooler/x', DATABASE_DIRECT_URL: 'postgres://db/x' }).database.directUrl).toBe(
      'postgres://db/x',
    );
  });

  test.each([
    [{}, true],
    [{ DATABASE_PREPARED: 'off' }, false],
  ])('%j: statements are prepared: %s', (environment, prepared) => {
    expect(read(environment).database.prepared).toBe(prepared);
  });

  test.each<[Record<string, string>, string]>([
    [{ DB_HOST: 'db' }, 'DB_NAME: missing. DB_HOST is set; write the name of the database.'],
    [{ DB_NAME: 'x' }, 'DB_HOST: missing. DB_NAME is set; write the host, or remove it to use the embedded database.'],
    [
      { DB_ENV: 'production', SECRET_KEY: strongSecret },
      'PROD_DB_CONNECTION: missing. DB_ENV is production; write postgres://user:password@host:5432/name.',
    ],
    [{ ROLE: 'api' }, 'ROLE: got "api" without a shared database. Write DATABASE_URL as well, or ROLE=all.'],
    [{ REDIS_PASSWORD: 'x' }, 'REDIS_HOST: missing. REDIS_PASSWORD is set; write the host, or remove it to do without Redis.'],
  ])('%j is incomplete', (environment, expected) => {
    expect(faults(environment)).toEqual([expected]);
  });
});

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ REDIS_HOST: 'cache' }, 'redis://cache:6379'],
  [{ REDIS_HOST: 'cache', REDIS_PORT: '6400', REDIS_USERNAME: 'default', REDIS_PASSWORD: 'p@ss' }, 'redis://default:p%40ss@cache:6400'],
  [{ REDIS_HOST: 'cache', REDIS_URL: 'rediss://one:6379/2' }, 'rediss://one:6379/2'],
])('Redis of %j', (environment, expected) => {
  expect(read(environment).redis?.url).toBe(expected);
});

describe('production', () => {
  test.each<[Record<string, string>, boolean]>([
    [{ NODE_ENV: 'production' }, true],
    [{ DEBUG: 'False' }, true],
    [{ DEBUG: 'off', NODE_ENV: 'development' }, true],
    [{ DEBUG: 'True' }, false],
    [{ DEBUG: 'express:*' }, false],
    [{ NODE_ENV: 'test' }, false],
  ])('%j is production: %s', (environment, expected) => {
    expect(read({ SECRET_KEY: strongSecret, ...environment }).production).toBe(expected);
  });

  const missing = 'SECRET_KEY: missing. Write at least 32 random characters; `npm run secret` prints some.';
  const refused = (name: string, length: number, wanted: string) =>
    `${name}: got a text of ${String(length)} characters (not shown), which production refuses. Write ${wanted}.`;
  const ownInstead = 'a secret of your own instead of the example';
  test.each<[Record<string, string>, string]>([
    [{}, missing],
    [{ SECRET_KEY: '' }, missing],
    [{ SECRET_KEY: 'YOUR_API_KEY' }, refused('SECRET_KEY', 12, ownInstead)],
    [{ SECRET_KEY: 'changeme-changeme-changeme-changeme' }, refused('SECRET_KEY', 35, ownInstead)],
    [{ SECRET_KEY: 'your_super_secret_key' }, refused('SECRET_KEY', 21, ownInstead)],
    [{ SECRET_KEY: '<generate-strong-key>' }, refused('SECRET_KEY', 21, ownInstead)],
    [{ JWT_SECRET_KEY: '<JWT_SECRET_KEY>' }, refused('JWT_SECRET_KEY', 16, ownInstead)],
    [{ SECRET_KEY: strongSecret.slice(0, 31) }, refused('SECRET_KEY', 31, 'at least 32 characters')],
    [{ SECRET_KEY: 'ab'.repeat(20) }, refused('SECRET_KEY', 40, 'more different characters')],
    [{ SECRET_KEY: strongSecret, DEBUG: 'true' }, 'DEBUG: got on in production. Write DEBUG=off, or remove it.'],
    [
      { SECRET_KEY: strongSecret, ADMIN_EMAIL: 'a@b.c', ADMIN_PASSWORD: 'Tr0ub4dor&3' },
      refused('ADMIN_PASSWORD', 11, 'at least 12 characters'),
    ],
    [{ SECRET_KEY: strongSecret, METRICS_TOKEN: 'short' }, refused('METRICS_TOKEN', 5, 'at least 16 characters')],
    [
      { SECRET_KEY: strongSecret, DATABASE_URL: 'postgresql://portfolio_user:yourpassword@localhost/portfolio' },
      'DATABASE_URL: got a placeholder as password (not shown). Write the real password.',
    ],
    [
      { SECRET_KEY: strongSecret, DB_HOST: 'postgres', DB_NAME: 'x', DB_PASSWORD: '<strong-password>' },
      'DB_PASSWORD: got a placeholder as password (not shown). Write the real password.',
    ],
    [
      { SECRET_KEY: strongSecret, STOCK_API_KEY: 'YOUR_API_KEY' },
      'STOCK_API_KEY: got a placeholder (not shown). Write the real key, or remove it.',
    ],
    [
      { SECRET_KEY: strongSecret, MARKET_DATA_PROVIDER: 'alpha-vantage', ALPHA_VANTAGE_API_KEY: 'your_alpha_vantage_key' },
      'ALPHA_VANTAGE_API_KEY: got a placeholder (not shown). Write the real key, or remove it.',
    ],
  ])('refuses %j', (environment, expected) => {
    expect(faults({ NODE_ENV: 'production', ...environment })).toEqual([expected]);
  });

  test('outside production the example secret works and is warned of', () => {
    const config = read({ SECRET_KEY: 'your_super_secret_key' });
    expect(config.secretKey).toBe('your_super_secret_key');
    expect(config.warnings).toEqual(["SECRET_KEY is the example's. Production refuses it; `npm run secret` prints a good one."]);
  });

  test('SECRET_KEY comes before JWT_SECRET_KEY', () => {
    expect(read({ NODE_ENV: 'production', SECRET_KEY: strongSecret, JWT_SECRET_KEY: 'changeme' }).secretKey).toBe(strongSecret);
  });
});

test('switches and lists have their effect', () => {
  const config = read({
    DEBUG: 'on',
    LOG_FILE: 'logs/server.log',
    RATE_LIMITS: 'off',
    PLANS: 'off',
    ALLOWED_HOSTS: 'API.example.org, .example.net',
    CORS_ORIGINS: 'https://a.example/,http://localhost:5173',
    TRUST_PROXY: '10.0.0.0/8,127.0.0.1',
    PUBLIC_URL: 'https://portfolio.example.org/',
  });
  expect(config).toMatchObject({
    log: { level: 'debug', format: 'pretty', file: join(folder, 'logs/server.log') },
    rateLimits: null,
    plansEnforced: false,
    http: {
      allowedHosts: ['api.example.org', '.example.net'],
      corsOrigins: ['https://a.example', 'http://localhost:5173'],
      trustProxy: ['10.0.0.0/8', '127.0.0.1'],
      publicUrl: 'https://portfolio.example.org',
    },
  });
  expect(read({ TRUST_PROXY: '1' }).http.trustProxy).toBe(1);
  expect(read({ LOG_LEVEL: 'WARNING' }).log.level).toBe('warn');
  expect(faults({ PUBLIC_URL: 'https://x.example/path', ALLOWED_HOSTS: 'https://x.example' })).toHaveLength(2);
});

test('providers are asked in the order in which they are written, each with its own key or the common one', () => {
  const config = read({ MARKET_DATA_PROVIDER: 'Finnhub, alpha-vantage,yahoo', STOCK_API_KEY: 'common', ALPHA_VANTAGE_API_KEY: 'own' });
  expect(config.market.data.providers.map(({ name, apiKey }) => [name, apiKey])).toEqual([
    ['finnhub', 'common'],
    ['alpha-vantage', 'own'],
    ['yahoo', ''],
  ]);
  expect(config.market.data.providers[1]?.quotas).toEqual([
    { requests: 25, perSeconds: 86_400 },
    { requests: 5, perSeconds: 60 },
  ]);
});

test.each([
  [{ MARKET_DATA_PROVIDER: 'finnhub' }, 'FINNHUB_API_KEY: missing. MARKET_DATA_PROVIDER names finnhub; write its key, or STOCK_API_KEY.'],
  [{ MARKET_DATA_PROVIDER: 'yahoo,simulated' }, 'made-up prices never stand in for real ones'],
  [{ MARKET_DATA_PROVIDER: 'yahoo,yahoo' }, 'MARKET_DATA_PROVIDER: got "yahoo,yahoo"'],
  [{ REPLAY_FROM: 'yesterday' }, 'REPLAY_FROM: got "yesterday"'],
  [{ REPLAY_SPEED: '1001' }, 'a whole number, 1 to 1000'],
])('%j: %s', (environment, fault) => {
  expect(() => read(environment)).toThrow(fault);
});
