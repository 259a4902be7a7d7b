import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { chooseInstrument, openPracticePortfolio, placeOrder, register } from '../stage/people.ts';
import { settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Somebody with 10 AAPL and much cash, on the allocation of their practice portfolio. */
async function openAllocation(page: Page): Promise<void> {
  await register(page);
  const portfolio = await openPracticePortfolio(page);
  await chooseInstrument(page, 'AAPL');
  await page.getByLabel('Shares', { exact: true }).fill('10');
  await placeOrder(page);
  await page.getByText(/^Bought 10/).waitFor();
  await visit(page, `/portfolios/${portfolio}/allocation?by=symbol`);
}

async function addTarget(page: Page, symbol: string, percent: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Add a part' }).fill(symbol);
  await page.getByRole('option').filter({ hasText: symbol }).first().click();
  await page.getByRole('dialog').getByLabel(symbol, { exact: true }).fill(percent);
}

test('from targets to drift, to trades with amounts, to the ticket; and back', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await openAllocation(page);
  await page.getByRole('button', { name: 'Set targets' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('AAPL', { exact: true }).fill('30');
  await addTarget(page, 'MSFT', '80');
  // More than the whole cannot be saved.
  await sheet.getByText('That is 10.00% more than the whole.').waitFor();
  await sheet.getByRole('button', { name: 'Save' }).click();
  expect(await sheet.isVisible()).toBe(true);
  await sheet.getByLabel('MSFT', { exact: true }).fill('20');
  await sheet.getByText('50.00% of the whole have no target.').waitFor();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await sheet.waitFor({ state: 'detached' });
  await settled(page);

  const targets = page.getByRole('table', { name: 'Targets and drift' });
  await targets.getByRole('row', { name: /^AAPL .*30\.0%/ }).waitFor();
  await targets.getByRole('row', { name: /^MSFT .*20\.0%.*−20\.0$/ }).waitFor();
  const trades = page.getByRole('table', { name: 'Trades that lead there' });
  await trades.getByRole('row', { name: /AAPL.*Buy/ }).waitFor();

  const waiting = page.waitForEvent('download');
  await page.getByRole('region', { name: 'Trades that lead there' }).getByRole('button', { name: 'CSV' }).click();
  const csv = await readFile(await (await waiting).path(), 'utf8');
  expect(csv.replace('\uFEFF', '').split('\r\n')[0]).toBe('side,symbol,name,quantity,price,currency,value,valueCurrency,key');
  expect(csv).toMatch(/\r\nbuy,MSFT,[^\r]*,USD,[\d.]+,USD,MSFT\r\n/);

  await trades.getByRole('link', { name: 'Open ticket: Buy MSFT' }).click();
  await page.waitForURL('**/trade?*symbol=MSFT*');
  await expect.poll(() => page.getByLabel('Shares', { exact: true }).inputValue()).toMatch(/^\d+$/);
  await settled(page);
  await page.goBack();
  await targets.waitFor();
  await settled(page);
  await page.getByRole('button', { name: 'Edit targets' }).click();
  await sheet.getByRole('button', { name: 'Remove these targets' }).click();
  await page.getByText('Targets removed.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await targets.getByRole('row', { name: /^MSFT .*20\.0%/ }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
