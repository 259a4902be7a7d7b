import type { Sorting } from './data-table.tsx';

/** What a row is sorted by; null goes to the end in both directions, since not known is neither small nor large. */
export type SortValue = string | number | null;

/** A sorted copy. Text is compared as the language does, with numbers in it as numbers. */
export function sortRows<Row>(rows: readonly Row[], sorting: Sorting | undefined, valueOf: (row: Row, column: string) => SortValue): Row[] {
  if (sorting === undefined) return [...rows];
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return rows.toSorted((first, second) => {
    const a = valueOf(first, sorting.column);
    const b = valueOf(second, sorting.column);
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return sorting.descending ? -order : order;
  });
}

/** `-value` in an address is descending by value; only known columns count. */
export function readSorting(text: unknown, columns: readonly string[], fallback: Sorting): Sorting {
  if (typeof text !== 'string') return fallback;
  const column = text.replace(/^-/, '');
  return columns.includes(column) ? { column, descending: text.startsWith('-') } : fallback;
}

export function writeSorting(sorting: Sorting): string {
  return (sorting.descending ? '-' : '') + sorting.column;
}
