/** What a broker's file says, row by row, before anything of it is looked up or recorded. */
import { ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { TransactionType } from '@holdfast/engine/ledger';

/**
 * One transaction as a statement tells it. Figures are never negative: the type says where they go. `amount` is gross: what a trade is
 * worth before fee and tax, a dividend before its tax.
 */
export interface StatementRow {
  /** From 1, the header included. */
  readonly line: number;
  readonly type: TransactionType;
  /** As the broker writes it; an exchange is behind a point where the file names one. */
  readonly symbol: string | null;
  readonly isin: string | null;
  readonly name: string | null;
  /** Units moved. In a split without a ratio: the units that came or, negative, went. */
  readonly quantity: Decimal | null;
  readonly price: Decimal | null;
  readonly amount: Decimal;
  /** Null where the file does not say: that of the instrument, else of the portfolio. */
  readonly currency: string | null;
  readonly fee: Decimal;
  readonly tax: Decimal;
  /** What an exchange brings; of other rows, what was booked on an account of another currency. */
  readonly counterAmount: Decimal | null;
  readonly counterCurrency: string | null;
  /** A day (2026-01-05), or an instant in UTC where the file tells the time and its zone is known. */
  readonly tradedAt: string;
  /** The broker's own number of the transaction: the same in every file of that broker. */
  readonly brokerId: string | null;
  readonly note: string | null;
  /** Of a split: new shares for old ones. */
  readonly ratio: { readonly newShares: Decimal; readonly oldShares: Decimal } | null;
}

export interface RowProblem {
  readonly line: number;
  /** As the header calls it; null when it is the row as a whole. */
  readonly column: string | null;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** A row that is no transaction, and why: a total, a watched symbol, a move between two pockets of one account. */
export interface PassedRow {
  readonly line: number;
  readonly reason: string;
}

/** Each row of a file is in exactly one of the lists, or went into a row of the first together with others. */
export interface ReadStatement {
  readonly rows: readonly StatementRow[];
  readonly problems: readonly RowProblem[];
  readonly passed: readonly PassedRow[];
}

type Given = Pick<StatementRow, 'line' | 'type' | 'tradedAt'> & Partial<StatementRow>;

/** A row with nothing in what was not given. */
export function statementRow(given: Given): StatementRow {
  return {
    symbol: null,
    isin: null,
    name: null,
    quantity: null,
    price: null,
    amount: ZERO,
    currency: null,
    fee: ZERO,
    tax: ZERO,
    counterAmount: null,
    counterCurrency: null,
    brokerId: null,
    note: null,
    ratio: null,
    ...given,
  };
}

/** A file that cannot be read at all, said to whoever sent it. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
}

/** What is wrong with one row; becomes a `RowProblem` of its line. */
export class CellProblem extends Error {
  override readonly name = 'CellProblem';
  readonly column: string | null;
  constructor(column: string | null, message: string) {
    super(message);
    this.column = column;
  }
}

/** A quotation that is short enough for a message. */
export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
