/** What the rows of Interactive Brokers mean: the same in the XML and the CSV of Flex queries and in activity statements. */
import { absolute, add, isNegative, isPositive, isZero, multiply, negate, ONE, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import type { Cells } from '../table/cells.ts';
import { notZero } from '../table/cells.ts';
import type { Collector } from '../table/collector.ts';
import { readExact } from '../table/exact-number.ts';
import { dayOfMoment, readMoment } from '../table/written-day.ts';
import { cashMove, chargeMove, checkWorth, currencyOf, interestMove, positiveQuantity, worth } from './figures.ts';

/** Statements tell the time of New York unless their owner chose another zone. */
export const IBKR_STYLE = { mark: '.', order: 'mdy', zone: 'America/New_York' } as const;

const ASSET = ['assetCategory', 'AssetClass', 'Asset Category'];
const CURRENCY = ['currency', 'CurrencyPrimary'];
const PRICE = ['tradePrice', 'T. Price'];
const MONEY = ['tradeMoney', 'proceeds'];
/** Statements in another base currency name it in the column. */
const COMMISSION_IN = [
  'USD',
  'EUR',
  'GBP',
  'CHF',
  'CAD',
  'AUD',
  'JPY',
  'HKD',
  'SGD',
  'SEK',
  'NOK',
  'DKK',
  'INR',
  'PLN',
  'CZK',
  'HUF',
  'MXN',
  'ILS',
  'CNH',
];
const COMMISSION = ['ibCommission', 'Comm/Fee', ...COMMISSION_IN.map((code) => `Comm in ${code}`)];
const MOMENTS = ['dateTime', 'Date/Time', 'Date', 'Settle Date', 'reportDate', 'Report Date'];
const ISIN_IN_TEXT = /\(([A-Z]{2}[A-Z0-9]{9}\d)\)/;

/** What is known of an instrument from elsewhere in the file. */
export interface InstrumentFacts {
  readonly isin: string | null;
  readonly name: string | null;
  readonly multiplier: Decimal | null;
}

export function tradeRows(cells: Cells, facts: InstrumentFacts | null): readonly StatementRow[] {
  const currency = currencyOf(cells.text(CURRENCY), 'currency').code;
  const written = cells.exact('quantity');
  const side = isNegative(written) || /^sell/i.test(cells.text(['buySell', 'Buy/Sell'])) ? 'sell' : 'buy';
  const price = cells.exact(PRICE);
  const booked = cells.optional(MONEY);
  const of = { line: cells.line, tradedAt: momentOf(cells), currency, brokerId: tradeNumber(cells) };
  if (/^(cash|forex)$/i.test(cells.text(ASSET))) return forex(cells, side, { ...of, quantity: written, price });
  const multiplier = notZero(cells.optional('multiplier')) ?? facts?.multiplier ?? ONE;
  const quantity = multiply(positiveQuantity(written, 'quantity'), multiplier);
  const instrument = {
    symbol: symbolOf(cells),
    isin: cells.word('isin') ?? facts?.isin ?? null,
    name: cells.word('description') ?? facts?.name ?? null,
  };
  if (instrument.symbol === null && instrument.isin === null)
    throw new CellProblem(
      'symbol',
      'is missing, and so is the ISIN: add one of them to the Flex query, or record this transaction by hand.',
    );
  const isBond = /^bonds?$/i.test(cells.text(ASSET));
  const amount = booked === null ? worth(quantity, price, currency) : absolute(booked);
  const charged = commission(cells, currency);
  const row = statementRow({
    ...of,
    ...instrument,
    type: side,
    quantity,
    price,
    amount,
    fee: charged.fee,
    tax: absolute(cells.optional('taxes') ?? ZERO),
  });
  // Bonds are priced in per cent.
  if (!isBond) checkWorth(row, 'tradeMoney');
  return [
    isBond ? { ...row, price: null } : row,
    ...charged.rows({ ...of, brokerId: null, note: `Commission, ${instrument.symbol ?? instrument.isin ?? ''}` }),
  ];
}

/** Trades and bookings of cash are numbered apart. */
function tradeNumber(cells: Cells): string | null {
  const number = cells.text(['tradeID', 'transactionID']);
  return number === '' ? null : `trade-${number}`;
}

/** Options have spaces in their symbol, "FB    180921C00200000", and share classes one: "BRK B". */
function symbolOf(cells: Cells): string | null {
  const written = cells.text('symbol');
  const shareClass = /^([A-Z]{1,5}) ([A-Z])$/.exec(written);
  return shareClass === null ? written.replace(/\s+/g, '') || null : `${shareClass[1] ?? ''}.${shareClass[2] ?? ''}`;
}

/** A pair such as EUR.USD: the second currency is given for the first, or taken. */
function forex(
  cells: Cells,
  side: 'buy' | 'sell',
  of: Pick<StatementRow, 'line' | 'tradedAt' | 'brokerId'> & {
    readonly quantity: Decimal;
    readonly price: Decimal;
    readonly currency: string;
  },
): readonly StatementRow[] {
  const { quantity, price, ...rest } = of;
  const pair = cells.text('symbol').split('.');
  const first = currencyOf(pair[0] ?? '', 'symbol').code;
  const units = positiveQuantity(quantity, 'quantity');
  const other = worth(units, price, of.currency);
  const [given, taken] =
    side === 'buy'
      ? [
          { amount: other, currency: of.currency },
          { amount: units, currency: first },
        ]
      : [
          { amount: units, currency: first },
          { amount: other, currency: of.currency },
        ];
  const charged = commission(cells, given.currency);
  const row = statementRow({
    ...rest,
    type: 'exchange',
    amount: given.amount,
    currency: given.currency,
    counterAmount: taken.amount,
    counterCurrency: taken.currency,
    fee: charged.fee,
  });
  return [row, ...charged.rows({ ...rest, brokerId: null, note: `Commission, ${cells.text('symbol')}` })];
}

/** Inside the row where it was paid in the row's currency; a row of its own where not, or where it was paid to the owner. */
function commission(cells: Cells, currency: string) {
  const written = cells.optional(COMMISSION) ?? ZERO;
  const own =
    cells.text('ibCommissionCurrency') || (COMMISSION_IN.find((code) => cells.has(`Comm in ${code}`)) ?? '') || cells.text(CURRENCY);
  const paidIn = currencyOf(own, 'ibCommissionCurrency').code;
  const inside = paidIn === currency && !isPositive(written);
  return {
    fee: inside ? absolute(written) : ZERO,
    rows: (row: Pick<StatementRow, 'line' | 'tradedAt' | 'brokerId' | 'note'>): readonly StatementRow[] =>
      inside || isZero(written) ? [] : [chargeMove('fee', { ...row, currency: paidIn }, written)],
  };
}

function momentOf(cells: Cells): string {
  const parts = [cells.text('tradeDate'), cells.text('tradeTime')].filter((part) => part !== '');
  const written =
    cells.text('tradeDate') !== '' && cells.text('tradeTime') !== ''
      ? parts.join(' ')
      : cells.text(['dateTime', 'Date/Time']) || cells.text('tradeDate') || cells.text(MOMENTS);
  const read = readMoment(written.replace(/ E[SD]T$/, ''), IBKR_STYLE);
  if (read === null) throw new CellProblem('dateTime', `${quoted(written)} is no day such as 20251231 or 2025-12-31.`);
  return read;
}

/** Only the day: cash is booked at an hour that says nothing. */
function dayOf(cells: Cells): string {
  const written = cells.text(MOMENTS).replace(/[;, T].*$/, '');
  const read = readMoment(written, IBKR_STYLE);
  if (read === null) throw new CellProblem('dateTime', `${quoted(written)} is no day such as 20251231 or 2025-12-31.`);
  return dayOfMoment(read);
}

/** A cash booking with the word for what it is. */
export interface CashBooking {
  readonly cells: Cells;
  /** As in "Withholding Tax" or "Broker Interest Paid". */
  readonly type: string;
}

/**
 * Dividends and the taxes withheld from them are booked apart, taken back and booked again: what an instrument paid on a day in a
 * currency is their sum.
 */
export function readCash(bookings: readonly CashBooking[], collected: Collector): void {
  const paid = new Map<string, CashBooking[]>();
  for (const booking of bookings) {
    const { cells, type } = booking;
    if (/dividend|withholding/i.test(type))
      collected.read(cells.line, () => {
        const key = [dayOf(cells), cells.text(CURRENCY), payerOf(cells)].join('|');
        paid.set(key, [...(paid.get(key) ?? []), booking]);
        return [];
      });
    else collected.read(cells.line, () => [cashRow(booking)]);
  }
  for (const group of paid.values()) {
    const first = group[0];
    if (first !== undefined) collected.read(first.cells.line, () => payment(first.cells, group));
  }
}

function payerOf(cells: Cells): string {
  const description = cells.text('description');
  return (
    cells.text('conid') ||
    cells.text('isin') ||
    (ISIN_IN_TEXT.exec(description)?.[1] ?? (cells.text('symbol') || description.split(/[ (]/, 1)[0] || ''))
  );
}

function payment(first: Cells, group: readonly CashBooking[]): readonly StatementRow[] | { readonly passed: string } {
  const total = (pattern: RegExp): Decimal => sum(group.filter(({ type }) => pattern.test(type)).map(({ cells }) => cells.exact('amount')));
  const gross = total(/dividend/i);
  const withheld = total(/withholding/i);
  if (isZero(gross) && isZero(withheld)) return { passed: 'Booked and taken back.' };
  const description = first.text('description');
  const of = { line: first.line, tradedAt: dayOf(first), currency: currencyOf(first.text(CURRENCY), 'currency').code, note: description };
  if (isZero(gross)) return [chargeMove('tax', of, withheld)];
  if (isNegative(gross)) throw new CellProblem('amount', 'takes back a dividend of another day. Correct that one by hand.');
  const symbol = symbolOf(first) ?? /^([A-Z0-9.]+)\s?\(/.exec(description)?.[1] ?? null;
  const isin = first.word('isin') ?? ISIN_IN_TEXT.exec(description)?.[1] ?? null;
  const rest = isPositive(withheld) ? [chargeMove('tax', of, withheld)] : [];
  const tax = isPositive(withheld) ? ZERO : absolute(withheld);
  const brokerId = group.length === 1 ? first.word(['transactionID', 'actionID']) : null;
  return [statementRow({ ...of, type: 'dividend', symbol, isin, amount: gross, tax, brokerId }), ...rest];
}

function cashRow({ cells, type }: CashBooking): StatementRow {
  const amount = cells.exact('amount');
  const description = cells.text('description');
  const brokerId = cells.word('transactionID');
  const of = {
    line: cells.line,
    tradedAt: dayOf(cells),
    currency: currencyOf(cells.text(CURRENCY), 'currency').code,
    note: description || type,
    brokerId,
  };
  if (/deposit|withdrawal/i.test(type)) return cashMove(of, amount);
  if (/interest/i.test(type)) return interestMove(of, amount);
  if (/fees|commission adjustment|advisor/i.test(type)) return chargeMove('fee', of, amount);
  if (/tax/i.test(type)) return chargeMove('tax', of, amount);
  throw new CellProblem('type', `${quoted(type)} is not known. Record this transaction by hand.`);
}

const BY_HAND = 'The statement does not say all that is to be known of it. Record it by hand.';

/** Splits and stock dividends say their ratio in words; a holding that is taken for money alone is a merger without a new instrument. */
export function corporateAction(cells: Cells): StatementRow {
  const description = cells.text(['description', 'actionDescription']);
  const isin = ISIN_IN_TEXT.exec(description)?.[1] ?? cells.word('isin');
  const symbol = /^([A-Z0-9. ]+?)\s?\(/.exec(description)?.[1]?.replace(/\s+/g, '') ?? symbolOf(cells);
  const of = {
    line: cells.line,
    tradedAt: dayOf(cells),
    currency: currencyOf(cells.text(CURRENCY), 'currency').code,
    symbol,
    isin,
    note: description,
    brokerId: cells.word('transactionID'),
  };
  const shares = /(STOCK DIVIDEND|SPLIT) .*?(\d+(?:\.\d+)?) FOR (\d+(?:\.\d+)?)/i.exec(description);
  if (shares !== null) {
    const [, word = '', first = '', second = ''] = shares;
    const newOnes = readExact(first, '.');
    const oldShares = readExact(second, '.');
    if (newOnes === null || oldShares === null || !isPositive(newOnes) || !isPositive(oldShares))
      throw new CellProblem('description', `${quoted(description)}: ${BY_HAND}`);
    const newShares = /dividend/i.test(word) ? add(newOnes, oldShares) : newOnes;
    return statementRow({ ...of, type: 'split', ratio: { newShares, oldShares } });
  }
  const quantity = cells.exact('quantity');
  const proceeds = cells.optional('proceeds') ?? ZERO;
  if (isNegative(quantity) && isPositive(proceeds) && /MERGED|LIQUIDATION|TENDERED|CASH/i.test(description))
    return statementRow({ ...of, type: 'merger', quantity: absolute(quantity), amount: proceeds });
  throw new CellProblem('description', `${quoted(description)}: ${BY_HAND}`);
}

/** Value added tax on data and other services. */
export function salesTax(cells: Cells): StatementRow {
  const of = {
    line: cells.line,
    tradedAt: dayOf(cells),
    currency: currencyOf(cells.text(CURRENCY), 'currency').code,
    brokerId: cells.word('transactionID'),
  };
  return chargeMove('tax', { ...of, note: cells.text('taxableDescription') || cells.text('taxType') }, cells.exact('salesTax'));
}

/** Holdings or money moved from or to another account. */
export function transferRow(cells: Cells): StatementRow {
  const of = {
    line: cells.line,
    tradedAt: dayOf(cells),
    currency: currencyOf(cells.text(CURRENCY), 'currency').code,
    brokerId: cells.word('transactionID'),
  };
  const isOut = /^out/i.test(cells.text('direction'));
  const money = notZero(cells.optional('cashTransfer'));
  if (money !== null)
    return cashMove({ ...of, note: cells.word('description') ?? 'Transfer' }, isOut ? negate(absolute(money)) : absolute(money));
  const quantity = positiveQuantity(cells.exact('quantity'), 'quantity');
  return statementRow({
    ...of,
    type: isOut ? 'transferOut' : 'transferIn',
    symbol: symbolOf(cells),
    isin: cells.word('isin'),
    name: cells.word('description'),
    quantity,
    amount: absolute(cells.optional('positionAmount') ?? ZERO),
  });
}
