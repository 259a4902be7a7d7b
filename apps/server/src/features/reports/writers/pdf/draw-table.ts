/** Tables on paper: lines of one height, the header again on each page, sums at the end. */
import { filled, wordsIn } from '../../words/report-words.ts';
import type { Cell, Column, Row, Table } from '../../document/report-document.ts';
import { columnTotals, currencyOf } from '../column-totals.ts';
import { box, fitted, line, wrapped } from './canvas.ts';
import { COLORS } from './colors.ts';
import { directionColor, drawSectionTitle } from './draw-head.ts';
import type { Paper } from './paper.ts';

const ROW = 15;
const HEADER = 24;
const SIZE = 7.5;
const PADDING = 3;
/** Before words that follow a figure. */
const APART = 11;
/** Below a table. */
const AFTER = 10;

interface PlacedColumn {
  readonly column: Column;
  /** In the row. */
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly isFigure: boolean;
}

export async function drawTable(paper: Paper, table: Table, onRows: (count: number) => void): Promise<void> {
  const columns = placed(table, paper);
  const totals = columnTotals(table);
  await paper.need(HEADER + ROW * 3 + 30);
  drawSectionTitle(paper, table.title);
  if (table.count === 0) {
    paper.canvas.text(wordsIn(paper.document.language).none, { x: paper.left, y: paper.y + 8 }, { size: 8.5, color: COLORS.faint });
    paper.y += ROW + AFTER;
    return;
  }
  drawHeader(paper, columns);
  const row = async (cells: Row | null): Promise<void> => {
    if (await paper.need(ROW)) drawHeader(paper, columns);
    if (cells !== null) {
      totals.add(cells);
      drawRow(paper, columns, cells);
    }
    paper.y += ROW;
  };
  if (paper.canvas.draws) {
    for await (const batch of table.rows()) {
      for (const cells of batch) await row(cells);
      onRows(batch.length);
    }
  } else {
    for (let left = table.count; left > 0; left -= 1) await row(null);
  }
  for (const total of columns.some(({ column }) => column.total === true) ? totals.lines() : []) {
    if (await paper.need(ROW)) drawHeader(paper, columns);
    drawTotal(paper, columns, total);
    paper.y += ROW;
  }
  paper.y += AFTER;
}

function placed({ columns }: Table, { left, width }: Paper): readonly PlacedColumn[] {
  const shown = columns.flatMap((column, index) => (column.filesOnly === true ? [] : [{ column, index }]));
  const whole = shown.reduce((all, { column }) => all + column.width, 0);
  let x = left;
  return shown.map(({ column, index }, place) => {
    const own = (column.width / whole) * width;
    const before = shown[place - 1]?.column;
    const indent = before !== undefined && isFigure(before) && !isFigure(column) ? APART - PADDING : 0;
    const at = { column, index, x: x + indent, width: own - indent, isFigure: isFigure(column) };
    x += own;
    return at;
  });
}

function isFigure({ kind }: Column): boolean {
  return kind !== 'text' && kind !== 'day' && kind !== 'instant';
}

function drawHeader(paper: Paper, columns: readonly PlacedColumn[]): void {
  const { canvas, left, width } = paper;
  box(canvas, { x: left, y: paper.y, width, height: HEADER }, { fill: COLORS.inset });
  const style = { size: 7, bold: true, color: COLORS.quiet };
  for (const { column, x, width: own, isFigure: right } of columns) {
    const lines = wrapped(canvas, column.title, { ...style, width: own - 2 * PADDING }).slice(0, 2);
    for (const [index, text] of lines.entries()) {
      const y = paper.y + HEADER - 7 - (lines.length - 1 - index) * 8.5;
      const shown = fitted(canvas, text, { ...style, width: own - PADDING });
      if (right) canvas.text(shown, { x: x + own - PADDING, y }, { ...style, align: 'right' });
      else canvas.text(shown, { x: x + PADDING, y }, style);
    }
  }
  paper.y += HEADER;
  line(
    canvas,
    [
      { x: left, y: paper.y },
      { x: left + width, y: paper.y },
    ],
    { stroke: COLORS.strongLine, lineWidth: 0.7 },
  );
}

function drawRow(paper: Paper, columns: readonly PlacedColumn[], cells: Row): void {
  const { canvas, left, right } = paper;
  for (const placedColumn of columns) {
    const cell = cells[placedColumn.index] ?? null;
    drawCell(paper, placedColumn, { cell, currency: currencyOf(cells, placedColumn.column.currency), bold: placedColumn.index === 0 });
  }
  const y = paper.y + ROW;
  line(
    canvas,
    [
      { x: left, y },
      { x: right, y },
    ],
    { stroke: COLORS.line, lineWidth: 0.4 },
  );
}

interface ShownCell {
  readonly cell: Cell;
  readonly currency: string;
  readonly bold: boolean;
}

function drawCell(
  { canvas, text, y: top }: Paper,
  { column, x, width, isFigure: right }: PlacedColumn,
  { cell, currency, bold }: ShownCell,
): void {
  if (cell === null) return;
  const shown =
    column.words?.[cell] ?? text.cell(cell, { kind: column.kind, currency: currency === '' ? undefined : currency, signed: column.signed });
  const y = top + 10.2;
  const room = width - 2 * PADDING;
  if (!right) {
    const style = { size: SIZE, bold: bold && column.kind === 'text', color: COLORS.ink };
    canvas.text(fitted(canvas, shown, { ...style, width: room }), { x: x + PADDING, y }, style);
    return;
  }
  const style = { size: SIZE, bold, color: column.signed === true && column.isFlow !== true ? directionColor(shown) : COLORS.ink };
  // A figure is never cut: it becomes smaller.
  const size = SIZE * Math.min(1, room / Math.max(1, canvas.measure(shown, style)));
  canvas.text(shown, { x: x + width - PADDING, y }, { ...style, size, align: 'right' });
}

function drawTotal(
  paper: Paper,
  columns: readonly PlacedColumn[],
  { currency, sums }: { readonly currency: string; readonly sums: readonly (string | null)[] },
): void {
  const { canvas, left, right, document } = paper;
  line(
    canvas,
    [
      { x: left, y: paper.y },
      { x: right, y: paper.y },
    ],
    { stroke: COLORS.ink, lineWidth: 0.8 },
  );
  const label = filled('{total} {currency}', { total: wordsIn(document.language).total, currency });
  canvas.text(label, { x: left + PADDING, y: paper.y + 10.2 }, { size: SIZE, bold: true, color: COLORS.ink });
  for (const column of columns) drawCell(paper, column, { cell: sums[column.index] ?? null, currency, bold: true });
}
