import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { repository } from './environment.mjs';

/**
 * Builds if need be, then becomes the server: it is loaded into this very process, so signals and the exit code are its own and no
 * second Node is kept in memory. `words` choose what it does: none to serve, or a command such as `migrate`.
 */
export async function runServer(words) {
  const code = await build();
  if (code !== 0) return code;
  const main = join(repository, 'apps/server/dist/main.js');
  process.argv.splice(1, process.argv.length - 1, main, ...words);
  process.setSourceMapsEnabled(true);
  endWithParent();
  await import(pathToFileURL(main).href);
  return undefined;
}

/**
 * npm runs a script through a shell, and a shell that is ended by a signal does not hand it on. So, started by npm, the end of the shell
 * counts as a request to stop; otherwise the server would live on, holding its port and its data.
 */
function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
