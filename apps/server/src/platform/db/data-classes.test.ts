import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const CLASSES = ['secret', 'personal', 'record', 'market', 'running'];

test('every table of the database is in one class of the page that says how each is kept', () => {
  const page = read('../../../../../docs/operations/data-classes.md');
  const rows = [...page.matchAll(/^\| `([a-z_]+)`\s+\| ([a-z]+)\s+\|$/gm)].map(([, table = '', named = '']) => [table, named] as const);
  const schema = read('generated/schema.ts');
  const tables = [...schema.slice(schema.indexOf('interface Database')).matchAll(/^ {2}([a-z_]+): \w+Table;$/gm)].map(([, table]) => table);
  expect(tables.length).toBeGreaterThan(50);
  expect(rows.map(([table]) => table).sort()).toEqual([...tables].sort());
  for (const [table, named] of rows) expect([table, CLASSES.includes(named)]).toEqual([table, true]);
  for (const name of CLASSES) expect(page).toMatch(new RegExp(`^\\| \`${name}\``, 'm'));
});
