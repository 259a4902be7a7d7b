import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser, PHONE } from '../stage/browser.ts';
import { settled } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('from the first page to an account with years of history: one click, nothing typed', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await page.goto('/');
  await page.getByRole('button', { name: 'Try the demonstration' }).click();
  await page.waitForURL('**/home');
  await page.getByRole('link', { name: 'Practice' }).first().waitFor();
  await page.getByRole('heading', { name: 'Latest orders' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('the login page leads there as well, and on to where the visitor wanted to go', async () => {
  const { context, page } = await newVisitor(browser, inject('url'), PHONE);
  await page.goto('/markets');
  await page.waitForURL('**/login?next=*');
  await page.getByRole('button', { name: 'Try the demonstration' }).click();
  await page.waitForURL('**/markets');
  await page.getByRole('heading', { level: 1, name: 'Markets' }).waitFor();
  await context.close();
});

test('a server without a demonstration account shows no way to it', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await page.route('**/api/v1', (route) => route.fulfill({ json: { name: 'Holdfast', version: '0', demonstration: false, links: {} } }));
  await page.goto('/login');
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await settled(page);
  expect(await page.getByRole('button', { name: 'Try the demonstration' }).count()).toBe(0);
  await context.close();
});
