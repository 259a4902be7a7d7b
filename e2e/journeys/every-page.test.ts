import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser, PHONE } from '../stage/browser.ts';
import { addressesOf, forgottenRoutes, routePaths, type Belongings, type Visitor } from '../stage/every-address.ts';
import { signIn } from '../stage/people.ts';
import { ADMINISTRATOR } from '../stage/server.ts';
import { visit } from '../stage/settled.ts';
import { violations } from '../stage/violations.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const NOBODY: Belongings = { tracked: '', paper: '', watchlist: '' };

test('every route of the app has an address that is visited here', () => {
  expect(routePaths().length).toBeGreaterThan(30);
  expect(forgottenRoutes()).toEqual([]);
});

/** Becomes the visitor; answers what belongs to them. */
async function become(page: Page, visitor: Visitor): Promise<Belongings> {
  if (visitor === 'guest') return NOBODY;
  if (visitor === 'administrator') {
    await signIn(page, ADMINISTRATOR);
    return NOBODY;
  }
  await page.goto('/login');
  await page.getByRole('button', { name: 'Try the demonstration' }).click();
  await page.waitForURL('**/home');
  return page.evaluate(async () => {
    const list = async (path: string) =>
      ((await (await fetch(`/api/v1/${path}`)).json()) as { items: { id: string; kind?: string }[] }).items;
    const [portfolios, watchlists] = [await list('portfolios'), await list('watchlists')];
    const of = (kind: string) => portfolios.find((portfolio) => portfolio.kind === kind)?.id ?? '';
    return { tracked: of('tracked'), paper: of('paper'), watchlist: watchlists[0]?.id ?? '' };
  });
}

const VISITORS = ['guest', 'member', 'administrator'] as const;
test.each(VISITORS)(
  'no page of a %s has a violation, in the light theme or the dark one',
  async (visitor) => {
    const { context, page, faults } = await newVisitor(browser, inject('url'), { reducedMotion: 'reduce' });
    const found: string[] = [];
    for (const path of addressesOf(visitor, await become(page, visitor))) {
      await visit(page, path);
      found.push(...(await violations(page, path)));
    }
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  },
  600_000,
);

test.each(VISITORS)(
  'no page of a %s scrolls sideways on a phone, and what is chosen among tabs is in view',
  async (visitor) => {
    const { context, page } = await newVisitor(browser, inject('url'), { ...PHONE, reducedMotion: 'reduce' });
    const wrong: string[] = [];
    for (const path of addressesOf(visitor, await become(page, visitor))) {
      await visit(page, path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) wrong.push(`${path} is ${String(wide)} pixels too wide`);
      const chosen = page.locator('main nav [aria-current=page], main [role=tab][aria-selected=true]').first();
      if ((await chosen.count()) === 0) continue;
      const box = await chosen.boundingBox();
      if (box === null || box.x < 0 || box.x + box.width > 391) wrong.push(`${path} hides the chosen tab`);
    }
    expect(wrong).toEqual([]);
    await context.close();
  },
  600_000,
);
