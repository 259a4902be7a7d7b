import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { runsAs } from './runs-as.ts';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';
import type { StartLog } from './start-log.ts';

/**
 * One command per line, as PostgreSQL's single-user mode reads them. The server's role owns its database and may create others (the
 * tests do), but is no superuser: an injected statement could otherwise run programs.
 */
const firstCommands = [
  'CREATE ROLE holdfast LOGIN CREATEDB',
  'GRANT pg_monitor TO holdfast',
  'CREATE DATABASE holdfast OWNER holdfast',
].join('\n');

interface CreateOptions {
  readonly log: StartLog;
  /** Nothing waits for the disk. */
  readonly temporary: boolean;
}

/** Creates the cluster when there is none. It appears under its name only when complete, so a start that was killed leaves no half. */
export async function createCluster(place: Place, programs: Programs, { log, temporary }: CreateOptions): Promise<void> {
  if (existsSync(place.cluster)) {
    checkVersion(place, programs);
    return;
  }
  log.info(`Creating the database in ${place.root}.`);
  const draft = `${place.cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  if (place.user !== undefined) chownSync(draft, place.user.uid, place.user.gid);
  // UTF-8 and code-point order whatever the machine's language; upper and lower case of all letters, not of the Latin ones alone.
  const language = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const owner = ['-U', 'postgres', '--auth=peer', '--no-instructions', ...(temporary ? ['--no-sync'] : [])];
  await run(place, { program: programs.initdb, parameters: ['-D', draft, ...owner, ...language] });
  const quiet = ['-c', 'log_min_messages=error', '-c', `fsync=${temporary ? 'off' : 'on'}`];
  await run(place, { program: programs.postgres, parameters: ['--single', '-D', draft, ...quiet, 'postgres'], input: firstCommands });
  renameSync(draft, place.cluster);
}

function checkVersion(place: Place, { major }: Programs): void {
  const found = Number(readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8'));
  if (found === major) return;
  throw new Error(
    `The database in ${place.root} was written by PostgreSQL ${found}, and this version brings PostgreSQL ${major}. ` +
      'Export with the version you had and import here, or set DATA_DIR to another folder.',
  );
}

interface Command {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly input?: string;
}

function run(place: Place, { program, parameters, input = '' }: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...runsAs(place), stdio: 'pipe' });
    let said = '';
    const keep = (chunk: Buffer): void => {
      said = (said + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code ?? 'a signal'}:\n${said.trim()}`));
    });
    child.stdin.end(input);
  });
}
