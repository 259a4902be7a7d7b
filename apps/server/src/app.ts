/** The wiring, by hand: platform, providers, features, in order. Also what tests inject into. */
import { fileURLToPath } from 'node:url';
import { allRoutes, createOpenApi } from '@holdfast/contract';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Config } from './config.ts';
import { createPasswords } from './features/accounts/index.ts';
import type { AccountSetup, DemonstrationDoor, DemonstrationLogin, Passwords } from './features/accounts/index.ts';
import { announcementJob, bindAdminRoutes } from './features/admin/index.ts';
import type { Imports } from './features/imports/index.ts';
import type { Reports } from './features/reports/index.ts';
import { bindOperationsRoutes } from './features/operations/index.ts';
import { createDemonstration } from './demonstration.ts';
import type { Alerts } from './features/alerts/index.ts';
import type { Documents } from './features/documents/index.ts';
import type { Exports } from './features/exports/index.ts';
import { openAccountExports } from './open-account-exports.ts';
import { openDocumentStorage } from './open-document-storage.ts';
import { bindIdentity, createAccountSetup, openIdentity } from './open-identity.ts';
import type { Identity } from './open-identity.ts';
import { openAlerting } from './open-alerting.ts';
import { openMarket } from './open-market.ts';
import type { Market } from './open-market.ts';
import { openMessages } from './open-messages.ts';
import type { Messages } from './open-messages.ts';
import type { OpenStreamHub } from './features/stream-hub/index.ts';
import { openStream } from './open-stream.ts';
import { openTickFiles } from './open-tick-files.ts';
import type { TickFiles } from './open-tick-files.ts';
import { openTrading } from './open-trading.ts';
import type { Trading } from './open-trading.ts';
import { openReporting } from './open-reporting.ts';
import { bindRecordDoors } from './record-doors.ts';
import { bindWatchDoors } from './watch-doors.ts';
import { batchObserver, serverFigures } from './server-figures.ts';
import { serveApiDocs } from './pages/api-docs.ts';
import { serveWebApp } from './pages/web-app.ts';
import type { Bus } from './platform/bus/index.ts';
import type { Caches } from './platform/cache/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Job } from './platform/jobs/index.ts';
import { readBackup, writeBackup } from './platform/db/backup/index.ts';
import type { Db } from './platform/db/pool.ts';
import { createHttpServer } from './platform/http/index.ts';
import type { Limiter, ServeContext } from './platform/http/index.ts';
import type { Replica } from './platform/db/replica.ts';
import type { Health, Log, Logger, Metrics } from './platform/observe/index.ts';

/** What every feature stands on, opened before the app is made and closed after it. */
export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly db: Db;
  readonly pool: pg.Pool;
  /** Left out where there is none. */
  readonly replica?: Replica;
  readonly logger: Logger;
  readonly writeRequest: Log['writeRequest'];
  readonly metrics: Metrics;
  readonly health: Health;
  readonly limiter: Limiter;
  readonly caches: Caches;
  /** Over PostgreSQL: carries what is written in its transactions. */
  readonly bus: Bus;
  /** Carries what is told often and outside of transactions: over Redis where there is one, else the same. */
  readonly fanOut: Bus;
}

/** What tests hand in instead of the app's own. */
export interface AppParts {
  readonly passwords?: Passwords;
  /** Where the built web app lies. */
  readonly webFolder?: string;
}

/** Answer how many tables there were. */
export interface Backups {
  write(path: string, onTable: (table: string) => void): Promise<number>;
  /** Throws RestoreRefused, with the database as it was. */
  read(path: string, onTable: (table: string) => void): Promise<number>;
}

export interface App {
  /** Listens, or takes injected requests. */
  readonly http: FastifyInstance;
  /** What start and the command line do with accounts, with everything wired that belongs to one. */
  readonly accounts: AccountSetup;
  readonly market: Market;
  readonly trading: Trading;
  readonly alerts: Alerts;
  readonly imports: Imports;
  readonly messages: Messages;
  readonly stream: OpenStreamHub;
  readonly backups: Backups;
  /** Work that is done apart from requests. */
  readonly jobs: readonly Job[];
  /** Makes the demonstration account, unless it is there, and answers how to sign in. */
  seedDemonstration(): Promise<DemonstrationLogin>;
  /** Finishes what is under way and takes nothing new. */
  close(): Promise<void>;
}

/** Beside the source as beside the bundle. */
const WEB_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));
export const VERSION = '0.1.0';
/** The stream of a server that has none. */
const CLOSED_STREAM: OpenStreamHub = Object.freeze({ size: 0, beat: () => undefined, close: () => undefined });

export async function createApp(platform: Platform, parts: AppParts = {}): Promise<App> {
  const { config, clock, db } = platform;
  const messages = openMessages(platform);
  const identity = await openIdentity(platform, { passwords: parts.passwords ?? createPasswords(), messages });
  const http = await openHttp(platform, identity);
  const context = { app: http, db, clock };
  const market = await openMarket(platform);
  const trading = openTrading({
    ...platform,
    instruments: market.instruments.book,
    quotes: market.quotes.board,
    rates: market.rates,
    history: market.history,
    observeBatch: batchObserver(platform),
  });
  const tickFiles = await openTickFiles(platform, market);
  const reports = openReporting(platform, { market, trading });
  const documents = openDocumentStorage(platform);
  const exports = await openAccountExports(platform, { market, documents, identity });
  const alerts = openAlerting(platform, { market, trading, messages });
  identity.onUserErased.push(async (_tx, userId) => market.instruments.forgetOwner(userId));
  identity.onUserCreated.push(trading.onUserCreated);
  identity.onUserErased.push(trading.onUserErased);
  identity.onUserErased.push(documents.onUserErased);
  bindOperations(context, platform, identity.demonstration);
  const features = { identity, market, trading, tickFiles, reports, documents, exports, alerts, messages };
  // A worker answers for its health and nothing else.
  const stream = config.role === 'worker' ? CLOSED_STREAM : await bindDoors(context, platform, { ...features, ...parts });
  serverFigures(platform, stream);
  http.addHook('onListen', async () => {
    market.start();
    await reports.start();
    // An uploaded file lies with the server that took it in; matching is with the workers.
    if (config.role !== 'worker') await tickFiles.imports.start();
    if (config.role === 'api') return;
    await trading.start();
    await messages.start(trading);
    await alerts.evaluator.start();
  });
  const accounts = createAccountSetup(identity);
  return {
    http,
    accounts,
    market,
    trading,
    alerts,
    imports: tickFiles.imports,
    messages,
    stream,
    backups: backupsOf(platform),
    jobs: [
      ...[reports, market, trading, documents, exports, tickFiles, alerts, messages, identity].flatMap(({ jobs }) => jobs),
      announcementJob({ db, clock, notifier: messages.notifier }),
    ],
    seedDemonstration: demonstrationSeeder(platform, { accounts, market, trading }),
    async close() {
      await http.close();
      await alerts.evaluator.close();
      await identity.forgotten.close();
      await messages.close();
      await tickFiles.close();
      await reports.close();
      documents.close();
      await trading.close();
      await market.close();
    },
  };
}

interface Features {
  readonly identity: Identity;
  readonly market: Market;
  readonly trading: Trading;
  readonly tickFiles: TickFiles;
  readonly reports: Reports;
  readonly documents: Documents;
  readonly exports: Exports;
  readonly alerts: Alerts;
  readonly messages: Messages;
}

/** Everything that users, their programs and their browsers reach. */
async function bindDoors(
  context: ServeContext,
  platform: Platform,
  { identity, market, trading, tickFiles, reports, documents, exports, alerts, messages, webFolder = WEB_FOLDER }: Features & AppParts,
): Promise<OpenStreamHub> {
  const { app: http } = context;
  bindIdentity(context, identity);
  market.bindRoutes(context);
  trading.bindRoutes(context);
  reports.bindRoutes(context);
  documents.bindRoutes(context);
  exports.bindRoutes(context);
  alerts.bindRoutes(context);
  messages.bindRoutes(context);
  const accounts = { ...identity, ...identity.sessions };
  bindRecordDoors(context, { platform, market, trading, accounts });
  bindWatchDoors(context, { platform, market, identity });
  const admin = { ...platform, ...systemOf(platform.config), streamClients: () => stream.size };
  const stream = await openStream(context, platform, { gate: identity.gate, market, trading });
  bindAdminRoutes(context, admin);
  http.addHook('preClose', async () => stream.close());
  await tickFiles.bindRoutes(context, identity.gate);
  http.addHook('preClose', async () => tickFiles.closeSockets());
  serveApiDocs(http);
  await serveWebApp(http, webFolder);
  return stream;
}

function backupsOf({ config, pool, clock }: Platform): Backups {
  const { ssl, connectionString = '' } = pool.options;
  const database = { url: config.database.directUrl ?? connectionString, ...(ssl === undefined ? {} : { ssl }) };
  return {
    write: (path, onTable) => writeBackup({ ...database, path, onTable, at: clock.now() }),
    read: (path, onTable) => readBackup({ ...database, path, onTable }),
  };
}

function systemOf({ role, production, redis, documents }: Config) {
  return { version: VERSION, role, production, hasRedis: redis !== null, documentStorage: documents.s3 === null ? 'disk' : 's3' } as const;
}

function bindOperations(context: ServeContext, { config, health, metrics }: Platform, demonstration: DemonstrationDoor): void {
  bindOperationsRoutes(context, {
    health,
    metrics,
    metricsToken: config.http.metricsToken,
    version: VERSION,
    demonstration,
    openApiText: JSON.stringify(createOpenApi(allRoutes, { version: VERSION })),
  });
}

function openHttp(platform: Platform, identity: Identity): Promise<FastifyInstance> {
  const { config, clock } = platform;
  return createHttpServer({
    clock,
    logger: platform.logger,
    gate: identity.gate,
    limiter: platform.limiter,
    allowedHosts: config.http.allowedHosts,
    corsOrigins: config.http.corsOrigins,
    trustProxy: trustedProxies(config.http.trustProxy),
    requestTimeoutMs: config.http.requestTimeoutMs,
    publicMarketData: config.market.publicAccess,
    secureCookies: identity.secureCookies,
    production: config.production,
    httpsOnly: config.http.httpsOnly,
    observe: platform.metrics.observeRequest,
    writeRequest: platform.writeRequest,
  });
}

function demonstrationSeeder(
  { db, clock }: Platform,
  { accounts, market, trading }: Pick<App, 'accounts' | 'market' | 'trading'>,
): () => Promise<DemonstrationLogin> {
  const demonstration = createDemonstration({
    db,
    clock,
    instruments: market.instruments.book,
    quotes: market.quotes.board,
    rates: market.rates,
    history: market.history,
    desk: trading.desk,
    states: trading.states,
  });
  return async () => {
    const login = await accounts.seedDemonstration(demonstration.steps);
    await demonstration.trade(login.userId);
    return login;
  };
}

function trustedProxies(setting: Config['http']['trustProxy']): boolean | string | ((address: string, hop: number) => boolean) {
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  return typeof setting === 'object' ? setting.join(',') : setting;
}
