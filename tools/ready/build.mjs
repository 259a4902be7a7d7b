import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './environment.mjs';
import { runNpm } from './run.mjs';
import { say } from './say.mjs';
import { whenStale } from './stamp.mjs';

const shared = ['packages/contract/src', 'packages/engine/src', 'package-lock.json'];

const server = {
  sources: ['apps/server/src', 'apps/server/package.json', 'tools/ready/bundle.mjs', ...shared],
  stampFile: 'apps/server/dist/.stamp',
  result: 'apps/server/dist/main.js',
};

const web = {
  sources: ['src', 'public', 'index.html', 'vite.config.ts', 'package.json']
    .map((path) => `apps/web/${path}`)
    .concat('packages/sdk/src', shared),
  stampFile: 'apps/web/dist/.stamp',
  result: 'apps/web/dist/index.html',
};

/** Builds the server and the web app, each only when it is missing or stale. Answers the exit code. */
export async function build() {
  const [, webCode] = await Promise.all([buildServer(), buildWeb()]);
  return webCode;
}

async function buildServer() {
  await whenStale(server, async () => {
    const startedAt = performance.now();
    const { bundleServer } = await import('./bundle.mjs');
    await bundleServer();
    say(`built the server in ${seconds(startedAt)}`);
  });
}

/** The web app's build is its own affair; until it has one there is nothing to do. */
async function buildWeb() {
  if (!hasScript('apps/web', 'build') || !existsSync(join(repository, 'apps/web/index.html'))) return 0;
  let code = 0;
  try {
    await whenStale(web, async () => {
      const startedAt = performance.now();
      code = await runNpm(['run', 'build', '--silent', '-w', 'apps/web'], { quiet: true });
      if (code !== 0) throw new Error('unfinished'); // So that the next build tries again.
      say(`built the web app in ${seconds(startedAt)}`);
    });
  } catch (error) {
    if (code === 0) throw error;
    say(`the web app could not be built (exit code ${code})`);
  }
  return code;
}

export function hasScript(workspace, name) {
  return JSON.parse(readFileSync(join(repository, workspace, 'package.json'), 'utf8')).scripts?.[name] !== undefined;
}

function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
