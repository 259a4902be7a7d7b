import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { register } from '../stage/people.ts';
import { settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const symbolsOf = async (page: Page): Promise<string> => (await page.locator('tbody th .ticker').allTextContents()).join(' ');

test('a newcomer makes a watchlist, adds several at once, orders them by keys and pointer, and is told what the plan allows', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await page.getByRole('link', { name: 'Watchlists' }).first().click();
  await page.getByText('No watchlist yet').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Ideas');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**/watchlists/*');
  await settled(page);

  await page.getByLabel(/several symbols/).fill('AAPL, MSFT, KO, NOSUCH');
  await page.getByRole('button', { name: 'Add 4 instruments' }).click();
  await page.getByText('NOSUCH is not known').waitFor();
  await expect.poll(() => symbolsOf(page)).toBe('AAPL MSFT KO');
  await settled(page);

  await page.getByRole('button', { name: /^Move KO/ }).press('ArrowUp');
  await expect.poll(() => symbolsOf(page)).toBe('AAPL KO MSFT');
  // An order that is still being saved would come back and move the rows.
  await settled(page);
  const from = await page.getByRole('button', { name: /^Move MSFT/ }).boundingBox();
  const to = await page.getByRole('button', { name: /^Move AAPL/ }).boundingBox();
  if (from === null || to === null) throw new Error('a handle is not to be seen');
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 8, to.y + 8, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => symbolsOf(page)).toBe('MSFT AAPL KO');
  await settled(page);
  await page.reload();
  await expect.poll(() => symbolsOf(page)).toBe('MSFT AAPL KO');

  await settled(page);
  await page.getByRole('button', { name: 'Change AAPL' }).click();
  await page.getByLabel('Target price').fill('1000');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /AAPL.*1,000\.00/ }).waitFor();
  await settled(page);

  await page.getByRole('button', { name: 'New watchlist' }).click();
  await page.getByText('Your plan allows 1 watchlist and you have 1.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Change KO' }).click();
  await page.getByRole('button', { name: 'Remove from the list' }).click();
  // What is pointed at stays until it was read.
  await page.getByRole('button', { name: 'Undo' }).hover();
  await expect.poll(() => symbolsOf(page)).toBe('MSFT AAPL');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => symbolsOf(page)).toBe('MSFT AAPL KO');
  expect(faults).toEqual([]);
  await context.close();
});

test('the star on an instrument’s page makes the first list and takes off again', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await visit(page, '/instruments/AAPL');
  await page.getByRole('button', { name: 'Watch AAPL', exact: true }).click();
  await page.getByRole('button', { name: 'Stop watching AAPL' }).waitFor();
  await settled(page);
  await page.goto('/watchlists');
  await page.getByRole('heading', { name: 'My watchlist' }).waitFor();
  await expect.poll(() => symbolsOf(page)).toBe('AAPL');
  await visit(page, '/instruments/AAPL');
  await page.getByRole('button', { name: 'Stop watching AAPL' }).click();
  await page.getByRole('button', { name: 'Watch AAPL', exact: true }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('one alert about a whole watchlist: set from the list, said as a sentence, and it follows the list', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await page.getByRole('link', { name: 'Watchlists' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('Chips');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**/watchlists/*');
  await settled(page);
  await page.getByLabel(/several symbols/).fill('NVDA, AAPL');
  await page.getByRole('button', { name: 'Add 2 instruments' }).click();
  await expect.poll(() => symbolsOf(page)).toBe('NVDA AAPL');
  await settled(page);

  await page.getByRole('button', { name: 'New alert' }).click();
  const form = page.getByRole('dialog');
  await form.getByText(/Tell me each time when any instrument of “Chips” moves by 5.00% or more against the last close/).waitFor();
  await form.getByRole('button', { name: 'Set alert' }).click();
  await page.getByText('The alert is set.').waitFor();
  await page.goto('/alerts');
  await page.getByRole('button', { name: /any instrument of “Chips”/ }).click();
  await page.getByText('Of the list, 2 looked at, 0 answered, 0 paused.').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
