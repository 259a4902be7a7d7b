/** From an upload to rows, in the format that its sender named or that fits best. */
import { createHash } from 'node:crypto';
import { formatById, recogniseFormat } from './formats/all-formats.ts';
import type { ColumnMapping } from './formats/column-mapping.ts';
import { statementFile } from './formats/format.ts';
import type { StatementFile, StatementFormat, StatementFormatId } from './formats/format.ts';
import { genericHeader } from './formats/generic.ts';
import { StatementError } from './statement-row.ts';
import type { ReadStatement } from './statement-row.ts';
import { decodeStatement } from './statement-text.ts';

export interface StatementAsked {
  readonly content: Uint8Array;
  readonly format: StatementFormatId | null;
  readonly mapping: ColumnMapping | null;
  /** What was said before of files, by the hash of their header. */
  readonly remembered: Readonly<Record<string, ColumnMapping>>;
}

export interface OpenedStatement {
  readonly format: StatementFormatId;
  readonly mapping: ColumnMapping | null;
  /** Names of the columns, where the format is that of no broker. */
  readonly columns: readonly string[];
  readonly statement: ReadStatement;
}

/** Plain values in and out, so that another thread can do it. A file that cannot be read as a whole is refused with the reason. */
export function readStatement({ content, ...asked }: StatementAsked): OpenedStatement | { readonly refused: string } {
  try {
    const file = statementFile(decodeStatement(content));
    // A mapping is for files of no broker, and is what makes some of them readable.
    const format =
      asked.format !== null ? formatById(asked.format) : asked.mapping !== null ? formatById('generic') : recogniseFormat(file);
    const columns = format.id === 'generic' ? columnsOf(file) : [];
    const mapping = format.id !== 'generic' ? null : (asked.mapping ?? asked.remembered[headerHashOf(columns).toString('hex')] ?? null);
    const statement = format.read(file, mapping);
    const { rows, problems, passed } = statement;
    if (rows.length + problems.length + passed.length === 0) return { refused: nothingIn(format) };
    return { format: format.id, mapping, columns, statement };
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return { refused: error.message };
  }
}

function columnsOf(file: StatementFile): readonly string[] {
  const table = file.csv();
  return table === null || table.records.length === 0 ? [] : genericHeader(table).filter((name) => name !== '');
}

function nothingIn({ id, title }: StatementFormat): string {
  if (id === 'generic') return 'The file has a header and no rows.';
  return `The file has no rows that ${title} would write. Leave the format out, so that it is recognised, or export the file again.`;
}

/** What a mapping is remembered by: the names of the columns in their order. */
export function headerHashOf(columns: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(columns)).digest();
}
