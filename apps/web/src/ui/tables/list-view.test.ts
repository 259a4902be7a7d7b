import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readListView, viewRows, writeListView, type ListView } from './list-view.ts';

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly size: number | null;
}

const ROWS: readonly Row[] = [
  { name: 'Apple Inc.', kind: 'stock', size: 3 },
  { name: 'Bond Fund', kind: 'bond', size: null },
  { name: 'Chevron', kind: 'stock', size: 1 },
  { name: 'Apple Hospitality', kind: 'fund', size: 2 },
];
const RULES = { textOf: (row: Row) => row.name, kindOf: (row: Row) => row.kind, valueOf: (row: Row) => row.size, pageSize: 2 };
const BY_SIZE = { column: 'size', descending: true };
const ALL: ListView = { search: '', kind: null, sorting: BY_SIZE, page: 0 };

const namesOf = (view: Partial<ListView>): string[] => viewRows(ROWS, { ...ALL, ...view }, RULES).rows.map((row) => row.name);

test.each([
  ['all, largest first, two a page', {}, ['Apple Inc.', 'Apple Hospitality'], 4],
  ['what has no size comes last', { page: 1 }, ['Chevron', 'Bond Fund'], 4],
  ['a page behind the last is the last', { page: 9 }, ['Chevron', 'Bond Fund'], 4],
  ['every word of the search, in any order and case', { search: ' INC  apple ' }, ['Apple Inc.'], 1],
  ['one kind', { kind: 'stock' }, ['Apple Inc.', 'Chevron'], 2],
  ['nothing fits', { kind: 'fund', search: 'inc' }, [], 0],
] as const)('%s', (_case, view, names, count) => {
  expect(namesOf(view)).toEqual(names);
  expect(viewRows(ROWS, { ...ALL, ...view }, RULES).count).toBe(count);
});

test('the pages of a list hold each row that fits once', () => {
  const rows = fc.array(fc.record({ name: fc.string(), kind: fc.constantFrom('a', 'b'), size: fc.option(fc.integer()) }));
  fc.assert(
    fc.property(rows, fc.constantFrom('a', 'b', null), (all, kind) => {
      const { count } = viewRows(all, { ...ALL, kind }, RULES);
      const pages = Array.from({ length: Math.ceil(count / 2) }, (_, page) => viewRows(all, { ...ALL, kind, page }, RULES).rows);
      const fitting = all.filter((row) => kind === null || row.kind === kind);
      return pages.flat().length === fitting.length && fitting.every((row) => pages.flat().includes(row));
    }),
  );
});

test('a view goes into an address and comes back, and how a list begins says nothing', () => {
  const view: ListView = { search: 'apple', kind: 'stock', sorting: { column: 'name', descending: false }, page: 2 };
  expect(writeListView(view, BY_SIZE)).toEqual({ search: 'apple', kind: 'stock', sort: 'name', page: 3 });
  expect(readListView(writeListView(view, BY_SIZE), ['name', 'size'], BY_SIZE)).toEqual(view);
  expect(writeListView(ALL, BY_SIZE)).toEqual({});
});
