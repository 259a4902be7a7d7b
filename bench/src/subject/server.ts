/** The server under test: the built one, in production mode, on its own embedded database with fsync and synchronous commit on. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { discardEmbeddedDatabase, findRunningDatabase } from '../../../apps/server/src/platform/db/embedded/index.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { freePort, repository, startProgram } from './process.ts';
import type { RunningProgram } from './process.ts';

export const ADMINISTRATOR = { email: 'bench@example.com', password: 'kestrel-Harbour-7719' } as const;
const MAIN = join(repository, 'apps/server/dist/main.js');

export interface Server {
  readonly url: string;
  readonly pid: number;
  /** Of PostgreSQL's first process, whose children do the work. */
  readonly databasePid: number;
  /** Signed in as the administrator. */
  readonly administrator: Client;
  /** Runs SQL beside the server, to look at what it wrote. */
  readonly database: pg.Pool;
  readonly databaseUrl: string;
  readonly outputFile: string;
  /** Ends the server and removes everything it stored. */
  close(): Promise<void>;
}

export interface Folder {
  readonly path: string;
  /** Starts the server on this folder; resolves when it answers. */
  start(): Promise<RunningProgram & { readonly url: string }>;
  remove(): Promise<void>;
}

/** An empty folder to start servers on, one after the other. `SERVER_FLAGS` go to Node, for profiles: `SERVER_FLAGS=--cpu-prof`. */
export function serverFolder(): Folder {
  if (!existsSync(MAIN)) throw new Error('The server is not built. Run `npm run build`, or the bench by `npm run bench`.');
  const path = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const flags = (process.env['SERVER_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');
  return {
    path,
    async start() {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const environment = serverEnvironment(join(path, 'data'), port);
      const program = { words: [...flags, MAIN], folder: path, environment, outputFile: join(path, 'server.log') };
      return { url, ...(await startProgram(program, `${url}/health/ready`)) };
    },
    async remove() {
      const dataDir = join(path, 'data');
      if (existsSync(dataDir)) await discardEmbeddedDatabase(dataDir, { info: () => undefined, warn: console.warn });
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export async function startServer(): Promise<Server> {
  const folder = serverFolder();
  try {
    const { url, pid, stop } = await folder.start();
    const running = findRunningDatabase(join(folder.path, 'data'));
    if (running === null) throw new Error('The server runs, but its embedded database was not found.');
    const { url: databaseUrl, pid: databasePid } = running;
    const database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    const administrator = await createClient(url).signIn(ADMINISTRATOR);
    const close = async () => {
      await database.end();
      await stop();
      await folder.remove();
    };
    return { url, pid, databasePid, administrator, database, databaseUrl, outputFile: join(folder.path, 'server.log'), close };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

export function serverEnvironment(dataDir: string, port: number): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: String(port),
    SECRET_KEY: randomBytes(32).toString('base64url'),
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    JWT_EXPIRY_MINUTES: '1440',
    RATE_LIMITS: 'off',
    PLANS: 'off',
  };
}
