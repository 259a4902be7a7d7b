/** A report before it has a format: what is said, in which order, with which figures. */
import type { ReportKind } from '@holdfast/contract/reports';
import type { Language } from '../words/report-words.ts';

/**
 * Exact values are plain decimal text, days YYYY-MM-DD, instants epoch milliseconds, fractions numbers (0.05 is 5 %). Null is nothing
 * to say.
 */
export type Cell = string | number | null;
export type Row = readonly Cell[];
export type CellKind = 'text' | 'day' | 'instant' | 'money' | 'price' | 'quantity' | 'fraction' | 'number';

export interface Column {
  /** The name of the API's field: the header of the CSV. */
  readonly key: string;
  readonly title: string;
  readonly kind: CellKind;
  /** Share of the line's width on paper. */
  readonly width: number;
  /** Of money and prices: the currency of the whole column, or the position of the column that names it. */
  readonly currency?: string | number;
  /** A sum of the column stands at its end. */
  readonly total?: true;
  /** A gain or loss, a change: shown with its sign. */
  readonly signed?: true;
  /** Its sign says which way money went and not whether something was gained: it has no colour. */
  readonly isFlow?: true;
  /** What the cells are called in the user's language, where they are codes of the API. */
  readonly words?: Readonly<Record<string, string>>;
  /** For programs; too much for paper. */
  readonly filesOnly?: true;
}

export interface Table {
  /** The name of its sheet, in the user's language. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** How many rows there will be. */
  readonly count: number;
  /** Currencies of the totals, in order; one line each. */
  readonly totalCurrencies: readonly string[];
  /** In batches, so that no more than one of them is in memory. May be read several times. */
  rows(): AsyncIterable<readonly Row[]>;
  readonly note?: string;
  /** `paper`: for reading; `files`: for reckoning. Left out: for both. */
  readonly only?: 'paper' | 'files';
}

export interface Figure {
  readonly label: string;
  readonly value: Cell;
  readonly kind: CellKind;
  readonly currency?: string;
  readonly signed?: true;
}

export interface ShareChart {
  readonly kind: 'shares';
  readonly title: string;
  readonly parts: readonly { readonly label: string; readonly fraction: number }[];
}

export interface LineChart {
  readonly kind: 'lines';
  readonly title: string;
  readonly unit: 'money' | 'fraction';
  readonly currency: string;
  /** Days since 1970-01-01, rising. */
  readonly days: readonly number[];
  readonly lines: readonly { readonly label: string; readonly values: readonly number[]; readonly dashed?: true }[];
}

export interface BarChart {
  readonly kind: 'bars';
  readonly title: string;
  readonly currency: string;
  /** Gains and losses rather than amounts. */
  readonly signed: boolean;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

export type Chart = ShareChart | LineChart | BarChart;

export interface ReportDocument {
  readonly kind: ReportKind;
  readonly language: Language;
  /** BCP 47, of numbers and days. */
  readonly locale: string;
  /** Of instants. */
  readonly timeZone: string;
  readonly title: string;
  readonly owner: string;
  readonly portfolio: string;
  readonly isPaper: boolean;
  readonly period: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  readonly currency: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly figures: readonly Figure[];
  readonly charts: readonly Chart[];
  /** The first is what the CSV holds. */
  readonly tables: readonly Table[];
  readonly methods: readonly { readonly name: string; readonly sentence: string }[];
}

/** How many rows fit into one batch. */
export const BATCH = 500;

/** Rows that are in memory anyway, as a table reads them. */
export function batchesOf(rows: Iterable<Row>): () => AsyncIterable<readonly Row[]> {
  return async function* () {
    let batch: Row[] = [];
    for (const row of rows) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  };
}
