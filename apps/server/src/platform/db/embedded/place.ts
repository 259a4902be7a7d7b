import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUser, userName } from './database-user.ts';
import type { DatabaseUser } from './database-user.ts';

/** Where a database lives and who runs it. */
export interface Place {
  readonly dataDir: string;
  /** Belongs to the user that runs PostgreSQL, closed to everybody else. */
  readonly root: string;
  /** Where copied programs go when they cannot be run where they are installed; shared by the databases of a checkout. */
  readonly programsRoot: string;
  /** The cluster: PostgreSQL's own files. */
  readonly cluster: string;
  readonly logFile: string;
  /** Whom PostgreSQL runs as, when that is not us. */
  readonly user: DatabaseUser | undefined;
}

const rootFolder = '/var/lib/holdfast';

/**
 * Finds, or makes, the place of a data folder. Both are absolute paths without symbolic links: `dataDir`, and `checkout`, the folder
 * the programs are installed in.
 */
export function findPlace(dataDir: string, checkout: string): Place {
  if (process.platform === 'win32') {
    throw new Error('The embedded database needs Linux or macOS. On Windows, use WSL, or set DATABASE_URL to a PostgreSQL server.');
  }
  const locationFile = join(dataDir, 'location');
  if (process.getuid?.() === 0) return placeForRoot(dataDir, checkout);
  if (existsSync(locationFile)) {
    throw new Error(
      `The data of ${dataDir} were created by root and live in ${readFileSync(locationFile, 'utf8').trim()}. ` +
        'Start as root again, or set DATA_DIR to another folder.',
    );
  }
  return place(dataDir, { root: join(dataDir, 'postgres'), programsRoot: dataDir, user: undefined });
}

/** Removes the database for good. */
export function removePlace({ root, dataDir }: Place): void {
  rmSync(root, { recursive: true, force: true });
  rmSync(join(dataDir, 'location'), { force: true });
}

function placeForRoot(dataDir: string, checkout: string): Place {
  const locationFile = join(dataDir, 'location');
  const own = join(dataDir, 'postgres');
  if (!existsSync(locationFile) && existsSync(join(own, 'cluster'))) {
    // Created by an ordinary user before: that user may run PostgreSQL there, and keeps the files.
    const { uid, gid } = statSync(join(own, 'cluster'));
    if (uid !== 0) return place(dataDir, { root: own, programsRoot: own, user: { uid, gid, name: userName(uid) } });
  }
  const user = databaseUser();
  const programsRoot = join(rootFolder, hashOf(checkout));
  const root = rememberedRoot(dataDir, locationFile) ?? join(programsRoot, `database-${hashOf(dataDir)}`);
  mkdirSync(root, { recursive: true, mode: 0o755 });
  chmodSync(root, 0o700);
  chownSync(root, user.uid, user.gid);
  writeFileSync(locationFile, `${root}\n`);
  writeFileSync(join(root, 'belongs-to'), `${dataDir}\n`);
  return place(dataDir, { root, programsRoot, user });
}

/**
 * The place named in the data folder, unless the folder is a copy of another that still uses it: two checkouts must not share a
 * database because one was copied from the other. A folder that was only moved takes its database along.
 */
function rememberedRoot(dataDir: string, locationFile: string): string | undefined {
  if (!existsSync(locationFile)) return undefined;
  const root = readFileSync(locationFile, 'utf8').trim();
  const ownerFile = join(root, 'belongs-to');
  if (!existsSync(ownerFile)) return undefined;
  const owner = readFileSync(ownerFile, 'utf8').trim();
  return owner !== dataDir && existsSync(join(owner, 'location')) ? undefined : root;
}

function place(dataDir: string, rest: Pick<Place, 'root' | 'programsRoot' | 'user'>): Place {
  return Object.freeze({ dataDir, ...rest, cluster: join(rest.root, 'cluster'), logFile: join(dataDir, 'postgres.log') });
}

function hashOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}
