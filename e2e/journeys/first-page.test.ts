import { gzipSync } from 'node:zlib';
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

test('the first page costs at most 150 KB of script and 120 KB of fonts, and no chart library', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  const scripts: { url: string; body: Promise<Buffer> }[] = [];
  const fonts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push({ url: response.url(), body: response.body() });
    if (response.request().resourceType() === 'font') fonts.push(response.body());
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  await settled(page);
  const sizes = await Promise.all(
    scripts.map(async ({ url, body }) => ({ name: url.slice(url.lastIndexOf('/') + 1), size: gzipSync(await body, { level: 9 }).length })),
  );
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(150 * 1024);
  const texts = await Promise.all(scripts.map(async ({ body }) => (await body).toString('utf8')));
  expect(texts.filter((text) => /lightweight-charts|CandlestickSeries|chart\.js/i.test(text))).toEqual([]);
  const fontBytes = (await Promise.all(fonts)).reduce((sum, font) => sum + font.length, 0);
  expect(fontBytes).toBeLessThanOrEqual(120 * 1024);
  expect(faults).toEqual([]);
  await context.close();
});

test('in German no page shows the name of a missing text, and none of it is English', async () => {
  const { context, page } = await newVisitor(browser, inject('url'));
  await register(page);
  const portfolio = await openPracticePortfolio(page);
  await page.evaluate(() => {
    localStorage.setItem('holdfast.preferences', JSON.stringify({ language: 'de' }));
  });
  const found: string[] = [];
  const views = ['overview', 'transactions', 'orders', 'settings'].map((view) => `/portfolios/${portfolio}/${view}`);
  for (const path of [
    '/home',
    '/portfolios',
    '/portfolios/new',
    '/trade?symbol=AAPL',
    '/markets',
    '/instruments/AAPL',
    '/quality',
    '/settings',
    '/developers/stream',
    ...views,
  ]) {
    await visit(page, path);
    const text = await page.evaluate(() => document.body.innerText);
    found.push(
      ...(text.match(
        /\b(?:action|shell|nav|state|error|form|table|figure|auth|settings|portfolio|cash|summary|positions|allocation|transactions|trade|ticket|orders|markets|quote|chart|quality|monitor|method|methods|imports|keys|palette)\.[a-zA-Z.]+/g,
      ) ?? []),
    );
    found.push(
      ...(text.match(/\b(?:Portfolios|Markets|Settings|Cancel|Save|Loading|Shares|Review|the|your)\b/g) ?? []).map(
        (word) => `${path}: ${word}`,
      ),
    );
  }
  expect(found).toEqual([]);
  await context.close();
});
