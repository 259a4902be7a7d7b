import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { discardEmbeddedDatabase } from './discard-embedded-database.ts';
import { readPidFile } from './pid-file.ts';
import { findPlace } from './place.ts';
import { findInstalledPrograms, preparePrograms } from './programs.ts';
import { runsAs } from './runs-as.ts';
import { isRunning } from './running-process.ts';
import { prepareSocketFolder } from './socket-folder.ts';
import { startEmbeddedDatabase } from './start-embedded-database.ts';
import type { EmbeddedDatabase } from './start-embedded-database.ts';

/** One data folder for the whole file, its name with a space: what one test leaves, the next starts from. */
let dataDir: string;
const said: string[] = [];
const log = { info: (message: string) => void said.push(message), warn: (message: string) => void said.push(message) };

beforeAll(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast test ')));
});
afterAll(() => discardEmbeddedDatabase(dataDir, log));

async function running<Result>(use: (database: EmbeddedDatabase) => Promise<Result>): Promise<Result> {
  const database = await startEmbeddedDatabase({ dataDir, log });
  try {
    return await use(database);
  } finally {
    await database.stop();
  }
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: statement, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

function cluster(): string {
  return findPlace(dataDir, findInstalledPrograms().root).cluster;
}

test('the first start makes a database in UTF-8 that keeps what it was told, and is closed to others', async () => {
  await running(async ({ url }) => {
    expect(await ask(url, 'SELECT current_database()::text, current_user::text')).toEqual(['holdfast', 'holdfast']);
    expect(await ask(url, "SELECT current_setting('server_encoding'), lower('ÄÖ'), current_setting('timezone')")).toEqual([
      'UTF8',
      'äö',
      'UTC',
    ]);
    expect(await ask(url, "SELECT current_setting('fsync'), current_setting('synchronous_commit')")).toEqual(['on', 'on']);
    expect(await ask(url, "SELECT current_setting('listen_addresses')")).toEqual(['']);
    expect(await ask(url, 'SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user')).toEqual([false, true]);
    await expect(ask(url.replace('user=holdfast', 'user=postgres'), 'SELECT 1')).rejects.toThrow('no pg_hba.conf entry');
    const socket = new URL(url).searchParams.get('host') ?? '';
    expect(statSync(socket).mode & 0o777).toBe(0o700);
    await ask(url, 'CREATE TABLE kept AS SELECT 42 AS value');
  });

  expect(readPidFile(cluster())).toBeUndefined();
});

test('what was stored is there at the next start', async () => {
  expect(await running(({ url }) => ask(url, 'SELECT value FROM kept'))).toEqual([42]);
});

test('a second server on the same folder is told who holds it, and does not disturb the first', async () => {
  await running(async ({ url }) => {
    await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow(`in use by this very process (${process.pid})`);

    expect(await ask(url, 'SELECT value FROM kept')).toEqual([42]);
  });
});

test('a PostgreSQL that a killed server left running is stopped first', async () => {
  const installed = findInstalledPrograms();
  const place = findPlace(dataDir, installed.root);
  prepareSocketFolder(place);
  const orphan = spawn(preparePrograms(place, installed).postgres, ['-D', place.cluster], { ...runsAs(place), stdio: 'ignore' });
  await vi.waitUntil(() => readPidFile(place.cluster)?.isReady === true, { timeout: 60_000 });

  expect(await running(({ url }) => ask(url, 'SELECT value FROM kept'))).toEqual([42]);

  expect(said).toContain(`Stopping the database that a server left running (process ${orphan.pid}).`);
  expect(isRunning(orphan.pid ?? 0)).toBe(false);
});

test('a process that ends in the middle of a start leaves no PostgreSQL behind', async () => {
  const code = `
    const { existsSync } = await import('node:fs');
    const { startEmbeddedDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
    const log = { info: () => undefined, warn: () => undefined };
    void startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)}, log });
    setInterval(() => { if (existsSync(${JSON.stringify(join(cluster(), 'postmaster.pid'))})) process.exit(7); }, 1);`;
  const server = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], { stdio: 'ignore' });
  onTestFinished(() => void server.kill('SIGKILL'));
  await vi.waitUntil(() => server.exitCode !== null, { timeout: 60_000 });

  expect(server.exitCode).toBe(7);
  await vi.waitUntil(() => readPidFile(cluster()) === undefined, { timeout: 60_000 });
});

test('a PostgreSQL that is killed is started again with all that was committed', async () => {
  await running(async ({ url, pid }) => {
    const first = pid();
    if (first === undefined) throw new Error('The database has no process.');
    await ask(url, 'INSERT INTO kept VALUES (43)');
    process.kill(first, 'SIGKILL');

    await vi.waitUntil(() => said.includes('The database runs again.'), { timeout: 60_000 });

    expect(pid()).not.toBe(first);
    expect(await ask(url, 'SELECT value FROM kept ORDER BY value')).toEqual([42, 43]);
  });
});

test('a start that cannot succeed says why, with the end of the log, and gives the folder free', async () => {
  const place = findPlace(dataDir, findInstalledPrograms().root);
  renameSync(join(place.cluster, 'global'), join(place.cluster, 'gone'));

  await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow(/ended at once.*\n.*global/s);

  expect(existsSync(join(dataDir, 'held-by.json'))).toBe(false);
  renameSync(join(place.cluster, 'gone'), join(place.cluster, 'global'));
  expect(await running(({ url }) => ask(url, 'SELECT count(*)::int FROM kept'))).toEqual([2]);
});

test('the cluster of another version is refused in words', async () => {
  const file = join(cluster(), 'PG_VERSION');
  const version = readFileSync(file, 'utf8');
  writeFileSync(file, '17\n');

  await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow('was written by PostgreSQL 17');

  writeFileSync(file, version);
});

test('a temporary database leaves nothing', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-brief-')));
  const database = await startEmbeddedDatabase({ dataDir: folder, log, temporary: true });
  const { root } = findPlace(folder, findInstalledPrograms().root);
  expect(await ask(database.url, "SELECT current_setting('fsync')")).toEqual(['off']);

  await database.stop();

  expect(existsSync(root)).toBe(false);
  await discardEmbeddedDatabase(folder, log);
  expect(existsSync(folder)).toBe(false);
});
