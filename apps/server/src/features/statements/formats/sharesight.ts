/** Sharesight's All Trades Report: two lines of title, then a row per trade, totals between. */
import { absolute, isNegative, ZERO } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { RowOutcome } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { cashMove, currencyOf, inUnits, positiveQuantity, worth } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const REQUIRED = ['Market', 'Code', 'Type', 'Date', 'Quantity', 'Price *'];

export const sharesight: StatementFormat = {
  id: 'sharesight',
  title: 'Sharesight',
  recognise: (file) => likeness(headerIn(file), [...REQUIRED, 'Brokerage *', 'Exchange Rate', 'Value']),
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    for (const record of table.records.slice(header.at + 1))
      collected.read(record.line, () => outcomeOf(cellsOf(record, header, { mark: '.', order: 'dmy', zone: null })));
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, REQUIRED);
}

function outcomeOf(cells: Cells): RowOutcome {
  if (cells.text('Code') === '' || cells.text('Date') === '') return { passed: 'A total or a title, no trade.' };
  return [rowOf(cells)];
}

function rowOf(cells: Cells): StatementRow {
  const type = cells.text('Type').toLowerCase();
  const quantity = cells.exact('Quantity');
  const currency = currencyOf(cells.text('Currency'), 'Currency');
  const of = { line: cells.line, tradedAt: cells.moment('Date'), currency: currency.code, note: cells.word('Comments') };
  // A currency account is cash here, not a holding: what was bought came in.
  if (cells.text('Market').toUpperCase() === 'FX')
    return cashMove(of, type === 'sell' && !isNegative(quantity) ? ((0n - quantity) as typeof quantity) : quantity);
  const price = inUnits(cells.exact('Price *'), currency);
  const fee = inUnits(absolute(cells.optional('Brokerage *') ?? ZERO), currency);
  const size = positiveQuantity(quantity, 'Quantity');
  const named = {
    ...of,
    symbol: symbolOf(cells),
    name: cells.word('Name'),
    quantity: size,
    price,
    amount: worth(size, price, currency.code),
  };
  if (type === 'buy' || type === 'sell') return statementRow({ ...named, type, fee });
  if (type === 'opening balance') return statementRow({ ...named, type: 'transferIn' });
  if (type === 'split' || type === 'consolidation' || type === 'bonus')
    return statementRow({ ...named, type: 'split', price: null, amount: ZERO, quantity });
  throw new CellProblem(
    'Type',
    `${quoted(cells.text('Type'))} is not Buy, Sell, Opening balance, Split, Consolidation or Bonus. Record it by hand.`,
  );
}

function symbolOf(cells: Cells): string {
  const market = cells.text('Market').toUpperCase();
  return market === '' ? cells.text('Code') : `${cells.text('Code')}.${market}`;
}
