/** Any CSV with a header: columns are known by common words, or said by its owner in a mapping. */
import { absolute, add, isNegative, isZero, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { TransactionType } from '@holdfast/engine/ledger';
import { CellProblem, quoted, StatementError, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf, markOfColumns } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { CsvTable } from '../table/csv-table.ts';
import { headerOf, plainName } from '../table/header.ts';
import type { Header } from '../table/header.ts';
import type { DayOrder } from '../table/written-day.ts';
import type { ColumnMapping, MappedField } from './column-mapping.ts';
import { MAPPED_FIELDS } from './column-mapping.ts';
import { currencyOf, inUnits, positiveQuantity, worth } from './figures.ts';
import type { StatementFormat } from './format.ts';
import { isIsin } from './ghostfolio-csv.ts';
import { typeOfWord } from './type-words.ts';

/** What columns are called in files of no particular origin, plain names. */
const COMMON: Readonly<Record<MappedField, string>> = {
  date: 'date tradedate transactiondate day time datetime tradedat datum fecha data',
  type: 'type action transactiontype side buysell typ art tipo',
  symbol: 'symbol ticker code tickersymbol instrument security',
  isin: 'isin',
  name: 'name description securityname product company wertpapier bezeichnung',
  quantity: 'quantity shares units qty noofshares stuck anzahl menge amountofshares cantidad',
  price: 'price unitprice pricepershare shareprice kurs preis precio',
  amount: 'amount total value grossamount betrag wert importe netamount',
  currency: 'currency ccy wahrung moneda',
  fee: 'fee fees commission commissions brokerage gebuhr gebuhren comision',
  tax: 'tax taxes withholdingtax steuer steuern',
  counterAmount: 'counteramount toamount',
  counterCurrency: 'countercurrency tocurrency',
  // Not an order's number: its parts share it.
  id: 'id transactionid tradeid',
  note: 'note notes comment comments memo notiz',
};

export const generic: StatementFormat = {
  id: 'generic',
  title: 'Any CSV with a header',
  recognise(file) {
    const table = file.csv();
    if (table === null) return 0;
    const columns = columnsOf(headerWith(table, null), null);
    const isTrade = columns.quantity !== undefined && (columns.symbol !== undefined || columns.isin !== undefined);
    return columns.date !== undefined && (isTrade || (columns.type !== undefined && columns.amount !== undefined)) ? 0.3 : 0;
  },
  read(file, mapping) {
    const table = file.csv();
    if (table === null) throw new StatementError('The file is no CSV.');
    const header = headerWith(table, mapping);
    const columns = columnsOf(header, mapping);
    if (columns.date === undefined)
      throw new StatementError('No column is known to have the day. Say which one in the mapping: {"columns":{"date":"…"}}.');
    const style = {
      mark:
        mapping?.decimalMark ??
        markOfColumns(table, header, {
          columns: [columns.quantity, columns.price, columns.amount, columns.fee].flatMap((name) => name ?? []),
          usual: '.',
        }),
      order: mapping?.dayOrder ?? orderOf(table, header, columns.date),
      zone: mapping?.zone ?? null,
    };
    const collected = createCollector();
    for (const record of table.records.slice(header.at + 1)) {
      if (record.cells.filter((cell) => cell !== '').length <= 1) collected.pass(record.line, 'A line of text, no transaction.');
      else collected.read(record.line, () => [rowOf(cellsOf(record, header, style), columns, mapping)]);
    }
    return collected.done();
  },
};

type Columns = Readonly<Partial<Record<MappedField, string>>>;

/** The header of a CSV that no format knows: what its mapping is remembered by. */
export function genericHeader(table: CsvTable): readonly string[] {
  return headerWith(table, null).names;
}

/** The first record that has what the mapping names; without a mapping, the one with the most common words. */
function headerWith(table: CsvTable, mapping: ColumnMapping | null): Header {
  const named = Object.values(mapping?.columns ?? {}).map(plainName);
  const headers = table.records.slice(0, 30).map(headerOf);
  const score = (header: Header): number =>
    named.length > 0 ? named.filter((name) => header.places.has(name)).length : Object.keys(columnsOf(header, null)).length;
  const [first, ...rest] = headers;
  if (first === undefined) throw new StatementError('The file has no rows.');
  return rest.reduce((best, next) => (score(next) > score(best) ? next : best), first);
}

/** Throws `StatementError` where the mapping names a column that the file does not have. */
function columnsOf(header: Header, mapping: ColumnMapping | null): Columns {
  const found: Partial<Record<MappedField, string>> = {};
  for (const field of MAPPED_FIELDS) {
    const said = mapping?.columns[field];
    if (said !== undefined && !header.places.has(plainName(said)))
      throw new StatementError(`The mapping says that ${field} is in the column ${quoted(said)}, and the file has no such column.`);
    const common = COMMON[field].split(' ').find((name) => header.places.has(name));
    const name = said ?? (mapping === null ? common : undefined);
    if (name !== undefined) found[field] = name;
  }
  return found;
}

/** 13/01/2025 shows that the day comes first, 01/13/2025 the month; where nothing shows it, the day. */
function orderOf(table: CsvTable, header: Header, column: string): DayOrder {
  const place = header.places.get(plainName(column)) ?? -1;
  const parts = table.records.slice(header.at + 1).map(({ cells }) => /^(\d{1,2})[-/.](\d{1,2})[-/.]/.exec(cells[place] ?? ''));
  const monthFirst = parts.some((part) => part?.[2] !== undefined && part[2].padStart(2, '0') > '12');
  const dayFirst = parts.some((part) => part?.[1] !== undefined && part[1].padStart(2, '0') > '12');
  return monthFirst && !dayFirst ? 'mdy' : 'dmy';
}

const NO_COLUMN = '';

function rowOf(cells: Cells, columns: Columns, mapping: ColumnMapping | null): StatementRow {
  const text = (field: MappedField): string => cells.text(columns[field] ?? NO_COLUMN);
  const optional = (field: MappedField): Decimal | null => (columns[field] === undefined ? null : cells.optional(columns[field]));
  const written = text('currency') || (mapping?.currency ?? '');
  const currency = written === '' ? null : currencyOf(written, columns.currency ?? 'currency');
  const units = (value: Decimal | null): Decimal | null => (value === null || currency === null ? value : inUnits(value, currency));
  const quantity = optional('quantity');
  const type = typeOf(text('type'), { columns, quantity, mapping });
  const price = units(optional('price'));
  const fee = units(absolute(optional('fee') ?? ZERO)) ?? ZERO;
  const tax = units(absolute(optional('tax') ?? ZERO)) ?? ZERO;
  const counterAmount = optional('counterAmount');
  const of = {
    line: cells.line,
    tradedAt: cells.moment(columns.date ?? 'date'),
    currency: currency?.code ?? null,
    fee,
    tax,
    brokerId: text('id') || null,
    note: text('note') || null,
    counterAmount: counterAmount === null ? null : absolute(counterAmount),
    counterCurrency:
      text('counterCurrency') === '' ? null : currencyOf(text('counterCurrency'), columns.counterCurrency ?? 'counterCurrency').code,
  };
  return shaped(type, { ...of, ...instrumentOf(text), quantity, price }, { amount: units(optional('amount')), columns });
}

function instrumentOf(text: (field: MappedField) => string) {
  const symbol = text('symbol');
  const isin = text('isin') || (isIsin(symbol) ? symbol : '');
  return { symbol: symbol === '' || symbol === isin ? null : symbol, isin: isin || null, name: text('name') || null };
}

function typeOf(
  word: string,
  { columns, quantity, mapping }: { readonly columns: Columns; readonly quantity: Decimal | null; readonly mapping: ColumnMapping | null },
): TransactionType {
  if (columns.type === undefined) {
    if (quantity !== null && !isZero(quantity)) return isNegative(quantity) ? 'sell' : 'buy';
    throw new CellProblem(null, 'Nothing says what this row is: it has no type and no quantity.');
  }
  const type = mapping?.types?.[word] ?? typeOfWord(word);
  if (type !== null) return type;
  throw new CellProblem(
    columns.type,
    `${quoted(word)} is no type that is known. Say in the mapping what it means: {"types":{${JSON.stringify(word.slice(0, 40))}:"buy"}}.`,
  );
}

const OF_INSTRUMENTS: readonly TransactionType[] = [
  'buy',
  'sell',
  'transferIn',
  'transferOut',
  'split',
  'dividend',
  'returnOfCapital',
  'merger',
  'spinOff',
];

/** The figures that a type wants; what it does not want stays out. */
function shaped(
  type: TransactionType,
  of: Omit<StatementRow, 'type' | 'amount' | 'ratio'>,
  { amount, columns }: { readonly amount: Decimal | null; readonly columns: Columns },
): StatementRow {
  const { quantity, price } = of;
  const currency = of.currency ?? 'USD';
  if (OF_INSTRUMENTS.includes(type) && of.symbol === null && of.isin === null)
    throw new CellProblem(columns.symbol ?? columns.isin ?? null, `is empty, and a ${type} is of an instrument.`);
  if (type === 'split') {
    if (quantity === null) throw new CellProblem(columns.quantity ?? null, 'is empty: write how many units came with the split.');
    return statementRow({ ...of, type, price: null });
  }
  if (type === 'buy' || type === 'sell' || type === 'transferIn' || type === 'transferOut') {
    if (quantity === null) throw new CellProblem(columns.quantity ?? null, 'is empty, and a trade has a quantity.');
    const size = positiveQuantity(quantity, columns.quantity ?? 'quantity');
    const gross = price === null ? (amount === null ? null : absolute(amount)) : worth(size, price, currency);
    if (gross === null) throw new CellProblem(columns.price ?? columns.amount ?? null, 'is empty, and a trade has a price or an amount.');
    return statementRow({ ...of, type, quantity: size, price, amount: gross });
  }
  const money =
    amount === null || isZero(amount)
      ? quantity !== null && price !== null && !isZero(price)
        ? worth(absolute(quantity), price, currency)
        : null
      : absolute(amount);
  if (money !== null) return statementRow({ ...of, type, amount: money });
  if ((type === 'fee' || type === 'tax') && !isZero(add(of.fee, of.tax)))
    return statementRow({ ...of, type, amount: add(of.fee, of.tax), fee: ZERO, tax: ZERO });
  throw new CellProblem(columns.amount ?? null, `is empty, and a ${type} has an amount.`);
}
