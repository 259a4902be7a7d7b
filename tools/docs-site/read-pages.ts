import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export interface Page {
  /** From the root of the repository, for example `docs/product/orders.md`. */
  readonly file: string;
  readonly group: string;
  readonly title: string;
  readonly text: string;
}

/** Chapters in the order in which somebody new reads them. */
const GROUPS: readonly (readonly [title: string, path: string])[] = [
  ['Start', 'README.md'],
  ['Product', 'docs/product'],
  ['Operations', 'docs/operations'],
  ['Deploying', 'docs/operations/deploying'],
  ['Reference', 'docs/glossary.md'],
  ['Reference', 'docs/reference'],
  ['Reference', 'packages/sdk/README.md'],
  ['Building it', 'ARCHITECTURE.md'],
  ['Building it', 'CONTRIBUTING.md'],
  ['Building it', 'STYLE.md'],
  ['Building it', 'CHANGELOG.md'],
  ['Building it', 'deploy/README.md'],
  ['Decisions', 'docs/decisions'],
];

export function readPages(root: string): readonly Page[] {
  return GROUPS.flatMap(([group, path]) => filesAt(root, path).map((file) => pageOf(root, file, group)));
}

function filesAt(root: string, path: string): readonly string[] {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const names = readdirSync(join(root, path)).filter((name) => name.endsWith('.md'));
  // The page that introduces its folder comes first.
  return names
    .sort((a, b) => Number(b === 'README.md') - Number(a === 'README.md') || a.localeCompare(b))
    .map((name) => posix.join(path, name));
}

function pageOf(root: string, file: string, group: string): Page {
  const text = readFileSync(join(root, file), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? file;
  return { file, group, title: title.replaceAll('`', ''), text };
}

/** What a link of a page leads to: an address elsewhere, a place on the same page, or a file of the repository with a place in it. */
export function targetOf(page: Page, link: string): { readonly file: string; readonly place: string } | null {
  if (/^[a-z]+:/.test(link) || link.startsWith('/')) return null;
  const [path = '', place = ''] = link.split('#', 2);
  return { file: path === '' ? page.file : posix.normalize(posix.join(dirname(page.file), decodeURI(path))), place };
}

/** As GitHub names the places of a page. */
export function placeName(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/<[^>]*>/g, '')
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
