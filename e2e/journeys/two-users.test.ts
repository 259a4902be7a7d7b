import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { openPracticePortfolio, register } from '../stage/people.ts';
import { settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('two users never see each other’s portfolios, by list, address, API or stream', async () => {
  const ada = await newVisitor(browser, inject('url'));
  const ben = await newVisitor(browser, inject('url'));
  await register(ada.page);
  const portfolio = await openPracticePortfolio(ada.page);
  await visit(ada.page, `/portfolios/${portfolio}/settings`);
  await ada.page.getByLabel('Name', { exact: true }).fill('Ada’s own');
  await ada.page.getByRole('button', { name: 'Save' }).first().click();
  await ada.page.getByText('Saved').waitFor();

  await register(ben.page);
  await ben.page.goto('/portfolios');
  await ben.page.getByRole('heading', { level: 1, name: 'Portfolios' }).waitFor();
  await ben.page.getByText('My portfolio').first().waitFor();
  await settled(ben.page);
  expect(await ben.page.getByText('Ada’s own').count()).toBe(0);

  await ben.page.goto(`/portfolios/${portfolio}/overview`);
  await ben.page.getByText('It does not exist, or it is not yours.').waitFor();
  for (const path of ['', '/summary', '/positions', '/transactions', '/orders', '/allocation']) {
    const answer = await ben.page.request.get(`/api/v1/portfolios/${portfolio}${path}`);
    expect([path, answer.status()]).toEqual([path, 404]);
  }

  await visit(ben.page, '/developers/stream');
  await ben.page.getByLabel('Channel', { exact: true }).fill(`portfolio:${portfolio}`);
  await ben.page.getByRole('button', { name: 'Listen', exact: true }).click();
  await ben.page.getByRole('listitem').filter({ hasText: 'error' }).filter({ hasText: 'not_found' }).waitFor();
  await Promise.all([ada.context.close(), ben.context.close()]);
});

test('signing out leads out, and the pages behind the sign-in are closed', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  const person = await register(page);
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await page.goto('/markets');
  await page.waitForURL('**/login?next=*');
  await page.getByLabel('E-mail address or user name').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.locator('form button[type=submit]').click();
  await page.getByText('E-mail address or password is wrong.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('heading', { level: 1, name: 'Markets' }).waitFor();
  await context.close();
});
