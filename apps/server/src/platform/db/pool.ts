/** Connections to PostgreSQL, and Kysely over them. */
import { Kysely, PostgresDialect } from 'kysely';
import type { LogEvent } from 'kysely';
import pg from 'pg';
import type { Database as Tables } from './generated/schema.ts';
import { scopedPool } from './query-scope.ts';

// int8 counts stay exact integers far below 2^53 here; numeric stays text, so that money never passes through a binary float.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
// Days stay text: a Date would drag them through the server's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type Db = Kysely<Tables>;

export interface DatabasePools {
  /** Typed builder for every query that is not on a hot path. */
  readonly db: Db;
  /** The pool below it: named statements, COPY, LISTEN. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly url: string;
  readonly size: number;
  /** False where a pooler hands each transaction another connection, on which statements prepared before are not known. */
  readonly prepared?: boolean;
  /** The longest a statement may run, milliseconds; PostgreSQL cancels it after that. */
  readonly statementTimeoutMs: number;
  readonly ssl?: pg.ConnectionConfig['ssl'];
  readonly applicationName?: string;
  /** Told of each statement through Kysely that took at least so long: its text, without the values. */
  readonly slow?: { readonly atLeastMs: number; readonly told: (statement: string, milliseconds: number) => void };
  /** Told of idle connections that broke; the pool replaces them by itself. */
  readonly onError?: (error: Error) => void;
}

export function openPools(options: PoolOptions): DatabasePools {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.size,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeoutMs,
    application_name: options.applicationName ?? 'holdfast',
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
  });
  pool.on('error', (error) => options.onError?.(error));
  // A connection that breaks while it is in use tells nobody but itself, and an error nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  if (options.prepared === false) pool.on('connect', forgetNames);
  const { slow } = options;
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: scopedPool(pool) }),
    ...(slow === undefined
      ? {}
      : {
          log: ({ query, queryDurationMillis }: LogEvent) => {
            if (queryDurationMillis >= slow.atLeastMs) slow.told(query.sql, queryDurationMillis);
          },
        }),
  });
  const close = async () => {
    await db.destroy();
    // Kysely ends the pool only when it was used through Kysely.
    if (!pool.ended) await pool.end();
  };
  return { db, pool, close };
}

/** Takes the names off the statements of a connection: each is then parsed anew. What submits itself, as COPY does, has none. */
function forgetNames(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...words: readonly unknown[]) => unknown;
  const unnamed = (statement: unknown) =>
    typeof statement === 'object' && statement !== null && !('submit' in statement) ? { ...statement, name: undefined } : statement;
  client.query = ((statement: unknown, ...words: readonly unknown[]) => query(unnamed(statement), ...words)) as pg.PoolClient['query'];
}
