/** Everything in the database, as it is at one moment, whatever is written meanwhile. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { END_OF_ROWS, quoted } from './backup-format.ts';
import type { BackupEnd, BackupHead, BackupTable } from './backup-format.ts';
import { readMigrations, readTables } from './read-schema.ts';

export interface BackupOptions {
  readonly url: string;
  readonly ssl?: pg.ConnectionConfig['ssl'];
  /** It is there once it is whole. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Told before each table. */
  readonly onTable?: (table: string) => Promise<void> | void;
}

/** Answers how many tables there are in it. Read in one snapshot of the database, and never whole in memory. */
export async function writeBackup({ url, ssl, path, at, onTable }: BackupOptions): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'holdfast backup', ...(ssl === undefined ? {} : { ssl }) });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const head: BackupHead = {
      format: 'holdfast backup',
      version: 1,
      at: new Date(at).toISOString(),
      migrations: await readMigrations(client),
    };
    const tables = await readTables(client);
    const lines = backupLines(client, { head, tables, onTable });
    await pipeline(lines, createGzip(), createWriteStream(`${path}.part`, { mode: 0o600, flush: true }));
    await rename(`${path}.part`, path);
    return tables.length;
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

interface Content {
  readonly head: BackupHead;
  readonly tables: readonly BackupTable[];
  readonly onTable: BackupOptions['onTable'];
}

async function* backupLines(client: pg.Client, { head, tables, onTable }: Content): AsyncIterable<string | Buffer> {
  yield `${JSON.stringify(head)}\n`;
  for (const table of tables) {
    await onTable?.(table.table);
    yield `${JSON.stringify(table)}\n`;
    const columns = table.columns.map(quoted).join(', ');
    // A query and not the table: a table in parts has no rows of its own.
    const rows = client.query(copyTo(`copy (select ${columns} from ${quoted(table.table)}) to stdout`));
    for await (const piece of rows as AsyncIterable<Buffer>) yield piece;
    yield `${END_OF_ROWS}\n`;
  }
  const end: BackupEnd = { tables: tables.length };
  yield `${JSON.stringify(end)}\n`;
}
