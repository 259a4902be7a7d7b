/** The three formats of one document, read back, and how much of a long one each holds at a time. */
import { unzipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { pdfText } from '../../../testing/pdf-text.ts';
import { BATCH, batchesOf } from '../document/report-document.ts';
import type { ReportDocument, Row, Table } from '../document/report-document.ts';
import { writePdf } from './pdf/write-pdf.ts';
import type { Sink } from './sink.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

const rows: readonly Row[] = [
  ['2025-06-20', 'HOUSE', '=HYPERLINK("http://evil")', '10', 'USD', '1498', '493', 0.4905],
  ['2025-06-20', 'RENT', 'Line, with "quotes"\nand a break', '5', 'USD', '749', '-251', -0.251],
  ['2025-07-01', 'TEA', 'Tee & Söhne <GmbH>', '0.5', 'JPY', '12345678901234567890', '100', null],
];

function table(own: Partial<Table> = {}): Table {
  return {
    title: 'Sales',
    columns: [
      { key: 'day', title: 'Day', kind: 'day', width: 12 },
      { key: 'symbol', title: 'Symbol', kind: 'text', width: 12 },
      { key: 'name', title: 'Name', kind: 'text', width: 20 },
      { key: 'quantity', title: 'Quantity', kind: 'quantity', width: 12 },
      { key: 'currency', title: 'Currency', kind: 'text', width: 8 },
      { key: 'proceeds', title: 'Proceeds', kind: 'money', width: 16, currency: 4, total: true },
      { key: 'gain', title: 'Gain', kind: 'money', width: 16, currency: 4, total: true, signed: true },
      { key: 'return', title: 'Return', kind: 'fraction', width: 10, signed: true },
    ],
    count: rows.length,
    totalCurrencies: ['JPY', 'USD'],
    rows: batchesOf(rows),
    ...own,
  };
}

function documentOf(sales: Table): ReportDocument {
  return {
    kind: 'transactions',
    language: 'en',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    title: 'Sales',
    owner: 'Ada Lovelace',
    portfolio: 'Long run',
    isPaper: true,
    period: '1 Jan 2025 to 31 Dec 2025',
    asOf: Date.UTC(2026, 0, 8, 12),
    currency: 'USD',
    facts: [{ label: 'Owner', text: 'Ada Lovelace' }],
    figures: [{ label: 'Gain', value: '242', kind: 'money', currency: 'USD', signed: true }],
    charts: [],
    tables: [sales],
    methods: [{ name: 'Gain', sentence: 'Proceeds less cost.' }],
  };
}

async function written(write: typeof writeCsv, document: ReportDocument): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const sink: Sink = { write: async (bytes) => void parts.push(bytes) };
  await write(document, sink, () => undefined);
  return Buffer.concat(parts);
}

test('CSV: field names, exact decimals, a minus that stays a number, text that cannot become a formula', async () => {
  expect((await written(writeCsv, documentOf(table()))).toString('utf8')).toBe(
    [
      'day,symbol,name,quantity,currency,proceeds,gain,return',
      '2025-06-20,HOUSE,"\'=HYPERLINK(""http://evil"")",10,USD,1498,493,0.4905',
      '2025-06-20,RENT,"Line, with ""quotes""\nand a break",5,USD,749,-251,-0.251',
      '2025-07-01,TEA,Tee & Söhne <GmbH>,0.5,JPY,12345678901234567890,100,',
      '',
    ].join('\r\n'),
  );
});

test('XLSX: typed cells, a sum per currency, text that cannot become a formula', async () => {
  const sheets = await readSheets(await written(writeXlsx, documentOf(table())));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['Summary', 'Sales']);
  const [, sales] = sheets;
  const day = (text: string) => new Date(`${text}T00:00:00.000Z`);
  expect(sales?.data).toEqual([
    ['Day', 'Symbol', 'Name', 'Quantity', 'Currency', 'Proceeds', 'Gain', 'Return'],
    [day('2025-06-20'), 'HOUSE', '\'=HYPERLINK("http://evil")', 10, 'USD', 1498, 493, 0.4905],
    [day('2025-06-20'), 'RENT', 'Line, with "quotes"\nand a break', 5, 'USD', 749, -251, -0.251],
    [day('2025-07-01'), 'TEA', 'Tee & Söhne <GmbH>', 0.5, 'JPY', 12345678901234567890, 100, null],
    ['Total JPY', null, null, null, null, 12345678901234567890, 100, null],
    // 1498 + 749 and 493 - 251.
    ['Total USD', null, null, null, null, 2247, 242, null],
  ]);
  expect(sheets[0]?.data).toContainEqual(['Gain', 242]);
  expect(sheets[0]?.data).toContainEqual(['Gain', 'Proceeds less cost.']);
});

test('XLSX: a header that stays, formats with the decimals of each currency, totals as formulas', async () => {
  const parts = unzipSync(await written(writeXlsx, documentOf(table())));
  const part = (name: string) => new TextDecoder().decode(parts[name]);
  const sales = part('xl/worksheets/sheet2.xml');
  expect(sales).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sales).toContain('<autoFilter ref="A1:H4"/>');
  expect(sales).toContain('<f>SUMIF($E$2:$E$4,&quot;USD&quot;,F$2:F$4)</f><v>2247</v>');
  // Every digit is in the file, also those that a binary float does not hold.
  expect(sales).toContain('<v>12345678901234567890</v>');
  const styles = part('xl/styles.xml');
  for (const code of ['#,##0.00\\ &quot;USD&quot;', '#,##0\\ &quot;JPY&quot;', '+0.00%;-0.00%;0.00%', 'yyyy-mm-dd']) {
    expect(styles).toContain(`formatCode="${code}"`);
  }
  expect(part('xl/workbook.xml')).toContain("'Sales'!$1:$1");
});

test('PDF: the head, the figures, each row, the sums, the method, and on each page which of how many it is', async () => {
  const many = Array.from({ length: 60 }, (_, at): Row => ['2025-06-20', `S${at}`, 'Name', '1', 'USD', '10', '1', 0.1]);
  const { pages, source } = pdfText(
    await written(writePdf, documentOf(table({ rows: batchesOf(many), count: 60, totalCurrencies: ['USD'] }))),
  );
  expect(pages.length).toBeGreaterThan(1);
  for (const [at, page] of pages.entries()) expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
  expect(pages[0]).toContain('Ada Lovelace');
  expect(pages[0]).toContain('Paper portfolio: practice, no real money');
  expect(pages[0]).toContain('+242.00');
  // The header of the table stands on every page that has rows of it.
  expect(pages[1]).toContain('Proceeds');
  const whole = pages.join('\n');
  for (let at = 0; at < 60; at += 1) expect(whole.split('\n')).toContain(`S${at}`);
  // 60 x 10 and 60 x 1.
  expect(whole).toContain('Total USD\n600.00\n+60.00');
  expect(whole).toContain('Proceeds less cost.');
  expect(source.includes('/Lang (en-GB)')).toBe(true);
});

test('a day without rows says so, and the same document gives the same bytes', async () => {
  const empty = documentOf(table({ rows: batchesOf([]), count: 0, totalCurrencies: [] }));
  const first = await written(writePdf, empty);
  expect(pdfText(first).pages.join('\n')).toContain('There is nothing in this period.');
  expect(first.equals(await written(writePdf, empty))).toBe(true);
});

/**
 * Feeds a long table and counts, at each write, the rows that were read since the write before: those are all that can be in memory.
 * While a write is not done, nothing may be read.
 */
async function mostInFlight(write: typeof writeCsv, count: number): Promise<number> {
  let [read, readAtWrite, most] = [0, 0, 0];
  const source = async function* (): AsyncIterable<readonly Row[]> {
    for (let from = 0; from < count; from += BATCH) {
      read += BATCH;
      yield Array.from({ length: BATCH }, (_, at): Row => [
        '2025-06-20',
        `S${from + at}`,
        `Name ${(from + at) * 7919}`,
        String(at),
        'USD',
        `${from + at}.5`,
        '1',
        0.1,
      ]);
    }
  };
  const sink: Sink = {
    async write() {
      most = Math.max(most, read - readAtWrite);
      const before = read;
      await new Promise(setImmediate);
      expect(read).toBe(before);
      readAtWrite = read;
    },
  };
  await write(documentOf(table({ rows: source, count, totalCurrencies: ['USD'] })), sink, () => undefined);
  expect(read).toBe(count);
  return most;
}

/** Seconds where nobody else is at work. */
const LONG_MS = 240_000;

test(
  '100,000 rows of CSV and XLSX: at most some batches at a time',
  async () => {
    expect(await mostInFlight(writeCsv, 100_000)).toBeLessThanOrEqual(BATCH);
    // What is packed comes out in blocks of its own.
    expect(await mostInFlight(writeXlsx, 100_000)).toBeLessThanOrEqual(6 * BATCH);
  },
  LONG_MS,
);

test(
  'a long PDF: at most one batch at a time, since each page leaves when it is full',
  async () => {
    expect(await mostInFlight(writePdf, 3_000)).toBeLessThanOrEqual(BATCH);
  },
  LONG_MS,
);
