import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser, PHONE } from '../stage/browser.ts';
import { newPerson } from '../stage/people.ts';
import { settled, visit } from '../stage/settled.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function problemsOf(page: Page): Promise<string[]> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()}: ${id} ${html.slice(0, 120)}`)),
    ...(sideways > 0 ? [`${page.url()} scrolls ${String(sideways)} px sideways`] : []),
  ];
}

test('in German, in the dark and on a phone: registering, a first purchase, and its figures', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'), {
    ...PHONE,
    locale: 'de-DE',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  });
  const person = newPerson();
  const problems: string[] = [];
  await page.goto('/register');
  await settled(page);
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.getByLabel('E-Mail-Adresse').fill(person.email);
  await page.getByLabel('Passwort', { exact: true }).fill(person.password);
  await page.locator('form button[type=submit]').tap();
  await page.waitForURL('**/home');
  expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toContain('dark');

  await page.getByRole('button', { name: 'Übungsdepot eröffnen' }).tap();
  await page.waitForURL('**/trade?portfolio=*');
  await page.getByLabel('Instrument', { exact: true }).fill('sap');
  await page.getByRole('option').filter({ hasText: 'SAP' }).first().tap();
  await page.getByRole('heading', { name: /SAP/ }).waitFor();
  await page.getByLabel('Stück', { exact: true }).fill('2,5');
  await page.getByText('Kaufe 2,5 Stück SAP SE zum Marktpreis.').first().waitFor();
  await page.getByRole('button', { name: 'Bargeld nach dem Auftrag' }).waitFor();
  problems.push(...(await problemsOf(page)));
  await page.getByRole('button', { name: 'Auftrag prüfen' }).tap();
  await page.getByRole('button', { name: 'Übungsauftrag erteilen: Kauf 2,5 SAP' }).tap();
  await page.getByText(/^2,5 SAP zu [\d,]+ EUR gekauft \(Übung\)\.$/).waitFor();

  await page.getByRole('navigation', { name: 'Hauptnavigation, kompakt' }).getByRole('link', { name: 'Depot' }).tap();
  await settled(page);
  await page.getByRole('link', { name: /Übung/ }).first().tap();
  const row = page.getByRole('table', { name: 'Positionen' }).getByRole('row', { name: /SAP/ });
  await row.waitFor();
  problems.push(...(await problemsOf(page)));
  await visit(page, '/instruments/SAP');
  await page.getByRole('button', { name: 'Geld', exact: true }).tap();
  await page.getByText('Das Meiste, was jetzt ein Käufer bietet: Dazu verkauft ein Marktauftrag.').waitFor();
  problems.push(...(await problemsOf(page)));
  expect(problems).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
