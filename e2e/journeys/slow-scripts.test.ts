/** What somebody does while the script of the next page or layer is still on its way. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { holdBack } from '../stage/hold-back.ts';
import { openPracticePortfolio, register } from '../stage/people.ts';
import { settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A service worker would ask in the page's place, and could not be held back. */
const BARE = { serviceWorkers: 'block' } as const;

test('a link that is followed while a search still settles leads where it says', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), BARE);
  await register(page);
  await page.clock.install();
  await visit(page, '/markets');
  const script = await holdBack(context, '**/instrument-page*.js');
  await page.getByRole('searchbox').fill('apple');
  await page.getByRole('table', { name: 'Instruments' }).getByRole('link', { name: /AAPL/ }).click();
  await script.asked;
  // Longer than the pause after which a search changes the address.
  await page.clock.runFor(1_000);
  script.letGo();
  await page.getByRole('heading', { level: 1, name: /AAPL/ }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('the explanation of a figure opens before it is there, and keys stay in it', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), BARE);
  await register(page);
  const portfolio = await openPracticePortfolio(page);
  await visit(page, `/portfolios/${portfolio}/overview`);
  const script = await holdBack(context, '**/explanation*.js');
  await page.locator('.explained-figure').filter({ hasText: '$' }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.locator('[aria-busy=true]').waitFor();
  await script.asked;
  await page.keyboard.press('Tab');
  script.letGo();
  await sheet.getByRole('button', { name: /^Value of holdings/ }).click();
  await sheet.getByRole('button', { name: 'Back to Total value' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('signing out leads to the sign-in, and from there home', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), BARE);
  const { email, password } = await register(page);
  const script = await holdBack(context, '**/login-page*.js');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await script.asked;
  script.letGo();
  await page.getByLabel('E-mail address or user name').fill(email);
  expect(new URL(page.url()).search).toBe('');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/home');
  await settled(page);
  expect(faults).toEqual([]);
  await context.close();
});
