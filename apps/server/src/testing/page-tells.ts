/** Pages of docs/ that show what a test plays: the test holds that they still say what happens. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * Holds that the first block of code under a heading of a page is what was just seen. What a failure shows as received is what the page
 * has to say.
 */
export function expectPageShows(page: string, heading: string, lines: readonly string[]): void {
  expect(lines.join('\n')).toBe(shownBy(page, heading));
}

/** The first block of code under a heading of a page; empty when there is none. */
export function shownBy(page: string, heading: string): string {
  const text = readFileSync(new URL(`../../../../docs/${page}`, import.meta.url), 'utf8');
  const under = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return (under.split('```')[1] ?? '').trim();
}

/** Rows of equal words per row as columns: the first to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((word, index) => (index === 0 ? word.padEnd(widths[index] ?? 0) : word.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
