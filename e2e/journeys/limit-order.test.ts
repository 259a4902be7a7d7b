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

test('a limit order rests, sets its cash aside, and is cancelled', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await openPracticePortfolio(page);
  await chooseInstrument(page, 'AAPL');
  await page.getByLabel('Order type').selectOption('limit');
  await page.getByLabel('Shares', { exact: true }).fill('10');
  await page.getByLabel('Limit price').fill('1.00');
  await page
    .getByText(/so this will wait\.$/)
    .first()
    .waitFor();
  await placeOrder(page);
  await page.getByText('Placed. The order for AAPL waits for its price.').waitFor();

  const open = page.getByRole('table', { name: 'Open orders' });
  const row = open.getByRole('row', { name: /AAPL/ });
  await row.waitFor();
  await expect.poll(() => row.textContent()).toContain('waiting');
  // 10 x 1.00 set aside of 100,000.00
  await page.getByText('99,990.00 USD').first().waitFor();

  await row.getByRole('button', { name: 'Cancel: Buy 10 AAPL' }).click();
  await page.getByText('The order for AAPL is cancelled.').waitFor();
  await page.getByText('No open orders').waitFor();
  await page.getByText('100,000.00 USD').first().waitFor();
  await page
    .getByRole('table', { name: 'Filled and closed orders' })
    .getByRole('row', { name: /AAPL.*cancelled/ })
    .waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('an order beyond the cash is refused before it is sent, with the figures and a way out', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await register(page);
  await openPracticePortfolio(page);
  await chooseInstrument(page, 'AAPL');
  await page.getByLabel('Shares', { exact: true }).fill('1000000');
  await page.getByText(/^The order needs [\d,.]+\sUSD and the portfolio has 100,000\.00\sUSD free\.$/).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Review order' }).isDisabled()).toBe(true);
  // At a limit, so that what can be paid does not move with the market: 100,000.00 pays for 100,000 at 1.00.
  await page.getByLabel('Order type').selectOption('limit');
  await page.getByLabel('Limit price').fill('1.00');
  await page.getByText(/^The order needs 1,000,000\.00\sUSD and the portfolio has 100,000\.00\sUSD free\.$/).waitFor();
  await page.getByRole('button', { name: 'Use 100,000 shares' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Review order' }).isEnabled()).toBe(true);
  await placeOrder(page);
  await page.getByText('Placed. The order for AAPL waits for its price.').waitFor();
  await context.close();
});

test('the palette writes an order and the keyboard alone places it', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await register(page);
  await openPracticePortfolio(page);
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page
    .getByRole('link', { name: /Practice/ })
    .last()
    .waitFor();
  await settled(page);
  await page.keyboard.press('Control+k');
  await page.locator('dialog input').waitFor();
  await page.keyboard.type('buy 2 aapl 1');
  await page.getByRole('option', { name: /Buy 2 AAPL at 1\.00 or less/ }).waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByText(/^Buy 2 shares of Apple Inc\. at 1\.00 USD or less/)
    .first()
    .waitFor();
  await page.getByLabel('Limit price').press('Control+Enter');
  await page.getByRole('heading', { name: 'Is this right?' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Placed. The order for AAPL waits for its price.').waitFor();
  await context.close();
});
