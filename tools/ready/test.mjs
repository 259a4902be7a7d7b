import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './environment.mjs';
import { runNode, runSource } from './run.mjs';
import { say } from './say.mjs';
import { trySecondTime } from './second-try.mjs';

const vitest = 'node_modules/vitest/vitest.mjs';

/**
 * Runs the tests; `words` are handed on, such as a path or `-t name`. When all have run, it is also said which answers of the
 * contract none of them has seen.
 */
export async function test(options, words) {
  const environment = { TEST_RUN: `run-${process.pid}-${Date.now()}` };
  const first = await runNode([vitest, 'run', ...options, ...words], { environment });
  const code = first === 0 ? 0 : await trySecondTime({ vitest, options, words, environment, first });
  const all = words.every((word) => word.startsWith('--reporter') || word.startsWith('--outputFile')) && !options.includes('unit');
  return code === 0 && all ? runSource('tools/check-operations.ts', []) : code;
}

/** Runs the tests of one module, in every workspace that has it: `orders` is a folder of the engine, the contract, the server, the web app. */
export function testModule([name, ...words]) {
  const homes = ['packages/engine/src', 'packages/contract/src', 'packages/sdk/src', 'apps/server/src/features', 'apps/server/src/compat']
    .concat('apps/server/src/platform', 'apps/server/src/providers', 'apps/web/src/features', 'apps/web/src')
    .map((home) => `${home}/${name}`)
    .filter((path) => name !== undefined && existsSync(join(repository, path)));
  if (homes.length === 0) {
    say(`which module? For instance: npm run test:module -- orders${name === undefined ? '' : ` ("${name}" is none)`}`);
    return 2;
  }
  return test([], [...homes.map((home) => `${home}/`), ...words]);
}
