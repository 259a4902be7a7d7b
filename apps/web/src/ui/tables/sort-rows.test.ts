import { expect, test } from 'vitest';
import { readSorting, sortRows, writeSorting } from './sort-rows.ts';

const rows = [{ v: 2 }, { v: null }, { v: 10 }, { v: -1 }];
const by = (row: { v: number | null }) => row.v;

test('what is not known stands at the end, whichever way is sorted', () => {
  expect(sortRows(rows, { column: 'v', descending: false }, by).map(by)).toEqual([-1, 2, 10, null]);
  expect(sortRows(rows, { column: 'v', descending: true }, by).map(by)).toEqual([10, 2, -1, null]);
});

test('text sorts as people read it', () => {
  const names = ['b10', 'B2', 'a'].map((v) => ({ v }));
  expect(sortRows(names, { column: 'v', descending: false }, (row) => row.v).map((row) => row.v)).toEqual(['a', 'B2', 'b10']);
});

test('sorting goes into the address and comes back; nonsense falls back', () => {
  const fallback = { column: 'name', descending: false };
  const sorting = { column: 'value', descending: true };
  expect(writeSorting(sorting)).toBe('-value');
  expect(readSorting('-value', ['name', 'value'], fallback)).toEqual(sorting);
  expect(readSorting('drop table', ['name', 'value'], fallback)).toEqual(fallback);
});
