import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { chooseInstrument, openPracticePortfolio, placeOrder, register, signIn } from '../stage/people.ts';
import { ADMINISTRATOR } from '../stage/server.ts';
import { settled, visit } from '../stage/settled.ts';
import { violations } from '../stage/violations.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('no page and no layer has a violation in the light or the dark theme', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), { reducedMotion: 'reduce' });
  const found: string[] = [];
  const check = async (path: string, open?: () => Promise<unknown>): Promise<void> => {
    await visit(page, path);
    await open?.();
    if (open !== undefined) await settled(page);
    found.push(...(await violations(page, open === undefined ? path : `${path} with a layer`)));
  };
  for (const path of ['/', '/login', '/register']) await check(path);
  await check('/register', () => page.locator('form button[type=submit]').click());
  await register(page);
  await check('/home');
  const portfolio = await openPracticePortfolio(page);
  await chooseInstrument(page, 'AAPL');
  await page.getByLabel('Shares', { exact: true }).fill('5');
  await placeOrder(page);
  await page.getByText(/^Bought 5/).waitFor();

  const views = ['overview', 'positions', 'transactions', 'orders', 'settings'];
  for (const view of views) await check(`/portfolios/${portfolio}/${view}`);
  for (const path of [
    '/home',
    '/portfolios',
    '/portfolios/new',
    '/trade',
    '/markets',
    '/quality',
    '/settings',
    '/developers/stream',
    '/imports',
    '/nowhere',
  ]) {
    await check(path);
  }
  for (const kind of ['line', 'candles', 'table']) await check(`/instruments/AAPL?chart=${kind}`);
  await check('/trade?symbol=AAPL&side=buy&quantity=9000000', () => page.getByRole('button', { name: /^Use / }).waitFor());
  await check('/trade?symbol=AAPL&side=buy&quantity=1', async () => {
    await page.getByRole('button', { name: 'Review order' }).click();
    await page.getByRole('button', { name: /^Place paper order/ }).waitFor();
  });
  await check('/home', async () => {
    await page.keyboard.press('Control+k');
    await page.locator('dialog input').fill('a');
    await page.locator('dialog').getByRole('option').nth(3).waitFor();
  });
  await visit(page, '/home');
  await page.getByRole('button', { name: 'Account menu' }).click();
  found.push(...(await violations(page, 'the account menu', '.menu')));
  await check('/home', () => page.keyboard.press('?').then(() => page.locator('dialog').waitFor()));
  await check(`/portfolios/${portfolio}/overview`, () => page.getByRole('button', { name: 'Deposit' }).click());
  await check(`/portfolios/${portfolio}/settings`, () => page.getByRole('button', { name: 'Start again' }).click());
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
}, 400_000);

test('the page for imports has none either, and says by line what it did not take', async () => {
  const { context, page } = await newVisitor(browser, inject('url'), { reducedMotion: 'reduce' });
  await signIn(page, ADMINISTRATOR);
  await visit(page, '/imports');
  const header = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';
  const rows = ['JOURNEY.NSE,02/01/2025,09:15:01,100.5,100.4,10,100.6,12,0,0', 'JOURNEY.NSE,02/01/2025,09:15:02,n/a,100.4,10,100.6,12,0,0'];
  await page
    .getByLabel(/Choose a file/)
    .setInputFiles({ name: 'ticks.csv', mimeType: 'text/csv', buffer: Buffer.from([header, ...rows, ''].join('\n')) });
  await page.getByRole('button', { name: 'Upload and import' }).click();
  await page
    .getByRole('table', { name: 'Rows that were not taken' })
    .getByRole('row', { name: /3.*LTP/ })
    .waitFor();
  expect(await violations(page, '/imports')).toEqual([]);
  await context.close();
});
