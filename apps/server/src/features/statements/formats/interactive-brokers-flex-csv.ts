/** Flex queries of Interactive Brokers as CSV: trades and cash transactions, a header before each kind. */
import { cellsOf } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import { headerOf, likeness, plainName } from '../table/header.ts';
import type { Header } from '../table/header.ts';
import type { StatementFile, StatementFormat } from './format.ts';
import { IBKR_STYLE, readCash, tradeRows } from './interactive-brokers.ts';
import type { CashBooking } from './interactive-brokers.ts';

export const interactiveBrokersFlexCsv: StatementFormat = {
  id: 'interactive-brokers-flex-csv',
  title: 'Interactive Brokers (Flex query, CSV)',
  recognise: (file) => likeness(headersIn(file)[0] ?? null, ['CurrencyPrimary', 'Quantity']),
  read(file) {
    const collected = createCollector();
    const table = file.csv();
    const headers = headersIn(file);
    const bookings: CashBooking[] = [];
    for (const [at, header] of headers.entries()) {
      const end = headers[at + 1]?.at ?? table?.records.length ?? 0;
      for (const record of table?.records.slice(header.at + 1, end) ?? []) {
        const cells = cellsOf(record, header, IBKR_STYLE);
        if (header.places.has('tradeprice'))
          collected.read(record.line, () => (isSum(cells) ? { passed: 'A sum.' } : tradeRows(cells, null)));
        else bookings.push({ cells, type: cells.text('Type') });
      }
    }
    readCash(bookings, collected);
    return collected.done();
  },
};

/** Trades, or cash transactions: told by the columns that no row of theirs can lack. */
function headersIn(file: StatementFile): readonly Header[] {
  return (file.csv()?.records ?? []).flatMap((record, at) => {
    if (!record.cells.some((cell) => plainName(cell) === 'currencyprimary')) return [];
    const header = headerOf(record, at);
    const has = (name: string) => header.places.has(name);
    return (has('tradeprice') && has('quantity')) || (has('amount') && has('type')) ? [header] : [];
  });
}

function isSum(cells: Cells): boolean {
  return /^(order|symbol_summary|asset_summary|closed_lot)$/i.test(cells.text('LevelOfDetail'));
}
