import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { openPracticePortfolio, placeOrder, register } from '../stage/people.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface Wish {
  readonly side: 'buy' | 'sell';
  readonly type: 'market' | 'limit' | 'stop' | 'stopLimit' | 'trailingStop';
  readonly shares: string;
  /** By the labels of the ticket. */
  readonly prices: Readonly<Record<string, string>>;
  /** What opens the fields for exits. */
  readonly exits?: string;
  /** What the sentence says of it. */
  readonly says?: string;
}

/** Writes the order into a fresh ticket, reads its sentence, and places it. */
async function place(page: Page, portfolio: string, { side, type, shares, prices, exits, says = '' }: Wish): Promise<void> {
  await page.goto(`/trade?portfolio=${portfolio}&symbol=AAPL&side=${side}`);
  await page.getByLabel('Order type').selectOption(type);
  await page.getByLabel('Shares', { exact: true }).fill(shares);
  if (exits !== undefined) await page.getByText(exits, { exact: true }).click();
  for (const [label, price] of Object.entries(prices)) await page.getByLabel(label).fill(price);
  await page.locator('.order-ticket .say').filter({ hasText: says }).waitFor();
  await placeOrder(page);
  await page.getByText(type === 'market' ? /^Bought \d+ AAPL/ : 'Placed. The order for AAPL waits for its price.').waitFor();
}

test('stop, stop limit, trailing stop, bracket and one-cancels-the-other: each is placed, and stands under open orders', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  const portfolio = await openPracticePortfolio(page);
  const send = (wish: Wish) => place(page, portfolio, wish);

  await send({ side: 'buy', type: 'market', shares: '10', prices: {} });
  // Far from the market on both sides, so that none of them fires meanwhile.
  await send({ side: 'buy', type: 'stop', shares: '1', prices: { 'Stop price': '900' }, says: 'once the last price rises to 900.00' });
  await send({ side: 'buy', type: 'stopLimit', shares: '1', prices: { 'Stop price': '901', 'Limit price': '950' } });
  await send({ side: 'sell', type: 'trailingStop', shares: '1', prices: { 'Follows at': '50' }, says: 'below its highest' });
  const pair = { 'Limit price': '800', 'Stop loss at': '2' };
  await send({ side: 'sell', type: 'limit', shares: '1', prices: pair, exits: 'Add a stop loss', says: 'one cancels the other' });
  const bracket = { 'Take profit at': '700', 'Stop loss at': '3' };
  await send({ side: 'buy', type: 'market', shares: '2', prices: bracket, exits: 'Protect what is bought' });

  await page.goto(`/portfolios/${portfolio}/orders`);
  const open = page.getByRole('table', { name: 'Open orders' });
  const row = (order: string, price: string) => open.getByRole('row').filter({ hasText: order }).filter({ hasText: price });
  await row('Buy · Stop', '900.00').waitFor();
  await row('Buy · Stop limit', '901.00').waitFor();
  await row('Sell · Trailing stop', 'Stop price').waitFor();
  await row('Sell · Limit', '800.00').waitFor();
  await row('Sell · Stop', '2.00').waitFor();
  await row('Sell · Limit', '700.00').waitFor();
  await row('Sell · Stop', '3.00').waitFor();

  // Cancelling one half leaves the other with all of it.
  await row('Sell · Limit', '800.00')
    .getByRole('button', { name: /^Cancel/ })
    .click();
  await row('Sell · Limit', '800.00').waitFor({ state: 'detached' });
  expect(await row('Sell · Stop', '2.00').count()).toBe(1);
  expect(faults).toEqual([]);
  await context.close();
});
