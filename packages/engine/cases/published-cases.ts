import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * A case: what goes in, what comes out, how exactly. Most were published by someone else, and the files name source and licence of each; those
 * whose ids begin with `own-` were written here and show the arithmetic of their figures.
 */
export interface PublishedCase {
  readonly id: string;
  readonly title: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance?: Readonly<Record<string, number>>;
}

export interface NotOurs {
  readonly file: string;
  readonly id: string;
  readonly reason: string;
}

export function readCasesFile(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

export function publishedCases(file: string): readonly PublishedCase[] {
  return (readCasesFile(file) as { readonly cases: readonly PublishedCase[] }).cases;
}

export function casesNotOurs(): readonly NotOurs[] {
  return (readCasesFile('not-ours.json') as { readonly cases: readonly NotOurs[] }).cases;
}

/** Runs every case of a file that is ours, and holds that all others stand in `not-ours.json`, no more and no fewer. */
export function runPublishedCases(file: string, runs: Readonly<Record<string, (published: PublishedCase) => void>>): void {
  describe(`published cases of ${file}`, () => {
    const cases = publishedCases(file);
    for (const published of cases) {
      const run = runs[published.id];
      if (run !== undefined) it(`${published.id}: ${published.title}`, () => run(published));
    }
    it('that do not run are exactly those named as not ours', () => {
      const notRun = cases.filter(({ id }) => runs[id] === undefined).map(({ id }) => id);
      const named = casesNotOurs().filter((one) => one.file === file).map(({ id }) => id); // prettier-ignore
      expect(notRun.sort()).toEqual(named.sort());
      expect(Object.keys(runs).filter((id) => !cases.some((one) => one.id === id))).toEqual([]);
    });
    it('are told by the page of them', () => {
      const reasons = new Map(casesNotOurs().filter((one) => one.file === file).map(({ id, reason }) => [id, reason])); // prettier-ignore
      expectPageTells(file, { ran: new Set(Object.keys(runs)), reasons });
    });
  });
}

/**
 * Holds that docs/reference/published-cases.md tells of this file what its test really runs: one row a case, in the order of the file.
 * What a failure shows as expected is what the page has to say.
 */
export function expectPageTells(file: string, outcome: { readonly ran: ReadonlySet<string>; readonly reasons: ReadonlyMap<string, string> }): void {
  const page = readFileSync(new URL('../../../docs/reference/published-cases.md', import.meta.url), 'utf8');
  const told = page.split('\n').filter((line) => line.startsWith(`| ${file} |`));
  const rows = publishedCases(file).map(({ id }) => {
    const reason = outcome.reasons.get(id) ?? '';
    return `| ${file} | ${id} | ${outcome.ran.has(id) ? 'passes' : 'differs'} | ${reason.replaceAll('|', '\\|')} |`;
  });
  expect(told).toEqual(rows);
  const passes = rows.filter((row) => row.includes('| passes |')).length;
  expect(page).toContain(`| \`${file}\` | ${passes} | ${rows.length - passes} |\n`);
}

/** The case's own tolerance under this name; a case that states none must be met exactly. */
export function expectWithin(
  published: PublishedCase,
  actual: number | null,
  { expected, tolerance = 'abs' }: { readonly expected: unknown; readonly tolerance?: string },
): void {
  const allowed = published.tolerance?.[tolerance] ?? 0;
  expect(typeof expected, `${published.id} states no number`).toBe('number');
  expect(actual, published.id).not.toBeNull();
  // Figures are doubles: a tolerance of 0 means equal as far as a double can tell.
  const close = Math.abs((actual ?? NaN) - (expected as number)) <= Math.max(allowed, Math.abs(expected as number) * 1e-12, 1e-12);
  expect(close ? 'within' : `${published.id}: ${actual}, published ${String(expected)} within ${allowed}`).toBe('within');
}
