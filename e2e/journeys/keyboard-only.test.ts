import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { newPerson } from '../stage/people.ts';
import { settled } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Presses Tab until the element with this name has focus: what cannot be reached so is a trap or a hole. What has still to load would be passed over. */
async function tabTo(page: Page, name: RegExp, kind = '*'): Promise<void> {
  await settled(page);
  for (let press = 0; press < 120; press += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate((selector) => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || !element.matches(selector)) return '';
      const label = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0]?.textContent : null;
      return (label ?? element.getAttribute('aria-label') ?? element.textContent).trim();
    }, kind);
    if (name.test(focused)) return;
  }
  throw new Error(`Tab never reached ${String(name)}`);
}

async function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element !== null && Number.parseInt(getComputedStyle(element).outlineWidth, 10) >= 2;
  });
}

test('from the first page to a filled order and its explanation without a pointer', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  const { email, password } = newPerson();
  await page.goto('/');
  await tabTo(page, /^(Start|Create|Register|Try|Open).*/i);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/register');
  await tabTo(page, /^E-mail address/);
  await page.keyboard.type(email);
  await tabTo(page, /^Password/);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');

  await tabTo(page, /^Open practice portfolio$/);
  expect(await focusIsVisible(page)).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/trade?portfolio=*');

  // The palette takes a sentence, and leads to the ticket with everything filled in.
  await page.keyboard.press('Control+k');
  await page.locator('dialog input').waitFor();
  await page.keyboard.type('buy 3 aapl');
  await page.getByRole('option', { name: /Buy 3 AAPL/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/trade?*symbol=AAPL*');
  await page.getByRole('button', { name: 'Review order' }).waitFor();
  await tabTo(page, /^Review order$/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Place paper order/ }).waitFor();
  await tabTo(page, /^Place paper order/);
  await page.keyboard.press('Enter');
  await page.getByText(/^Bought 3 AAPL/).waitFor();

  // To the portfolio, to its value, and from the value down to what it is made of; Escape gives the focus back.
  await expect
    .poll(async () => {
      // A machine that takes more than a second between the two keys has typed no sequence.
      await page.keyboard.press('g');
      await page.keyboard.press('h');
      return new URL(page.url()).pathname;
    })
    .toBe('/home');
  await page.locator('main a[href$="/overview"]').first().waitFor();
  await tabTo(page, /^Practice/, 'main a[href$="/overview"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/overview');
  await page.getByRole('heading', { level: 1, name: 'Practice' }).waitFor();
  await page.getByRole('table', { name: 'Positions' }).waitFor();
  await tabTo(page, /^\$/, 'main .explained-figure');
  expect(await focusIsVisible(page)).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL('**explain=totalValue');
  // The page below the sheet has figures of the same names.
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: /^Value of holdings/ }).waitFor();
  await tabTo(page, /^\+?Value of holdings/, 'dialog button');
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: /AAPL/ }).waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await expect.poll(() => new URL(page.url()).searchParams.has('explain')).toBe(false);

  // A chart is walked with the arrow keys.
  await page.goto('/instruments/AAPL');
  const chart = page.locator('.price-chart .plot');
  await chart.waitFor();
  await settled(page);
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText(/close [\d.,]+ · volume/).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
