/** Activity statements of Interactive Brokers as CSV: every row begins with the section it belongs to, each section has its header. */
import { cellsOf } from '../table/cells.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import type { CsvRecord } from '../table/csv-table.ts';
import { readExact } from '../table/exact-number.ts';
import { headerOf } from '../table/header.ts';
import type { Header } from '../table/header.ts';
import type { StatementFile, StatementFormat } from './format.ts';
import { corporateAction, IBKR_STYLE, readCash, tradeRows } from './interactive-brokers.ts';
import type { CashBooking, InstrumentFacts } from './interactive-brokers.ts';

/** Sections of cash, and the word that says what their rows are. */
const CASH: Readonly<Record<string, string>> = {
  Dividends: 'Dividends',
  'Payment In Lieu Of Dividends': 'Dividends',
  'Withholding Tax': 'Withholding Tax',
  'Deposits & Withdrawals': 'Deposits & Withdrawals',
  Interest: 'Interest',
  'Bond Interest Received': 'Interest',
  'Bond Interest Paid': 'Interest',
  'Broker Interest Received': 'Interest',
  'Broker Interest Paid': 'Interest',
  Fees: 'Fees',
  'Other Fees': 'Fees',
  'Transaction Fees': 'Fees',
  'Sales Tax': 'Tax',
};

interface SectionRow {
  readonly section: string;
  readonly cells: Cells;
}

export const interactiveBrokersActivity: StatementFormat = {
  id: 'interactive-brokers-activity',
  title: 'Interactive Brokers (activity statement, CSV)',
  recognise: (file) => (isActivity(file) ? 1 : 0),
  read(file) {
    const collected = createCollector();
    const rows = sectionRows(file, (record, reason) => collected.pass(record.line, reason));
    const facts = instrumentFacts(rows);
    const hasOrders = rows.some(({ section, cells }) => section === 'Trades' && cells.text('DataDiscriminator') === 'Order');
    const bookings: CashBooking[] = [];
    for (const { section, cells } of rows) {
      const cash = CASH[section];
      if (section === 'Trades') {
        const level = cells.text('DataDiscriminator');
        if (level !== '' && level !== (hasOrders ? 'Order' : 'Trade'))
          collected.pass(cells.line, 'A part of an order, which has a row of its own.');
        else collected.read(cells.line, () => tradeRows(cells, facts.get(cells.text('Symbol')) ?? null));
      } else if (section === 'Corporate Actions') collected.read(cells.line, () => [corporateAction(cells)]);
      else if (cash !== undefined) bookings.push({ cells, type: cash });
      else collected.pass(cells.line, `The section ${section} has no transactions.`);
    }
    readCash(bookings, collected);
    return collected.done();
  },
};

function isActivity(file: StatementFile): boolean {
  const records = file.csv()?.records.slice(0, 60) ?? [];
  const inSections = records.filter(({ cells }) => cells[1] === 'Header' || cells[1] === 'Data').length;
  return inSections >= 2 && inSections >= records.length - 2;
}

/** The rows of data under their headers. A total begins its first or second column with the word. */
function sectionRows(file: StatementFile, pass: (record: CsvRecord, reason: string) => void): readonly SectionRow[] {
  const headers = new Map<string, Header>();
  const rows: SectionRow[] = [];
  for (const record of file.csv()?.records ?? []) {
    const [section = '', kind = '', ...rest] = record.cells;
    const header = headers.get(section);
    if (kind === 'Header') headers.set(section, headerOf(record, 0));
    else if (kind !== 'Data' || header === undefined || rest.slice(0, 2).some((cell) => /^total/i.test(cell)))
      pass(record, 'A total or a note.');
    else rows.push({ section, cells: cellsOf(record, header, IBKR_STYLE) });
  }
  return rows;
}

/** Trades name a symbol only; another section says what it is. */
function instrumentFacts(rows: readonly SectionRow[]): ReadonlyMap<string, InstrumentFacts> {
  const facts = new Map<string, InstrumentFacts>();
  for (const { section, cells } of rows) {
    if (section !== 'Financial Instrument Information') continue;
    const isin = /^[A-Z]{2}[A-Z0-9]{9}\d$/.exec(cells.text('Security ID'))?.[0] ?? null;
    // A renamed instrument is listed under all its symbols: "FB, META".
    for (const symbol of cells.text('Symbol').split(/, ?/))
      facts.set(symbol, { isin, name: cells.word('Description'), multiplier: readExact(cells.text('Multiplier'), '.') });
  }
  return facts;
}
