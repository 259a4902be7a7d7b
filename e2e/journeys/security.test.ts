import { createHmac } from 'node:crypto';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newVisitor, openBrowser } from '../stage/browser.ts';
import { newPerson, register } from '../stage/people.ts';
import type { Person } from '../stage/people.ts';
import { visit } from '../stage/settled.ts';
import { violations } from '../stage/violations.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const submit = (page: Page) => page.locator('form button[type=submit]').click();

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
}

async function fillIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('E-mail address or user name').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await submit(page);
}

/** What an authenticator app shows: RFC 6238 with SHA-1, 30 seconds and six digits. `ahead` counts steps. */
function codeOf(secret: string, ahead = 0): string {
  const bits = [...secret].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = (hash.at(-1) ?? 0) & 0xf;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Chromium's own authenticator, which keeps passkeys and says that a finger was shown. */
async function withAuthenticator(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return session;
}

test('a second factor is set up by QR code, asked for at the next sign-in, and a recovery code stands in for it', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  const person = await register(page);
  await visit(page, '/settings/security');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('dialog').getByLabel('Present password', { exact: true }).fill(person.password);
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  const secret = (await page.locator('.secret-text').textContent()) ?? '';
  await page.getByLabel('Code from the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  await expect.poll(() => codes.count()).toBe(10);
  const recoveryCode = (await codes.first().textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept it safe' }).click();
  await page.getByText('10 recovery codes left').waitFor();

  await signOut(page);
  await fillIn(page, person);
  await page.getByLabel('Second factor').fill('a2222-2222222');
  await submit(page);
  await page.getByText('The code is wrong or was used already.').waitFor();
  // The code of this step was used up by the set-up.
  await page.getByLabel('Second factor').fill(codeOf(secret, 1));
  await submit(page);
  await page.waitForURL('**/home');
  await signOut(page);
  await fillIn(page, person);
  await page.getByLabel('Second factor').fill(recoveryCode);
  await submit(page);
  await page.waitForURL('**/home');
  expect(faults).toEqual([]);
  await context.close();
});

test('a passkey is added, signs in without a name, and is removed', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await withAuthenticator(page);
  const person = await register(page);
  await visit(page, '/settings/security');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Finger');
  await dialog.getByLabel('Present password', { exact: true }).fill(person.password);
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey was added.').waitFor();
  await page.getByText('Finger', { exact: true }).waitFor();

  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/home');

  await visit(page, '/settings/security');
  await page.getByRole('button', { name: 'Remove Finger' }).click();
  await dialog.getByLabel('Present password', { exact: true }).fill(person.password);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No passkeys yet').waitFor();
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('This passkey does not belong to an account here any more.').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('an API key is shown once and works until it is revoked', async () => {
  const { context, page, faults } = await newVisitor(browser, inject('url'));
  await register(page);
  await visit(page, '/settings/security');
  await page.getByRole('button', { name: 'New API key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Export');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = (await page.locator('code.secret-text').textContent()) ?? '';
  const ask = async () => (await fetch(`${inject('url')}/api/v1/portfolios`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'I have kept it safe' }).click();
  await expect.poll(() => page.getByText(key).count()).toBe(0);
  await page.getByRole('button', { name: 'Revoke Export' }).click();
  await page.getByText('No API keys yet').waitFor();
  expect(await ask()).toBe(401);
  expect(faults).toEqual([]);
  await context.close();
});

test('the pages around signing in have no violation and fit a telephone, in the light and the dark theme', async () => {
  const options = { reducedMotion: 'reduce', viewport: { width: 390, height: 844 }, locale: 'de-DE' } as const;
  const { context, page, faults } = await newVisitor(browser, inject('url'), options);
  const found: string[] = [];
  /** `part` narrows it to what is looked at: what the bars of the page half cover is no target until it is scrolled to. */
  const check = async (place: string, part = 'html'): Promise<void> => {
    found.push(...(await violations(page, place, part)));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 390) found.push(`${place}: ${String(width)} px wide`);
    const bare = await page.evaluate(() => document.body.innerText.match(/\b(?:auth|security|settings|action)\.[a-zA-Z.]+/g) ?? []);
    found.push(...bare.map((key) => `${place}: ${key}`));
  };
  for (const path of ['/login', '/forgot-password', '/reset-password#token=x', '/reset-password', '/verify-email#token=x']) {
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    await check(path);
  }
  await page.locator('form button[type=submit]').click();
  await page.getByText('Dieser Link wurde schon verwendet').waitFor();
  await check('/verify-email with an ended link');
  const person = newPerson();
  await page.goto('/register');
  await page.getByLabel('E-Mail-Adresse').fill(person.email);
  await page.getByLabel('Passwort', { exact: true }).fill(person.password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/home');
  await visit(page, '/settings/security');
  await check('/settings/security');
  for (const name of ['Neuer API-Schlüssel', 'Passkey hinzufügen', 'Adresse ändern', 'Endgültig löschen', 'Einschalten']) {
    await page.getByRole('button', { name }).first().click();
    await page.getByRole('dialog').waitFor();
    await check(name);
    if (name !== 'Einschalten') await page.keyboard.press('Escape');
  }
  await page.getByRole('dialog').locator('input').fill(person.password);
  await page.getByRole('dialog').getByRole('button', { name: 'Weiter' }).click();
  await page.getByRole('img', { name: /QR-Code/ }).waitFor();
  await check('QR code', '[aria-labelledby=totp]');
  await page.getByLabel('Code aus der App').fill(codeOf((await page.locator('.secret-text').textContent()) ?? ''));
  await page.getByRole('button', { name: 'Einschalten' }).click();
  await page.getByRole('list', { name: 'Wiederherstellungscodes' }).waitFor();
  await check('recovery codes', '[aria-labelledby=totp]');
  expect([...found, ...faults]).toEqual([]);
  await context.close();
});
