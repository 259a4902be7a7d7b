/** A server process on a folder of its own, with the embedded database, that can be killed and comes back. */
import { discardEmbeddedDatabase, findRunningDatabase } from '../platform/db/embedded/index.ts';
import type { CrashedServer } from './crash-round.ts';
import { startServerProcess } from './server-process.ts';

export interface CrashingServer {
  /** An access token of a user of its own; good for half an hour, whatever happens to the server. */
  readonly token: string;
  /** The server is killed, and started again on what it left. */
  readonly killed: CrashedServer;
  /** PostgreSQL is stopped at once, and the server starts it again by itself. */
  readonly databaseStopped: CrashedServer;
  /** Stops in order, and removes the database and the folder. */
  remove(): Promise<void>;
}

const USER = { email: 'crash@example.com', password: 'a user who never gives up' };

export async function startCrashingServer(folder: string): Promise<CrashingServer> {
  const environment = { DATA_DIR: folder, RATE_LIMITS: 'off', PATH: '/usr/bin:/bin' };
  let server = await startServerProcess({ folder, environment });
  const url = () => server.url;
  const registered = await fetch(`${server.url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(USER),
  });
  if (!registered.ok) throw new Error(`The user could not be registered: ${await registered.text()}`);
  const { accessToken } = (await registered.json()) as { accessToken: string };
  const killed: CrashedServer = {
    url,
    async crash() {
      server.process.kill('SIGKILL');
      await server.ended;
      server = await startServerProcess({ folder, environment });
    },
  };
  const databaseStopped: CrashedServer = {
    url,
    async crash() {
      const before = findRunningDatabase(folder);
      if (before === null) throw new Error('The database does not run.');
      process.kill(before.pid, 'SIGQUIT');
      while ((findRunningDatabase(folder)?.pid ?? before.pid) === before.pid) await nextTurn();
      while ((await fetch(`${server.url}/health/ready`)).status !== 200) await nextTurn();
      if (server.process.exitCode !== null) throw new Error('The server ended with its database.');
    },
  };
  return {
    token: accessToken,
    killed,
    databaseStopped,
    async remove() {
      server.process.kill('SIGTERM');
      await server.ended;
      await discardEmbeddedDatabase(folder, { info: () => undefined, warn: () => undefined });
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
