/** Exact sums of a table's columns, a line for each currency, added up while its rows go by. */
import { add, decimal, formatDecimal, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Row, Table } from '../document/report-document.ts';

export interface ColumnTotals {
  add(row: Row): void;
  /** A line per currency of the table: the sums at the places of their columns, null elsewhere. */
  lines(): readonly { readonly currency: string; readonly sums: readonly (string | null)[] }[];
}

export function columnTotals({ columns, totalCurrencies }: Pick<Table, 'columns' | 'totalCurrencies'>): ColumnTotals {
  const summed = columns.flatMap((column, index) => (column.total === true ? [{ index, currency: column.currency }] : []));
  const sums = new Map(totalCurrencies.map((currency) => [currency, new Map<number, Decimal>()]));
  return {
    add(row) {
      for (const { index, currency } of summed) {
        const cell = row[index] ?? null;
        if (cell === null) continue;
        const own = sums.get(currencyOf(row, currency));
        if (own !== undefined) own.set(index, add(own.get(index) ?? ZERO, decimal(String(cell))));
      }
    },
    lines: () =>
      [...sums].map(([currency, own]) => ({
        currency,
        sums: columns.map((column, index) => (column.total === true ? formatDecimal(own.get(index) ?? ZERO) : null)),
      })),
  };
}

/** The currency of a row's cell: that of its column, or the one that the row names. */
export function currencyOf(row: Row, currency: string | number | undefined): string {
  return typeof currency === 'number' ? String(row[currency] ?? '') : (currency ?? '');
}
