/** Fidelity's account history, in US dollars: blank lines before the header, a disclaimer behind the rows. */
import { absolute, add, isNegative, ZERO } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { RowOutcome } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { cashMove, chargeMove, checkWorth, currencyOf, grossOf, interestMove, positiveQuantity, worth } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const PRICE = ['Price ($)', 'Price'];
const AMOUNT = ['Amount ($)', 'Amount'];
const FEES = [
  ['Commission ($)', 'Commission'],
  ['Fees ($)', 'Fees'],
];

type Kind = 'buy' | 'sell' | 'dividend' | 'interest' | 'fee' | 'tax' | 'cash' | 'returnOfCapital' | 'shares' | 'split' | 'core';

/** How an action begins, the first that fits. */
const KINDS: readonly (readonly [action: RegExp, kind: Kind])[] = [
  [/^(purchase into|redemption from) core account/i, 'core'],
  [/^(you bought|reinvestment|purchase)/i, 'buy'],
  [/^(you sold|redemption|redeemed)/i, 'sell'],
  [/^(dividend|long-term cap gain|short-term cap gain|return of dividend)/i, 'dividend'],
  [/^(interest|margin interest)/i, 'interest'],
  [/^return of capital|in lieu of frx/i, 'returnOfCapital'],
  [/^(foreign tax|non-resident tax|fed tax|state tax)/i, 'tax'],
  [/\bfee\b|^fee charged/i, 'fee'],
  [
    /^(electronic funds transfer|direct (deposit|debit)|transferred (from|to)|wire|contrib|cash contribution|check|deposit|withdrawal|debit card|partic contr)/i,
    'cash',
  ],
  [/^(transfer of assets|journaled|acat)/i, 'shares'],
  [/^(distribution|stock split)/i, 'split'],
];

export const fidelity: StatementFormat = {
  id: 'fidelity',
  title: 'Fidelity',
  recognise: (file) => likeness(headerIn(file), ['Settlement Date', 'Price ($)', 'Amount ($)', 'Accrued Interest ($)']),
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    for (const record of table.records.slice(header.at + 1))
      collected.read(record.line, () => outcomeOf(cellsOf(record, header, { mark: '.', order: 'mdy', zone: null })));
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, ['Run Date', 'Action', 'Symbol', 'Description', PRICE, 'Quantity', AMOUNT]);
}

function outcomeOf(cells: Cells): RowOutcome {
  if (cells.record.cells.filter((cell) => cell !== '').length <= 1) return { passed: 'A line of text, no transaction.' };
  const action = cells.text('Action');
  const kind = KINDS.find(([pattern]) => pattern.test(action))?.[1];
  if (kind === undefined) throw new CellProblem('Action', `${quoted(action)} is not known. Record this transaction by hand.`);
  if (kind === 'core') return { passed: 'A move between cash and the fund that keeps it.' };
  return [rowOf(cells, kind)];
}

function rowOf(cells: Cells, kind: Exclude<Kind, 'core'>): StatementRow {
  const currency = cells.text('Currency') === '' ? 'USD' : currencyOf(cells.text('Currency'), 'Currency').code;
  const action = cells.text('Action');
  const of = {
    line: cells.line,
    tradedAt: cells.moment('Run Date'),
    currency,
    symbol: cells.word('Symbol')?.replace(/^-/, '') ?? null,
    name: cells.word('Description'),
    note: action,
  };
  if (kind === 'buy' || kind === 'sell') return trade(cells, kind, of);
  if (kind === 'split') return statementRow({ ...of, type: 'split', quantity: cells.exact('Quantity') });
  const quantity = cells.optional('Quantity');
  if (kind === 'shares' && quantity !== null) {
    const price = cells.optional(PRICE);
    const size = positiveQuantity(quantity, 'Quantity');
    return statementRow({
      ...of,
      type: isNegative(quantity) ? 'transferOut' : 'transferIn',
      quantity: size,
      price,
      amount: price === null ? ZERO : worth(size, price, currency),
    });
  }
  const amount = cells.exact(AMOUNT);
  const cash = { ...of, symbol: null, name: null };
  if (kind === 'cash' || kind === 'shares') return cashMove(cash, amount);
  if (kind === 'interest') return interestMove(cash, amount);
  if (kind === 'fee' || kind === 'tax') return chargeMove(kind, cash, amount);
  if (isNegative(amount)) throw new CellProblem('Amount ($)', `takes back a ${kind}. Correct the one it belongs to by hand.`);
  return statementRow({ ...of, type: kind, amount });
}

/** Interest that a bond had gathered is paid with its price, and belongs to its cost. */
function trade(cells: Cells, type: 'buy' | 'sell', of: Pick<StatementRow, 'line' | 'tradedAt' | 'currency'>): StatementRow {
  const quantity = positiveQuantity(cells.exact('Quantity'), 'Quantity');
  const price = cells.exact(PRICE);
  const fee = FEES.reduce((sum, column) => add(sum, absolute(cells.optional(column) ?? ZERO)), ZERO);
  const booked = cells.optional(AMOUNT);
  const amount = booked === null ? worth(quantity, price, of.currency ?? 'USD') : grossOf(type, booked, fee);
  const row = statementRow({ ...of, type, quantity, price, fee, amount });
  if (cells.optional(['Accrued Interest ($)', 'Accrued Interest']) === null) checkWorth(row, 'Amount ($)');
  return row;
}
