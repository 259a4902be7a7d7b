/** What the worker is told of a report: plain values, read on the main thread or, for long lists, where to read them. */
import type { ReportFormat, ReportKind } from '@holdfast/contract/reports';

/** A calendar day, days since 1970-01-01 in the portfolio's zone; null where the period is open. */
export interface ReportPeriod {
  readonly from: number | null;
  readonly to: number | null;
  readonly year: number | null;
}

export interface ReportHeading {
  readonly kind: ReportKind;
  readonly format: ReportFormat;
  readonly locale: string;
  /** The user's: of instants. */
  readonly timeZone: string;
  readonly owner: string;
  readonly portfolioId: string;
  readonly portfolioName: string;
  readonly isPaper: boolean;
  readonly baseCurrency: string;
  readonly costMethod: string;
  /** The portfolio's: of days. */
  readonly portfolioZone: string;
  readonly period: ReportPeriod;
  readonly asOf: number;
}

/** The API's own answers as text, so that a report cannot say anything else. */
export interface HoldingsContent {
  readonly kind: 'holdings';
  readonly summary: string;
  /** With `baseValue`, what it is worth in the base currency. */
  readonly positions: string;
  readonly cash: readonly { readonly currency: string; readonly balance: string; readonly baseValue: string }[];
}

export interface PerformanceContent {
  readonly kind: 'performance';
  readonly performance: string;
  readonly risk: string;
}

export interface GainsContent {
  readonly kind: 'realized-gains';
  readonly gains: string;
}

export interface IncomeContent {
  readonly kind: 'income';
  readonly income: string;
}

/** Read from the database by the worker, batch by batch. */
export interface TransactionsContent {
  readonly kind: 'transactions';
  readonly query: RowQuery;
  readonly database: DatabaseAddress;
  /** By instrument key. */
  readonly names: Readonly<Record<string, { readonly symbol: string; readonly name: string }>>;
}

/** A statement of the transactions' store, made on the main thread. */
export interface RowQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface DatabaseAddress {
  readonly url: string;
  readonly ssl?: unknown;
}

export type ReportContent = HoldingsContent | PerformanceContent | GainsContent | IncomeContent | TransactionsContent;

/** What the worker throws when nobody wants the report any more. */
export const UNWANTED = 'Nobody wants the report any more.';

export interface ReportInput {
  readonly heading: ReportHeading;
  readonly content: ReportContent;
  /** The file to write; it must not be there. */
  readonly path: string;
  /** [0] rows written so far, [1] rows in all, [2] not 0 when nobody wants it any more. */
  readonly progress: Int32Array;
}
