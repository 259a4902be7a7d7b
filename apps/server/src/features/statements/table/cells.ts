/** The cells of one record by column name. What cannot be read is a `CellProblem` that says how it should be written. */
import { isZero } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { CellProblem, quoted } from '../statement-row.ts';
import type { CsvRecord, CsvTable } from './csv-table.ts';
import { decimalMarkOf, readExact } from './exact-number.ts';
import type { DecimalMark } from './exact-number.ts';
import type { Header } from './header.ts';
import { plainName } from './header.ts';
import { readMoment } from './written-day.ts';
import type { DayStyle } from './written-day.ts';

/** A column by the names it has in different languages and years. */
export type Column = string | readonly string[];

export interface CellStyle extends DayStyle {
  readonly mark: DecimalMark;
}

export interface Cells {
  readonly line: number;
  readonly record: CsvRecord;
  has(column: Column): boolean;
  /** Empty where the column is missing. */
  text(column: Column): string;
  /** Null where the text is empty. */
  word(column: Column): string | null;
  /** Signed; null where the cell is empty, a dash, or says that there is nothing. */
  optional(column: Column): Decimal | null;
  exact(column: Column): Decimal;
  moment(column: Column): string;
  /** The place of a column, or -1: for those without a name that stand beside one with. */
  place(column: Column): number;
}

const NOTHING = new Set(['', '-', '--', '—', 'n/a', 'na', 'null', 'not available', 'processing']);

export function cellsOf(record: CsvRecord, header: Header, style: CellStyle): Cells {
  const place = (column: Column): number => {
    for (const name of typeof column === 'string' ? [column] : column) {
      const found = header.places.get(plainName(name));
      if (found !== undefined) return found;
    }
    return -1;
  };
  const text = (column: Column): string => record.cells[place(column)] ?? '';
  const nameOf = (column: Column): string => header.names[place(column)] ?? (typeof column === 'string' ? column : (column[0] ?? ''));
  const optional = (column: Column): Decimal | null => {
    const written = text(column);
    if (NOTHING.has(written.toLowerCase())) return null;
    return exactCell(written, nameOf(column), style.mark);
  };
  return {
    line: record.line,
    record,
    has: (column) => place(column) >= 0,
    text,
    word: (column) => text(column) || null,
    optional,
    exact(column) {
      const read = optional(column);
      if (read === null)
        throw new CellProblem(nameOf(column), 'is empty. Write the figure into the file, or record this transaction by hand.');
      return read;
    },
    moment: (column) => momentCell(text(column), nameOf(column), style),
    place,
  };
}

export function exactCell(written: string, column: string, mark: DecimalMark): Decimal {
  const read = readExact(written, mark);
  if (read === null) throw new CellProblem(column, `${quoted(written)} is no number such as 1234${mark}56, with at most 18 decimals.`);
  return read;
}

export function momentCell(written: string, column: string, style: DayStyle): string {
  if (written === '') throw new CellProblem(column, 'is empty. Write the day into the file.');
  const read = readMoment(written, style);
  if (read !== null) return read;
  const example = style.order === 'dmy' ? '31/12/2025' : '12/31/2025';
  throw new CellProblem(column, `${quoted(written)} is no day such as ${example} or 2025-12-31.`);
}

/** The mark that the figures of these columns show; `usual` where they do not. */
export function markOfColumns(
  table: CsvTable,
  header: Header,
  { columns, usual }: { readonly columns: readonly Column[]; readonly usual: DecimalMark },
): DecimalMark {
  const places = columns.flatMap((column) =>
    (typeof column === 'string' ? [column] : column).flatMap((name) => header.places.get(plainName(name)) ?? []),
  );
  const texts = table.records.slice(header.at + 1).flatMap(({ cells }) => places.map((place) => cells[place] ?? ''));
  return decimalMarkOf(texts) ?? usual;
}

export function notZero(value: Decimal | null): Decimal | null {
  return value === null || isZero(value) ? null : value;
}
