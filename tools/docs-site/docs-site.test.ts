import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildSite } from './build-site.ts';
import { commandsOf, faultsOf } from './check-pages.ts';
import { placeName, readPages } from './read-pages.ts';
import type { Page } from './read-pages.ts';

const root = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
const surroundings = { root, scripts: new Set(Object.keys(scripts)) };
const page = (text: string): Page => ({ file: 'docs/product/orders.md', group: 'Product', title: 'Orders', text });

test('every link of the documents leads somewhere, and every command exists', () => {
  expect(faultsOf(readPages(root), surroundings)).toEqual([]);
});

test.each([
  ['[gone](gone.md)', 'the link gone.md leads nowhere'],
  ['[no such place](#nowhere)', '#nowhere names a place that is not there'],
  ['[elsewhere](https://example.com/gone.md)', null],
  ['[its own](#one-two)\n\n## One, two', null],
  ['`[in code](gone.md)`', null],
  ['```sh\nnpm run nothing\n```', 'there is no command npm run nothing'],
  ['`npm run --silent secret` and `npm test`', null],
])('%j', (text, fault) => {
  expect(faultsOf([page(text)], surroundings)).toEqual(fault === null ? [] : [`docs/product/orders.md: ${fault}`]);
});

test('places and commands are named as readers write them', () => {
  expect(placeName('In production: what to do (`now`)')).toBe('in-production-what-to-do-now');
  expect(commandsOf('npm start, npm run test:db -- x, npm ci')).toEqual(['test:db', 'start']);
});

test('the site has a page for each document, and no link within it is dead', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pages = readPages(root);
  expect(buildSite(root, folder)).toBe(pages.length);
  const index = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(index).toContain('<h1 id="holdfast">Holdfast</h1>');
  const dead = pages.flatMap(({ file }) => {
    const address = file === 'README.md' ? 'index.html' : file.replace(/\.md$/, '.html');
    const html = readFileSync(join(folder, address), 'utf8');
    return (
      [...html.matchAll(/ (?:href|src)="([^"#]+)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^[a-z]+:|^\//.test(link) && !existsSync(join(folder, dirname(address), decodeURI(link))))
        // A link to a folder of the repository has no page of its own.
        .filter((link) => !existsSync(join(root, dirname(file), decodeURI(link))))
        .map((link) => `${address}: ${link}`)
    );
  });
  expect(dead).toEqual([]);
});
