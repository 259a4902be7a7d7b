import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { chooseInstrument, openPracticePortfolio, placeOrder, register } from '../stage/people.ts';
import { settled } from '../stage/settled.ts';
import { stageServer, type StagedServer } from '../stage/server.ts';

/** This journey stops its server, so it has one of its own. */
let server: StagedServer;
let browser: Browser;
beforeAll(async () => {
  server = await stageServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.remove();
});

test('a lost connection is said, old figures stay, and all goes on by itself when the server is back', async () => {
  const { context, page } = await newVisitor(browser, server.url);
  await register(page);
  await openPracticePortfolio(page);
  await chooseInstrument(page, 'AAPL');
  const price = page.locator('.hero-figure');
  await price.waitFor();
  await page.getByText(/^Live · \d\d:\d\d:\d\d$/).waitFor();
  await page.evaluate(() => Object.assign(globalThis, { untouched: true }));

  await server.stop();
  await page.getByText('The live connection was lost. Reconnecting.').waitFor();
  await page.getByText(/^Reconnecting, figures from/).waitFor();
  await expect.poll(() => price.textContent()).toMatch(/\d/);

  await server.start();
  await page.getByText(/^Live · /).waitFor();
  await page.getByText('The live connection was lost. Reconnecting.').waitFor({ state: 'detached' });
  await settled(page);
  await page.getByLabel('Shares', { exact: true }).fill('2');
  await placeOrder(page);
  await page.getByText(/^Bought 2 AAPL/).waitFor();
  await page.getByRole('table', { name: 'Positions' }).getByRole('row', { name: /AAPL/ }).waitFor();
  expect(await page.evaluate(() => 'untouched' in globalThis)).toBe(true);
  await context.close();
});

test('without a network orders cannot be sent, and the page says why', async () => {
  const { context, page } = await newVisitor(browser, server.url);
  await register(page);
  await openPracticePortfolio(page);
  await chooseInstrument(page, 'AAPL');
  await page.getByLabel('Shares', { exact: true }).fill('2');
  await context.setOffline(true);
  await page.getByText('You are offline: orders can be placed again when the connection is back.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Review order' }).isDisabled()).toBe(true);
  await context.setOffline(false);
  await expect.poll(() => page.getByRole('button', { name: 'Review order' }).isEnabled()).toBe(true);
  await context.close();
});
