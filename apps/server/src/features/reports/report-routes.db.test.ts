/** Every report in every format, on a portfolio whose figures are known. */
import readSheets from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { pdfText } from '../../testing/pdf-text.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let bob: TestUser;
let house: string;

/** Threads begin by reading their sources, which takes them seconds where many are at work. */
const LONG_MS = 240_000;

beforeAll(async () => {
  // A Thursday, one o'clock in Berlin.
  app = await startTestApp({ now: '2026-01-08T12:00:00.000Z' });
  [ada, bob] = [await app.user('ada'), await app.user('bob')];
  await app.as(ada).patch('me', { firstName: 'Ada', lastName: 'Lovelace', timezone: 'Europe/Berlin' });
  await app.as(ada).post('instruments', { symbol: 'HOUSE', name: '=A house', assetClass: 'other', currency: 'USD' });
  const prices = ['2025-06-20', '2026-01-05', '2026-01-08'].map((day, at) => ({ day, price: ['150', '110', '104.5'][at] }));
  await app.as(ada).put('instruments/HOUSE/prices', { prices });
  house = await portfolio();
}, LONG_MS);
afterAll(() => app.close());

const facts = [
  ['deposit', '2024-01-02T12:00:00.000Z', { amount: '10000' }],
  ['buy', '2024-01-03T12:00:00.000Z', { symbol: 'HOUSE', quantity: '10', price: '100', fee: '5' }],
  ['buy', '2025-06-02T12:00:00.000Z', { symbol: 'HOUSE', quantity: '10', price: '200' }],
  ['sell', '2025-06-20T12:00:00.000Z', { symbol: 'HOUSE', quantity: '15', price: '150', fee: '3', note: '=1+1' }],
  ['dividend', '2025-07-01T12:00:00.000Z', { symbol: 'HOUSE', amount: '24.5' }],
] as const;

async function portfolio(): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Long run', kind: 'tracked', baseCurrency: 'USD', costMethod: 'fifo' });
  const { id } = made.as<{ id: string }>();
  for (const [type, tradedAt, fields] of facts) {
    const answer = await app.as(ada).post(`portfolios/${id}/transactions`, { type, tradedAt, ...fields });
    if (answer.status !== 201) throw new Error(answer.text);
  }
  return id;
}

const get = (name: string, user = ada) => app.as(user).get(`portfolios/${house}/reports/${name}`);

async function csv(name: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const answer = await get(name);
  const [head = '', ...lines] = answer.text.trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
}

async function sheet(name: string, at: number): Promise<readonly (readonly unknown[])[]> {
  const sheets = await readSheets((await get(name)).bytes);
  return sheets[at]?.data ?? [];
}

/** A sheet holds instants as fractions of a day, which are not exact. */
function toSecond(cell: unknown): string {
  return cell instanceof Date ? new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString() : String(cell);
}

const pages = async (name: string) => pdfText((await get(name)).bytes).pages.join('\n');

// Proceeds 15 x 150 - 3 = 2247: 10/15 of them are 1498, 5/15 are 749; the lots cost 1005 and 1000.
describe('realized gains, lot by lot', () => {
  test(
    'CSV',
    async () => {
      const rows = await csv('realized-gains.csv?year=2025');
      expect(rows).toMatchObject([
        {
          disposedOn: '2025-06-20',
          acquiredOn: '2024-01-03',
          symbol: 'HOUSE',
          name: "'=A house",
          quantity: '10',
          proceeds: '1498',
          cost: '1005',
          gain: '493',
          term: 'long',
          disallowed: '0',
        },
        { acquiredOn: '2025-06-02', quantity: '5', proceeds: '749', cost: '1000', gain: '-251', term: 'short', disallowed: '251' },
      ]);
      const api = await app.as(ada).get(`portfolios/${house}/realized-gains?year=2025`);
      const { items } = api.as<{ items: { gain: string; lotId: string }[] }>();
      expect(rows.map(({ gain, lotId }) => [gain, lotId])).toEqual(items.map(({ gain, lotId }) => [gain, lotId]));
      expect(await csv('realized-gains.csv?year=2024')).toEqual([]);
      expect(await csv('realized-gains.csv?from=2025-06-21&to=2025-12-31')).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'XLSX, with its sum',
    async () => {
      const rows = await sheet('realized-gains.xlsx?year=2025', 1);
      expect(rows.at(-1)?.slice(0, 10)).toEqual(['Total', null, null, null, null, 2247, 2005, 242, null, 251]);
      expect(rows[1]?.[0]).toEqual(new Date('2025-06-20T00:00:00.000Z'));
    },
    LONG_MS,
  );

  test(
    'PDF, in the words and the time zone of the user',
    async () => {
      const english = await pages('realized-gains.pdf?year=2025');
      for (const text of [
        'Realized gains, tax year 2025',
        'Ada Lovelace',
        'Long run',
        '+242.00',
        '+493.00',
        '−251.00',
        'Total USD',
        'first in, first out',
      ])
        expect(english).toContain(text);
      await app.as(ada).patch('me', { locale: 'de-DE' });
      const german = await pages('realized-gains.pdf?year=2025');
      await app.as(ada).patch('me', { locale: 'en' });
      for (const text of [
        'Realisierte Gewinne, Steuerjahr 2025',
        '08.01.2026, 13:00 (Europe/Berlin)',
        '+242,00',
        'Seite 1 von',
        '20.06.2025',
      ])
        expect(german).toContain(text);
    },
    LONG_MS,
  );
});

// 5 left at 104.5 are 522.5 and cost 1000; cash 10000 - 1005 - 2000 + 2247 + 24.5 = 9266.5.
describe('holdings', () => {
  test(
    'CSV',
    async () => {
      expect(await csv('holdings.csv')).toMatchObject([
        {
          symbol: 'HOUSE',
          assetClass: 'other',
          quantity: '5',
          averagePrice: '200',
          price: '104.5',
          costBasis: '1000',
          marketValue: '522.5',
          unrealizedGain: '-477.5',
          unrealizedGainFraction: '-0.4775',
          baseValue: '522.5',
        },
      ]);
    },
    LONG_MS,
  );

  test(
    'XLSX: positions, cash, and the summary of the API',
    async () => {
      const [summary, positions, cash] = await readSheets((await get('holdings.xlsx')).bytes);
      expect(positions?.data.at(-1)?.[12]).toBe(522.5);
      expect(cash?.data.slice(1)).toEqual([
        ['USD', 9266.5, 9266.5, expect.closeTo(9266.5 / 9789, 12)],
        ['Total', null, 9266.5, null],
      ]);
      expect(summary?.data).toContainEqual(['Value', 9789]);
      const api = (await app.as(ada).get(`portfolios/${house}/summary`)).as<{ netGain: string }>();
      expect(summary?.data).toContainEqual(['Gain in all', Number(api.netGain)]);
    },
    LONG_MS,
  );

  test(
    'PDF',
    async () => {
      const text = await pages('holdings.pdf');
      for (const part of ['9,789.00', '−477.50', '−47.75%', 'By instrument', 'Total USD', 'Page 1 of 2', 'Jan 8, 2026, 1:00'])
        expect(text).toContain(part);
    },
    LONG_MS,
  );
});

describe('transactions', () => {
  test(
    'CSV: all of them, oldest first, or those of a period',
    async () => {
      const rows = await csv('transactions.csv');
      expect(rows.map(({ type, amount, cashEffect }) => [type, amount, cashEffect])).toEqual([
        ['deposit', '10000', '10000'],
        ['buy', '1000', '-1005'],
        ['buy', '2000', '-2000'],
        ['sell', '2250', '2247'],
        ['dividend', '24.5', '24.5'],
      ]);
      expect(rows[3]).toMatchObject({ tradedAt: '2025-06-20T12:00:00.000Z', symbol: 'HOUSE', realizedGain: '242', note: "'=1+1" });
      expect((await csv('transactions.csv?year=2024')).map(({ type }) => type)).toEqual(['deposit', 'buy']);
      expect((await csv('transactions.csv?from=2025-06-20&to=2025-06-20')).map(({ type }) => type)).toEqual(['sell']);
    },
    LONG_MS,
  );

  test(
    'XLSX: rows with their sums, and sums by type',
    async () => {
      const rows = await sheet('transactions.xlsx', 1);
      // Fees 5 + 3; cash 9266.5; gain 242.
      expect(rows.at(-1)?.slice(8, 12)).toEqual([8, null, 9266.5, 242].map((value) => value ?? 0));
      // Noon UTC is one o'clock in Berlin, and two in summer.
      expect([rows[1]?.[0], rows[3]?.[0]].map(toSecond)).toEqual(['2024-01-02T13:00:00.000Z', '2025-06-02T14:00:00.000Z']);
      const totals = await sheet('transactions.xlsx', 2);
      expect(totals).toContainEqual(['Buy', 'USD', 2, 3000, 5, 0, -3005, null]);
    },
    LONG_MS,
  );

  test(
    'PDF',
    async () => {
      const text = await pages('transactions.pdf');
      for (const part of ['Totals by type', '+9,266.50', 'Dividend', '=1+1', 'Page 1 of 2']) expect(text).toContain(part);
    },
    LONG_MS,
  );
});

describe('performance', () => {
  test(
    'CSV: the API’s line, day by day',
    async () => {
      const rows = await csv('performance.csv?from=2026-01-05');
      const api = (await app.as(ada).get(`portfolios/${house}/performance?from=2026-01-05`)).as<{
        series: { day: string; value: number }[];
      }>();
      expect(rows.map(({ day, value }) => [day, Number(value)])).toEqual(api.series.map(({ day, value }) => [day, value]));
      expect(rows).toHaveLength(4);
    },
    LONG_MS,
  );

  test(
    'XLSX: days, months, drawdowns',
    async () => {
      const sheets = await readSheets((await get('performance.xlsx')).bytes);
      expect(sheets.map(({ sheet: name }) => name)).toEqual(['Summary', 'Days', 'Months', 'Deepest drawdowns']);
      expect(sheets[2]?.data[0]?.slice(0, 3)).toEqual(['Year', 'Jan', 'Feb']);
      const api = (await app.as(ada).get(`portfolios/${house}/performance`)).as<{ timeWeighted: number }>();
      expect(sheets[0]?.data).toContainEqual(['Time-weighted return', expect.closeTo(api.timeWeighted, 12)]);
    },
    LONG_MS,
  );

  test(
    'PDF: charts and the sentence on each figure',
    async () => {
      const text = await pages('performance.pdf');
      for (const part of [
        'Value and money put in',
        'Money-weighted return (XIRR)',
        'Gain over the mean of the money at work on each day.',
        'Months',
      ])
        expect(text).toContain(part);
    },
    LONG_MS,
  );

  test(
    'of a portfolio in which nothing happened nothing is known',
    async () => {
      const { id } = (await app.as(ada).post('portfolios', { name: 'Empty', kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>();
      const text = pdfText((await app.as(ada).get(`portfolios/${id}/reports/performance.pdf`)).bytes).pages.join('\n');
      expect(text).toContain('not known');
      expect(text).toContain('There is nothing in this period.');
    },
    LONG_MS,
  );
});

describe('income', () => {
  test(
    'CSV, XLSX and PDF',
    async () => {
      expect(await csv('income.csv?year=2025')).toMatchObject([{ on: '2025-07-01', symbol: 'HOUSE', type: 'dividend', amount: '24.5' }]);
      expect(await csv('income.csv?year=2024')).toEqual([]);
      expect((await sheet('income.xlsx?year=2025', 1)).at(-1)?.slice(0, 4)).toEqual(['Total', null, null, 24.5]);
      const text = await pages('income.pdf?from=2025-01-01&to=2025-12-31');
      for (const part of ['Income', '+24.50', 'Income by month', 'Dividend']) expect(text).toContain(part);
    },
    LONG_MS,
  );
});

test(
  'the file says what it is: type, name, length; and nobody keeps it',
  async () => {
    const answer = await get('realized-gains.pdf?year=2025');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="long-run-realized-gains-2025.pdf"',
      'content-length': String(answer.bytes.byteLength),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  },
  LONG_MS,
);

test('what is asked wrongly is refused by name, and what is another’s is not found', async () => {
  for (const query of [
    'holdings.pdf?year=2025',
    'holdings.csv?from=2025-01-01',
    'income.csv?year=2025&from=2025-01-01',
    'income.csv?from=2025-02-30',
    'income.csv?from=2025-02-02&to=2025-02-01',
    'income.csv?year=12',
    'luck.csv',
    'income.doc',
  ])
    expect([query, (await get(query)).code]).toEqual([query, 'invalid_value']);
  expect((await get('income.csv', bob)).status).toBe(404);
});
