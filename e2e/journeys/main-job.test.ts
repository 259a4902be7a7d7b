import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { placeOrder, register } from '../stage/people.ts';
import { seek, settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The figures of the ticket as they stand together, in hundredths. */
async function ticketFigures(page: Page): Promise<ReadonlyMap<string, number>> {
  const rows = await page
    .locator('.order-ticket .fact')
    .evaluateAll((facts) =>
      facts.map((fact) => [fact.querySelector('dt button')?.textContent ?? '', fact.querySelector('dd .figure')?.textContent ?? '']),
    );
  return new Map(rows.map(([name = '', figure = '']) => [name, Math.round(Number(figure.replaceAll(/[^\d.]/g, '')) * 100)]));
}

test('from registering to a position: portfolio, market list, chart, preview, fill, cash', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);

  await page.getByRole('link', { name: 'New portfolio' }).click();
  await page.getByLabel('Name', { exact: true }).fill('First try');
  await page.getByLabel('Starting cash').fill('25000');
  await page.getByRole('button', { name: 'Open portfolio' }).click();
  await page.getByRole('heading', { level: 1, name: 'First try' }).waitFor();
  await page.getByText('25,000.00 USD').first().waitFor();

  await page.getByRole('link', { name: 'Markets', exact: true }).click();
  const instruments = page.getByRole('table', { name: 'Instruments' });
  const price = instruments.getByRole('row', { name: /AAPL/ }).getByRole('cell').nth(2);
  await price.getByText(/\d/).first().waitFor();
  // One price may stand still for a minute; of all on the page some move every second.
  const first = await instruments.textContent();
  await expect.poll(() => instruments.textContent()).not.toBe(first);
  await seek(instruments, 'apple');
  await page.waitForURL('**/markets?search=apple');
  await instruments.getByRole('link', { name: /AAPL/ }).click();

  await page.getByRole('heading', { level: 1, name: /Apple Inc\. AAPL/ }).waitFor();
  await page.locator('canvas').first().waitFor();
  await page.getByRole('img', { name: /^AAPL from .* first .* last / }).waitFor();
  await page.getByLabel('Shares', { exact: true }).fill('10');
  await page.getByRole('button', { name: 'Cash after this order' }).waitFor();
  await settled(page);
  const figures = await ticketFigures(page);
  expect(figures.get('Cash available')).toBe(2_500_000);
  // 10 shares at the price expected and no fee: what is left is what was there less that.
  expect(figures.get('Cash after this order')).toBe(2_500_000 - 10 * (figures.get('Price expected') ?? 0));

  await placeOrder(page);
  const said = await page.getByText(/^Bought 10 AAPL at [\d.]+ USD in practice\.$/).textContent();
  const paid = Math.round(Number(/at ([\d.]+) USD/.exec(said ?? '')?.[1]) * 100) * 10;
  await page.getByRole('heading', { name: 'Your position' }).waitFor();
  await expect.poll(async () => (await ticketFigures(page)).get('Cash available')).toBe(2_500_000 - paid);
  expect(faults).toEqual([]);
  await context.close();
});

test('every figure says how it is worked out, by pointer, key and finger', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await register(page);
  await visit(page, '/instruments/AAPL');
  const name = page.getByRole('button', { name: 'Volatility, yearly' });
  await name.waitFor();
  const method = 'Sample standard deviation of the daily returns of the last 30 days × √252.';
  expect(await name.getAttribute('title')).toBe(method);
  await expect.poll(() => page.getByText(method).isVisible()).toBe(false);
  await name.focus();
  await page.keyboard.press('Enter');
  await page.getByText(method).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByText(method).isVisible()).toBe(false);
  const bare = await page.locator('dl.facts dt:not(:has(button))').allTextContents();
  expect(bare).toEqual([]);

  await visit(page, '/markets');
  await page.getByText('How these figures are worked out').click();
  await page.getByText('Last price − previous close; the percentage is of the previous close.').waitFor();
  await context.close();
});

test('what is sought, filtered, sorted and turned to stands in the address, and comes back with it', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await register(page);
  await visit(page, '/markets');
  const instruments = page.getByRole('table', { name: 'Instruments' });
  await instruments.getByRole('row').nth(25).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL('**/markets?page=2');
  await page.getByText(/^26–50 of \d+$/).waitFor();
  await settled(page);
  await page.getByLabel('Class').selectOption('crypto');
  await page.waitForURL('**/markets?class=crypto');
  await settled(page);
  await page.getByRole('button', { name: 'Price' }).click();
  await page.waitForURL('**/markets?class=crypto&sort=-price');
  await expect.poll(() => instruments.getByRole('row').nth(1).textContent()).toContain('BTC');
  await settled(page);
  await page.reload();
  await expect.poll(() => instruments.getByRole('row').nth(1).textContent()).toContain('BTC');
  expect(await instruments.getByRole('columnheader', { name: 'Price' }).getAttribute('aria-sort')).toBe('descending');
  await settled(page);
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByText('No instrument fits').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await instruments.getByRole('row').nth(25).waitFor();
  await context.close();
});
