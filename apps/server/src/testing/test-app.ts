/** The whole app on a database of its own, with a clock that stands still. Every answer is held against the contract. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { createApp } from '../app.ts';
import type { App, Platform } from '../app.ts';
import { readConfig } from '../config.ts';
import { createPasswords } from '../features/accounts/index.ts';
import { createMemoryBus, openPostgresBus, openRedisBus } from '../platform/bus/index.ts';
import { createMemoryCaches } from '../platform/cache/index.ts';
import { openPools } from '../platform/db/pool.ts';
import type { Db } from '../platform/db/pool.ts';
import type { Role } from '../platform/http/index.ts';
import { createLimiter } from '../platform/limits/index.ts';
import { createHealth, createMetrics, silentLogger } from '../platform/observe/index.ts';
import { connectRedis } from '../platform/redis/index.ts';
import { registerTestUser } from './builders.ts';
import type { TestUser } from './builders.ts';
import { fixedClock } from './fixed-clock.ts';
import type { FixedClock } from './fixed-clock.ts';
import { createTestBrowser, createTestClient, traceRoutes } from './test-client.ts';
import type { TestClient } from './test-client.ts';
import { createTestDatabase } from './test-database.ts';
import type { TestRedis } from './test-database.ts';

export interface TestAppOptions {
  /** Settings by their names in the environment. RATE_LIMITS is off unless said otherwise. */
  readonly settings?: Readonly<Record<string, string>>;
  /** When the clock stands; a Monday in market hours when left out. */
  readonly now?: string;
  /** The database of another test app, to be a second server beside it. */
  readonly beside?: TestApp;
  /** Events over PostgreSQL, as servers have them; else in process. */
  readonly postgresBus?: boolean;
  /** Fan-out over this Redis, with events over PostgreSQL beside it. Servers with the same prefix hear each other. */
  readonly redis?: TestRedis;
  /** Where the built web app lies. */
  readonly webFolder?: string;
  /** A read replica. */
  readonly replica?: Platform['replica'];
  /** Takes the log line of each request. */
  readonly writeRequest?: Platform['writeRequest'];
}

export interface TestApp {
  readonly http: FastifyInstance;
  readonly app: App;
  readonly clock: FixedClock;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** Asks without a token. */
  readonly anonymous: TestClient;
  /** Asks with the user's access token. */
  as(user: Pick<TestUser, 'accessToken'>): TestClient;
  /** Asks like a page of the web app: with cookies. */
  browser(): ReturnType<typeof createTestBrowser>;
  /** A new signed-in user: name@example.com with the user name `name`. */
  user(name: string, role?: Role): Promise<TestUser>;
  close(): Promise<void>;
}

const MONDAY = '2026-01-05T15:30:00.000Z';

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.beside === undefined ? await createTestDatabase() : null;
  const databaseUrl = options.beside?.databaseUrl ?? database?.url ?? '';
  const clock = options.beside?.clock ?? fixedClock(options.now ?? MONDAY);
  const { platform, close: closePlatform } = await openTestPlatform({ ...options, databaseUrl, clock });
  // Hashes that cost next to nothing: tests about passwords say so themselves.
  const passwords = createPasswords({ cost: { memoryCost: 64, timeCost: 1, parallelism: 1 } });
  const app = await createApp(platform, { passwords, ...(options.webFolder === undefined ? {} : { webFolder: options.webFolder }) });
  const { http } = app;
  const routes = traceRoutes(http);
  await http.ready();
  const clientFor = (token?: string) =>
    createTestClient({ http, routes, headers: () => (token === undefined ? {} : { authorization: `Bearer ${token}` }) });
  const anonymous = clientFor();
  return {
    http,
    app,
    clock,
    db: platform.db,
    pool: platform.pool,
    databaseUrl,
    anonymous,
    as: (user) => clientFor(user.accessToken),
    browser: () => createTestBrowser({ http, routes }),
    user: (name, role = 'standard') => registerTestUser({ anonymous, db: platform.db }, name, role),
    close: async () => {
      await app.close();
      await closePlatform();
      await database?.drop();
    },
  };
}

async function openTestPlatform(options: TestAppOptions & { readonly databaseUrl: string; readonly clock: FixedClock }) {
  const { databaseUrl, clock } = options;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-app-'));
  const environment = {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'a secret of the tests, all servers alike',
    RATE_LIMITS: 'off',
  };
  const config = readConfig({ environment: { ...environment, ...options.settings }, folder });
  const pools = openPools({ url: databaseUrl, size: 10, statementTimeoutMs: 20_000 });
  const metrics = createMetrics({ processMetrics: false });
  const fail = (error: unknown) => {
    throw error;
  };
  const bus =
    options.postgresBus === true || options.redis !== undefined
      ? await openPostgresBus({ directUrl: databaseUrl, pool: pools.pool, onError: () => undefined })
      : createMemoryBus({ onError: fail });
  const redis = options.redis === undefined ? null : await connectRedis({ url: options.redis.url, prefix: options.redis.keyPrefix });
  const fanOut = redis === null ? bus : await openRedisBus({ redis, beside: bus, onError: fail });
  const health = createHealth({ clock });
  health.register({ name: 'database', need: 'ready', run: async () => void (await pools.pool.query('select 1')) });
  const platform: Platform = {
    config,
    clock,
    db: pools.db,
    pool: pools.pool,
    ...(options.replica === undefined ? {} : { replica: options.replica }),
    logger: silentLogger(),
    writeRequest: options.writeRequest ?? (() => undefined),
    metrics,
    health,
    limiter: createLimiter({ rules: config.rateLimits, clock, redis: null }),
    caches: createMemoryCaches({ clock }),
    bus,
    fanOut,
  };
  const close = async () => {
    if (fanOut !== bus) await fanOut.close();
    await redis?.close();
    await bus.close();
    metrics.close();
    await pools.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { platform, close };
}
