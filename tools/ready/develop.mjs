import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './environment.mjs';
import { hasScript } from './build.mjs';
import { ended, passSignals } from './run.mjs';
import { say } from './say.mjs';

/** Runs the server from source, again after each change, and the web app's own development server beside it. */
export async function develop(words) {
  const children = [
    startNode([
      'node_modules/tsx/dist/cli.mjs',
      'watch',
      '--clear-screen=false',
      '--conditions=source',
      'apps/server/src/main.ts',
      ...words,
    ]),
  ];
  if (hasScript('apps/web', 'dev') && existsSync(join(repository, 'apps/web/index.html'))) {
    say('the web app is served by its development server, at the address it prints');
    children.push(startNode(['../../node_modules/vite/bin/vite.js'], 'apps/web'));
  }
  passSignals(children);
  // The first to end takes the others along: half a development server only confuses.
  const code = await Promise.race(children.map(ended));
  // One that was already asked to stop would take a second time for impatience, and not finish in order.
  for (const child of children.filter(({ killed }) => !killed)) child.kill('SIGTERM');
  await Promise.all(children.map((child) => (child.exitCode === null && child.signalCode === null ? ended(child) : undefined)));
  return code;
}

function startNode(words, folder = '.') {
  return spawn(process.execPath, words, { cwd: join(repository, folder), stdio: 'inherit' });
}
