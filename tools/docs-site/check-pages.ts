import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { placeName, targetOf } from './read-pages.ts';
import type { Page } from './read-pages.ts';

export interface Surroundings {
  readonly root: string;
  readonly scripts: ReadonlySet<string>;
}

/** Links that lead nowhere, and commands that do not exist, as `file: fault`. */
export function faultsOf(pages: readonly Page[], { root, scripts }: Surroundings): readonly string[] {
  const places = new Map(pages.map((page) => [page.file, placesOf(page)]));
  return pages.flatMap((page) => {
    const text = withoutCode(page.text);
    const links = [...text.matchAll(/(?<!!)\[[^\]]*\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      const target = targetOf(page, link);
      if (target === null) return [];
      if (!existsSync(join(root, target.file))) return [`${page.file}: the link ${link} leads nowhere`];
      const known = places.get(target.file);
      return target.place === '' || known === undefined || known.has(target.place)
        ? []
        : [`${page.file}: ${link} names a place that is not there`];
    });
    return [
      ...links,
      ...commandsOf(page.text).flatMap((name) => (scripts.has(name) ? [] : [`${page.file}: there is no command npm run ${name}`])),
    ];
  });
}

/** Every `npm run NAME`, and those that have a spelling of their own. */
export function commandsOf(text: string): readonly string[] {
  const run = [...text.matchAll(/\bnpm run (?:--silent )?([a-z][a-z0-9:-]*)/g)].map(([, name = '']) => name);
  const own = [...text.matchAll(/\bnpm (start|test)\b/g)].map(([, name = '']) => name);
  return [...new Set([...run, ...own])];
}

function placesOf({ text }: Page): ReadonlySet<string> {
  return new Set([...withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => placeName(heading)));
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`(?!\])/g, (code) => (code.includes('](') ? '' : code));
}
