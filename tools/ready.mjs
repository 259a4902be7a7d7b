/**
 * What every npm script of this repository runs through: it checks Node, installs and builds what is missing or stale, then does what
 * was asked. Nothing but Node's own modules is imported before the installation is known to be complete.
 */
import { isDirectRun, nodeIsTooOld } from './ready/environment.mjs';
import { install } from './ready/install.mjs';
import { say } from './ready/say.mjs';

/** Each command is loaded when it is asked for, since most need what the installation brings. */
const commands = {
  start: async (words) => (await import('./ready/server.mjs')).runServer(words),
  migrate: async (words) => (await import('./ready/server.mjs')).runServer(['migrate', ...words]),
  import: async (words) => (await import('./ready/server.mjs')).runServer(['import', ...words]),
  admin: async (words) => (await import('./ready/server.mjs')).runServer(['admin', ...words]),
  audit: async (words) => (await import('./ready/server.mjs')).runServer(['audit', ...words]),
  backup: async (words) => (await import('./ready/server.mjs')).runServer(['backup', ...words]),
  restore: async (words) => (await import('./ready/server.mjs')).runServer(['restore', ...words]),
  build: async () => (await import('./ready/build.mjs')).build(),
  dev: async (words) => (await import('./ready/develop.mjs')).develop(words),
  check: async () => (await import('./ready/check.mjs')).check(),
  generate: async (words) => (await import('./ready/generate.mjs')).generate(words),
  docs: async () => (await import('./ready/run.mjs')).runSource('tools/build-docs.ts', []),
  secret: async () => (await import('./ready/run.mjs')).runSource('tools/make-secret.ts', []),
  test: async (words) => (await import('./ready/test.mjs')).test([], words),
  'test:unit': async (words) => (await import('./ready/test.mjs')).test(['--project', 'unit'], words),
  'test:db': async (words) => (await import('./ready/test.mjs')).test(['--project', 'db'], words),
  'test:module': async (words) => (await import('./ready/test.mjs')).testModule(words),
  coverage: async (words) => (await import('./ready/coverage.mjs')).coverage(words),
  e2e: async (words) => (await import('./ready/workspace.mjs')).runWorkspace('e2e', words),
  bench: async (words) => (await import('./ready/workspace.mjs')).runWorkspace('bench', words),
};

/** Answers the exit code, or nothing where a server now runs in this process. */
async function ready([name = 'start', ...given]) {
  // Started without npm, nobody has taken the separator away.
  const words = given[0] === '--' ? given.slice(1) : given;
  const command = commands[name];
  if (command === undefined) {
    say(`There is no "${name}". There are: ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  if (nodeIsTooOld(process.versions.node)) {
    say(`Node ${process.versions.node} is too old: Holdfast needs Node 20.19 or later. See https://nodejs.org/.`);
    return 1;
  }
  const installed = await install();
  return installed === 0 ? command(words) : installed;
}

if (isDirectRun(import.meta.url)) {
  try {
    const code = await ready(process.argv.slice(2));
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}
