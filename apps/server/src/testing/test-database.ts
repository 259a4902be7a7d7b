import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  readonly url: string;
  /** Ends the sessions that are left, then removes the database. What is not dropped goes when the run ends. */
  drop(): Promise<void>;
}

export interface TestRedis {
  readonly url: string;
  /** Begins every key of the one who asked, and of nobody else. */
  readonly keyPrefix: string;
}

/** A database with all migrations and no rows, for one test file: a copy of the run's template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, namePrefix, template } = inject('testServer');
  const name = `${namePrefix}${randomBytes(5).toString('hex')}`;
  await runOn(url, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY wal_log`);
  return { url: withDatabase(url, name), drop: () => runOn(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** The Redis of this run, or undefined where the run has none and everything stays in process. */
export function testRedis(): TestRedis | undefined {
  const { redisUrl, namePrefix } = inject('testServer');
  return redisUrl === undefined ? undefined : { url: redisUrl, keyPrefix: `${namePrefix}${randomBytes(5).toString('hex')}:` };
}

/** A test database through the connection pooler of this run, or undefined where it has none. */
export function throughPooler({ url }: Pick<TestDatabase, 'url'>): string | undefined {
  const { poolerUrl } = inject('testServer');
  return poolerUrl === undefined ? undefined : withDatabase(poolerUrl, new URL(url).pathname.slice(1));
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
