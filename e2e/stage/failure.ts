/** What a journey saw when it failed: without it a failure on another machine is a riddle. */
import type { BrowserContext, Page } from 'playwright-core';

const MOST_TEXT = 3_000;
const MOST_NOTES = 30;
const PATIENCE = { timeout: 5_000 };

/** What went wrong without being a fault: refused and failed requests, and what the console called an error. */
export function takeNotes(context: BrowserContext): readonly string[] {
  const notes: string[] = [];
  const note = (text: string): void => {
    notes.push(text);
    if (notes.length > MOST_NOTES) notes.shift();
  };
  context.on('response', (response) => {
    if (response.status() >= 400) note(`${String(response.status())} ${response.request().method()} ${response.url()}`);
  });
  context.on('requestfailed', (request) => {
    note(`${request.failure()?.errorText ?? 'failed'} ${request.method()} ${request.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(`console: ${message.text()}`);
  });
  return notes;
}

/** Address, focus and visible words of every page of a visitor, with what was noted. */
export async function describeVisitor(
  context: BrowserContext,
  { faults, notes }: { readonly faults: readonly string[]; readonly notes: readonly string[] },
): Promise<string> {
  const pages = await Promise.all(context.pages().map(describePage));
  return [...pages, listed('faults', faults), listed('notes', notes)].join('\n');
}

async function describePage(page: Page): Promise<string> {
  const words = await Promise.all([textOf(page, 'main, #root'), textOf(page, 'dialog[open]'), textOf(page, '.toasts'), focusOf(page)]);
  const [main, dialog, toasts, focus] = words;
  return `--- ${page.url()}\nfocus: ${focus}\nmain: ${main}\ndialog: ${dialog}\ntoasts: ${toasts}`;
}

async function textOf(page: Page, selector: string): Promise<string> {
  const part = page.locator(selector).last();
  try {
    return (await part.count()) === 0 ? 'none' : (await part.innerText(PATIENCE)).replaceAll(/\s*\n\s*/g, ' | ').slice(0, MOST_TEXT);
  } catch (error) {
    return `cannot be read: ${String(error).slice(0, 200)}`;
  }
}

async function focusOf(page: Page): Promise<string> {
  try {
    return await page
      .locator(':focus')
      .first()
      .evaluate((element) => element.outerHTML.slice(0, 200), undefined, PATIENCE);
  } catch {
    return 'nowhere';
  }
}

function listed(name: string, lines: readonly string[]): string {
  return `${name}: ${lines.length === 0 ? 'none' : lines.join('\n  ')}`;
}
