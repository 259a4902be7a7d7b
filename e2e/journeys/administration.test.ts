import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { newPerson, register, signIn } from '../stage/people.ts';
import { ADMINISTRATOR } from '../stage/server.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function open(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Parts of the administration' }).getByRole('link', { name: view }).click();
  await page.getByRole('heading', { name: view, level: 2 }).first().waitFor();
}

test('whoever is no administrator is told so', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await page.goto('/admin/');
  await page.getByText('This is for administrators').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('an administrator finds a user and signs them out, renames an instrument, and sees both in the audit log', async () => {
  const user = newPerson();
  const visitor = await newVisitor(browser, inject('url'));
  await register(visitor.page, user);
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await signIn(page, ADMINISTRATOR);
  await page.goto('/admin/');
  const users = page.getByRole('table', { name: 'Users' });
  await page.getByRole('searchbox').fill(user.email);
  await expect.poll(() => users.getByRole('row').count()).toBe(2);
  await users.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText(`${user.email} was changed`).waitFor();
  // At once: whatever the user does next leads to the sign-in.
  await visitor.page.reload();
  await visitor.page.waitForURL('**/login*');
  await users.getByRole('button', { name: 'Reactivate' }).click();
  await users.getByRole('button', { name: 'Deactivate' }).waitFor();

  await open(page, 'Instruments');
  await page.getByRole('searchbox').fill('WMT');
  const row = page.getByRole('row', { name: /WMT/ }).first();
  await row.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByLabel('Sector').fill('Gardening');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /WMT.*Gardening/ }).waitFor();

  await open(page, 'Audit log');
  await page.getByRole('searchbox', { name: /^Action/ }).fill('instrument.updated');
  await expect.poll(() => page.getByRole('table', { name: 'Audit log' }).getByRole('row').count()).toBe(2);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('audit.csv');
  expect(faults).toEqual([...visitor.faults]);
  await context.close();
  await visitor.context.close();
});

test('prices, notifications, providers, jobs and the system can be looked at, and everybody is told something', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await signIn(page, ADMINISTRATOR);
  await page.goto('/admin/announcements');
  await page.getByLabel('Title in English').fill('Closed on Sunday');
  await page.getByLabel('Title in German').fill('Am Sonntag geschlossen');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('row', { name: /Closed on Sunday.*told/ }).waitFor();
  await open(page, 'Notifications');
  await page
    .getByRole('row', { name: /Announcement/ })
    .first()
    .waitFor();
  for (const view of ['Prices', 'Providers', 'Jobs']) await open(page, view);
  await page.getByRole('navigation', { name: 'Parts of the administration' }).getByRole('link', { name: 'System' }).click();
  await page.getByText('PostgreSQL').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
