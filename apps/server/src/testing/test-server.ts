/**
 * Runs once before all tests that need PostgreSQL: finds the server, makes the template that each test file's database is a copy of,
 * and removes everything at the end. With DATABASE_URL the tests use that server, else they bring their own. A server that was named
 * and does not answer fails the run; nothing is skipped.
 */
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { discardEmbeddedDatabase, startEmbeddedDatabase } from '../platform/db/embedded/index.ts';
import { migrate } from '../platform/db/migrate.ts';
import { withDatabase } from './test-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: {
      readonly url: string;
      readonly template: string;
      readonly namePrefix: string;
      readonly redisUrl: string | undefined;
      readonly poolerUrl: string | undefined;
    };
  }
}

/** Each run holds an advisory lock of this class under its own number for as long as it lives, so others can tell it from a dead one. */
const runLockClass = 7_291_443;
const folderPrefix = 'holdfast-test-';
const quiet = { info: () => undefined, warn: () => undefined };

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const redisUrl = await answeringRedis(process.env['REDIS_URL']);
  const server = await findServer(process.env['DATABASE_URL']);
  const session = new pg.Client({ connectionString: server.url });
  await session.connect().catch((error: unknown) => {
    throw new Error(`The test database does not answer: ${(error as Error).message}`, { cause: error });
  });
  await removeDeadRuns(session);
  const run = randomInt(2 ** 31 - 1);
  await session.query('SELECT pg_advisory_lock($1, $2)', [runLockClass, run]);
  const namePrefix = prefixOf(run);
  const template = `${namePrefix}template`;
  await session.query(`CREATE DATABASE ${template}`);
  await migrate({ url: withDatabase(server.url, template) });
  project.provide('testServer', { url: server.url, template, namePrefix, redisUrl, poolerUrl: process.env['TEST_POOLER_URL'] });
  return async () => {
    // What goes with its server need not be removed one by one.
    if (!server.isOurs) await removeDatabases(session, run);
    await session.end();
    await server.stop();
  };
}

interface Server {
  readonly url: string;
  /** It ends with this run, and with it everything in it. */
  readonly isOurs: boolean;
  stop(): Promise<void>;
}

async function findServer(url: string | undefined): Promise<Server> {
  if (url !== undefined && url !== '') return { url, isOurs: false, stop: async () => undefined };
  await discardDeadServers();
  const dataDir = mkdtempSync(join(tmpdir(), folderPrefix));
  const embedded = await startEmbeddedDatabase({ dataDir, log: { ...quiet, warn: (message) => console.warn(message) }, temporary: true });
  return {
    url: embedded.url,
    isOurs: true,
    stop: async () => {
      await embedded.stop();
      await discardEmbeddedDatabase(dataDir, quiet);
    },
  };
}

/** Runs that were killed leave a folder and a PostgreSQL behind; those that still run refuse to be discarded. */
async function discardDeadServers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const folder = join(tmpdir(), name);
    if (isBeingMade(folder)) continue;
    await discardEmbeddedDatabase(folder, quiet).catch(() => undefined);
  }
}

/** Between making its folder and holding it, another run must not lose it. */
function isBeingMade(folder: string): boolean {
  const made = statSync(folder, { throwIfNoEntry: false });
  return made !== undefined && Date.now() - made.mtimeMs < 60_000 && !existsSync(join(folder, 'held-by.json'));
}

async function removeDeadRuns(session: pg.Client): Promise<void> {
  const { rows } = await session.query<{ run: number }>(
    `SELECT DISTINCT substring(datname from '^holdfast_test_([0-9]+)_')::int AS run
       FROM pg_database WHERE datname ~ '^holdfast_test_[0-9]+_'`,
  );
  for (const { run } of rows) {
    const { rows: locks } = await session.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS free', [runLockClass, run]);
    if (locks[0]?.free !== true) continue;
    await removeDatabases(session, run);
    await session.query('SELECT pg_advisory_unlock($1, $2)', [runLockClass, run]);
  }
}

async function removeDatabases(session: pg.Client, run: number): Promise<void> {
  const { rows } = await session.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [
    prefixOf(run),
  ]);
  for (const { name } of rows) await session.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

function prefixOf(run: number): string {
  return `holdfast_test_${run}_`;
}

async function answeringRedis(url: string | undefined): Promise<string | undefined> {
  if (url === undefined || url === '') return undefined;
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 5_000 } });
  client.on('error', () => undefined); // The rejected promise says it.
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw new Error(`REDIS_URL is set and does not answer: ${(error as Error).message}`, { cause: error });
  } finally {
    client.destroy();
  }
  return url;
}
