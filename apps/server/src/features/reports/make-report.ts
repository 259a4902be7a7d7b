/** Makes the file of a report, on another thread. */
import type { ReportFormat } from '@holdfast/contract/reports';
import { gainsDocument } from './document/gains-document.ts';
import { holdingsDocument } from './document/holdings-document.ts';
import { incomeDocument } from './document/income-document.ts';
import { performanceDocument } from './document/performance-document.ts';
import type { ReportDocument } from './document/report-document.ts';
import { UNWANTED } from './document/report-input.ts';
import type { ReportHeading, ReportInput, TransactionsContent } from './document/report-input.ts';
import { openTransactionCursor } from './document/transaction-cursor-store.ts';
import { transactionsDocument } from './document/transactions-document.ts';
import { writePdf } from './writers/pdf/write-pdf.ts';
import { openFileSink } from './writers/sink.ts';
import type { Sink } from './writers/sink.ts';
import { writeCsv } from './writers/write-csv.ts';
import { writeXlsx } from './writers/write-xlsx.ts';

export interface MadeReport {
  readonly byteCount: number;
  readonly rowCount: number;
}

type WriteReport = (document: ReportDocument, sink: Sink, onRows: (count: number) => void) => Promise<void>;
const WRITERS: Readonly<Record<ReportFormat, WriteReport>> = { pdf: writePdf, xlsx: writeXlsx, csv: writeCsv };

export async function makeReport(input: ReportInput): Promise<MadeReport> {
  const { heading, content } = input;
  switch (content.kind) {
    case 'transactions':
      return makeOfTransactions(input, content);
    case 'holdings':
      return writeReport(input, holdingsDocument(heading, content));
    case 'realized-gains':
      return writeReport(input, gainsDocument(heading, content));
    case 'performance':
      return writeReport(input, performanceDocument(heading, content));
    case 'income':
      return writeReport(input, incomeDocument(heading, content));
  }
}

async function makeOfTransactions(input: ReportInput, content: TransactionsContent): Promise<MadeReport> {
  const cursor = await openTransactionCursor(content.database, content.query);
  try {
    return await writeReport(input, await transactionsDocument(input.heading, content, cursor));
  } finally {
    await cursor.close();
  }
}

async function writeReport({ heading, path, progress }: ReportInput, document: ReportDocument): Promise<MadeReport> {
  const tables = tablesOf(document, heading);
  const rowCount = tables.reduce((all, { count }) => all + count, 0);
  Atomics.store(progress, 1, rowCount);
  const sink = await openFileSink(path);
  try {
    await WRITERS[heading.format](document, sink, (count) => {
      Atomics.add(progress, 0, count);
      if (Atomics.load(progress, 2) > 0) throw new Error(UNWANTED);
    });
  } finally {
    await sink.close();
  }
  return { byteCount: sink.byteCount, rowCount };
}

/** Those that the format writes. */
function tablesOf({ tables }: ReportDocument, { format }: ReportHeading): ReportDocument['tables'] {
  if (format === 'csv') return tables.slice(0, 1);
  const other = format === 'pdf' ? 'files' : 'paper';
  return tables.filter(({ only }) => only !== other);
}
