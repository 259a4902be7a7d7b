/** What every journey begins with: somebody who has an account, and money to practise with. */
import type { Page } from 'playwright-core';
import { settled } from './settled.ts';

let count = 0;

export interface Person {
  readonly email: string;
  readonly password: string;
}

/** A word that nobody else in the run uses: what a test leaves behind is not found by another one, nor by its own second try. */
export function newWord(): string {
  count += 1;
  return `${String(process.pid)}N${String(count)}`;
}

export function newPerson(): Person {
  const word = newWord();
  return { email: `person-${word.toLowerCase()}@example.com`, password: `a sentence of person ${word}` };
}

/** Through the form, as a newcomer does it. Ends on the home page, with all of it there. */
export async function register(page: Page, person: Person = newPerson()): Promise<Person> {
  await page.goto('/register');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/home');
  await settled(page);
  return person;
}

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail address or user name').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/home');
  await settled(page);
}

/** From the offer on the home page; ends on the trade page. Answers the portfolio's id. */
export async function openPracticePortfolio(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Open practice portfolio' }).click();
  await page.waitForURL('**/trade?portfolio=*');
  const id = new URL(page.url()).searchParams.get('portfolio');
  if (id === null) throw new Error('the address names no portfolio');
  await page.getByLabel('Instrument', { exact: true }).waitFor();
  return id;
}

/** Chooses an instrument in the search beside the ticket. */
export async function chooseInstrument(page: Page, symbol: string): Promise<void> {
  await page.getByLabel('Instrument', { exact: true }).fill(symbol);
  await page.getByRole('option').filter({ hasText: symbol }).first().click();
  await page.getByRole('heading', { name: symbol }).waitFor();
  await settled(page);
}

/** Reviews and places what stands in the ticket. */
export async function placeOrder(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review order' }).click();
  await page.getByRole('button', { name: /^Place paper order/ }).click();
}
