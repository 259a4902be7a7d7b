import type { Income } from '@holdfast/sdk';
import { add, decimal, formatDecimal, ZERO } from '@holdfast/engine/money';

export interface IncomeRow {
  /** Null is income of no instrument: interest on cash. */
  readonly symbol: string | null;
  readonly amount: string;
  readonly count: number;
  readonly lastOn: string;
}

/** What each instrument brought, added up to the last digit. */
export function incomeBySymbol(items: Income['items']): IncomeRow[] {
  const rows = new Map<string | null, IncomeRow>();
  for (const { symbol, amount, on } of items) {
    const known = rows.get(symbol);
    rows.set(symbol, {
      symbol,
      amount: formatDecimal(add(known === undefined ? ZERO : decimal(known.amount), decimal(amount))),
      count: (known?.count ?? 0) + 1,
      lastOn: known !== undefined && known.lastOn > on ? known.lastOn : on,
    });
  }
  return [...rows.values()];
}

/** Every month between the first and the last of the list; months without income are zero. */
export function everyMonth(months: Income['months']): { readonly month: string; readonly amount: string }[] {
  const amounts = new Map(months.map(({ month, amount }) => [month, amount]));
  const names = months.map(({ month }) => month).toSorted();
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return [];
  const all: { month: string; amount: string }[] = [];
  for (let month = first; month <= last; month = after(month)) all.push({ month, amount: amounts.get(month) ?? '0' });
  return all;
}

function after(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${String(year + 1)}-01` : `${String(year)}-${String(number + 1).padStart(2, '0')}`;
}
