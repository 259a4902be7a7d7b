import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { register } from '../stage/people.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('the stream monitor shows the frames of the channels one listens to', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await page.goto('/developers/stream');
  await page.getByLabel('Channel', { exact: true }).fill('quotes:MSFT');
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  await page
    .getByText(/"channel":"quotes:MSFT"/)
    .first()
    .waitFor();
  await page
    .getByText(/"symbol":"MSFT"/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
