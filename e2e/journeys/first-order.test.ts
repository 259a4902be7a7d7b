import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { chooseInstrument, openPracticePortfolio, placeOrder, register } from '../stage/people.ts';
import { settled } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('a newcomer registers and gets a first paper order filled; another tab changes without being loaded again', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  const portfolio = await openPracticePortfolio(page);

  const other = await context.newPage();
  await other.goto(`/portfolios/${portfolio}/overview`);
  await other.getByText('Nothing held yet').waitFor();
  await other.getByText('100,000.00 USD').first().waitFor();
  await other.evaluate(() => Object.assign(globalThis, { untouched: true }));

  await chooseInstrument(page, 'AAPL');
  await page.getByLabel('Shares', { exact: true }).fill('10');
  await page.getByText('Buy 10 shares of Apple Inc. at the market price.').first().waitFor();
  await placeOrder(page);
  await page.getByText(/^Bought 10 AAPL at [\d.]+ USD in practice\.$/).waitFor();

  const positions = page.getByRole('table', { name: 'Positions' });
  await positions.getByRole('row', { name: /AAPL/ }).waitFor();
  await page
    .getByRole('table', { name: 'Filled and closed orders' })
    .getByRole('row', { name: /AAPL.*filled/ })
    .waitFor();

  await other
    .getByRole('table', { name: 'Positions' })
    .getByRole('row', { name: /AAPL.*10/ })
    .waitFor();
  await expect.poll(() => other.getByText('100,000.00 USD').count()).toBe(0);
  await other.getByRole('navigation', { name: 'Views of the portfolio' }).getByRole('link', { name: 'Transactions' }).click();
  const transactions = other.getByRole('table', { name: 'Transactions' });
  await transactions.getByRole('row', { name: /AAPL.*Buy/ }).waitFor();
  await transactions.getByRole('row', { name: /Deposit.*100,000\.00/ }).waitFor();
  expect(await other.evaluate(() => 'untouched' in globalThis)).toBe(true);
  expect(faults).toEqual([]);
  await context.close();
});

test('what is bought can be sold from the instrument’s page, and the cash comes back', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await openPracticePortfolio(page);
  await chooseInstrument(page, 'MSFT');
  await page.getByLabel('Shares', { exact: true }).fill('3');
  await placeOrder(page);
  await page.getByText(/^Bought 3 MSFT/).waitFor();

  await page.getByRole('link', { name: 'Chart and figures' }).click();
  await page.getByRole('heading', { level: 1, name: /MSFT/ }).waitFor();
  await page.locator('canvas').first().waitFor();
  await settled(page);
  await page.getByRole('button', { name: 'Sell', exact: true }).first().click();
  await page.getByRole('button', { name: '100 %' }).click();
  await page.getByText('Sell 3 shares of Microsoft Corporation at the market price.').first().waitFor();
  await placeOrder(page);
  await page.getByText(/^Sold 3 MSFT/).waitFor();
  await expect.poll(() => page.getByRole('heading', { name: 'Your position' }).count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});
