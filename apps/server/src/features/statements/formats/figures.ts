/** Arithmetic that formats share. */
import {
  absolute,
  add,
  decimal,
  divide,
  findCurrency,
  formatDecimal,
  isNegative,
  isPositive,
  isZero,
  maximum,
  multiply,
  multiplyMoney,
  subtract,
  ZERO,
} from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';

export interface WrittenCurrency {
  readonly code: string;
  /** Hundredths where prices are quoted in pence, cents or agorot. */
  readonly divisor: Decimal;
}

const HUNDRED = decimal('100');
const ONE = decimal('1');
const HUNDREDTHS: Readonly<Record<string, string>> = {
  GBX: 'GBP',
  GBp: 'GBP',
  GBPX: 'GBP',
  ZAc: 'ZAR',
  ZAX: 'ZAR',
  ILA: 'ILS',
  ILa: 'ILS',
};
/** Exchanges' own names of coins. */
const ALIASES: Readonly<Record<string, string>> = { XBT: 'BTC', XDG: 'DOGE' };

/** Throws `CellProblem` for what is no currency that is known. */
export function currencyOf(written: string, column: string): WrittenCurrency {
  const hundredths = HUNDREDTHS[written];
  if (hundredths !== undefined) return { code: hundredths, divisor: HUNDRED };
  const upper = written.toUpperCase();
  const code = ALIASES[upper] ?? upper;
  if (findCurrency(code) === null) throw new CellProblem(column, `${quoted(written)} is no currency that is known, such as EUR.`);
  return { code, divisor: ONE };
}

export function inUnits(value: Decimal, { divisor }: WrittenCurrency): Decimal {
  return divisor === ONE ? value : divide(value, divisor);
}

/** What a trade is worth before its costs, from what was booked for it. Never negative. */
export function grossOf(side: 'buy' | 'sell', booked: Decimal, costs: Decimal): Decimal {
  const total = absolute(booked);
  return side === 'buy' ? maximum(subtract(total, costs), ZERO) : add(total, costs);
}

/** A price is often shown rounded, so a little less or more than quantity times price is right. */
const TOLERATED_SHARE = decimal('0.005');
const TOLERATED_AMOUNT = decimal('0.05');

/** Throws `CellProblem` where the booked amount cannot be that of the quantity and the price. */
export function checkWorth(row: Pick<StatementRow, 'quantity' | 'price' | 'amount'>, column: string): void {
  const { quantity, price, amount } = row;
  if (quantity === null || price === null || isZero(price)) return;
  const expected = multiply(quantity, price);
  const off = absolute(subtract(expected, amount));
  if (off <= TOLERATED_AMOUNT || off <= multiply(expected, TOLERATED_SHARE)) return;
  throw new CellProblem(
    column,
    `${formatDecimal(quantity)} at ${formatDecimal(price)} is ${formatDecimal(expected)}, and the row says ${formatDecimal(amount)}. Correct the file, or record this transaction by hand.`,
  );
}

/** Quantity times price, posted to the currency's smallest unit. */
export function worth(quantity: Decimal, price: Decimal, currency: string): Decimal {
  return multiplyMoney(quantity, price, currency);
}

/** Throws `CellProblem` unless there is something to trade. */
export function positiveQuantity(quantity: Decimal, column: string): Decimal {
  const size = absolute(quantity);
  if (isPositive(size)) return size;
  throw new CellProblem(column, 'is 0: a trade has a quantity. Take the row out, or write the quantity into the file.');
}

type CashRow = Pick<StatementRow, 'line' | 'tradedAt' | 'currency'> & Partial<StatementRow>;

/** Money of the owner that came or went by its sign. */
export function cashMove(row: CashRow, signed: Decimal): StatementRow {
  return statementRow({ ...row, type: isNegative(signed) ? 'withdrawal' : 'deposit', amount: absolute(signed) });
}

/** Interest that came; interest, fees or taxes that were paid back are income of the same kind, and what was paid is a fee. */
export function interestMove(row: CashRow, signed: Decimal): StatementRow {
  return statementRow({ ...row, type: isNegative(signed) ? 'fee' : 'interest', amount: absolute(signed) });
}

/** A fee or tax that was paid (negative) or given back. What is given back is interest: no figure of ours is negative. */
export function chargeMove(type: 'fee' | 'tax', row: CashRow, signed: Decimal): StatementRow {
  return statementRow({ ...row, type: isNegative(signed) ? type : 'interest', amount: absolute(signed) });
}
