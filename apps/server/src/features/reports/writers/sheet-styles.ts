/** The styles of a workbook, numbered as cells ask for them and printed when all have asked. */
import { minorUnits } from '@holdfast/engine/money';
import type { CellKind } from '../document/report-document.ts';
import { xmlText } from './xml-text.ts';

export interface CellStyle {
  readonly kind: CellKind | 'heading' | 'title' | 'label' | 'prose';
  readonly currency?: string;
  readonly signed?: true | undefined;
  /** The line of a total. */
  readonly strong?: true;
  /** A figure beside its name rather than in a column of figures. */
  readonly beside?: true;
}

export interface SheetStyles {
  /** The number of a style. */
  of(style: CellStyle): number;
  /** styles.xml */
  text(): string;
}

const FONTS = [
  '<font><sz val="10"/><color rgb="FF191E27"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="10"/><color rgb="FF191E27"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="16"/><color rgb="FF191E27"/><name val="Calibri"/><family val="2"/></font>',
  '<font><sz val="10"/><color rgb="FF5E636D"/><name val="Calibri"/><family val="2"/></font>',
] as const;
const [PLAIN, BOLD, LARGE, QUIET] = [0, 1, 2, 3];
const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEEF0F4"/><bgColor indexed="64"/></patternFill></fill>',
] as const;
const BORDERS = [
  '<border><left/><right/><top/><bottom/><diagonal/></border>',
  '<border><left/><right/><top/><bottom style="thin"><color rgb="FF82868E"/></bottom><diagonal/></border>',
  '<border><left/><right/><top style="thin"><color rgb="FF191E27"/></top><bottom/><diagonal/></border>',
] as const;
/** Below this the numbers are Excel's own. */
const FIRST_FORMAT = 164;
const FIGURES = new Set<CellStyle['kind']>(['money', 'price', 'quantity', 'fraction', 'number']);

export function sheetStyles(): SheetStyles {
  const formats = new Map<string, number>();
  const cells = new Map<string, number>([[cellFormat({ format: 0, kind: 'text' }), 0]]);
  return {
    of(style) {
      const code = formatCode(style);
      if (code !== null && !formats.has(code)) formats.set(code, FIRST_FORMAT + formats.size);
      const format = code === null ? 0 : (formats.get(code) ?? 0);
      const cell = cellFormat({ ...style, format });
      if (!cells.has(cell)) cells.set(cell, cells.size);
      return cells.get(cell) ?? 0;
    },
    text() {
      const codes = [...formats].map(([code, id]) => `<numFmt numFmtId="${id}" formatCode="${xmlText(code)}"/>`);
      return [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
        codes.length === 0 ? '' : `<numFmts count="${codes.length}">${codes.join('')}</numFmts>`,
        listOf('fonts', FONTS),
        listOf('fills', FILLS),
        listOf('borders', BORDERS),
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
        listOf('cellXfs', [...cells.keys()]),
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
      ].join('');
    },
  };
}

function listOf(name: string, parts: readonly string[]): string {
  return `<${name} count="${parts.length}">${parts.join('')}</${name}>`;
}

function cellFormat({ format, kind, strong, beside }: CellStyle & { readonly format: number }): string {
  const font = kind === 'title' ? LARGE : kind === 'heading' || strong === true ? BOLD : kind === 'label' ? QUIET : PLAIN;
  const fill = kind === 'heading' ? 2 : 0;
  const border = kind === 'heading' ? 1 : strong === true ? 2 : 0;
  const horizontal = FIGURES.has(kind) ? ` horizontal="${beside === true ? 'left' : 'right'}"` : '';
  const wrap = kind === 'heading' || kind === 'prose' ? ' wrapText="1"' : '';
  const vertical = kind === 'heading' ? 'center' : 'top';
  const applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"';
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" ${applied}><alignment${horizontal} vertical="${vertical}"${wrap}/></xf>`;
}

/** The number format as Excel writes it; null for the general one. Signs are shown where the sign is the message. */
function formatCode({ kind, currency, signed }: CellStyle): string | null {
  const units = currency === undefined ? 2 : minorUnits(currency);
  const suffix = currency === undefined || currency === '' ? '' : `\\ "${currency.replaceAll('"', '')}"`;
  const whole = units === 0 ? '#,##0' : `#,##0.${'0'.repeat(units)}`;
  switch (kind) {
    case 'money':
      return signed === true ? `+${whole}${suffix};-${whole}${suffix};${whole}${suffix}` : `${whole}${suffix}`;
    case 'price':
      return `#,##0.00####${suffix}`;
    case 'fraction':
      return signed === true ? '+0.00%;-0.00%;0.00%' : '0.00%';
    case 'number':
      return '0.00##';
    case 'day':
      return 'yyyy-mm-dd';
    case 'instant':
      return 'yyyy-mm-dd hh:mm:ss';
    // Digits that need not be there would leave a lone point behind whole numbers: the general format does not.
    case 'quantity':
    case 'text':
    case 'heading':
    case 'title':
    case 'label':
    case 'prose':
      return null;
  }
}
