import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from '../observe/index.ts';
import { workerLogger } from './worker-logger.ts';

/** Any number that nobody else locks. */
const installLock = 7_291_445;

export type InstallOptions = {
  /** A direct connection, past any pooler. */
  readonly url: string;
  readonly logger: Logger;
};

/** Creates or upgrades the tables of the job queue (schema graphile_worker), one server at a time. */
export async function installJobSchema({ url, logger }: InstallOptions): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'holdfast migrations' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [installLock]);
    await runMigrations({ connectionString: url, maxPoolSize: 1, logger: workerLogger(logger) });
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}
