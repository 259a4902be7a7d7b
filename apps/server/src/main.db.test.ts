/** The server as a process: it starts, says where it is, and stops in order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServerProcess } from './testing/server-process.ts';
import type { ServerProcess } from './testing/server-process.ts';
import { createTestDatabase } from './testing/test-database.ts';
import type { TestDatabase } from './testing/test-database.ts';
import { twelveDataAnswers } from './testing/vendor-answers.ts';
import { startVendorServer } from './testing/vendor-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-main-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
/** A start takes seconds where many tests share few cores. */
const PATIENCE_MS = 60_000;

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function start(words: readonly string[], environment: Record<string, string>): Promise<ServerProcess> {
  return startServerProcess({ folder, words, environment: { DATABASE_URL: database.url, ...environment } });
}

test(
  'starts, answers, finishes what is under way when it is stopped, and ends with 0',
  async () => {
    const server = await start([], { ADMIN_EMAIL: 'owner@example.com', ADMIN_PASSWORD: 'the owner of this server' });
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    const blocker = new pg.Client({ connectionString: database.url });
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('lock table users in access exclusive mode');
    const login = fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@example.com', password: 'the owner of this server' }),
    });
    const waits = "select 1 from pg_locks where not granted and relation = 'users'::regclass";
    while ((await blocker.query(waits)).rowCount === 0) await new Promise(setImmediate);
    server.process.kill('SIGTERM');
    while (!server.output().includes('stopping')) await new Promise(setImmediate);
    await blocker.query('rollback');
    await blocker.end();
    expect((await login).status).toBe(200);
    expect(await server.ended).toBe(0);
    expect(server.output()).toContain('"message":"stopped"');
  },
  PATIENCE_MS,
);

test(
  'with a provider it starts without a network, its jobs run, and prices come as soon as somebody asks',
  async () => {
    const vendor = await startVendorServer(twelveDataAnswers);
    const server = await start([], { MARKET_DATA_PROVIDER: 'twelve-data', TWELVE_DATA_API_KEY: 'key', TWELVE_DATA_URL: vendor.url });
    const quote = (await (await fetch(`${server.url}/api/v1/quotes/IBM`)).json()) as Record<string, unknown>;
    expect(quote).toMatchObject({ symbol: 'IBM', last: '296.20999', source: 'twelve-data' });
    server.process.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.output()).not.toContain('"level":"error"');
    await vendor.close();
  },
  PATIENCE_MS,
);

test(
  'a second signal does not wait',
  async () => {
    const server = await start([], {});
    const blocker = new pg.Client({ connectionString: database.url });
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('lock table users in access exclusive mode');
    const login = fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@example.com', password: 'the owner of this server' }),
    }).catch(() => 'cut off');
    const waits = "select 1 from pg_locks where not granted and relation = 'users'::regclass";
    while ((await blocker.query(waits)).rowCount === 0) await new Promise(setImmediate);
    server.process.kill('SIGINT');
    while (!server.output().includes('stopping')) await new Promise(setImmediate);
    server.process.kill('SIGINT');
    expect(await server.ended).toBe(1);
    expect(await login).toBe('cut off');
    await blocker.end();
  },
  PATIENCE_MS,
);

test(
  'names every fault of its settings and does not start',
  async () => {
    const server = await start(['migrate'], { PORT: 'many', NODE_ENV: 'production' });
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain('PORT: got "many"');
    expect(server.output()).toContain('SECRET_KEY: missing');
  },
  PATIENCE_MS,
);

test(
  'a command runs and ends; an unknown one is answered with those there are',
  async () => {
    const migrate = await start(['migrate'], {});
    expect(await migrate.ended).toBe(0);
    expect(migrate.output()).toContain('The database is up to date.');
    const unknown = await start(['dance'], {});
    expect(await unknown.ended).toBe(2);
    expect(unknown.output()).toContain('admin create EMAIL');
  },
  PATIENCE_MS,
);

test(
  'a database that does not answer ends the start with 1',
  async () => {
    const server = await start(['migrate'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain('ECONNREFUSED');
  },
  PATIENCE_MS,
);
