/** Schwab's history of transactions, all in US dollars. Older files begin with a title, all end with a total. */
import { absolute, isNegative, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf, momentCell } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { RowOutcome } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { cashMove, chargeMove, checkWorth, grossOf, interestMove, positiveQuantity, worth } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const REQUIRED = ['Date', 'Action', 'Symbol', 'Description', 'Quantity', 'Price', 'Fees & Comm', 'Amount'];
const STYLE = { mark: '.', order: 'mdy', zone: null } as const;

type Kind = 'buy' | 'sell' | 'dividend' | 'interest' | 'fee' | 'tax' | 'cash' | 'shares' | 'returnOfCapital' | 'split';

/** What an action means, the first that fits. */
const KINDS: readonly (readonly [action: RegExp, kind: Kind])[] = [
  [/^(reinvest shares|buy|buy to (open|close))$/i, 'buy'],
  [/^(sell|sell short|sell to (open|close))$/i, 'sell'],
  [/\b(div|dividend)\b(?! dist)|\bcap gain\b|^pr yr .*div/i, 'dividend'],
  [/interest/i, 'interest'],
  [/\b(fee|fees)\b/i, 'fee'],
  [/\btax\b|^nra /i, 'tax'],
  [/^(wire|moneylink|funds|visa|atm|bill pay|check|direct deposit)/i, 'cash'],
  [/^(journal(ed shares)?|internal transfer|security transfer)$/i, 'shares'],
  [/^cash in lieu$/i, 'returnOfCapital'],
  [/^(stock split|stock div dist)$/i, 'split'],
];

export const schwab: StatementFormat = {
  id: 'schwab',
  title: 'Charles Schwab',
  recognise: (file) => likeness(headerIn(file), REQUIRED),
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    for (const record of table.records.slice(header.at + 1)) collected.read(record.line, () => outcomeOf(cellsOf(record, header, STYLE)));
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, REQUIRED);
}

function outcomeOf(cells: Cells): RowOutcome {
  if (/^transactions total/i.test(cells.record.cells[0] ?? '')) return { passed: 'The total of the file.' };
  const action = cells.text('Action');
  const kind = KINDS.find(([pattern]) => pattern.test(action))?.[1];
  if (kind === undefined)
    throw new CellProblem(
      'Action',
      `${quoted(action)} cannot be told from this file, which lacks the ratio or the other instrument. Record it by hand.`,
    );
  return [rowOf(cells, kind)];
}

function rowOf(cells: Cells, kind: Kind): StatementRow {
  const symbol = cells.word('Symbol');
  const of = {
    line: cells.line,
    tradedAt: dayOf(cells.text('Date')),
    currency: 'USD',
    symbol,
    name: cells.word('Description'),
    note: cells.text('Action'),
  };
  if (kind === 'buy' || kind === 'sell') return trade(cells, kind, of);
  if (kind === 'shares') return transfer(cells, of);
  if (kind === 'split') return statementRow({ ...of, type: 'split', quantity: cells.exact('Quantity') });
  const amount = cells.exact('Amount');
  const cash = { ...of, symbol: null, name: null, note: noteOf(cells) };
  if (kind === 'interest') return interestMove(cash, amount);
  if (kind === 'cash') return cashMove(cash, amount);
  if (kind === 'fee' || kind === 'tax') return chargeMove(kind, cash, amount);
  if (isNegative(amount)) throw new CellProblem('Amount', `takes back a ${kind}. Correct the one it belongs to by hand.`);
  return statementRow({ ...of, type: kind, amount });
}

function noteOf(cells: Cells): string {
  return [cells.text('Action'), cells.text('Symbol'), cells.text('Description')].filter((part) => part !== '').join(', ');
}

function trade(cells: Cells, type: 'buy' | 'sell', of: Pick<StatementRow, 'line' | 'tradedAt'>): StatementRow {
  const quantity = positiveQuantity(cells.exact('Quantity'), 'Quantity');
  const price = cells.exact('Price');
  const fee = absolute(cells.optional('Fees & Comm') ?? ZERO);
  const booked = cells.optional('Amount');
  const amount = booked === null ? worth(quantity, price, 'USD') : grossOf(type, booked, fee);
  const row = statementRow({ ...of, type, quantity, price, fee, amount });
  checkWorth(row, 'Amount');
  return row;
}

/** Shares that were moved, or else money. */
function transfer(cells: Cells, of: Pick<StatementRow, 'line' | 'tradedAt' | 'currency'>): StatementRow {
  const quantity = cells.optional('Quantity');
  if (quantity === null) return cashMove({ ...of, symbol: null, name: null, note: noteOf(cells) }, cells.exact('Amount'));
  const price = cells.optional('Price');
  const size = positiveQuantity(quantity, 'Quantity');
  const amount: Decimal = price === null ? ZERO : worth(size, price, 'USD');
  return statementRow({ ...of, type: isNegative(quantity) ? 'transferOut' : 'transferIn', quantity: size, price, amount });
}

/** "07/15/2024 as of 07/12/2024" was booked on the first day and counts from the second. */
function dayOf(written: string): string {
  const effective = /as of\s+(.+)$/.exec(written)?.[1] ?? written;
  return momentCell(effective, 'Date', STYLE);
}
