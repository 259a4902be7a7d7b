import { add, decimal, formatDecimal, ZERO } from '@holdfast/engine/money';
import type { Transaction, TransactionType } from '@holdfast/sdk';

/** What the list is narrowed to; it stands in the address. */
export interface LedgerFilter {
  readonly search?: string;
  readonly type?: TransactionType;
  readonly portfolio?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: 'tradedAt' | '-tradedAt' | 'amount' | '-amount';
}

export const LEDGER_COLUMNS = [
  'type',
  'portfolio',
  'tradedAt',
  'quantity',
  'price',
  'amount',
  'fee',
  'tax',
  'cashEffect',
  'gain',
  'note',
] as const;
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number];
const USUAL: readonly LedgerColumn[] = ['type', 'portfolio', 'tradedAt', 'quantity', 'price', 'amount', 'fee', 'gain'];

/** Which columns an address asks for, in the order of the table; the first is the row's name and always there. */
export function readColumns(text: string | undefined): readonly LedgerColumn[] {
  if (text === undefined) return USUAL;
  const words = text.split(',');
  return LEDGER_COLUMNS.filter((column) => column === 'type' || words.includes(column));
}

/** Null where the columns are the usual ones, so that addresses stay short. */
export function writeColumns(columns: readonly LedgerColumn[]): string | null {
  const ordered = LEDGER_COLUMNS.filter((column) => columns.includes(column));
  return ordered.join() === USUAL.join() ? null : ordered.join();
}

export interface LedgerTotal {
  readonly currency: string;
  readonly cashEffect: string;
  readonly fees: string;
}

/** What the rows move in cash and cost in fees, exactly, by currency. */
export function totalsOf(rows: readonly Transaction[]): LedgerTotal[] {
  const sums = new Map<string, { readonly cash: ReturnType<typeof decimal>; readonly fees: ReturnType<typeof decimal> }>();
  for (const row of rows) {
    const known = sums.get(row.currency) ?? { cash: ZERO, fees: ZERO };
    sums.set(row.currency, { cash: add(known.cash, decimal(row.cashEffect)), fees: add(known.fees, decimal(row.fee)) });
  }
  return [...sums]
    .map(([currency, { cash, fees }]) => ({ currency, cashEffect: formatDecimal(cash), fees: formatDecimal(fees) }))
    .toSorted((a, b) => a.currency.localeCompare(b.currency));
}
