/** What the rows of a statement come to: how many of each type, and how much money they moved in each currency. */
import { add, negate, subtract, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { TransactionType } from '@holdfast/engine/ledger';
import type { StatementRow } from './statement-row.ts';

export interface StatementTotals {
  readonly types: readonly { readonly type: TransactionType; readonly count: number }[];
  /** By currency; null is that of each instrument, where the file names none. */
  readonly cash: readonly { readonly currency: string | null; readonly amount: Decimal }[];
}

export function totalsOf(rows: readonly StatementRow[]): StatementTotals {
  const counts = new Map<TransactionType, number>();
  const cash = new Map<string | null, Decimal>();
  for (const row of rows) {
    counts.set(row.type, (counts.get(row.type) ?? 0) + 1);
    for (const { currency, amount } of cashMoved(row)) cash.set(currency, add(cash.get(currency) ?? ZERO, amount));
  }
  return {
    types: [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => (a.type < b.type ? -1 : 1)),
    cash: [...cash].map(([currency, amount]) => ({ currency, amount })).sort((a, b) => ((a.currency ?? '') < (b.currency ?? '') ? -1 : 1)),
  };
}

interface Moved {
  readonly currency: string | null;
  readonly amount: Decimal;
}

/** What was booked on another currency's account is what moved there, and nothing in the instrument's own. */
function cashMoved(row: StatementRow): readonly Moved[] {
  const { currency, counterAmount, counterCurrency } = row;
  const effect = effectOf(row);
  if (row.type === 'exchange')
    return [{ currency, amount: effect }, ...(counterAmount === null ? [] : [{ currency: counterCurrency, amount: counterAmount }])];
  if (counterAmount === null) return [{ currency, amount: effect }];
  return [{ currency: counterCurrency, amount: effect < 0n ? negate(counterAmount) : counterAmount }];
}

function effectOf({ type, amount, fee, tax }: StatementRow): Decimal {
  const costs = add(fee, tax);
  switch (type) {
    case 'buy':
    case 'withdrawal':
    case 'exchange':
      return negate(add(amount, costs));
    case 'sell':
    case 'deposit':
    case 'dividend':
    case 'interest':
    case 'returnOfCapital':
    case 'merger':
      return subtract(amount, costs);
    case 'fee':
    case 'tax':
      return negate(amount);
    case 'split':
    case 'transferIn':
    case 'transferOut':
    case 'spinOff':
      return ZERO;
  }
}
