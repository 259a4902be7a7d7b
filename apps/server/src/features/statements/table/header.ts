/** Which column is which, by its name and never by its place. */
import type { CsvRecord, CsvTable } from './csv-table.ts';

export interface Header {
  /** Where in the table's records. */
  readonly at: number;
  readonly line: number;
  /** Place by plain name; the first where a name occurs twice. */
  readonly places: ReadonlyMap<string, number>;
  /** As written. */
  readonly names: readonly string[];
}

const RECORDS_LOOKED_AT = 60;

/** Columns are asked for by name in every row, and the names are few. */
const PLAIN = new Map<string, string>();
const MOST_KEPT = 5_000;

/** A column's name without case, accents and signs: "Price ($)" is "price", "Stück" is "stuck". */
export function plainName(name: string): string {
  const known = PLAIN.get(name);
  if (known !== undefined) return known;
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (PLAIN.size >= MOST_KEPT) PLAIN.clear();
  if (name.length <= 200) PLAIN.set(name, plain);
  return plain;
}

export function headerOf(record: CsvRecord, at: number): Header {
  const places = new Map<string, number>();
  record.cells.forEach((cell, place) => {
    const name = plainName(cell);
    if (name !== '' && !places.has(name)) places.set(name, place);
  });
  return { at, line: record.line, places, names: record.cells };
}

/** The first record that has all these columns, each by one of its names; null when none has. */
export function findHeader(table: CsvTable, wanted: readonly (string | readonly string[])[]): Header | null {
  const groups = wanted.map((names) => (typeof names === 'string' ? [names] : names).map(plainName));
  for (const [at, record] of table.records.slice(0, RECORDS_LOOKED_AT).entries()) {
    const header = headerOf(record, at);
    if (groups.every((names) => names.some((name) => header.places.has(name)))) return header;
  }
  return null;
}

/** How a file is sure to be of a format: its header stands, and the more columns that only it has, the surer. */
export function likeness(header: Header | null, typical: readonly string[]): number {
  if (header === null) return 0;
  const known = typical.filter((name) => header.places.has(plainName(name))).length;
  return 0.5 + (typical.length === 0 ? 0 : (known / typical.length) * 0.5);
}
