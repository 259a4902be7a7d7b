import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { openPracticePortfolio, register } from '../stage/people.ts';
import { settled } from '../stage/settled.ts';
import { stageServer, type StagedServer } from '../stage/server.ts';

/** This journey stops its server, so it has one of its own. */
let server: StagedServer;
let browser: Browser;
beforeAll(async () => {
  server = await stageServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.remove();
});

test('loaded anew without a server the app stands, with its last figures and their time; signed out, nothing is left', async () => {
  const { context, page } = await newVisitor(browser, server.url);
  await register(page);
  await openPracticePortfolio(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // Under the worker from the first request on, so that all of the page is kept.
  for (let visit = 0; visit < 2; visit += 1) {
    await page.goto('/home');
    await page.getByRole('link', { name: /Practice.*100,000\.00/ }).waitFor();
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  }
  await settled(page);

  await server.stop();
  await page.reload();
  await page.getByRole('link', { name: /Practice.*100,000\.00/ }).waitFor();
  await page.getByText(/Figures are from .*\d:\d\d/).waitFor();

  await server.start();
  await page.goto('/home');
  await page.getByRole('link', { name: /Practice.*100,000\.00/ }).waitFor();
  await settled(page);
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByText('Sign out').click();
  await page.waitForURL('**/login');
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).includes('holdfast-figures'))).toBe(false);
  await context.close();
});
