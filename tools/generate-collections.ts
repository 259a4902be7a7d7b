/**
 * Writes the collections for Insomnia and Postman from the contract, to be imported by people who try the API by hand. `--check` only says
 * whether they are current.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRoutes } from '../packages/contract/src/index.ts';
import { INSOMNIA_NAME, insomniaExport } from './collections/insomnia.ts';
import { postmanCollection } from './collections/postman.ts';

const repository = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { readonly version: string };
const files = [
  { path: `docs/reference/${INSOMNIA_NAME}.json`, content: insomniaExport(allRoutes) },
  { path: 'docs/reference/holdfast.postman_collection.json', content: postmanCollection(allRoutes, { version }) },
];

for (const { path, content } of files) {
  const file = join(repository, path);
  const text = `${JSON.stringify(content, null, 1)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`Not current: ${path}. Run \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  } else writeFileSync(file, text);
}
