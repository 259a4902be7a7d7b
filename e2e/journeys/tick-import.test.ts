import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { newWord, register, signIn } from '../stage/people.ts';
import { ADMINISTRATOR } from '../stage/server.ts';
import { seek, settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';

/** A tick a second from 9:15 on; every hundredth row has no price. */
function csvOf(ticker: string, count: number): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const time = new Date(Date.UTC(2025, 0, 2, 9, 15, at)).toISOString().slice(11, 19);
    const price = at % 100 === 99 ? 'n/a' : (100 + (at % 50) / 10).toFixed(2);
    return `${ticker},02/01/2025,${time},${price},100.00,10,100.10,12,5,0`;
  });
  return [HEADER, ...rows, ''].join('\n');
}

test('an administrator brings ticks in, sees how far they are, each row that was not taken, and the prices', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await signIn(page, ADMINISTRATOR);
  await page.getByRole('link', { name: 'Tick imports' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Upload and import' }).isDisabled()).toBe(true);
  const symbol = `LADDER${newWord()}`;
  await page
    .getByLabel(/Choose a file/)
    .setInputFiles({ name: 'ladder.csv', mimeType: 'text/csv', buffer: Buffer.from(csvOf(`${symbol}.NSE`, 3000)) });
  await page.getByText('ladder.csv').waitFor();
  await page.getByRole('button', { name: 'Upload and import' }).click();
  await page.waitForURL('**/imports?id=*');
  await page.getByRole('heading', { level: 2, name: 'ladder.csv' }).waitFor();
  await page.getByRole('status').getByText('done').waitFor();

  // 3,000 rows, of which every hundredth, 30, has no price.
  const fact = (name: string) => page.locator('.facts .fact').filter({ hasText: name }).locator('dd');
  await expect.poll(() => fact('Rows read').textContent()).toBe('3,000');
  await expect.poll(() => fact('Rows stored').textContent()).toBe('2,970');
  await expect.poll(() => fact('Rows not taken').textContent()).toBe('30');
  const rejected = page.getByRole('table', { name: 'Rows that were not taken' });
  await expect.poll(() => rejected.getByRole('row').count()).toBe(1 + 25);
  // The first line is the header, so the hundredth row is line 101.
  await rejected.getByRole('row', { name: /^101 LTP .*"n\/a"/ }).waitFor();
  await seek(rejected, '3001', { box: page.getByRole('searchbox', { name: 'Search rows and reasons' }) });

  const imports = page.getByRole('table', { name: 'Imports so far' });
  await imports
    .getByRole('row', { name: /ladder\.csv 2,970 30 done/ })
    .first()
    .waitFor();
  await page.goto(`/instruments/${symbol}`);
  await page.getByRole('heading', { level: 1, name: new RegExp(symbol) }).waitFor();
  await page.getByText('imported').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('the same file again leads to its first import, a file of another shape is refused in words', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await signIn(page, ADMINISTRATOR);
  await visit(page, '/imports');
  const ticker = `TWICE${newWord()}.NSE`;
  const upload = async (name: string, text: string): Promise<void> => {
    await page.locator('main input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: 'Upload and import' }).click();
  };
  await upload('twice.csv', csvOf(ticker, 50));
  await page.waitForURL('**/imports?id=*');
  const first = page.url();
  await page.getByRole('status').getByText('done').waitFor();
  await visit(page, '/imports');
  await upload('once-more.csv', csvOf(ticker, 50));
  await page.waitForURL(first);
  await settled(page);
  await upload('other.csv', 'day,price\n2025-01-02,100\n');
  await page.getByRole('heading', { level: 2, name: 'other.csv' }).waitFor();
  await page.getByRole('status').getByText('failed').waitFor();
  await page.locator('.notice.danger').waitFor();
  await context.close();
});

test('who is no administrator is told so', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await register(page);
  await visit(page, '/imports');
  await page.getByText('Imports are for administrators').waitFor();
  await settled(page);
  expect(await page.getByRole('button', { name: 'Upload and import' }).count()).toBe(0);
  await context.close();
});
