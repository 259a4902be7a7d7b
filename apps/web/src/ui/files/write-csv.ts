/** What a cell of a file may hold: amounts as plain decimal text, statistics as numbers. */
export type CsvCell = string | number | null;

const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as a spreadsheet reads them: commas, quotes where they are needed, plain figures without separators. */
export function writeCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return BYTE_ORDER_MARK + [header, ...rows].map((row) => row.map(writeCell).join(',')).join('\r\n') + '\r\n';
}

/** Text that a spreadsheet would take for a formula begins with an apostrophe; figures may begin with a minus. */
function writeCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
