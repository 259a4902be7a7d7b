import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './environment.mjs';

/**
 * Does work only when what it is made from has changed since it was last done: path, size and time of every source file, as one hash
 * beside the result. Answers whether it had to.
 */
export async function whenStale({ sources, stampFile, result }, work) {
  const stamp = stampOf(sources);
  const file = join(repository, stampFile);
  if (existsSync(join(repository, result)) && existsSync(file) && readFileSync(file, 'utf8') === stamp) return false;
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
  return true;
}

export function stampOf(sources, root = repository) {
  const hash = createHash('sha256').update(process.version);
  for (const path of sources.flatMap((source) => filesUnder(join(root, source))).sort()) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
