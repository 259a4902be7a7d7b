import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from '../subject/process.ts';
import { tableOf } from './table.ts';
import type { Results } from './table.ts';

const COMMITTED = join(repository, 'bench/results.json');
const LOCAL = join(repository, 'bench/results.local.json');
const PAGE = join(repository, 'docs/operations/benchmarks.md');
const BEGIN = '<!-- results: written by `npm run bench` -->';
const END = '<!-- end of results -->';

/**
 * Keeps a run's results, in the committed file and its page or in one that git ignores; answers the file's name. Rows that were not
 * run this time keep what they had, but only of the same machine.
 */
export function keepResults(results: Results, { committed }: { readonly committed: boolean }): string {
  const file = committed ? COMMITTED : LOCAL;
  const merged = mergeResults(readResults(file), results);
  writeFileSync(file, `${JSON.stringify(merged, null, 2)}\n`);
  if (committed) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), tableOf(merged)));
  return relative(repository, file);
}

function readResults(file: string): Results | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : null;
}

export function mergeResults(before: Results | null, now: Results): Results {
  if (before === null || JSON.stringify(before.machine) !== JSON.stringify(now.machine)) return now;
  const measured = new Set(now.outcomes.map(({ row }) => row));
  const outcomes = [...before.outcomes.filter(({ row }) => !measured.has(row)), ...now.outcomes];
  outcomes.sort((a, b) => Number(a.row.slice(1)) - Number(b.row.slice(1)));
  return { ...now, outcomes };
}

export function withTable(page: string, table: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/operations/benchmarks.md has no place between ${BEGIN} and ${END}.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${page.slice(end)}`;
}
