/** Brings a backup into a database that nobody uses yet, all of it or nothing. */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { END_OF_ROWS, quoted } from './backup-format.ts';
import type { BackupEnd, BackupHead, BackupTable } from './backup-format.ts';
import { linesOf } from './lines-of.ts';
import { readMigrations, readTables } from './read-schema.ts';

export interface RestoreOptions {
  readonly url: string;
  readonly ssl?: pg.ConnectionConfig['ssl'];
  readonly path: string;
  readonly onTable?: (table: string) => void;
}

/** What keeps a file from being restored, in a sentence for people. */
export class RestoreRefused extends Error {}

/** Answers how many tables were filled. Throws RestoreRefused, with the database as it was. */
export async function readBackup({ url, ssl, path, onTable }: RestoreOptions): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'holdfast restore', ...(ssl === undefined ? {} : { ssl }) });
  await client.connect();
  const source = createReadStream(path);
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  // Whoever reads the lines is told; until somebody does, nobody else needs to be.
  unpacked.on('error', () => undefined);
  try {
    const lines = linesOf(unpacked)[Symbol.asyncIterator]();
    await client.query('begin');
    const head = parsed<BackupHead>(await nextLine(lines));
    await assertFits(client, head);
    const filled = await fillTables(client, lines, onTable);
    await setCounters(client);
    await client.query('commit');
    return filled;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw isDamage(error) ? new RestoreRefused(`${path} is no whole backup: ${(error as Error).message}. Nothing was changed.`) : error;
  } finally {
    source.destroy();
    unpacked.destroy();
    await client.end();
  }
}

async function assertFits(client: pg.Client, head: Partial<BackupHead>): Promise<void> {
  if (head.format !== 'holdfast backup' || head.version !== 1) throw new RestoreRefused('The file is no backup of Holdfast.');
  const present = await readMigrations(client);
  if (present.join() !== head.migrations?.join())
    throw new RestoreRefused(
      `The backup fits the schema ${head.migrations?.at(-1) ?? '(none)'} and the database has ${present.at(-1) ?? '(none)'}. Restore it with the version of Holdfast that wrote it, then upgrade.`,
    );
  const { rows } = await client.query<{ count: number }>('select count(*)::integer as count from users');
  const users = rows[0]?.count ?? 0;
  if (users > 0)
    throw new RestoreRefused(
      `The database is in use: it has ${users} users, who would be lost. Restore into a new database, or another DATA_DIR.`,
    );
}

type Lines = AsyncIterator<Buffer>;

const NEWLINE = Buffer.from('\n');
const NO_MORE = Buffer.from(END_OF_ROWS);

async function fillTables(client: pg.Client, lines: Lines, onTable: RestoreOptions['onTable']): Promise<number> {
  const known = await readTables(client);
  // What a first start has put there, such as the simulated market's instruments, comes from the backup too.
  await client.query(`truncate ${known.map(({ table }) => quoted(table)).join(', ')} restart identity`);
  for (let filled = 0; ; filled += 1) {
    const next = parsed<BackupTable | BackupEnd>(await nextLine(lines));
    if ('tables' in next) {
      if (next.tables !== filled) throw new RestoreRefused(`The backup says that it has ${next.tables} tables, and ${filled} were in it.`);
      return filled;
    }
    onTable?.(next.table);
    await fillTable(client, lines, next);
  }
}

async function fillTable(client: pg.Client, lines: Lines, { table, columns, partitions }: BackupTable): Promise<void> {
  for (const { name, bounds } of partitions)
    await client.query(`create table if not exists ${quoted(name)} partition of ${quoted(table)} ${bounds}`);
  const rows = client.query(copyFrom(`copy ${quoted(table)} (${columns.map(quoted).join(', ')}) from stdin`));
  const ended = finished(rows);
  // A refusal of the database may come at any row; it is thrown below.
  ended.catch(() => undefined);
  try {
    for (let line = await nextLine(lines); !line.equals(NO_MORE); line = await nextLine(lines))
      await write(rows, Buffer.concat([line, NEWLINE]), ended);
  } catch (error) {
    // Tells the database that nothing more comes; until it knows, it would take nothing else.
    rows.destroy(error instanceof Error ? error : new Error(String(error)));
    await ended.catch(() => undefined);
    throw error;
  }
  rows.end();
  await ended;
}

async function write(rows: Writable, line: Buffer, ended: Promise<void>): Promise<void> {
  if (rows.destroyed) await ended;
  if (!rows.write(line)) await Promise.race([once(rows, 'drain'), ended]);
}

/** Numbers that the database gives go on after the highest that is there. */
async function setCounters(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    select c.relname as table, a.attname as column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and a.attidentity <> '' and not c.relispartition`);
  for (const { table, column, sequence } of rows)
    await client.query(
      `select setval($1::regclass, coalesce(max(${quoted(column)}), 1)::bigint, max(${quoted(column)}) is not null) from ${quoted(table)}`,
      [sequence],
    );
}

async function nextLine(lines: Lines): Promise<Buffer> {
  const next = await lines.next();
  if (next.done === true) throw new RestoreRefused('The backup ends in the middle. Nothing was changed.');
  return next.value;
}

function parsed<Shape>(line: Buffer): Shape {
  try {
    return JSON.parse(line.toString('utf8')) as Shape;
  } catch {
    throw new RestoreRefused('The file is no backup of Holdfast, or it is damaged. Nothing was changed.');
  }
}

/** Of the packing: the file is no gzip, or was cut short. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_ZLIB|ENOENT)/.test(String(error.code));
}
