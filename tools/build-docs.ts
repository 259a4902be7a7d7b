/** Makes a site of the documents: `npm run docs`. Fails for a link that leads nowhere and for a command that does not exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSite } from './docs-site/build-site.ts';
import { faultsOf } from './docs-site/check-pages.ts';
import { readPages } from './docs-site/read-pages.ts';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
const faults = faultsOf(readPages(root), { root, scripts: new Set(Object.keys(scripts)) });
for (const fault of faults) console.error(fault);
const target = join(root, 'docs-site');
console.log(`${buildSite(root, target)} pages in ${target}; open index.html there.`);
process.exitCode = faults.length > 0 ? 1 : 0;
