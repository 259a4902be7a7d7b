import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser, SMALL_PHONE } from '../stage/browser.ts';
import { register } from '../stage/people.ts';
import { settled, visit } from '../stage/settled.ts';
import { violations } from '../stage/violations.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Ten bought at 100, four sold at 130 a year later, a dividend, and a purchase of something nobody knows. */
const FILE = [
  'date,action,symbol,quantity,price,fees,currency',
  '2024-03-04,BUY,AAPL,10,100.00,0,USD',
  '2024-08-15,DIVIDEND,AAPL,10,0.25,0,USD',
  '2025-06-10,SELL,AAPL,4,130.00,0,USD',
  '2025-07-01,BUY,NOSUCH,5,20.00,0,USD',
  '',
].join('\n');

async function importFile(page: Page): Promise<void> {
  await visit(page, '/statements');
  await page.getByLabel(/Choose a statement/).setInputFiles({ name: 'broker.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await page.getByRole('heading', { level: 2, name: 'broker.csv' }).waitFor();
  await page.getByLabel('Which instrument is NOSUCH?').fill('MSFT');
  await page.getByRole('option').filter({ hasText: 'MSFT' }).first().click();
  await page.getByRole('button', { name: 'Read again' }).last().click();
  await page.getByRole('button', { name: 'Record 4 rows in My portfolio' }).click();
  await page.getByText('4 rows were recorded in My portfolio.').waitFor();
}

test('a broker’s file becomes transactions, gains by lot and year, and a tax report', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), { acceptDownloads: true });
  await register(page);
  await importFile(page);

  await page.getByRole('link', { name: 'See the realised gains' }).click();
  const lots = page.getByRole('table', { name: 'Lot by lot' });
  // 4 x 130 = 520 brought, 4 x 100 = 400 cost, 120 gained.
  await lots.getByRole('row', { name: /AAPL.*520\.00.*400\.00.*120\.00/ }).waitFor();
  await settled(page);
  await page.getByLabel('Year', { exact: true }).selectOption('2025');
  await page.waitForURL('**/gains?year=2025');
  await settled(page);
  await page.getByLabel('Cost method', { exact: true }).selectOption('lifo');
  await page.getByText('What another cost method would have given.').waitFor();

  await visit(page, '/transactions?search=apple');
  const transactions = page.getByRole('table', { name: 'Transactions' });
  await expect.poll(() => transactions.getByRole('row').count()).toBe(4);
  await page.getByText('3 transactions').waitFor();

  await page.getByRole('link', { name: 'My portfolio' }).first().click();
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByLabel('Report', { exact: true }).waitFor();
  await settled(page);
  await page.getByLabel('Report', { exact: true }).selectOption('realized-gains');
  await page.getByLabel('Time', { exact: true }).selectOption('2025');
  await page.getByRole('button', { name: 'CSV', exact: true }).click();
  await page.getByRole('button', { name: 'Make report' }).click();
  const link = page.getByRole('link', { name: /^Download Realised gains/ });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array);
  expect(Buffer.concat(chunks).toString()).toMatch(/AAPL/);
  expect(faults).toEqual([]);
  await context.close();
});

test('the pages of a portfolio have no violation in the light or the dark theme, and their figures answer', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), { reducedMotion: 'reduce' });
  await register(page);
  await importFile(page);
  const found = await violations(page, '/statements');
  await page.getByRole('link', { name: 'My portfolio' }).first().click();
  await page.waitForURL('**/overview');
  const id = new URL(page.url()).pathname.split('/')[2] ?? '';
  for (const view of ['overview', 'performance', 'income', 'gains', 'risk', 'allocation', 'quality', 'reports', 'settings']) {
    await visit(page, `/portfolios/${id}/${view}`);
    found.push(...(await violations(page, view)));
  }
  for (const path of ['/home', '/transactions', '/instruments/AAPL?chart=candles&indicators=sma20,rsi14&compare=MSFT']) {
    await visit(page, path);
    found.push(...(await violations(page, path)));
  }
  await page.goto(`/portfolios/${id}/overview?explain=realizedGain`);
  const sheet = page.getByRole('dialog');
  await sheet.getByText('120.00').first().waitFor();
  await sheet
    .getByRole('button', { name: /^Realised gain/ })
    .first()
    .click();
  await sheet.getByRole('button', { name: /Proceeds/ }).click();
  // The way ends at the sale itself.
  await sheet.getByRole('link', { name: 'See it among the transactions' }).waitFor();
  found.push(...(await violations(page, 'explain')));
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('none of them is wider than the smallest phone', async () => {
  const { context, page } = await newVisitor(browser, inject('url'), SMALL_PHONE);
  await register(page);
  await importFile(page);
  const id =
    new URL((await page.getByRole('link', { name: 'See the transactions' }).getAttribute('href')) ?? '', page.url()).pathname.split(
      '/',
    )[2] ?? '';
  const wide: string[] = [];
  const views = ['overview', 'performance', 'income', 'gains', 'risk', 'allocation', 'quality', 'reports', 'settings'];
  for (const path of [
    ...views.map((view) => `/portfolios/${id}/${view}`),
    '/home',
    '/statements',
    '/transactions',
    '/instruments/AAPL?indicators=sma20',
  ]) {
    await visit(page, path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
    if (over > 0) wide.push(`${path} by ${String(over)} px`);
  }
  expect(wide).toEqual([]);
  await context.close();
});
