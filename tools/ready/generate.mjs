import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './environment.mjs';
import { runSource } from './run.mjs';

/** Runs every generator of tools/. With `--check` they change nothing and fail where what is committed is not current. */
export async function generate(words) {
  let worst = 0;
  for (const name of readdirSync(join(repository, 'tools'))
    .filter((file) => /^generate-[a-z-]+\.ts$/.test(file))
    .sort()) {
    worst = Math.max(worst, await runSource(`tools/${name}`, words));
  }
  return worst;
}
