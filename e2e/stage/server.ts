/** A server of the run's own: built from this checkout, on a free port, on the embedded database, with data of its own that are removed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const ADMINISTRATOR = { email: 'admin@example.com', password: 'an unlikely sentence 47' };

export interface StagedServer {
  readonly url: string;
  /** Ends the process and leaves its data, so that `start` finds them again. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Ends the process and removes its data. */
  readonly remove: () => Promise<void>;
}

export async function stageServer(): Promise<StagedServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'holdfast-journeys-'));
  const port = await freePort();
  let running: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    running = await run(port, dataFolder);
  };
  const stop = async (): Promise<void> => {
    const process = running;
    running = null;
    if (process !== null) await end(process);
  };
  await start();
  return {
    url: `http://localhost:${String(port)}`,
    start,
    stop,
    remove: async () => {
      await stop();
      const location = join(dataFolder, 'location');
      // As root the database lies elsewhere, and the data folder says where.
      if (existsSync(location)) await rm(readFileSync(location, 'utf8').trim(), { recursive: true, force: true });
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/**
 * A port that nobody listens on. Not one of those that the system gives to connections: while the server is stopped, a browser that
 * tries to reach it again would itself take the port sooner or later.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

function run(port: number, dataFolder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['tools/ready.mjs', 'start'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataFolder,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'error',
      NODE_ENV: 'development',
      ADMIN_EMAIL: ADMINISTRATOR.email,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
  });
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (part: Buffer): void => {
      output += part.toString();
      if (output.includes('Holdfast is ready')) resolve(child);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)} before it was ready:\n${output.slice(-4000)}`));
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}
