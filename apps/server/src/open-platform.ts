/** Opens what the app stands on, in order, and closes it in the reverse order. */
import type { Platform } from './app.ts';
import type { Config } from './config.ts';
import { openPostgresBus, openRedisBus } from './platform/bus/index.ts';
import type { Bus } from './platform/bus/index.ts';
import { systemClock as clock } from './platform/clock.ts';
import { findRunningDatabase, startEmbeddedDatabase } from './platform/db/embedded/index.ts';
import { migrate } from './platform/db/migrate.ts';
import { openPools } from './platform/db/pool.ts';
import type { PoolOptions } from './platform/db/pool.ts';
import { openReplica } from './platform/db/replica.ts';
import type { Replica } from './platform/db/replica.ts';
import { createMemoryCaches, createRedisCaches } from './platform/cache/index.ts';
import { installJobSchema, startJobs } from './platform/jobs/index.ts';
import type { Job } from './platform/jobs/index.ts';
import { createLimiter } from './platform/limits/index.ts';
import { createHealth, createMetrics } from './platform/observe/index.ts';
import type { Log, Logger } from './platform/observe/index.ts';
import { connectRedis } from './platform/redis/index.ts';
import type { RedisConnection } from './platform/redis/index.ts';

export interface OpenPlatform extends Platform {
  /** Begins to run these jobs as they fall due; they stop when the platform closes. */
  runJobs(jobs: readonly Job[]): Promise<void>;
  /** Makes the list of jobs, so that they can be asked for. */
  prepareJobs(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly log: Pick<Log, 'logger' | 'writeRequest'>;
  /** For a command that may run beside a server: use the embedded database that the server has started. */
  readonly besideServer?: boolean;
}

const JOB_CONNECTIONS = 5;
const REPLICA_CONNECTIONS = 5;

/** Throws when the database cannot be started, reached or migrated; what was opened until then is closed again. */
export async function openPlatform(config: Config, { log, besideServer = false }: OpenOptions): Promise<OpenPlatform> {
  const { logger } = log;
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const url = await databaseUrl(config, { logger, besideServer }, closers);
    const ran = await migrate({ url: config.database.directUrl ?? url });
    if (ran.length > 0) logger.info({ migrations: ran }, 'database migrated');
    const pools = openPools({ url, ...poolOptions(config), ...poolLog(config, logger) });
    closers.push(() => pools.close());
    const metrics = createMetrics({ processMetrics: true });
    closers.push(() => metrics.close());
    const health = createHealth({ clock, onFailure: (name, error) => logger.warn({ error, check: name }, 'a health check failed') });
    health.register({ name: 'database', need: 'ready', run: async () => void (await pools.pool.query('select 1')) });
    const redis = config.redis === null ? null : await openRedis(config.redis, logger);
    if (redis !== null) closers.push(() => redis.close());
    if (redis !== null) health.register({ name: 'redis', need: 'degraded', run: () => assertReady(redis) });
    const limiter = createLimiter({ rules: config.rateLimits, clock, redis });
    const caches = redis === null ? createMemoryCaches({ clock }) : createRedisCaches({ redis, clock });
    const directUrl = config.database.directUrl ?? url;
    const bus = await openPostgresBus({
      directUrl,
      pool: pools.pool,
      onError: (error) => logger.warn({ error }, 'the event bus failed'),
    });
    closers.push(() => bus.close());
    const fanOut = redis === null ? bus : await openFanOut(redis, bus, logger);
    if (fanOut !== bus) closers.push(() => fanOut.close());
    const runJobs = async (jobs: readonly Job[]): Promise<void> => {
      // Jobs may take longer than a request, and LISTEN needs a connection past any pooler.
      const jobPools = openPools({
        url: directUrl,
        size: JOB_CONNECTIONS,
        statementTimeoutMs: 0,
        onError: (error) => logger.warn({ error }, 'a connection of the jobs broke'),
      });
      closers.push(() => jobPools.close());
      const running = await startJobs({ jobs, pool: jobPools.pool, directUrl, logger, metrics, clock });
      closers.push(() => running.stop());
    };
    const replica = openReadReplica(config, logger);
    closers.push(async () => void (await replica.replica?.close()));
    return {
      ...log,
      ...replica,
      runJobs,
      prepareJobs: () => installJobSchema({ url: directUrl, logger }),
      config,
      clock,
      db: pools.db,
      pool: pools.pool,
      metrics,
      health,
      limiter,
      caches,
      bus,
      fanOut,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function databaseUrl(
  config: Config,
  { logger, besideServer }: { readonly logger: Logger; readonly besideServer: boolean },
  closers: (() => Promise<void> | void)[],
): Promise<string> {
  if (config.database.url !== null) return config.database.url;
  const running = besideServer ? findRunningDatabase(config.dataDirectory) : null;
  if (running !== null) return running.url;
  const embedded = await startEmbeddedDatabase({
    dataDir: config.dataDirectory,
    log: { info: (message) => logger.info(message), warn: (message) => logger.warn(message) },
  });
  closers.push(() => embedded.stop());
  return embedded.url;
}

function openRedis(redis: NonNullable<Config['redis']>, logger: Logger): Promise<RedisConnection> {
  return connectRedis({
    ...redis,
    onChange: (state, error) =>
      state === 'ready' ? logger.info('Redis is there') : logger.warn({ error }, 'Redis is away: slower, but right'),
    onError: (error) => logger.warn({ error }, 'a Redis command failed'),
  });
}

function openFanOut(redis: RedisConnection, beside: Bus, logger: Logger): Promise<Bus> {
  return openRedisBus({ redis, beside, onError: (error) => logger.warn({ error }, 'news over Redis failed') });
}

function openReadReplica(config: Config, logger: Logger): { readonly replica?: Replica } {
  const { database } = config;
  if (database.replicaUrl === null) return {};
  const onAway = (error: unknown): void => logger.warn({ error }, 'the read replica is away: the database itself is read');
  const options = {
    ...poolOptions(config),
    url: database.replicaUrl,
    size: REPLICA_CONNECTIONS,
    clock,
  };
  return { replica: openReplica({ ...options, onAway }) };
}

function poolOptions({ database, http }: Config): Pick<PoolOptions, 'size' | 'prepared' | 'statementTimeoutMs'> {
  // Shorter than the request's own limit, so that a slow query ends before its answer does.
  return { size: database.poolSize, prepared: database.prepared, statementTimeoutMs: Math.ceil(http.requestTimeoutMs * 0.9) };
}

/** Connections that break are logged, and statements that take long, by their text; values may be private. */
function poolLog({ log: { slowQueryMs } }: Config, logger: Logger): Pick<PoolOptions, 'slow' | 'onError'> {
  const onError = (error: Error): void => logger.warn({ error }, 'a database connection broke');
  if (slowQueryMs === 0) return { onError };
  const told = (statement: string, milliseconds: number): void =>
    logger.warn({ statement: statement.slice(0, 2_000), durationMs: Math.round(milliseconds) }, 'slow query');
  return { onError, slow: { atLeastMs: slowQueryMs, told } };
}

function assertReady(redis: RedisConnection): void {
  if (!redis.isReady()) throw new Error('Redis does not answer.');
}
