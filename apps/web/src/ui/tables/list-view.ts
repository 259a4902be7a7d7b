import type { Sorting } from './data-table.tsx';
import { readSorting, sortRows, writeSorting, type SortValue } from './sort-rows.ts';

/** What a reader asked of a list that is here as a whole. Pages count from 0. */
export interface ListView {
  readonly search: string;
  /** The one kind of rows to show; null for all. */
  readonly kind: string | null;
  readonly sorting: Sorting;
  readonly page: number;
}

export interface ListRules<Row> {
  /** Where a search looks. */
  readonly textOf: (row: Row) => string;
  readonly kindOf: (row: Row) => string;
  readonly valueOf: (row: Row, column: string) => SortValue;
}

export interface ViewedRows<Row> {
  readonly rows: readonly Row[];
  /** How many fit, on all pages. */
  readonly count: number;
  /** The page that is shown: the last one there is where the view asks for a later one. */
  readonly page: number;
}

/** The rows of one page: those that hold every word of the search and are of the kind, in order. */
export function viewRows<Row>(all: readonly Row[], view: ListView, rules: ListRules<Row> & { readonly pageSize: number }): ViewedRows<Row> {
  const words = view.search.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = all.filter((row) => {
    if (view.kind !== null && rules.kindOf(row) !== view.kind) return false;
    const text = rules.textOf(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const { pageSize } = rules;
  const last = Math.max(0, Math.ceil(fitting.length / pageSize) - 1);
  const page = Math.min(view.page, last);
  const sorted = sortRows(fitting, view.sorting, rules.valueOf);
  return { rows: sorted.slice(page * pageSize, (page + 1) * pageSize), count: fitting.length, page };
}

/** A view as it stands in an address, where pages count from 1. */
export interface ListAddress {
  readonly search?: string;
  readonly kind?: string;
  readonly sort?: string;
  readonly page?: number;
}

type MaybeAddress = { readonly [Name in keyof ListAddress]?: ListAddress[Name] | undefined };

export function readListView(address: MaybeAddress, columns: readonly string[], first: Sorting): ListView {
  return {
    search: address.search ?? '',
    kind: address.kind ?? null,
    sorting: readSorting(address.sort, columns, first),
    page: (address.page ?? 1) - 1,
  };
}

/** Only what differs from how the list begins, so that addresses stay short. */
export function writeListView({ search, kind, sorting, page }: ListView, first: Sorting): ListAddress {
  const sort = writeSorting(sorting);
  return {
    ...(search === '' ? {} : { search }),
    ...(kind === null ? {} : { kind }),
    ...(sort === writeSorting(first) ? {} : { sort }),
    ...(page === 0 ? {} : { page: page + 1 }),
  };
}
