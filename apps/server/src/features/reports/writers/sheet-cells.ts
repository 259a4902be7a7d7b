/** Cells of a sheet as XML: typed, so that a spreadsheet can reckon with them. */
import { parseDay } from '@holdfast/engine/time';
import { offsetMinutes } from '../../../platform/time-zone.ts';
import type { Cell, CellKind } from '../document/report-document.ts';
import { plainText } from './plain-text.ts';
import { xmlText } from './xml-text.ts';

/** Excel's own limit. */
const LONGEST_TEXT = 32_767;
/** Days from Excel's day 0 to 1970-01-01. */
const EXCEL_EPOCH = 25_569;
const DAY_MS = 86_400_000;

export interface CellPlace {
  /** From 0. */
  readonly column: number;
  /** From 1. */
  readonly row: number;
  readonly style: number;
}

/** Instants are wall-clock time in the zone, since Excel knows no other. */
export function cellXml(value: Cell, kind: CellKind, at: CellPlace & { readonly timeZone: string }): string {
  if (value === null) return '';
  const start = `<c r="${cellName(at.column, at.row)}" s="${at.style}"`;
  const number = numberOf(value, kind, at.timeZone);
  return number === null ? textXml(String(value), at) : `${start}><v>${number}</v></c>`;
}

export function textXml(text: string, { column, row, style }: CellPlace): string {
  const shown = xmlText(plainText(text).slice(0, LONGEST_TEXT));
  return `<c r="${cellName(column, row)}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${shown}</t></is></c>`;
}

export function formulaXml(formula: string, value: string, { column, row, style }: CellPlace): string {
  return `<c r="${cellName(column, row)}" s="${style}"><f>${xmlText(formula)}</f><v>${value}</v></c>`;
}

/** B7 */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`;
}

/** A, B, …, Z, AA */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${columnName(Math.floor(column / 26) - 1)}${last}`;
}

/** The digits that go into the file; null for text. */
function numberOf(value: string | number, kind: CellKind, timeZone: string): string | null {
  if (kind === 'text') return null;
  if (kind === 'day') {
    const day = parseDay(String(value));
    return day === null ? null : String(day + EXCEL_EPOCH);
  }
  if (kind === 'instant' && typeof value === 'number') {
    return String((value + offsetMinutes(timeZone, value) * 60_000) / DAY_MS + EXCEL_EPOCH);
  }
  return String(value);
}
