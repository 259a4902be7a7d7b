import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { register } from '../stage/people.ts';
import { seek, settled } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface Purchase {
  readonly symbol: string;
  readonly quantity: string;
  readonly price: string;
  readonly day: string;
}

async function record(page: Page, { symbol, quantity, price, day }: Purchase): Promise<void> {
  await page.getByRole('button', { name: 'Add transaction' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Symbol').fill(symbol);
  await sheet.getByRole('option').filter({ hasText: symbol }).first().click();
  await sheet.getByLabel('Quantity').fill(quantity);
  await sheet.getByLabel('Price').fill(price);
  await sheet.getByLabel('Day').fill(day);
  await sheet.getByRole('button', { name: 'Record' }).click();
  await sheet.waitFor({ state: 'detached' });
  await settled(page);
}

/** To the portfolio that every account begins with. */
async function toTransactions(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'My portfolio' }).first().click();
  await page.getByRole('navigation', { name: 'Views of the portfolio' }).getByRole('link', { name: 'Transactions' }).click();
  await page.getByRole('button', { name: 'Add transaction' }).waitFor();
  await settled(page);
}

test('purchases recorded by hand are found by word, type and day, sorted, and taken back', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await toTransactions(page);
  await record(page, { symbol: 'AAPL', quantity: '10', price: '150', day: '2026-03-02' });
  await record(page, { symbol: 'MSFT', quantity: '2', price: '300', day: '2026-04-01' });
  const table = page.getByRole('table', { name: 'Transactions' });
  await expect.poll(() => table.getByRole('row').count()).toBe(3);

  await seek(table, 'microsoft');
  await table.getByRole('row', { name: /MSFT/ }).waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(() => table.getByRole('row').count()).toBe(3);
  await settled(page);
  await page.getByLabel('to', { exact: true }).fill('2026-03-31');
  await expect.poll(() => table.getByRole('row').count()).toBe(2);
  await table.getByRole('row', { name: /AAPL/ }).waitFor();
  await settled(page);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(() => table.getByRole('row').count()).toBe(3);
  await settled(page);
  // 10 x 150 = 1,500 is more than 2 x 300 = 600.
  await table.getByRole('button', { name: 'Amount' }).click();
  await expect.poll(() => table.getByRole('row').nth(1).textContent()).toContain('1,500.00');
  await settled(page);

  await table.getByRole('button', { name: 'Take back: Buy MSFT' }).click();
  await page.getByText('Taken back.').waitFor();
  // What is pointed at stays until it was read.
  await page.getByRole('button', { name: 'Undo' }).hover();
  await expect.poll(() => table.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => table.getByRole('row').count()).toBe(3);

  await settled(page);
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('img', { name: /^Value from / }).waitFor();
  await page
    .getByRole('table', { name: 'Positions' })
    .getByRole('row', { name: /AAPL.*10/ })
    .waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('a slip of the pen is found, with what to do about it and the way there', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await register(page);
  await page.getByRole('link', { name: 'Data quality' }).click();
  await page.getByText('Nothing to mend').waitFor();
  await toTransactions(page);
  // Nothing was ever bought at a hundredth of its price: and it was recorded twice.
  await record(page, { symbol: 'AAPL', quantity: '10', price: '1.5', day: '2026-03-02' });
  await record(page, { symbol: 'AAPL', quantity: '10', price: '1.5', day: '2026-03-02' });
  await page.getByRole('link', { name: 'Data quality' }).click();
  const findings = page.locator('.quality-list li');
  await findings.filter({ hasText: 'Unlikely price' }).first().waitFor();
  await findings.filter({ hasText: 'Possible duplicate' }).first().waitFor();
  await findings.getByText('Remove one of them, unless you did trade the same twice.').first().waitFor();
  await settled(page);
  await page.getByRole('searchbox').fill('duplicate');
  await expect.poll(() => findings.count()).toBe(1);
  await page.waitForURL('**/quality?*search=duplicate*');
  await settled(page);
  await page.getByRole('link', { name: 'See the transactions of that day' }).click();
  await page.getByRole('table', { name: 'Transactions' }).getByRole('row', { name: /AAPL/ }).nth(1).waitFor();
  await context.close();
});
