import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/reference/asvs.md'), 'utf8');

interface Row {
  readonly id: string;
  readonly state: string;
  readonly where: string;
}

function rowsOf(text: string): readonly Row[] {
  return [...text.matchAll(/^\| (\d+\.[\d.*]+) +\| [^|]+ \| ([^|]+) \| ([^|]*) \|$/gm)].map(([, id = '', state = '', where = '']) => ({
    id,
    state: state.trim(),
    where,
  }));
}

/** What the rows name and the repository does not have. */
function missingIn(text: string): readonly string[] {
  return rowsOf(text).flatMap(({ id, where }) => {
    const files = [...where.matchAll(/`([\w./-]+\.(?:tsx?|mjs|md|conf))`/g)].map(([, file = '']) => file);
    const tests = [...where.matchAll(/`([\w./-]+\.test\.ts)` › ([^;|]+)/g)];
    return [
      ...files.filter((file) => !existsSync(join(root, file))).map((file) => `${id}: ${file}`),
      ...tests
        .filter(([, file = '', name = '']) => existsSync(join(root, file)) && !readFileSync(join(root, file), 'utf8').includes(name.trim()))
        .map(([, , name = '']) => `${id}: ${name.trim()}`),
    ];
  });
}

test('every file and test that the checklist names is there', () => {
  expect(rowsOf(page).length).toBeGreaterThan(200);
  expect(missingIn(page)).toEqual([]);
});

test('the figures of the checklist are those of its rows', () => {
  const count = (state: string) => rowsOf(page).filter((row) => row.state === state).length;
  expect(page).toContain(
    `${count('met')} rows are met, ${count('partly')} partly, ${count('not met')} not met, ${count('not applicable')} do not apply.`,
  );
});

test('a file or a test that is gone is noticed', () => {
  const row = '| 1.1.1 | Something | met | `gone.ts` and `tools/lint.test.ts` › a test that nobody wrote |';
  expect(missingIn(row)).toEqual(['1.1.1: gone.ts', '1.1.1: a test that nobody wrote']);
});
