/** Checks the types of everything from source: two packages as they are built, then each workspace with its tests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './environment.mjs';
import { runNode } from './run.mjs';

// The build's settings know less of the world than the tests': there the engine cannot even name `process` or `fetch`.
const built = ['packages/engine', 'packages/contract'].map((folder) => `${folder}/tsconfig.build.json`);
const withTests = ['packages/engine', 'packages/contract', 'packages/sdk', 'apps/server', 'apps/web', 'tools', 'e2e', 'bench'].map(
  (folder) => `${folder}/tsconfig.json`,
);

let worst = 0;
for (const project of [...built, ...withTests].filter((file) => existsSync(join(repository, file)))) {
  const memory = ['--incremental', '--tsBuildInfoFile', `node_modules/.cache/types/${project.replaceAll('/', '-')}.tsbuildinfo`];
  worst = Math.max(worst, await runNode(['node_modules/typescript/bin/tsc', '-p', project, '--noEmit', '--pretty', 'false', ...memory]));
}
process.exitCode = worst;
