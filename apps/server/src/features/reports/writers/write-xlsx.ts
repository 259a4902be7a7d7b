/**
 * A report as a workbook (ECMA-376): a sheet that says what it is, then a sheet per table with typed cells, a header that stays, and
 * totals as formulas. Rows are packed as they come, so the size of a report is no matter of memory.
 */
import type { ReportDocument, Table } from '../document/report-document.ts';
import { wordsIn } from '../words/report-words.ts';
import { columnTotals, currencyOf } from './column-totals.ts';
import type { ColumnTotals } from './column-totals.ts';
import { openPackage } from './package-file.ts';
import type { PackageFile } from './package-file.ts';
import { cellName, cellXml, columnName, formulaXml, textXml } from './sheet-cells.ts';
import { sheetStyles } from './sheet-styles.ts';
import type { SheetStyles } from './sheet-styles.ts';
import type { Sink } from './sink.ts';
import { summarySheet } from './summary-sheet.ts';
import { contentTypes, coreProperties, ROOT_RELATIONS, sheetNames, workbook, workbookRelations } from './workbook-parts.ts';
import { xmlText } from './xml-text.ts';

export async function writeXlsx(document: ReportDocument, sink: Sink, onRows: (count: number) => void): Promise<void> {
  const tables = document.tables.filter(({ only }) => only !== 'paper');
  const names = sheetNames([wordsIn(document.language).summary, ...tables.map(({ title }) => title)]);
  const file = openPackage(sink, document.asOf);
  const styles = sheetStyles();
  await file.add('[Content_Types].xml', contentTypes(names.length));
  await file.add('_rels/.rels', ROOT_RELATIONS);
  await file.add('docProps/core.xml', coreProperties(document));
  await file.add('xl/workbook.xml', workbook(names));
  await file.add('xl/_rels/workbook.xml.rels', workbookRelations(names.length));
  await file.add('xl/worksheets/sheet1.xml', summarySheet(document, styles));
  for (const [index, table] of tables.entries()) {
    await writeSheet(file, { path: `xl/worksheets/sheet${index + 2}.xml`, table, document, styles }, onRows);
  }
  await file.add('xl/styles.xml', styles.text());
  await file.end();
}

interface Sheet {
  readonly path: string;
  readonly table: Table;
  readonly document: ReportDocument;
  readonly styles: SheetStyles;
}

const HEADER_ROW = 1;

async function writeSheet(file: PackageFile, sheet: Sheet, onRows: (count: number) => void): Promise<void> {
  const { table, document, styles } = sheet;
  const part = await file.begin(sheet.path);
  const totals = columnTotals(table);
  let row = HEADER_ROW;
  await part.write(headOfSheet(table, styles));
  for await (const batch of table.rows()) {
    let text = '';
    for (const cells of batch) {
      row += 1;
      totals.add(cells);
      const xml = table.columns.map(({ kind, currency, signed, words }, column) => {
        const cell = cells[column] ?? null;
        const shown = cell === null ? null : (words?.[cell] ?? cell);
        const own = kind === 'money' || kind === 'price' ? { currency: currencyOf(cells, currency) } : {};
        return cellXml(shown, kind, { column, row, style: styles.of({ kind, ...own, signed }), timeZone: document.timeZone });
      });
      text += `<row r="${row}">${xml.join('')}</row>`;
    }
    await part.write(text);
    onRows(batch.length);
  }
  const lastRow = row;
  await part.write(`${totalRows(sheet, totals, lastRow)}</sheetData>${filterOf(table, lastRow)}${END_OF_SHEET}`);
  await part.end();
}

function headOfSheet({ columns }: Table, styles: SheetStyles): string {
  const style = styles.of({ kind: 'heading' });
  const widths = columns.map(({ kind, width, title }, index) => {
    const least = kind === 'text' ? 10 : kind === 'instant' ? 19 : 12;
    return `<col min="${index + 1}" max="${index + 1}" width="${Math.max(least, Math.min(60, width * 1.5), title.length * 0.7 + 4)}" customWidth="1"/>`;
  });
  const cells = columns.map(({ title }, column) => textXml(title, { column, row: HEADER_ROW, style }));
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    '<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '<selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="14"/>',
    `<cols>${widths.join('')}</cols><sheetData><row r="1" ht="30" customHeight="1">${cells.join('')}</row>`,
  ].join('');
}

/** A line per currency below the rows: the sum of the rows in it. */
function totalRows({ table, document, styles }: Sheet, totals: ColumnTotals, lastRow: number): string {
  const lines = totals.lines();
  if (lastRow === HEADER_ROW) return '';
  const { total } = wordsIn(document.language);
  const rows = lines.map(({ currency, sums }, line) => {
    const row = lastRow + 1 + line;
    const cells = table.columns.map(({ kind, currency: of, signed }, column) => {
      const place = { column, row, style: styles.of({ kind: column === 0 ? 'label' : kind, currency, signed, strong: true }) };
      const sum = sums[column] ?? null;
      if (column === 0) return textXml(lines.length > 1 ? `${total} ${currency}` : total, place);
      if (sum === null) return `<c r="${cellName(column, row)}" s="${place.style}"/>`;
      const range = (at: number) => `${columnName(at)}$${HEADER_ROW + 1}:${columnName(at)}$${lastRow}`;
      const formula =
        typeof of === 'number' ? `SUMIF($${range(of).replace(':', ':$')},"${currency}",${range(column)})` : `SUM(${range(column)})`;
      return formulaXml(formula, sum, place);
    });
    return `<row r="${row}">${cells.join('')}</row>`;
  });
  return rows.join('');
}

function filterOf({ columns }: Table, lastRow: number): string {
  return `<autoFilter ref="A${HEADER_ROW}:${xmlText(cellName(columns.length - 1, lastRow))}"/>`;
}

const END_OF_SHEET =
  '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>';
