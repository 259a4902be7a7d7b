/**
 * Waits for pages that have come to rest. Whoever looks or clicks while something is still on its way sees what was there before, or
 * misses a row that moves.
 */
import type { Locator, Page, Request } from 'playwright-core';
import { expect } from 'vitest';

const underWay = new WeakMap<Page, Set<Request>>();

/** Keeps account of what a page asks for and has not got yet. A new document begins anew. */
export function watchRequests(page: Page): void {
  const requests = new Set<Request>();
  underWay.set(page, requests);
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) requests.clear();
    requests.add(request);
  });
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
}

/** Until the page has a heading, shows nothing as loading, is not on its way to another page, and has got all it asked for. */
export async function settled(page: Page): Promise<void> {
  await expect.poll(() => isSettled(page), { message: `${page.url()} never came to rest` }).toBe(true);
}

async function isSettled(page: Page): Promise<boolean> {
  const drawn = await page.evaluate(async () => {
    // What was decided before is drawn after two frames.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    return document.querySelector('h1') !== null && document.querySelector('[aria-busy=true], .refreshing') === null;
  });
  return drawn && (underWay.get(page)?.size ?? 0) === 0;
}

/** Goes to an address and waits until all of it is there. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

interface Sought {
  /** The field it is typed into, where the page has more than one. */
  readonly box?: Locator;
  readonly rows?: number;
}

/** Types into the search of a table and waits until only what fits is left, one row unless said otherwise. */
export async function seek(
  table: Locator,
  word: string,
  { box = table.page().getByRole('searchbox'), rows = 1 }: Sought = {},
): Promise<void> {
  await box.fill(word);
  await expect.poll(() => table.getByRole('row').count()).toBe(1 + rows);
  await settled(table.page());
}
