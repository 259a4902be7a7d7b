/**
 * Degiro's account statement, in the language of the account. One trade is several rows that share an order: the trade, its fee and the
 * change of money it needed. Quantity and price stand only in the description, amounts in columns without a name.
 */
import { absolute, add, isNegative, isZero, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { CellProblem, quoted, statementRow } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { cellsOf, exactCell, momentCell } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { Collector } from '../table/collector.ts';
import type { CsvTable } from '../table/csv-table.ts';
import { decimalMarkOf } from '../table/exact-number.ts';
import type { DecimalMark } from '../table/exact-number.ts';
import { findHeader, likeness } from '../table/header.ts';
import type { Header } from '../table/header.ts';
import { cashMove, chargeMove, checkWorth, currencyOf, interestMove, positiveQuantity, worth } from './figures.ts';
import type { StatementFile, StatementFormat } from './format.ts';

const DATE = ['Datum', 'Date', 'Fecha', 'Data'];
const TIME = ['Tijd', 'Time', 'Uhrzeit', 'Heure', 'Hora', 'Ora'];
const VALUE_DATE = ['Valutadatum', 'Value date', 'Valuta', 'Date de', 'Fecha valor', 'Data Valore', 'Data Valor'];
const PRODUCT = ['Product', 'Produkt', 'Produit', 'Producto', 'Prodotto', 'Produto'];
const DESCRIPTION = ['Omschrijving', 'Description', 'Beschreibung', 'Descripción', 'Descrizione', 'Descrição'];
const CHANGE = ['Mutatie', 'Change', 'Änderung', 'Mouvements', 'Variación', 'Variazioni', 'Mudança'];
const ORDER = ['Order Id', 'Order ID', 'ID Ordre', 'ID Orden', 'ID Ordine'];
const ZONE = 'Europe/Amsterdam';

type Kind = 'passed' | 'exchange' | 'dividendTax' | 'dividend' | 'tradeFee' | 'fee' | 'interest' | 'cash' | 'capital' | 'tax';

/** What a description means, the first that fits. */
const KINDS: readonly (readonly [description: RegExp, kind: Kind])[] = [
  [/cash sweep|overboeking (naar|van)|geldrekening|geldkonto|^reserv|processed flatex|geldmarktfonds|geldmarktfond|money market fund|fondos del mercado|transferir (a|de)/i, 'passed'],
  [/valuta (credit|debit)ering|währungswechsel|^fx (credit|debit)|opération de change|cambio (de )?divisa|cambio di valuta|crédito de divisa|levantamento de divisa/i, 'exchange'],
  [/dividendbelasting|dividendensteuer|quellensteuer|dividend tax|withholding|impôts? sur (les )?dividende|retención del dividendo|ritenuta sul dividendo|imposto sobre dividendo/i, 'dividendTax'],
  [/dividend|coupon/i, 'dividend'],
  [/transactiekosten|transaktionsgebühr|transaction (and\/or third|fee)|kosten van derden|frais de (transaction|courtage)|costes de transacción|costi di transazione|custos de transação/i, 'tradeFee'],
  [/kosten|gebühr|\bfee\b|connection|frais|costes?|comisión|commissioni|custo/i, 'fee'],
  [/rente|zinsen|interest|intérêts|intereses|interessi|juros/i, 'interest'],
  [/capital return|kapitaalsuitkering|kapitalrückzahlung|remboursement de capital/i, 'capital'],
  [/deposit|einzahlung|storting|versement|ingreso|withdrawal|terugstorting|auszahlung|opname|retrait|retirada|prelievo|versamento|levantamento|sofort|ideal|bancontact/i, 'cash'],
  [/belasting|steuer|\btax\b|taxe|impuesto|tassa/i, 'tax'],
]; // prettier-ignore

const TRADE =
  /(koop|kauf|buy|achat|compra|acquisto|verkoop|verkauf|sell|vente|venta|vendita|venda)\s+([\d.,]+)\s+(?:.*?)@\s*([\d.,]+)\s*([A-Z]{3})/i;
const SALE = /^(verkoop|verkauf|sell|vente|venta|vendita|venda)$/i;
const SPLIT = /split/i;

/** One booking: its cells, what it says, and the money it moved. */
interface Booking {
  readonly cells: Cells;
  readonly description: string;
  readonly currency: string;
  readonly amount: Decimal;
}

export const degiro: StatementFormat = {
  id: 'degiro',
  title: 'Degiro',
  recognise: (file) => (headerIn(file) === null ? 0 : likeness(headerIn(file), ['ISIN', 'FX'])),
  read(file) {
    const table = file.csv();
    const header = headerIn(file);
    const collected = createCollector();
    if (table === null || header === null) return collected.done();
    joinBookings(bookingsOf(table, header, collected), collected, markOf(table));
    return collected.done();
  },
};

function headerIn(file: StatementFile) {
  const table = file.csv();
  return table === null ? null : findHeader(table, [DATE, TIME, PRODUCT, 'ISIN', DESCRIPTION, 'FX', CHANGE, ORDER]);
}

function markOf(table: CsvTable): DecimalMark {
  return decimalMarkOf(table.records.flatMap(({ cells }) => cells.slice(6, 11))) ?? ',';
}

function bookingsOf(table: CsvTable, header: Header, collected: Collector): readonly Booking[] {
  const style = { mark: markOf(table), order: 'dmy' as const, zone: ZONE };
  const bookings: Booking[] = [];
  for (const record of table.records.slice(header.at + 1)) {
    const cells = cellsOf(record, header, style);
    const description = cells.text(DESCRIPTION);
    const place = cells.place(CHANGE);
    const amount = record.cells[place + 1] ?? '';
    if (cells.text(DATE) === '') collected.pass(record.line, 'The rest of the row before it.');
    else if (amount === '') collected.pass(record.line, 'A notice without an amount.');
    else {
      collected.read(record.line, () => {
        bookings.push({
          cells,
          description,
          currency: currencyOf(record.cells[place] ?? '', cells.has('Mutatie') ? 'Mutatie' : 'Change').code,
          amount: exactCell(amount, 'Mutatie', style.mark),
        });
        return [];
      });
    }
  }
  return bookings;
}

/** Puts together what belongs together, the oldest first: files begin with the newest. */
function joinBookings(bookings: readonly Booking[], collected: Collector, mark: DecimalMark): void {
  const left = new Set([...bookings].reverse());
  const kindOf = (booking: Booking): Kind | 'trade' | null =>
    TRADE.test(booking.description) ? 'trade' : (KINDS.find(([pattern]) => pattern.test(booking.description))?.[1] ?? null);
  const take = (wanted: (other: Booking) => boolean): Booking | null => {
    for (const other of left)
      if (wanted(other)) {
        left.delete(other);
        return other;
      }
    return null;
  };
  for (const booking of left) {
    left.delete(booking);
    const { cells } = booking;
    const kind = kindOf(booking);
    collected.read(cells.line, () => {
      if (kind === null)
        throw new CellProblem(
          cells.has('Omschrijving') ? 'Omschrijving' : 'Description',
          `${quoted(booking.description)} is not known. Record this transaction by hand.`,
        );
      if (kind === 'passed') return { passed: 'A move between two pockets of the account.' };
      if (kind === 'trade' && SPLIT.test(booking.description)) return [split(booking, take, mark)];
      if (kind === 'trade')
        return [
          trade(
            booking,
            take((other) => kindOf(other) === 'tradeFee' && sameOrder(other, booking) && other.currency === booking.currency),
            mark,
          ),
        ];
      if (kind === 'exchange')
        return [
          exchange(
            booking,
            take((other) => kindOf(other) === 'exchange' && sameTime(other, booking) && other.currency !== booking.currency),
          ),
        ];
      if (kind === 'dividend')
        return [
          dividend(
            booking,
            take((other) => kindOf(other) === 'dividendTax' && sameDividend(other, booking)),
          ),
        ];
      if (kind === 'dividendTax') {
        const paid = take((other) => kindOf(other) === 'dividend' && sameDividend(other, booking));
        return [paid === null ? charge('tax', booking) : dividend(paid, booking)];
      }
      return [plain(kind, booking)];
    });
  }
}

function of({ cells, currency, description }: Booking) {
  const time = cells.text(TIME);
  const written = `${cells.text(DATE)} ${time}`.trim();
  return { line: cells.line, tradedAt: momentCell(written, 'Datum', { order: 'dmy', zone: ZONE }), currency, note: description };
}

function instrumentOf({ cells }: Booking) {
  return { isin: cells.word('ISIN'), name: cells.word(PRODUCT) };
}

function sameOrder(a: Booking, b: Booking): boolean {
  return a.cells.text('ISIN') === b.cells.text('ISIN') && a.cells.text(ORDER) === b.cells.text(ORDER) && sameTime(a, b);
}

function sameTime(a: Booking, b: Booking): boolean {
  return a.cells.text(DATE) === b.cells.text(DATE) && a.cells.text(TIME) === b.cells.text(TIME);
}

function sameDividend(a: Booking, b: Booking): boolean {
  return (
    a.cells.text('ISIN') === b.cells.text('ISIN') && a.cells.text(VALUE_DATE) === b.cells.text(VALUE_DATE) && a.currency === b.currency
  );
}

function tradeIn({ cells, description }: Booking, mark: DecimalMark) {
  const [, side = '', quantity = '', price = '', currency = ''] = TRADE.exec(description) ?? [];
  const column = cells.has('Omschrijving') ? 'Omschrijving' : 'Description';
  return {
    isSale: SALE.test(side),
    quantity: positiveQuantity(exactCell(quantity, column, mark), column),
    price: exactCell(price, column, mark),
    currency: currencyOf(currency, column).code,
  };
}

function trade(booking: Booking, fee: Booking | null, mark: DecimalMark): StatementRow {
  const { isSale, quantity, price, currency } = tradeIn(booking, mark);
  const row = statementRow({
    ...of(booking),
    ...instrumentOf(booking),
    type: isSale ? 'sell' : 'buy',
    quantity,
    price,
    currency,
    amount: currency === booking.currency ? absolute(booking.amount) : worth(quantity, price, currency),
    fee: fee === null ? ZERO : absolute(fee.amount),
    brokerId: null,
  });
  checkWorth(row, 'Mutatie');
  return row;
}

/** The old shares are sold and the new ones bought at one moment. */
function split(booking: Booking, take: (wanted: (other: Booking) => boolean) => Booking | null, mark: DecimalMark): StatementRow {
  const other = take(
    (candidate) =>
      SPLIT.test(candidate.description) && TRADE.test(candidate.description) && candidate.cells.text('ISIN') === booking.cells.text('ISIN'),
  );
  const halves = [booking, ...(other === null ? [] : [other])].map((half) => tradeIn(half, mark));
  const old = halves.find(({ isSale }) => isSale);
  const made = halves.find(({ isSale }) => !isSale);
  if (old === undefined || made === undefined)
    throw new CellProblem(null, 'The other half of this split is not in the file. Record the split by hand.');
  return statementRow({
    ...of(booking),
    ...instrumentOf(booking),
    type: 'split',
    ratio: { newShares: made.quantity, oldShares: old.quantity },
  });
}

function exchange(booking: Booking, other: Booking | null): StatementRow {
  const [given, taken] = isNegative(booking.amount) ? [booking, other] : [other, booking];
  if (given === null || taken === null || !isNegative(given.amount) || isNegative(taken.amount) || isZero(taken.amount))
    throw new CellProblem(null, 'The other side of this exchange of money is not in the file. Export a longer period.');
  return statementRow({
    ...of(given),
    type: 'exchange',
    amount: absolute(given.amount),
    counterAmount: taken.amount,
    counterCurrency: taken.currency,
  });
}

function dividend(booking: Booking, withheld: Booking | null): StatementRow {
  if (isNegative(booking.amount)) throw new CellProblem('Mutatie', 'takes back a dividend. Correct the one it belongs to by hand.');
  const tax = withheld === null ? ZERO : absolute(withheld.amount);
  return statementRow({ ...of(booking), ...instrumentOf(booking), type: 'dividend', amount: add(booking.amount, ZERO), tax });
}

function charge(type: 'fee' | 'tax', booking: Booking): StatementRow {
  const name = booking.cells.text(PRODUCT);
  const row = of(booking);
  return chargeMove(type, { ...row, note: name === '' ? row.note : `${row.note}, ${name}` }, booking.amount);
}

function plain(kind: 'tradeFee' | 'fee' | 'interest' | 'cash' | 'capital' | 'tax', booking: Booking): StatementRow {
  if (kind === 'cash') return cashMove(of(booking), booking.amount);
  if (kind === 'interest') return interestMove(of(booking), booking.amount);
  if (kind === 'capital')
    return statementRow({ ...of(booking), ...instrumentOf(booking), type: 'returnOfCapital', amount: absolute(booking.amount) });
  return charge(kind === 'tax' ? 'tax' : 'fee', booking);
}
