import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { repository } from './environment.mjs';
import { say } from './say.mjs';
import { test } from './test.mjs';

const summary = join(repository, 'coverage/coverage-summary.json');
/** Those with a figure to reach, which vitest.config.ts names, and the others. */
const areas = ['packages/engine', 'packages/contract', 'packages/sdk', 'apps/server', 'apps/web'];

/** Runs all tests and says which part of the lines of each workspace they reached. Answers 1 where that is too little. */
export async function coverage(words) {
  const code = await test(['--coverage'], words);
  if (!existsSync(summary)) return code;
  for (const line of linesByArea(JSON.parse(readFileSync(summary, 'utf8')))) say(line);
  return code;
}

/** `apps/server: 91.3 % of 20,123 lines`, from what the v8 reporter wrote; workspaces of which nothing was measured are left out. */
export function linesByArea(files, root = repository) {
  return areas.flatMap((area) => {
    const own = Object.entries(files).filter(([file]) => relative(root, file).split(sep).join('/').startsWith(`${area}/`));
    const sum = (name) => own.reduce((total, [, { lines }]) => total + lines[name], 0);
    const total = sum('total');
    // Rounded down: 84.96 % is not 85 %.
    const share = Math.floor((sum('covered') / total) * 1_000) / 10;
    return total === 0 ? [] : [`${area}: ${share.toFixed(1)} % of ${total.toLocaleString('en')} lines`];
  });
}
