/** What a format knows: its own files, and what their rows mean. One file each; nothing is looked up here. */
import type { ReadStatement } from '../statement-row.ts';
import type { CsvTable } from '../table/csv-table.ts';
import { readCsvTable } from '../table/csv-table.ts';
import type { ColumnMapping } from './column-mapping.ts';

export const STATEMENT_FORMATS = [
  'ghostfolio-json',
  'ghostfolio-csv',
  'portfolio-performance',
  'interactive-brokers-flex',
  'interactive-brokers-flex-csv',
  'interactive-brokers-activity',
  'schwab',
  'fidelity',
  'degiro',
  'degiro-transactions',
  'trading-212',
  'sharesight',
  'yahoo-finance',
  'generic',
] as const;
export type StatementFormatId = (typeof STATEMENT_FORMATS)[number];

export interface StatementFile {
  readonly text: string;
  /** Its records; null for what is no CSV by its first character. Throws `StatementError` where it should be one and cannot be read. */
  csv(): CsvTable | null;
}

export interface StatementFormat {
  readonly id: StatementFormatId;
  /** As the broker calls itself. */
  readonly title: string;
  /** 0: not this format. 1: surely. */
  recognise(file: StatementFile): number;
  read(file: StatementFile, mapping: ColumnMapping | null): ReadStatement;
}

export function statementFile(text: string): StatementFile {
  let table: CsvTable | null | undefined;
  return {
    text,
    csv() {
      table ??= /^\s*[<{[]/.test(text) ? null : readCsvTable(text);
      return table;
    },
  };
}
