/** Checks what neither the compiler nor the linter sees: names, sizes, leftovers, promises in the documents, the lock file. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from './tidy/checks.ts';
import type { Tree } from './tidy/tree.ts';

const repository = join(import.meta.dirname, '..');

const findings = checks.flatMap((check) => check(treeOf(repository)));
for (const { path, line, says } of findings) console.error(`${path}${line === undefined ? '' : `:${line}`} ${says}`);
if (findings.length > 0) process.exitCode = 1;

/** What is committed or about to be; a file that was deleted but not yet committed counts as gone. */
function treeOf(root: string): Tree {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const paths = [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
  return { paths, read: (path) => readFileSync(join(root, path), 'utf8') };
}
