/** Start, listen, stop on a signal, or run one command: the only file that touches the process. */
import { createApp, VERSION } from './app.ts';
import type { App } from './app.ts';
import { adminCommand } from './command-line/admin-command.ts';
import { auditCommand } from './command-line/audit-command.ts';
import { backupCommand, restoreCommand } from './command-line/backup-command.ts';
import type { Command } from './command-line/command.ts';
import { importCommand } from './command-line/import-command.ts';
import { migrateCommand } from './command-line/migrate-command.ts';
import { createTerminal } from './command-line/terminal.ts';
import { ConfigError, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { upkeepJobs } from './features/upkeep/index.ts';
import { openErrorReports } from './open-error-reports.ts';
import { openPlatform } from './open-platform.ts';
import type { OpenPlatform } from './open-platform.ts';
import { collectGarbage, openLog } from './platform/observe/index.ts';
import type { Log } from './platform/observe/index.ts';

/** How long requests under way may take to finish once a stop was asked for. */
const STOP_WITHIN_MS = 20_000;
const LAST_WORDS_MS = 1_000;

const commands: Readonly<Record<string, Command>> = {
  admin: adminCommand,
  audit: auditCommand,
  backup: backupCommand,
  import: importCommand,
  migrate: migrateCommand,
  restore: restoreCommand,
};

await main(process.argv.slice(2));

async function main([name, ...words]: readonly string[]): Promise<void> {
  const command = name === undefined ? undefined : commands[name];
  if (name !== undefined && command === undefined) {
    const lines = Object.values(commands).map(({ summary }) => `  ${summary}`);
    process.stderr.write(`There is no command "${name}". Without one the server starts; besides there are:\n${lines.join('\n')}\n`);
    process.exit(2);
  }
  const config = configOrExit();
  // A command talks to a person: only what is wrong may come between.
  const reports = openErrorReports(config, VERSION);
  const log = openLog({ ...config.log, ...(command === undefined ? {} : { level: 'warn' }), onError: reports.send });
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error) => {
      log.logger.fatal({ error }, `${event}: the process cannot be trusted any more and ends`);
      log.close();
      // Whoever collects errors shall hear of this one, if it does not take long.
      setTimeout(() => process.exit(1), LAST_WORDS_MS);
      void reports.close().then(() => process.exit(1));
    });
  }
  for (const warning of config.warnings) log.logger.warn(warning);
  // Signals count from here on, so that a start that hangs can be broken off and PostgreSQL is still stopped in order.
  const stop = stopOnSignals(log);
  stop.add(() => reports.close());
  try {
    const platform = await openPlatform(config, {
      log: { logger: log.logger, writeRequest: log.writeRequest },
      besideServer: command !== undefined,
    });
    stop.add(() => platform.close());
    const app = await createApp(platform);
    stop.add(() => app.close());
    if (command !== undefined) {
      const terminal = createTerminal({ input: process.stdin, output: process.stdout });
      // npm runs us in the folder of the package, and says where its caller stood.
      await stop.now(await command.run(words, { app, terminal, folder: process.env['INIT_CWD'] ?? process.cwd() }));
      return;
    }
    stop.add(() => platform.health.stopping());
    await serve(config, { app, platform });
  } catch (error) {
    if (command === undefined) log.logger.fatal({ error }, 'the server could not start');
    if (command !== undefined || !config.production) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop.now(1);
  }
}

async function serve(config: Config, { app, platform }: { readonly app: App; readonly platform: OpenPlatform }): Promise<void> {
  const { logger } = platform;
  if (config.firstAdministrator !== null) {
    const outcome = await app.accounts.ensureFirstAdministrator({ ...config.firstAdministrator, anyPassword: !config.production });
    if (outcome !== 'none') logger.info({ outcome }, 'the first administrator is there');
  }
  // Its history is made of computed prices: beside real ones it would be a lie, and there might be none yet.
  const demonstrates = config.database.url === null && !config.production && app.market.provider.computed !== null;
  const demonstration = demonstrates ? await app.seedDemonstration() : null;
  // What a request asks for is put on the list of jobs, whoever runs them.
  await platform.prepareJobs();
  await app.http.listen({ host: config.http.host, port: config.http.port });
  const bound = app.http.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.http.port;
  const url = config.http.publicUrl ?? `http://localhost:${port}`;
  logger.info({ host: config.http.host, port, url }, 'listening');
  if (config.role !== 'api') await platform.runJobs([...upkeepJobs(platform), ...app.jobs]);
  collectGarbage();
  if (config.production && url.startsWith('http:') && new URL(url).hostname !== 'localhost')
    logger.warn('PUBLIC_URL is not https: browsers will not keep the session cookie. Put TLS in front and set PUBLIC_URL.');
  if (config.production) return;
  const login = demonstration === null ? '' : `\n  Look around as ${demonstration.email} with the password ${demonstration.password}`;
  process.stdout.write(`\n  Holdfast is ready: ${url}${login}\n  The API is described at ${url}/docs\n\n`);
}

interface Stop {
  /** Runs when the server stops, before what was added earlier. */
  add(step: () => Promise<void> | void): void;
  now(exitCode: number): Promise<void>;
}

function stopOnSignals(log: Log): Stop {
  const steps: (() => Promise<void> | void)[] = [];
  let stopping = false;
  const now = async (exitCode: number) => {
    stopping = true;
    setTimeout(() => {
      log.logger.error('the stop took too long and was forced');
      log.close();
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    let code = exitCode;
    for (const step of steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        log.logger.error({ error }, 'a part did not stop in order');
        code = 1;
      }
    }
    log.logger.info('stopped');
    log.close();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) {
        log.close();
        process.exit(1);
      }
      log.logger.info({ signal }, 'stopping: no new requests, those under way are finished');
      void now(0);
    });
  }
  return { add: (step) => void steps.push(step), now };
}

function configOrExit(): Config {
  try {
    return readConfig({ environment: process.env, folder: process.cwd() });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
