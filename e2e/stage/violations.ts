/** What axe finds in a page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { settled } from './settled.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colours: all that can differ between two themes of the same page. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * The violations of a page at rest, in the light theme and in the dark one, each with its place. `part` narrows it to a menu that lies over
 * the page: what it half covers is no target while it is open. For visitors with reduced motion, so that nothing is judged while it fades.
 */
export async function violations(page: Page, place: string, part = 'html'): Promise<string[]> {
  await settled(page);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await found(new AxeBuilder({ page }).include(part).withTags(TAGS), place);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  return [...light, ...(await found(new AxeBuilder({ page }).include(part).withRules(COLOURS), `${place}, dark`))];
}

async function found(axe: AxeBuilder, place: string): Promise<string[]> {
  const answer = await axe.analyze();
  return answer.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${place}: ${id} ${target.join(' ')} ${html.slice(0, 160)}`),
  );
}
