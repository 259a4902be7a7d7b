/**
 * A report as CSV (RFC 4180, UTF-8): the first table alone, under the API's field names, exact values to the last digit, days and
 * instants in ISO 8601. It reads the same in every language, since programs read it.
 */
import type { Cell, Column, ReportDocument, Row } from '../document/report-document.ts';
import type { Sink } from './sink.ts';
import { plainText } from './plain-text.ts';

const encoder = new TextEncoder();

export async function writeCsv(document: ReportDocument, sink: Sink, onRows: (count: number) => void): Promise<void> {
  const table = document.tables.find(({ only }) => only !== 'paper');
  if (table === undefined) throw new Error(`The report ${document.kind} has no table.`);
  const { columns } = table;
  await sink.write(encoder.encode(`${columns.map(({ key }) => key).join(',')}\r\n`));
  for await (const batch of table.rows()) {
    await sink.write(encoder.encode(batch.map((row) => lineOf(row, columns)).join('')));
    onRows(batch.length);
  }
}

function lineOf(row: Row, columns: readonly Column[]): string {
  return `${columns.map(({ kind }, index) => fieldOf(row[index] ?? null, kind)).join(',')}\r\n`;
}

function fieldOf(cell: Cell, kind: Column['kind']): string {
  if (cell === null) return '';
  if (kind === 'instant') return new Date(cell).toISOString();
  // A number is no formula, also where it begins with a minus.
  if (kind !== 'text') return String(cell);
  const text = plainText(String(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
