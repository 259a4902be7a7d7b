import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser, PHONE } from '../stage/browser.ts';
import { settled } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test.each([
  ['a wide screen', {}],
  ['a phone', PHONE],
])('on %s the first page stands still while its prices come: a cumulative layout shift of 0.02 at most', async (_name, device) => {
  const { context, page } = await newVisitor(browser, inject('url'), device);
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(String((entry as unknown as { value: number }).value));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/');
  await page.locator('.market-strip .card svg').nth(5).waitFor({ state: 'attached' });
  await settled(page);
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
  expect(shifts.reduce((sum, shift) => sum + Number(shift), 0)).toBeLessThanOrEqual(0.02);
  await context.close();
});
