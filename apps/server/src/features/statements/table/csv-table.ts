/** A CSV file as records that know their lines. */
import { CsvError, parse } from 'csv-parse/sync';
import { StatementError } from '../statement-row.ts';
import { STATEMENT_LIMITS } from '../statement-text.ts';

export interface CsvRecord {
  /** The line it begins on, from 1. */
  readonly line: number;
  /** Trimmed. */
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly delimiter: string;
  readonly records: readonly CsvRecord[];
}

const DELIMITERS = [',', ';', '\t', '|'];
const LINES_LOOKED_AT = 60;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Throws `StatementError` for what is no CSV, or beyond the limits. */
export function readCsvTable(text: string): CsvTable {
  const delimiter = delimiterOf(text);
  const { rows, columns, cellCharacters } = STATEMENT_LIMITS;
  let parsed: readonly Parsed[];
  try {
    // The parser counts a line end of two characters inside quotation marks as two lines.
    parsed = parse(text.replace(/\r\n?/g, '\n'), {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: columns * cellCharacters,
      to: rows + 1_000,
    }) as unknown as readonly Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new StatementError(`The file is no readable CSV: ${plainReason(error)} Export it again, and do not save it from a spreadsheet.`);
  }
  const records: CsvRecord[] = [];
  let before = 0;
  for (const { record, info } of parsed) {
    const line = before + 1;
    before = info.lines;
    if (record.length > columns) throw new StatementError(`Line ${line} has ${record.length} columns; a statement may have ${columns}.`);
    const long = record.findIndex((cell) => cell.length > cellCharacters);
    if (long >= 0) throw new StatementError(`Line ${line}, column ${long + 1}, has more than ${cellCharacters} characters.`);
    const cells = record.map((cell) => cell.trim());
    if (cells.some((cell) => cell !== '')) records.push({ line, cells });
  }
  if (records.length > rows) throw new StatementError(`The file has more than ${rows} rows. Export it in shorter periods.`);
  return { delimiter, records };
}

/** The one that divides the most lines into the same number of cells, quoted cells left out. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 200_000)
    .split(/\r\n|\n|\r/)
    .slice(0, LINES_LOOKED_AT)
    .map((line) => line.replace(/"[^"]*"/g, ''));
  const scores = DELIMITERS.map((delimiter) => {
    const widths = new Map<number, number>();
    for (const line of lines) {
      const width = line.split(delimiter).length;
      if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    return { delimiter, score: Math.max(0, ...[...widths].map(([width, count]) => count * Math.min(width, 20))) };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function plainReason(error: CsvError): string {
  const line = /(?:at|on) line (\d+)/.exec(error.message)?.[1];
  const where = line === undefined ? '' : ` in line ${line}`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `a quotation mark that was opened${where} is never closed.`;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `a row${where} is too long.`;
  return `the quotation marks${where} do not match.`;
}
