import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { repository } from './environment.mjs';
import { runNpm } from './run.mjs';
import { say } from './say.mjs';

/** Installs what the lock file names when that is not what is there. Answers npm's exit code, or 0 where nothing was to be done. */
export async function install(root = repository) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (isInstalled(root, lock)) return 0;
  say('installing the packages of package-lock.json; this happens once');
  // No package's own script is needed: compiled parts come as packages of their platform.
  const code = await runNpm([
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  ]);
  if (code === 0) remember(root, lock);
  else say(`npm ci ended with ${code}; is the package registry reachable?`);
  return code;
}

/**
 * Whether `node_modules` holds what the lock file names. Asked at every start, so a mark with the lock file's hash answers first; where
 * it is missing or old, npm's own list of what it installed is compared, which spares those who ran `npm ci` themselves a second one.
 */
export function isInstalled(root, lock) {
  const installedList = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return false;
  if (readOrEmpty(markFile(root)) === hashOf(lock)) return true;
  const missing = missingPackages(JSON.parse(lock).packages, JSON.parse(readFileSync(installedList, 'utf8')).packages);
  if (missing.length > 0) return false;
  remember(root, lock);
  return true;
}

/** The packages the lock file names which are absent or of another version; those of other platforms are rightly absent. */
export function missingPackages(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path, { link, optional }]) => path.startsWith('node_modules/') && link !== true && optional !== true)
    .filter(([path, { version }]) => installed[path]?.version !== version)
    .map(([path]) => path);
}

function remember(root, lock) {
  try {
    writeFileSync(markFile(root), hashOf(lock));
  } catch {
    // Installed by another user: the long way is taken at each start.
  }
}

function markFile(root) {
  return join(root, 'node_modules', '.holdfast-lock-hash');
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}

function readOrEmpty(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
