/** A portfolio of Yahoo Finance: a row per lot, with the quote of the moment before it. There is no currency: it is the instrument's. */
import { absolute, isNegative, multiply, ZERO } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { RowOutcome } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { positiveQuantity } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const REQUIRED = ['Symbol', 'Trade Date', 'Purchase Price', 'Quantity'];
const CASH = '$$CASH_TX';
const CASH_TYPES = {
  DEPOSIT: 'deposit',
  WITHDRAWAL: 'withdrawal',
  WITHDRAW: 'withdrawal',
  FEE: 'fee',
  INTEREST: 'interest',
  DIVIDEND: 'interest',
  TAX: 'tax',
} as const;

export const yahooFinance: StatementFormat = {
  id: 'yahoo-finance',
  title: 'Yahoo Finance',
  recognise: (file) => likeness(headerIn(file), [...REQUIRED, 'Current Price', 'Commission', 'High Limit', 'Low Limit']),
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
  return table === null ? null : findHeader(table, REQUIRED);
}

function outcomeOf(cells: Cells): RowOutcome {
  if (cells.text('Quantity') === '') return { passed: 'A watched symbol without a quantity, no trade.' };
  return [cells.text('Symbol') === CASH ? cashRow(cells) : tradeRow(cells)];
}

function cashRow(cells: Cells): StatementRow {
  const written = cells.text('Transaction Type').toUpperCase();
  const type = Object.entries(CASH_TYPES).find(([word]) => word === written)?.[1];
  if (type === undefined)
    throw new CellProblem('Transaction Type', `${quoted(written)} is no movement of cash that is known. Record it by hand.`);
  return statementRow({
    line: cells.line,
    type,
    tradedAt: cells.moment('Trade Date'),
    amount: absolute(cells.exact('Quantity')),
    note: cells.word('Comment'),
  });
}

function tradeRow(cells: Cells): StatementRow {
  const quantity = cells.exact('Quantity');
  const written = cells.text('Transaction Type').toUpperCase();
  // Older files have no type, and write sales as negative quantities.
  const type = written === '' ? (isNegative(quantity) ? 'sell' : 'buy') : written.toLowerCase();
  if (type !== 'buy' && type !== 'sell')
    throw new CellProblem('Transaction Type', `${quoted(written)} is not BUY or SELL. Record it by hand.`);
  const size = positiveQuantity(quantity, 'Quantity');
  const price = cells.exact('Purchase Price');
  return statementRow({
    line: cells.line,
    type,
    tradedAt: cells.moment('Trade Date'),
    symbol: cells.word('Symbol'),
    quantity: size,
    price,
    amount: multiply(size, price),
    fee: absolute(cells.optional('Commission') ?? ZERO),
    note: cells.word('Comment'),
  });
}
