import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser, PHONE, SMALL_PHONE } from '../stage/browser.ts';
import { openPracticePortfolio, placeOrder, register } from '../stage/people.ts';
import { seek, settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Buttons, links and fields that a finger would miss: below 24 pixels in either direction. Links inside sentences are exempt (WCAG 2.5.8). */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = [
      ...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio]):not([type=checkbox]), nav a, a.button, a.symbol'),
    ];
    return targets
      .filter((target) => target.checkVisibility() && !target.classList.contains('sr-only'))
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ target, box }) => `${target.outerHTML.slice(0, 120)} ${String(Math.round(box.width))}x${String(Math.round(box.height))}`);
  });
}

test('on a phone a newcomer buys from the instrument’s page, and sees value and change of the position', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), PHONE);
  await register(page);
  await openPracticePortfolio(page);
  await page.getByRole('navigation', { name: 'Main, compact' }).getByRole('link', { name: 'Markets' }).tap();
  const instruments = page.getByRole('table', { name: 'Instruments' });
  await seek(instruments, 'apple');
  await instruments.getByRole('link', { name: /AAPL/ }).tap();
  await page.getByRole('heading', { level: 1, name: /AAPL/ }).waitFor();
  await settled(page);
  await page.locator('.deal-bar').getByRole('button', { name: 'Buy' }).tap();
  await page.getByLabel('Shares', { exact: true }).fill('4');
  await placeOrder(page);
  await page.getByText(/^Bought 4 AAPL/).waitFor();
  await page.getByRole('navigation', { name: 'Main, compact' }).getByRole('link', { name: 'Portfolio' }).tap();
  await settled(page);
  await page.getByRole('link', { name: /Practice/ }).tap();
  const row = page.getByRole('table', { name: 'Positions' }).getByRole('row', { name: /AAPL/ });
  await row.waitFor();
  await expect.poll(() => row.locator('.change:visible').count()).toBe(1);
  await row.locator('.figure:visible').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test.each([
  ['390', PHONE],
  ['320', SMALL_PHONE],
])('at %s pixels no page scrolls sideways and no target is too small', async (_width, device) => {
  const { context, page } = await newVisitor(browser, inject('url'), device);
  const problems: string[] = [];
  const check = async (path: string): Promise<void> => {
    await visit(page, path);
    const over = await sidewaysScroll(page);
    if (over > 0) problems.push(`${path} scrolls ${String(over)} px sideways`);
    problems.push(...(await smallTargets(page)).map((target) => `${path}: ${target}`));
  };
  for (const path of ['/', '/login', '/register']) await check(path);
  await register(page);
  const portfolio = await openPracticePortfolio(page);
  const paths = ['overview', 'positions', 'transactions', 'orders', 'settings'].map((view) => `/portfolios/${portfolio}/${view}`);
  const rest = [
    '/home',
    '/portfolios',
    '/portfolios/new',
    '/trade?symbol=AAPL&quantity=1',
    '/markets',
    '/instruments/AAPL',
    '/quality',
    '/settings',
  ];
  for (const path of [...rest, ...paths, '/developers/stream', '/imports', '/nowhere']) await check(path);
  expect(problems).toEqual([]);
  await context.close();
});
