import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allRoutes } from '../packages/contract/src/index.ts';
import { checkRequirements } from './check-requirements.ts';
import type { House } from './check-requirements.ts';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
const house: House = {
  exists: (path) => existsSync(join(root, path)),
  read: (path) => readFileSync(join(root, path), 'utf8'),
  routes: new Set(allRoutes.map(({ method, path }) => `${method} ${path}`)),
  scripts: new Set(Object.keys(scripts)),
};
const page = readFileSync(join(root, 'docs/reference/requirements.md'), 'utf8');
const first = page.split('\n').find((line) => line.startsWith('| S0-05 |')) ?? '';
/** The page with another row in the place of S0-05, which is met. */
const withRow = (row: string): string => page.replace(first, row);
const met = (by: string): string => withRow(`| S0-05 | Sign in | met | ${by} |`);

test('the page names every requirement once, counts them right, and names only what there is', () => {
  expect(checkRequirements(page, house)).toEqual([]);
});

test.each([
  ['a missing row', page.replace(`${first}\n`, ''), 'S0-05 is missing.'],
  ['a row twice', page.replace(first, `${first}\n${first}`), 'S0-05 is there twice.'],
  ['a row that nobody asked for', withRow(`${first}\n| S0-60 | More | not yet | later |`), 'S0-60 is not asked for.'],
  ['another state', withRow('| S0-05 | Sign in | almost | soon |'), 'S0-05 has the state "almost".'],
  ['a route that is gone', met('`GET /api/v1/nothing` `README.md`'), 'S0-05 names the route GET /api/v1/nothing, which there is not.'],
  ['a file that is gone', met('`docs/nothing.md`'), 'S0-05 names docs/nothing.md, which there is not.'],
  [
    'a test that is gone',
    met('`tools/tidy/checks.test.ts` › flies to the moon'),
    'S0-05 says that tools/tidy/checks.test.ts has "flies to the moon", and it has not.',
  ],
  ['a command that is gone', met('`npm run nothing`'), 'S0-05 names the command nothing, which there is not.'],
  ['no proof', met('`/docs`, surely'), 'S0-05 is met and names neither a file nor a command.'],
  ['nothing said', withRow('| S0-05 | Sign in | not yet | |'), 'S0-05 says nothing in its last column.'],
  ['wrong figures', page.replace(/^\| S3 +\| \d+/m, '| S3 | 1000'), 'The line of S3 says 1000'],
])('%s is found', (_name, broken, fault) => {
  expect(broken).not.toBe(page);
  expect(checkRequirements(broken, house).join('\n')).toContain(fault);
});
