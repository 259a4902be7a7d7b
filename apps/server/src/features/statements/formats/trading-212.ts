/** Trading 212's history. Columns come, go and move between years; figures have their currencies in columns named after them. */
import { absolute, add, isNegative, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf, notZero } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { Collector } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { cashMove, checkWorth, currencyOf, grossOf, interestMove, inUnits, positiveQuantity, worth } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const TIME = ['Time', 'Time (UTC)'];
const QUANTITY = 'No. of shares';
const PRICE = 'Price / share';
/** Costs that `Total` includes, each with its currency beside it. */
const FEES = ['Currency conversion fee', 'Transaction fee', 'Finra fee', 'Charge amount', 'Deposit fee'];
const TAXES = ['Stamp duty reserve tax', 'Stamp duty', 'French transaction tax', 'Ptm levy'];

export const trading212: StatementFormat = {
  id: 'trading-212',
  title: 'Trading 212',
  recognise: (file) => likeness(headerIn(file), ['Action', QUANTITY, PRICE, 'Currency (Price / share)', 'Currency (Total)', 'ID']),
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    const closed = new Map<string, Cells>();
    for (const record of table.records.slice(header.at + 1)) {
      const cells = cellsOf(record, header, { mark: '.', order: 'dmy', zone: 'UTC' });
      if (/^stock split/i.test(cells.text('Action'))) readSplit(cells, closed, collected);
      else collected.read(record.line, () => [rowOf(cells)]);
    }
    for (const { line } of closed.values())
      collected.problem(
        line,
        'Action',
        'The other half of this split is not in the file. Export a longer period, or record the split by hand.',
      );
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, ['Action', TIME, 'Ticker', QUANTITY, 'Total']);
}

/** All shares leave in one row and the new ones come in the next: the two quantities are the ratio. */
function readSplit(cells: Cells, halves: Map<string, Cells>, collected: Collector): void {
  const isin = cells.text('ISIN');
  const other = halves.get(isin);
  if (other === undefined || other.text('Action') === cells.text('Action')) {
    halves.set(isin, cells);
    return;
  }
  halves.delete(isin);
  collected.pass(other.line, `The other half of the split in line ${cells.line}.`);
  const [close, open] = /close/i.test(cells.text('Action')) ? [cells, other] : [other, cells];
  collected.read(cells.line, () => {
    const oldShares = positiveQuantity(close.exact(QUANTITY), QUANTITY);
    const newShares = positiveQuantity(open.exact(QUANTITY), QUANTITY);
    return [
      statementRow({
        ...instrumentOf(open),
        line: cells.line,
        type: 'split',
        tradedAt: open.moment(TIME),
        ratio: { newShares, oldShares },
      }),
    ];
  });
}

function instrumentOf(cells: Cells) {
  return {
    symbol: cells.word('Ticker'),
    isin: cells.word('ISIN'),
    name: cells.word('Name'),
    brokerId: cells.word('ID'),
    note: cells.word('Notes'),
  };
}

function rowOf(cells: Cells): StatementRow {
  const action = cells.text('Action');
  const of = { line: cells.line, tradedAt: cells.moment(TIME), ...instrumentOf(cells) };
  const side = /\b(buy|sell)$/i.exec(action)?.[1]?.toLowerCase();
  if (side === 'buy' || side === 'sell') return trade(cells, side, of);
  if (/^dividend/i.test(action)) return dividend(cells, of);
  if (/^transfer (in|out)$/i.test(action)) return moved(cells, { ...of, type: /in$/i.test(action) ? 'transferIn' : 'transferOut' });
  if (/^stock distribution/i.test(action)) return moved(cells, { ...of, type: 'transferIn' });
  const cash = {
    line: of.line,
    tradedAt: of.tradedAt,
    brokerId: of.brokerId,
    note: of.note ?? action,
    currency: totalCurrency(cells).code,
  };
  const total = cells.exact('Total');
  if (/^(deposit|withdrawal|card (debit|credit)|spending)/i.test(action)) {
    const outward = /^(withdrawal|card debit)/i.test(action);
    return cashMove(cash, outward && !isNegative(total) ? ((0n - total) as Decimal) : total);
  }
  if (/interest|lending|cashback|result adjustment/i.test(action)) return interestMove(cash, total);
  throw new CellProblem('Action', `${quoted(action)} is not known. Record this transaction by hand.`);
}

function totalCurrency(cells: Cells) {
  // Exports of accounts with one currency name it in the column itself: "Total (EUR)".
  const column = cells.has('Currency (Total)') ? 'Currency (Total)' : 'Currency (Result)';
  return currencyOf(cells.text(column), column);
}

function trade(cells: Cells, side: 'buy' | 'sell', of: Pick<StatementRow, 'line' | 'tradedAt' | 'note'>): StatementRow {
  const quoted = currencyOf(cells.text('Currency (Price / share)'), 'Currency (Price / share)');
  const quantity = positiveQuantity(cells.exact(QUANTITY), QUANTITY);
  const price = inUnits(cells.exact(PRICE), quoted);
  const booked = totalCurrency(cells);
  const total = absolute(cells.exact('Total'));
  if (booked.code === quoted.code) {
    const fee = costs(cells, FEES, booked.code);
    const tax = costs(cells, TAXES, booked.code);
    const row = statementRow({
      ...of,
      type: side,
      quantity,
      price,
      currency: booked.code,
      fee,
      tax,
      amount: grossOf(side, total, add(fee, tax)),
    });
    checkWorth(row, 'Total');
    return row;
  }
  // Costs are in the account's currency, inside the total that was exchanged.
  const amount = worth(quantity, price, quoted.code);
  return statementRow({
    ...of,
    type: side,
    quantity,
    price,
    currency: quoted.code,
    amount,
    counterAmount: total,
    counterCurrency: booked.code,
  });
}

function costs(cells: Cells, columns: readonly string[], currency: string): Decimal {
  return columns.reduce((sum, column) => {
    const cost = notZero(cells.optional(column));
    if (cost === null) return sum;
    const written = cells.text(`Currency (${column})`);
    if (written !== '' && currencyOf(written, `Currency (${column})`).code !== currency)
      throw new CellProblem(column, `is in ${written} and the total in ${currency}. Record this transaction by hand.`);
    return add(sum, absolute(cost));
  }, ZERO);
}

function dividend(cells: Cells, of: Pick<StatementRow, 'line' | 'tradedAt'>): StatementRow {
  const quoted = currencyOf(cells.text('Currency (Price / share)'), 'Currency (Price / share)');
  const quantity = cells.exact(QUANTITY);
  const price = inUnits(cells.exact(PRICE), quoted);
  const withheld = notZero(cells.optional('Withholding tax'));
  const taxed = withheld === null ? quoted : currencyOf(cells.text('Currency (Withholding tax)'), 'Currency (Withholding tax)');
  if (taxed.code !== quoted.code)
    throw new CellProblem('Withholding tax', `is in ${taxed.code} and the dividend in ${quoted.code}. Record it by hand.`);
  const booked = totalCurrency(cells);
  const counter = booked.code === quoted.code ? {} : { counterAmount: cells.exact('Total'), counterCurrency: booked.code };
  const tax = withheld === null ? ZERO : inUnits(absolute(withheld), taxed);
  return statementRow({
    ...of,
    type: 'dividend',
    quantity,
    price,
    currency: quoted.code,
    amount: worth(quantity, price, quoted.code),
    tax,
    ...counter,
  });
}

/** Shares that come or go without money: what they cost is what the file says they were worth. */
function moved(cells: Cells, of: Pick<StatementRow, 'line' | 'tradedAt' | 'type'>): StatementRow {
  const quoted = currencyOf(cells.text('Currency (Price / share)'), 'Currency (Price / share)');
  const quantity = positiveQuantity(cells.exact(QUANTITY), QUANTITY);
  const price = inUnits(cells.exact(PRICE), quoted);
  return statementRow({ ...of, quantity, price, currency: quoted.code, amount: worth(quantity, price, quoted.code) });
}
