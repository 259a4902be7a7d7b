import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { newPerson, newWord, register, signIn } from '../stage/people.ts';
import { ADMINISTRATOR } from '../stage/server.ts';
import { seek, settled } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function open(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Parts of the administration' }).getByRole('link', { name: view }).click();
  await page.getByRole('heading', { name: view, level: 2 }).first().waitFor();
  await settled(page);
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
  await seek(users, user.email);
  await users.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText(`${user.email} was changed`).waitFor();
  // At once: whatever the user does next leads to the sign-in.
  await visitor.page.reload();
  await visitor.page.waitForURL('**/login*');
  await users.getByRole('button', { name: 'Reactivate' }).click();
  await users.getByRole('button', { name: 'Deactivate' }).waitFor();

  await open(page, 'Instruments');
  const instruments = page.getByRole('table', { name: 'Instruments' });
  await seek(instruments, 'WMT');
  const row = instruments.getByRole('row', { name: /WMT/ });
  const sector = `Gardening ${newWord()}`;
  await row.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByLabel('Sector').fill(sector);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await instruments.getByRole('row', { name: new RegExp(`WMT.*${sector}`) }).waitFor();

  await open(page, 'Audit log');
  await page.getByRole('searchbox', { name: /^Action/ }).fill('instrument.updated');
  const audit = page.getByRole('table', { name: 'Audit log' });
  await expect
    .poll(async () => (await audit.getByRole('row').allTextContents()).slice(1).every((text) => text.includes('instrument.updated')))
    .toBe(true);
  await audit
    .getByRole('row', { name: /instrument\.updated/ })
    .first()
    .waitFor();
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
  const title = `Closed on Sunday ${newWord()}`;
  await page.getByLabel('Title in English').fill(title);
  await page.getByLabel('Title in German').fill('Am Sonntag geschlossen');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('row', { name: new RegExp(`${title}.*told`) }).waitFor();
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
