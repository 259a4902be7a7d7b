import type { Column } from './columns.ts';

/** A row that was kept out, and why. */
export interface RowFault {
  /** The CSV file, with the archives it lies in: "july.zip/AIG.csv". */
  readonly fileName: string;
  /** From 1, the header included. */
  readonly line: number;
  /** Null when it is the row as a whole. */
  readonly column: Column | null;
  readonly message: string;
  /** The beginning of the row. */
  readonly rowText: string;
}
