import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser, PHONE } from '../stage/browser.ts';
import { register } from '../stage/people.ts';
import { seek, settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const file = (name: string, content: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

test('papers are added, found, looked at, noted, renewed and removed for good; a page in disguise is refused', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await page.getByRole('link', { name: 'Documents' }).first().click();
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  await settled(page);
  await page.getByLabel('Tax year').first().fill('2025');
  await page
    .getByLabel('Choose files, or drop them here')
    .setInputFiles([
      file('certificate.txt', 'Paid in full.'),
      file('notes.txt', 'Remember.'),
      file('invoice.pdf', '<html><script>1</script></html>'),
    ]);
  await page.getByText('refused', { exact: true }).waitFor();
  const table = page.getByRole('table', { name: 'Documents' });
  await expect.poll(() => table.getByRole('row').count()).toBe(3);

  await settled(page);
  await seek(table, 'certif');
  await table.getByRole('button', { name: 'certificate.txt' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.frameLocator('iframe').getByText('Paid in full.').waitFor();
  await sheet.getByLabel('Name').fill('Bank certificate');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  await sheet.getByLabel('Add a newer version').setInputFiles(file('certificate-2.txt', 'Paid twice.'));
  await sheet.frameLocator('iframe').getByText('Paid twice.').waitFor();
  await settled(page);
  const download = page.waitForEvent('download');
  await sheet.getByRole('link', { name: /Version 1/ }).click();
  expect((await download).suggestedFilename()).toBe('certificate.txt');

  await sheet.getByRole('button', { name: 'Remove document' }).click();
  await sheet.getByLabel('Type Bank certificate to go on').fill('Bank certificate');
  await sheet.getByRole('button', { name: 'Remove for good' }).click();
  await page.getByText('No document fits').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('on a phone a paper is added, and nothing is wider than the screen', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), PHONE);
  await register(page);
  await visit(page, '/documents');
  await page.getByLabel('Choose files, or drop them here').setInputFiles(file('a.txt', 'A paper.'));
  await page.getByRole('button', { name: 'a.txt' }).waitFor();
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(faults).toEqual([]);
  await context.close();
});
