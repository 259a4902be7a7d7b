/**
 * Degiro's list of trades (`Transactions.csv`), in the language of the account: a row per fill. Each figure has its currency in the column
 * without a name behind it; newer files write that of the fee and the total into the header.
 */
import { absolute, isNegative, isZero, ZERO } from '@holdfast/engine/money';
import { statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf, markOfColumns, momentCell } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { RowOutcome } from '../table/collector.ts';
import { findHeader, likeness } from '../table/header.ts';
import { chargeMove, checkWorth, currencyOf, positiveQuantity } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const DATE = ['Datum', 'Date', 'Fecha', 'Data'];
const TIME = ['Tijd', 'Time', 'Uhrzeit', 'Heure', 'Hora', 'Ora'];
const PRODUCT = ['Product', 'Produkt', 'Produit', 'Producto', 'Prodotto', 'Produto'];
const VENUE = [
  'Uitvoeringsplaats',
  'Venue',
  'Ausführungsort',
  'Lieu d’exécution',
  "Lieu d'exécution",
  'Centro de ejecución',
  'Sede di esecuzione',
  'Bolsa de referência',
];
const QUANTITY = ['Aantal', 'Quantity', 'Anzahl', 'Quantité', 'Número', 'Quantità', 'Quantidade'];
const PRICE = ['Koers', 'Price', 'Kurs', 'Cours', 'Precio', 'Quotazione', 'Preços'];
const LOCAL = ['Lokale waarde', 'Local value', 'Wert in Lokalwährung', 'Montant devise locale', 'Valor local', 'Valore locale'];
const FEE = [
  ...['Transactiekosten en/of', 'Transaction and/or third', 'Transaktionsgebühren', 'Transaktionsgebühr', 'Frais de courtage'],
  ...['Costes de transacción', 'Costi di transazione', 'Custos de transação'],
  ...[
    'Transactiekosten en/of kosten van derden EUR',
    'Transaction and/or third party fees EUR',
    'Gebühren und/oder Gebühren von Drittanbietern EUR',
  ],
];
const REQUIRED = [DATE, TIME, PRODUCT, 'ISIN', QUANTITY, PRICE, LOCAL];
const ZONE = 'Europe/Amsterdam';
const NAMED_EURO = /\bEUR$/;

export const degiroTransactions: StatementFormat = {
  id: 'degiro-transactions',
  title: 'Degiro (transactions)',
  recognise: (file) => likeness(headerIn(file), ['ISIN']),
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    const mark = markOfColumns(table, header, { columns: [PRICE, LOCAL, FEE], usual: ',' });
    for (const record of table.records.slice(header.at + 1))
      collected.read(record.line, () => outcomeOf(cellsOf(record, header, { mark, order: 'dmy', zone: ZONE }), header.names));
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, REQUIRED);
}

function outcomeOf(cells: Cells, names: readonly string[]): RowOutcome {
  if (cells.text(DATE) === '') return { passed: 'The rest of the row before it.' };
  const { code } = currencyOf(unnamedAfter(cells, PRICE), 'Koers');
  const signed = cells.exact(QUANTITY);
  const of = {
    line: cells.line,
    tradedAt: momentCell(`${cells.text(DATE)} ${cells.text(TIME)}`.trim(), 'Datum', { order: 'dmy', zone: ZONE }),
    isin: cells.word('ISIN'),
    name: cells.word(PRODUCT),
    note: cells.word(VENUE),
  };
  const fee = feeOf(cells, names);
  const isOwnCurrency = fee === null || fee.currency === code;
  const row = statementRow({
    ...of,
    type: isNegative(signed) ? 'sell' : 'buy',
    quantity: positiveQuantity(signed, 'Aantal'),
    price: cells.exact(PRICE),
    amount: absolute(cells.exact(LOCAL)),
    currency: code,
    fee: fee !== null && isOwnCurrency ? absolute(fee.amount) : ZERO,
  });
  checkWorth(row, 'Lokale waarde');
  return isOwnCurrency ? [row] : [row, feeRow(of, fee)];
}

/** A fee in the currency of the account is a fact of its own: what it came to in that of the trade, the file does not say. */
function feeRow(of: Pick<StatementRow, 'line' | 'tradedAt' | 'name'>, fee: Charged): StatementRow {
  return chargeMove('fee', { line: of.line, tradedAt: of.tradedAt, currency: fee.currency, note: of.name }, fee.amount);
}

interface Charged {
  readonly amount: StatementRow['amount'];
  readonly currency: string;
}

function feeOf(cells: Cells, names: readonly string[]): Charged | null {
  const amount = cells.optional(FEE);
  if (amount === null || isZero(amount)) return null;
  const isNamed = NAMED_EURO.test((names[cells.place(FEE)] ?? '').trim());
  return { amount, currency: isNamed ? 'EUR' : currencyOf(unnamedAfter(cells, FEE), 'Transactiekosten').code };
}

function unnamedAfter(cells: Cells, column: readonly string[]): string {
  return cells.record.cells[cells.place(column) + 1] ?? '';
}
