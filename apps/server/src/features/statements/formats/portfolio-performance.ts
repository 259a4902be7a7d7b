/** Portfolio Performance's CSV exports: of accounts, of portfolios and of all transactions, with headers in English or German. */
import { absolute, add, divide, isNegative, isZero, minorUnits, negate, prorate, subtract, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf, markOfColumns } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { RowOutcome } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { cashMove, currencyOf, positiveQuantity } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const DATE = ['Datum', 'Date'];
const TYPE = ['Typ', 'Type'];
const VALUE = ['Wert', 'Value', 'Betrag', 'Net Transaction Value'];
const CURRENCY = ['Buchungswährung', 'Transaction Currency'];
const SHARES = ['Stück', 'Shares'];
const FEES = ['Gebühren', 'Fees'];
const TAXES = ['Steuern', 'Taxes'];
const GROSS = ['Bruttobetrag', 'Gross Amount'];
const GROSS_CURRENCY = ['Währung Bruttobetrag', 'Currency Gross Amount'];
const TICKER = ['Ticker-Symbol', 'Ticker Symbol'];
const NAME = ['Wertpapiername', 'Security Name'];
const NOTE = ['Notiz', 'Note'];

type Kind =
  'buy' | 'sell' | 'transferIn' | 'transferOut' | 'deposit' | 'withdrawal' | 'interest' | 'fee' | 'tax' | 'refund' | 'dividend' | 'own';

const KINDS: Readonly<Record<string, Kind>> = {
  kauf: 'buy', buy: 'buy', verkauf: 'sell', sell: 'sell',
  einlieferung: 'transferIn', 'delivery (inbound)': 'transferIn', auslieferung: 'transferOut', 'delivery (outbound)': 'transferOut',
  einlage: 'deposit', deposit: 'deposit', entnahme: 'withdrawal', removal: 'withdrawal', withdrawal: 'withdrawal',
  zinsen: 'interest', interest: 'interest', zinsbelastung: 'fee', 'interest charge': 'fee',
  'gebühren': 'fee', fees: 'fee', 'gebührenerstattung': 'refund', 'fees refund': 'refund',
  steuern: 'tax', taxes: 'tax', 'steuerrückerstattung': 'refund', 'steuererstattung': 'refund', 'tax refund': 'refund',
  dividende: 'dividend', dividend: 'dividend',
  umbuchung: 'own', transfer: 'own', 'umbuchung (eingang)': 'own', 'umbuchung (ausgang)': 'own', 'transfer (inbound)': 'own', 'transfer (outbound)': 'own',
}; // prettier-ignore

export const portfolioPerformance: StatementFormat = {
  id: 'portfolio-performance',
  title: 'Portfolio Performance',
  recognise: (file) => {
    const header = headerIn(file);
    return Math.max(
      likeness(header, ['Datum', 'Typ', 'Wert', 'Buchungswährung', 'Stück', 'Wertpapiername', 'WKN']),
      likeness(header, ['Date', 'Type', 'Value', 'Transaction Currency', 'Shares', 'Security Name', 'WKN']),
    );
  },
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    const usual = header.places.has('datum') ? ',' : '.';
    const mark = markOfColumns(table, header, { columns: [VALUE, SHARES, FEES, TAXES, GROSS], usual });
    for (const record of table.records.slice(header.at + 1))
      collected.read(record.line, () => outcomeOf(cellsOf(record, header, { mark, order: 'dmy', zone: null })));
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, [DATE, TYPE, VALUE, SHARES, NAME]);
}

function outcomeOf(cells: Cells): RowOutcome {
  const written = cells.text(TYPE);
  const kind = KINDS[written.toLowerCase()];
  if (kind === undefined)
    throw new CellProblem(cells.has('Typ') ? 'Typ' : 'Type', `${quoted(written)} is not known. Record this transaction by hand.`);
  if (kind === 'own') return { passed: 'A move between your own accounts.' };
  return [rowOf(cells, kind)];
}

function rowOf(cells: Cells, kind: Exclude<Kind, 'own'>): StatementRow {
  const written = cells.text(CURRENCY);
  const currency = written === '' ? null : currencyOf(written, 'Buchungswährung').code;
  const value = cells.exact(VALUE);
  const of = { line: cells.line, tradedAt: cells.moment(DATE), currency, note: cells.word(NOTE) };
  if (kind === 'deposit' || kind === 'withdrawal') return cashMove(of, kind === 'deposit' ? absolute(value) : negate(absolute(value)));
  const instrument = { symbol: cells.word(TICKER), isin: cells.word('ISIN'), name: cells.word(NAME) };
  // What is given back is interest: no figure of ours is negative.
  if (kind === 'refund') return statementRow({ ...of, type: 'interest', amount: absolute(value), note: of.note ?? cells.text(TYPE) });
  if (kind === 'fee' || kind === 'tax') return chargeRow(cells, kind, { ...of, value });
  if (kind === 'interest') {
    const tax = absolute(cells.optional(TAXES) ?? ZERO);
    return statementRow({ ...of, type: isNegative(value) ? 'fee' : 'interest', amount: add(absolute(value), tax), tax });
  }
  return securityRow(cells, kind, { ...of, ...instrument });
}

function chargeRow(
  cells: Cells,
  type: 'fee' | 'tax',
  of: Pick<StatementRow, 'line' | 'tradedAt' | 'currency' | 'note'> & { readonly value: Decimal },
): StatementRow {
  const { value, ...rest } = of;
  return statementRow({ ...rest, type, amount: absolute(value), note: rest.note ?? cells.word(NAME) });
}

/** `Value` is what was booked: with costs in a purchase, without them in a sale or a dividend. */
function securityRow(
  cells: Cells,
  type: 'buy' | 'sell' | 'transferIn' | 'transferOut' | 'dividend',
  of: Pick<StatementRow, 'line' | 'tradedAt' | 'currency'>,
): StatementRow {
  const booked = absolute(cells.exact(VALUE));
  const fee = absolute(cells.optional(FEES) ?? ZERO);
  const tax = absolute(cells.optional(TAXES) ?? ZERO);
  const outward = type === 'buy' || type === 'transferIn';
  const gross = outward ? subtract(booked, add(fee, tax)) : add(booked, add(fee, tax));
  if (isNegative(gross)) throw new CellProblem(null, 'Fees and taxes are more than the value. Correct the file.');
  const shares = cells.optional(SHARES);
  if (type !== 'dividend' && shares === null)
    throw new CellProblem(
      cells.has('Stück') ? 'Stück' : 'Shares',
      'is empty, and a trade has a quantity. Export all transactions, or the securities account, instead of the cash account.',
    );
  const quantity = type === 'dividend' ? shares : positiveQuantity(shares ?? ZERO, 'Shares');
  const foreign = foreignGross(cells, of.currency);
  if (foreign === null || isZero(gross)) {
    const price = quantity === null || isZero(quantity) ? null : divide(gross, quantity);
    return statementRow({ ...of, type, quantity, price, amount: gross, fee, tax });
  }
  // Costs were booked in the account's currency; in the instrument's they are the same share of the gross amount.
  const inForeign = (cost: Decimal) => prorate(cost, { part: foreign.amount, whole: gross }, { places: minorUnits(foreign.currency) });
  const price = quantity === null || isZero(quantity) ? null : divide(foreign.amount, quantity);
  return statementRow({
    ...of,
    type,
    quantity,
    price,
    amount: foreign.amount,
    currency: foreign.currency,
    fee: inForeign(fee),
    tax: inForeign(tax),
    counterAmount: booked,
    counterCurrency: of.currency,
  });
}

function foreignGross(cells: Cells, booked: string | null): { readonly amount: Decimal; readonly currency: string } | null {
  const written = cells.text(GROSS_CURRENCY);
  if (written === '') return null;
  const { code } = currencyOf(written, 'Currency Gross Amount');
  return code === booked ? null : { amount: absolute(cells.exact(GROSS)), currency: code };
}
