/** From a row as it was read to figures that can be recorded, or why they cannot. */
import {
  absolute,
  add,
  compare,
  decimal,
  divide,
  findCurrency,
  isNegative,
  isZero,
  multiplyMoney,
  roundMoney,
  subtract,
} from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { startOfDayIn } from '../../platform/time-zone.ts';
import type { Instrument } from '../instruments/index.ts';
import type { Portfolio } from '../portfolios/index.ts';
import type { StatementRow } from './statement-row.ts';

/** A row with its currency known and its money rounded as it is posted. */
export interface SettledRow extends StatementRow {
  readonly currency: string;
  readonly instrument: Instrument | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type Settled =
  { readonly row: SettledRow } | { readonly passed: string } | { readonly problem: string; readonly column: string | null };

export type SettlingPortfolio = Pick<Portfolio, 'baseCurrency' | 'timeZone' | 'cashMode'>;

const MOVES_CASH_ONLY = new Set(['deposit', 'withdrawal', 'exchange']);
const PAYS_FROM_PROCEEDS = new Set(['sell', 'dividend', 'interest', 'returnOfCapital']);
/** What may be worth nothing: a gift, a bonus share, a transfer whose cost nobody knows. */
const MAY_BE_NOTHING = new Set(['buy', 'sell', 'split', 'transferIn', 'transferOut']);
const LARGEST = decimal('1000000000000');
const ONE_CENT = decimal('0.01');
const FUTURE_TOLERANCE_MS = 60_000;

export function settleRow(
  read: StatementRow,
  instrument: Instrument | null,
  { portfolio, now }: { readonly portfolio: SettlingPortfolio; readonly now: number },
): Settled {
  const at = instantOf(read, portfolio.timeZone);
  if (at > now + FUTURE_TOLERANCE_MS)
    return { problem: `${read.tradedAt} is in the future. Correct the day, or leave the row out.`, column: null };
  if (at < Date.UTC(1900, 0, 1)) return { problem: `${read.tradedAt} is before 1900. Correct the day.`, column: null };
  if (portfolio.cashMode === 'implied' && MOVES_CASH_ONLY.has(read.type))
    return { passed: 'The portfolio keeps no cash: purchases are inflows and sales outflows.' };
  const currency = read.currency ?? instrument?.currency ?? portfolio.baseCurrency;
  if (findCurrency(currency) === null) return { problem: `${currency} is no currency that is known.`, column: null };
  const row: SettledRow = {
    ...read,
    currency,
    instrument,
    at,
    amount: roundMoney(read.amount, currency),
    fee: roundMoney(read.fee, currency),
    tax: roundMoney(read.tax, currency),
    counterAmount:
      read.counterAmount === null || read.counterCurrency === null ? null : roundMoney(read.counterAmount, read.counterCurrency),
  };
  return faultOf(row) ?? (isTrade(row) ? { row: { ...row, price: priceOf(row) } } : { row });
}

function faultOf(row: SettledRow): Settled | null {
  const { type, amount, quantity, currency, fee, tax, counterAmount } = row;
  if ([amount, quantity ?? amount, counterAmount ?? amount].some((figure) => compare(absolute(figure), LARGEST) > 0))
    return { problem: 'A figure is more than 1,000,000,000,000. Correct the file.', column: null };
  if (isZero(amount) && !MAY_BE_NOTHING.has(type)) return { passed: `It comes to nothing in ${currency}.` };
  if (type === 'exchange' && (counterAmount === null || isZero(counterAmount)))
    return { problem: 'What was received for the money is not in the file.', column: null };
  if (type === 'exchange' && row.counterCurrency === currency) return { passed: 'Money of one currency was moved, and none exchanged.' };
  if (type === 'split' && row.ratio === null && (quantity === null || isZero(quantity)))
    return { problem: 'The split brought no shares. Record it by hand with its ratio.', column: null };
  if (type === 'split' && row.ratio !== null && row.ratio.newShares === row.ratio.oldShares)
    return { passed: 'A split of one for one changes nothing.' };
  if (PAYS_FROM_PROCEEDS.has(type) && isNegative(subtract(amount, add(fee, tax))))
    return { problem: 'Fee and tax are more than the amount. Correct the file.', column: null };
  return null;
}

function isTrade({ type }: StatementRow): boolean {
  return type === 'buy' || type === 'sell';
}

/** The price at which the quantity comes to the amount that was booked: brokers print prices rounded. */
function priceOf({ quantity, price, amount, currency }: SettledRow): Decimal | null {
  if (quantity === null || isZero(quantity)) return price;
  if (price !== null && multiplyMoney(quantity, price, currency) === amount) return price;
  const exact = divide(amount, quantity);
  const off = absolute(subtract(multiplyMoney(quantity, exact, currency), amount));
  return compare(off, ONE_CENT) > 0 ? price : exact;
}

function instantOf({ tradedAt }: StatementRow, timeZone: string): number {
  return tradedAt.length === 10 ? startOfDayIn(timeZone, tradedAt) : Date.parse(tradedAt);
}
