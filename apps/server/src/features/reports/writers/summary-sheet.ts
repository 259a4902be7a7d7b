/** The first sheet of a workbook: what it is, its main figures, and how each figure is computed. */
import type { ReportDocument } from '../document/report-document.ts';
import { wordsIn } from '../words/report-words.ts';
import { cellXml, textXml } from './sheet-cells.ts';
import type { SheetStyles } from './sheet-styles.ts';

export function summarySheet(document: ReportDocument, styles: SheetStyles): string {
  const words = wordsIn(document.language);
  const rows: string[] = [];
  const label = styles.of({ kind: 'label' });
  const add = (cells: (row: number) => string, height?: number): void => {
    const row = rows.length + 1;
    rows.push(`<row r="${row}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${cells(row)}</row>`);
  };
  const heading = (text: string): void => {
    add(() => '');
    add((row) =>
      [0, 1].map((column) => textXml(column === 0 ? text : '', { column, row, style: styles.of({ kind: 'heading' }) })).join(''),
    );
  };
  add((row) => textXml(document.title, { column: 0, row, style: styles.of({ kind: 'title' }) }), 24);
  for (const { label: name, text } of document.facts) {
    add((row) => textXml(name, { column: 0, row, style: label }) + textXml(text, { column: 1, row, style: styles.of({ kind: 'prose' }) }));
  }
  heading(words.keyFigures);
  for (const { label: name, value, kind, currency, signed } of document.figures) {
    const style = styles.of({ kind, ...(currency === undefined ? {} : { currency }), signed, beside: true });
    const shown = (row: number) =>
      value === null
        ? textXml(words.unknown, { column: 1, row, style: styles.of({ kind: 'number', beside: true }) })
        : cellXml(value, kind, { column: 1, row, style, timeZone: document.timeZone });
    add((row) => textXml(name, { column: 0, row, style: label }) + shown(row));
  }
  heading(words.methods);
  for (const { name, sentence } of document.methods) {
    const lines = Math.ceil(sentence.length / 85);
    add(
      (row) => textXml(name, { column: 0, row, style: label }) + textXml(sentence, { column: 1, row, style: styles.of({ kind: 'prose' }) }),
      lines * 14,
    );
  }
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>',
    '<sheetFormatPr defaultRowHeight="14"/><cols><col min="1" max="1" width="34" customWidth="1"/><col min="2" max="2" width="86" customWidth="1"/></cols>',
    `<sheetData>${rows.join('')}</sheetData>`,
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>',
  ].join('');
}
