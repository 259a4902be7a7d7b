/** A browser, and pages that remember what went wrong in them. */
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { describeVisitor, takeNotes } from './failure.ts';
import { watchRequests } from './settled.ts';

/** `CHROMIUM_PATH` where it has another name. */
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Breaches of the content security policy, uncaught errors and failed requests to other hosts, of all pages of this visitor. */
  readonly faults: string[];
}

/**
 * Somebody new: no cookies, an English browser of 1440 x 900 unless said otherwise. Leaves with the end of the test, and says what they saw
 * where it failed.
 */
export async function newVisitor(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-US', viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(60_000);
  const faults: string[] = [];
  context.on('page', (page) => {
    watch(page, faults);
    watchRequests(page);
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) faults.push(`asked another host: ${request.url()}`);
  });
  const notes = takeNotes(context);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') {
      const reason = task.result.errors?.at(-1)?.message ?? 'failed';
      console.error(`${task.name}: ${reason}\n${await describeVisitor(context, { faults, notes })}`);
    }
    await context.close();
  });
  return { context, page: await context.newPage(), faults };
}

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
}

/** What sets phones apart for the app: width, touch, and a pointer that is a finger. */
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const SMALL_PHONE: BrowserContextOptions = { ...PHONE, viewport: { width: 320, height: 640 } };
