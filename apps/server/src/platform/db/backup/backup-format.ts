/**
 * A backup is one gzip file of lines: what it is, then each table (its name, its columns, its rows as PostgreSQL's COPY writes them, and a
 * line `\.`, which no row can be), then how many tables there were, so that a file cut short is known by it.
 */
export interface BackupHead {
  readonly format: 'holdfast backup';
  readonly version: 1;
  readonly at: string;
  /** The schema that it fits. */
  readonly migrations: readonly string[];
}

export interface BackupTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** The parts of a table that is kept in parts, with what each holds. */
  readonly partitions: readonly { readonly name: string; readonly bounds: string }[];
}

export interface BackupEnd {
  readonly tables: number;
}

export const END_OF_ROWS = '\\.';

/** A name as it stands in a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
