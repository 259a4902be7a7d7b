/** Ghostfolio's CSV of activities: Date, Code, Currency, Price, Quantity, Action, Fee, and in most files DataSource and Note. */
import { add, ZERO } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { currencyOf, inUnits, positiveQuantity, worth } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const REQUIRED = ['Date', 'Code', 'Currency', 'Price', 'Quantity', 'Action', 'Fee'];

export const ghostfolioCsv: StatementFormat = {
  id: 'ghostfolio-csv',
  title: 'Ghostfolio (CSV)',
  recognise: (file) => likeness(headerIn(file), [...REQUIRED, 'DataSource', 'Note']),
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    for (const record of table.records.slice(header.at + 1))
      collected.read(record.line, () => [rowOf(cellsOf(record, header, { mark: '.', order: 'dmy', zone: 'UTC' }))]);
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, REQUIRED);
}

function rowOf(cells: Cells): StatementRow {
  const currency = currencyOf(cells.text('Currency'), 'Currency');
  return ghostfolioRow({
    line: cells.line,
    type: cells.text('Action').toLowerCase(),
    symbol: cells.text('Code'),
    name: null,
    isManual: cells.text('DataSource').toUpperCase() === 'MANUAL',
    quantity: cells.exact('Quantity'),
    price: inUnits(cells.exact('Price'), currency),
    fee: inUnits(cells.optional('Fee') ?? ZERO, currency),
    currency: currency.code,
    tradedAt: cells.moment('Date'),
    note: cells.word('Note'),
    brokerId: null,
    columns: { type: 'Action', quantity: 'Quantity', symbol: 'Code' },
  });
}

type Written = Pick<StatementRow, 'line' | 'name' | 'fee' | 'currency' | 'tradedAt' | 'note' | 'brokerId'> & {
  readonly type: string;
  readonly symbol: string;
  readonly isManual: boolean;
  readonly quantity: NonNullable<StatementRow['quantity']>;
  readonly price: NonNullable<StatementRow['price']>;
  readonly columns: { readonly type: string; readonly quantity: string; readonly symbol: string };
};

/** What an activity means; the same in both of Ghostfolio's formats. A fee's figure is in its fee, or in its price, or both. */
export function ghostfolioRow({ type, symbol, isManual, quantity, price, columns, ...rest }: Written): StatementRow {
  const amount = worth(quantity, price, rest.currency ?? 'USD');
  const named = { ...rest, note: rest.note ?? rest.name ?? (isManual ? symbol : null) };
  if (type === 'fee') return statementRow({ ...named, type: 'fee', fee: ZERO, amount: add(amount, rest.fee) });
  if (type === 'interest') return statementRow({ ...named, type: 'interest', amount });
  if (symbol === '') throw new CellProblem(columns.symbol, 'is empty. Write the symbol of the instrument into the file.');
  const of = { ...rest, ...(isIsin(symbol) ? { isin: symbol } : { symbol }) };
  if (type === 'dividend') return statementRow({ ...of, type, amount, quantity, price });
  if (type !== 'buy' && type !== 'sell' && type !== 'item') {
    const known = 'buy, sell, dividend, interest, fee or item';
    throw new CellProblem(columns.type, `${quoted(type)} is not ${known}. Take the row out, or record it by hand.`);
  }
  return statementRow({
    ...of,
    type: type === 'sell' ? 'sell' : 'buy',
    quantity: positiveQuantity(quantity, columns.quantity),
    price,
    amount,
  });
}

/** Two letters, nine letters or digits, a check digit (ISO 6166). */
export function isIsin(text: string): boolean {
  return /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(text);
}
