import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPages } from './read-pages.ts';
import { addressOf, renderPage } from './render-page.ts';

/** Writes the site of a repository's documents into a folder, which is emptied first. Answers how many pages it has. */
export function buildSite(root: string, target: string): number {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const site = { pages: readPages(root), version };
  rmSync(target, { recursive: true, force: true });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), text);
  };
  for (const page of site.pages) {
    const { html, files } = renderPage(site, page);
    write(addressOf(page.file), html);
    for (const file of files) {
      if (existsSync(join(root, file)) && statSync(join(root, file)).isFile()) cpSync(join(root, file), join(target, file));
    }
  }
  const index = site.pages.map(({ file, title, text }) => ({
    title,
    address: addressOf(file),
    headings: [...text.matchAll(/^#{2,} (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase()).join('\n'),
    text: text.toLowerCase(),
  }));
  write('search.json', JSON.stringify(index));
  for (const name of ['site.css', 'search.js']) cpSync(join(import.meta.dirname, name), join(target, name));
  return site.pages.length;
}
