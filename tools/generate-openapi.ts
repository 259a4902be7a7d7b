/** Writes docs/reference/openapi.json from the contract. `--check` only says whether it is current. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allRoutes, createOpenApi } from '../packages/contract/src/index.ts';

const repository = join(import.meta.dirname, '..');
const file = join(repository, 'docs/reference/openapi.json');
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { readonly version: string };
const content = `${JSON.stringify(createOpenApi(allRoutes, { version }), null, 1)}\n`;

if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
  if (process.argv.includes('--check')) {
    console.error('Not current: docs/reference/openapi.json. Run `npm run generate` and commit the result.');
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
