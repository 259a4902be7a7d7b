/** Files and portfolios too long for one piece: read, planned, recorded and replayed in parts, with the same outcome as in one. */
import type { Statement } from '@holdfast/contract/statements';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let owner: TestUser;
let id = '';

/** Thousands of rows take their time on a machine with other work, and nothing here is about time. Milliseconds. */
const LONG = 180_000;
const SYMBOLS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'NVDA'] as const;
/** More than are read of a portfolio in one page, written in one statement, and replayed at one go. */
const ROWS = 4_100;
/** One row a symbol in each round, and of ten rounds the last one sells: 9 purchases of 2 and a sale of 1 at 100, no fees. */
const rounds = ROWS / SYMBOLS.length;
const file = [
  'date,type,symbol,quantity,price,currency',
  ...Array.from({ length: ROWS }, (_, row) => {
    const round = Math.floor(row / SYMBOLS.length);
    const day = new Date(Date.UTC(2022, 0, 3 + Math.floor(round / 2))).toISOString().slice(0, 10);
    const symbol = SYMBOLS[row % SYMBOLS.length] ?? '';
    return `${day},${round % 10 === 9 ? `sell,${symbol},1` : `buy,${symbol},2`},100,USD`;
  }),
].join('\n');

beforeAll(async () => {
  app = await startTestApp({ now: '2026-01-05T15:30:00.000Z' });
  owner = await app.user('long-statement');
  const body = { name: 'Long', kind: 'tracked', cashMode: 'full', baseCurrency: 'USD', timeZone: 'UTC' };
  id = (await app.as(owner).post('portfolios', body)).as<{ id: string }>().id;
});
afterAll(() => app.close());

async function send(query: string): Promise<Statement> {
  const boundary = 'holdfast-test-boundary';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="long.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  const sent = await app.as(owner).post(`portfolios/${id}/imports${query}`, undefined, {
    payload: Buffer.from(`${head}${file}\r\n--${boundary}--\r\n`),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  expect(sent.status).toBeLessThan(300);
  return sent.as<Statement>();
}

test(
  'every row of a long file is recorded once; the same file again is all duplicates, each of another transaction',
  async () => {
    const { counts } = await send('');
    expect(counts).toMatchObject({ recorded: ROWS, duplicate: 0, problem: 0 });
    const again = await send('?dryRun=true');
    expect(again.counts).toMatchObject({ record: 0, duplicate: ROWS, problem: 0 });
    expect(new Set(again.rows.map(({ transactionId }) => transactionId)).size).toBe(ROWS);
  },
  LONG,
);

test(
  'positions, cash and ledger are those of all rows together',
  async () => {
    const { items } = (await app.as(owner).get(`portfolios/${id}/positions`)).as<{ items: { symbol: string; quantity: string }[] }>();
    // Of 820 rounds 738 buy two and 82 sell one: 1,476 - 82 = 1,394 of each.
    expect(items.map(({ quantity }) => quantity)).toEqual(SYMBOLS.map(() => String((rounds / 10) * (9 * 2 - 1))));
    const { cash } = (await app.as(owner).get(`portfolios/${id}`)).as<{ cash: { balance: string }[] }>();
    // 5 symbols x 1,394 shares more bought than sold x 100 USD = 697,000 USD.
    expect(cash.map(({ balance }) => balance)).toEqual(['-697000']);
    const differences: string[] = [];
    await app.app.trading.audit({ portfolioId: id, onDifference: ({ what }) => void differences.push(what) });
    expect(differences).toEqual([]);
  },
  LONG,
);
