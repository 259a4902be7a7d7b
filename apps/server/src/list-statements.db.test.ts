/** A list costs a fixed number of SQL statements, however much it lists. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { paperTrader } from './testing/paper-trader.ts';
import type { PaperTrader } from './testing/paper-trader.ts';
import { startTestApp } from './testing/test-app.ts';
import type { TestApp } from './testing/test-app.ts';
import type { TestClient } from './testing/test-client.ts';

const MANY = 30;
let app: TestApp;
let few: PaperTrader;
let many: PaperTrader;
/** A portfolio of each, with one row of everything and with many. */
let [small, large] = ['', ''];

beforeAll(async () => {
  app = await startTestApp();
  [few, many] = [await paperTrader(app, 'few'), await paperTrader(app, 'many')];
  small = await filled(few, 1);
  large = await filled(many, MANY);
  for (let at = 0; at < MANY; at += 1) await many.open();
}, 120_000);
afterAll(() => app.close());

/** Opens a portfolio with so many orders, transactions and positions: half of the orders rest. */
async function filled(trader: PaperTrader, count: number): Promise<string> {
  const id = await trader.open({ startingCash: '10000000' });
  const symbols = app.app.market.instruments.book.listPublic().map(({ symbol }) => symbol);
  const wish = (symbol: string) => ({ symbol, side: 'buy', type: 'market', quantity: '1' });
  const orders = symbols
    .slice(0, count)
    .flatMap((symbol) => [wish(symbol), { ...wish('SHARE'), type: 'limit', limitPrice: '1', timeInForce: 'gtc' }]);
  const { items } = (await trader.client.post(`portfolios/${id}/orders/batch`, { orders })).as<{ items: { status: number }[] }>();
  expect(items.every(({ status }) => status === 201)).toBe(true);
  return id;
}

/** The statements that a question sends to PostgreSQL, on whichever connection, as far as they read: begin and commit do not. */
async function statementsOf(client: TestClient, url: string): Promise<{ readonly texts: readonly string[]; readonly rows: number }> {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  try {
    const { items } = (await client.get(url)).as<{ items?: unknown[] }>();
    const texts = sent.mock.calls.map(([query]: readonly unknown[]) =>
      typeof query === 'string' ? query : (query as { readonly text: string }).text,
    );
    // New prices are read by the server itself, whenever they are told of: lists take them from memory.
    const ofTheList = texts.filter((text) => /^\s*(with|select)/i.test(text) && !text.includes('latest_prices'));
    return { texts: ofTheList, rows: items?.length ?? 1 };
  } finally {
    sent.mockRestore();
  }
}

const lists = [
  'portfolios',
  'portfolios/:id/orders',
  'portfolios/:id/orders?status=open',
  'portfolios/:id/orders?status=open&symbol=SHARE',
  'portfolios/:id/transactions',
  'portfolios/:id/transactions?search=a&sort=amount',
  'transactions',
  'portfolios/:id/positions',
  'portfolios/:id/allocation',
];

async function expectAlike(server: TestApp, url: string, most: number): Promise<void> {
  const one = await statementsOf(server.as(few.user), url.replace(':id', small));
  const thirty = await statementsOf(server.as(many.user), url.replace(':id', large));
  expect(thirty.texts).toEqual(one.texts);
  expect(thirty.rows).toBeGreaterThan(one.rows);
  // A test that counts nothing would find nothing to differ.
  expect(one.texts.length).toBeGreaterThan(0);
  expect(one.texts.length).toBeLessThanOrEqual(most);
}

test.each(lists)('%s', (url) => expectAlike(app, url, 4));

test('a list reads the columns that it shows, and no row whole', async () => {
  const texts: string[] = [];
  // Alerts are left out: one of a list is shown with all that its own address shows.
  for (const url of [...lists, 'instruments', 'watchlists', 'notifications', 'documents'])
    texts.push(...(await statementsOf(app.as(many.user), url.replace(':id', large))).texts);
  expect(texts.length).toBeGreaterThan(lists.length);
  expect(texts.filter((text) => /^\s*select (distinct )?("?\w+"?\.)?\*/i.test(text))).toEqual([]);
});

test('also on a server that has just started: it reads a portfolio whole, and each part of it at once', async () => {
  const cold = await startTestApp({ beside: app });
  // Who asks is looked up first; then the version, and the portfolio in four parts.
  await expectAlike(cold, 'portfolios/:id/positions', 6);
  await cold.close();
});
