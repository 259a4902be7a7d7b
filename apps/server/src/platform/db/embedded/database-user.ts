import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** The operating system's user that PostgreSQL runs as. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

const names = ['postgres', '_postgres'];

/** For root, which PostgreSQL refuses to run as: the user `postgres`, made when the machine has none. */
export function databaseUser(): DatabaseUser {
  const known = names.map(findUser).find((user) => user !== undefined);
  if (known !== undefined) return known;
  const [name = 'postgres'] = names;
  addUser(name);
  const made = findUser(name);
  if (made === undefined) {
    throw new Error(`PostgreSQL refuses to run as root, and the user ${name} could not be made. Make it, or start as another user.`);
  }
  return made;
}

/** The name of this process's own user, which PostgreSQL's `peer` rule needs. */
export function ownUserName(): string {
  return userInfo().username;
}

/** The name of a user id; the id itself where the machine has no name for it. */
export function userName(uid: number): string {
  return ask('id', ['-un', String(uid)]) ?? String(uid);
}

function findUser(name: string): DatabaseUser | undefined {
  const match = /^uid=(\d+)\S* gid=(\d+)/.exec(ask('id', [name]) ?? '');
  return match === null ? undefined : { uid: Number(match[1]), gid: Number(match[2]), name };
}

/** Debian and Red Hat know useradd, BusyBox only adduser. */
function addUser(name: string): void {
  if (ask('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]) !== undefined) return;
  ask('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]);
}

function ask(program: string, parameters: readonly string[]): string | undefined {
  try {
    return execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
