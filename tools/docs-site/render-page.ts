import { relative } from 'node:path';
import markdownIt from 'markdown-it';
import { placeName, targetOf } from './read-pages.ts';
import type { Page } from './read-pages.ts';

export interface Site {
  readonly pages: readonly Page[];
  readonly version: string;
}

/** `docs/product/orders.md` becomes `docs/product/orders.html`, and the first page `index.html`. */
export function addressOf(file: string): string {
  return file === 'README.md' ? 'index.html' : file.replace(/\.md$/, '.html');
}

/** The page as HTML. Links between pages lead to pages; links to other files of the repository lead to copies, which `files` then names. */
export function renderPage(site: Site, page: Page): { readonly html: string; readonly files: readonly string[] } {
  const files: string[] = [];
  const known = new Set(site.pages.map(({ file }) => file));
  const markdown = markdownIt({ html: false, linkify: false, typographer: false });
  const tokens = markdown.parse(page.text, {});
  tokens.forEach((token, at) => {
    if (token.type === 'heading_open') token.attrSet('id', placeName(tokens[at + 1]?.content ?? ''));
    for (const child of token.children ?? []) {
      const target = child.type === 'link_open' ? targetOf(page, String(child.attrGet('href'))) : null;
      if (target === null) continue;
      if (!known.has(target.file)) files.push(target.file);
      const place = target.place === '' ? '' : `#${target.place}`;
      child.attrSet('href', `${toward(page, known.has(target.file) ? addressOf(target.file) : target.file)}${place}`);
    }
  });
  const { rules } = markdown.renderer;
  rules['table_open'] = () => '<div class="wide"><table>';
  rules['table_close'] = () => '</table></div>';
  const body = markdown.renderer.render(tokens, markdown.options, {});
  return { html: frame(site, page, body), files };
}

function frame(site: Site, page: Page, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(page.title)} – Holdfast</title>
<link rel="stylesheet" href="${toward(page, 'site.css')}">
<script defer src="${toward(page, 'search.js')}" data-root="${toward(page, '')}"></script>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<nav aria-label="Pages"><p class="brand"><a href="${toward(page, 'index.html')}">Holdfast</a> ${escapeText(site.version)}</p>
<label>Search <input type="search" id="search" autocomplete="off"></label><ul id="found" aria-live="polite"></ul>
${navigation(site, page)}</nav>
<main id="content">
${body}</main>
</body>
</html>
`;
}

function navigation({ pages }: Site, current: Page): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  return groups
    .map((group) => {
      const links = pages
        .filter((page) => page.group === group)
        .map((page) => {
          const here = page.file === current.file ? ' aria-current="page"' : '';
          return `<li><a href="${toward(current, addressOf(page.file))}"${here}>${escapeText(page.title)}</a></li>`;
        });
      const open = group === current.group ? ' open' : '';
      return `<details${open}><summary>${group}</summary><ul>${links.join('')}</ul></details>`;
    })
    .join('\n');
}

/** From the folder of a page to a file of the site. */
function toward(page: Page, file: string): string {
  const from = addressOf(page.file).split('/').slice(0, -1).join('/');
  const path = relative(`/${from}`, `/${file}`);
  return path === '' ? './' : file === '' ? `${path}/` : path;
}

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
