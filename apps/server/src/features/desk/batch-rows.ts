/** The rows that one batch writes, gathered column by column, as PostgreSQL array literals. */

/** Column names with their PostgreSQL types, in the order of insertion. */
export type Columns = Readonly<Record<string, 'uuid' | 'int4' | 'int8' | 'numeric' | 'timestamptz' | 'text' | 'jsonb' | 'bytea' | 'bool'>>;

export type Cell = string | number | boolean | Buffer | null;

const QUOTED = new Set(['text', 'jsonb']);

/** Rows of one table. Quoting is done for the few types that need it: most cells are ids and plain numbers. */
export class TableRows {
  readonly #columns: readonly string[][];
  readonly #quoted: readonly boolean[];
  #count = 0;

  constructor(columns: Columns) {
    const types = Object.values(columns);
    this.#columns = types.map(() => []);
    this.#quoted = types.map((type) => QUOTED.has(type));
  }

  get count(): number {
    return this.#count;
  }

  /** Cells in the order of the columns. */
  add(cells: readonly Cell[]): void {
    this.#count += 1;
    for (let at = 0; at < this.#columns.length; at += 1) this.#columns[at]?.push(literal(cells[at] ?? null, this.#quoted[at] === true));
  }

  /** One array literal per column. */
  literals(): string[] {
    return this.#columns.map((cells) => `{${cells.join(',')}}`);
  }
}

function literal(cell: Cell, quoted: boolean): string {
  if (cell === null) return 'NULL';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (Buffer.isBuffer(cell)) return `"\\\\x${cell.toString('hex')}"`;
  return quoted ? `"${cell.replace(/["\\]/g, '\\$&')}"` : cell;
}
