import { expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestAppOptions } from '../../testing/test-app.ts';

const NEW_PASSWORD = 'a sentence of its new owner';

async function open(settings: TestAppOptions['settings'] = {}) {
  const app = await startTestApp({ settings });
  onTestFinished(() => app.close());
  const enter = () => app.anonymous.post('auth/demonstration');
  const isOffered = async () => (await app.anonymous.get('')).as<{ demonstration: boolean }>().demonstration;
  return { app, enter, isOffered };
}

test('where there is no demonstration account, none is offered and nobody gets in', async () => {
  const { enter, isOffered } = await open();
  expect(await isOffered()).toBe(false);
  expect(await enter()).toMatchObject({ status: 404, code: 'not_found' });
});

test('where there is one, anybody signs in to it with one request: programs and browsers', async () => {
  const { app, enter, isOffered } = await open();
  const { email, userId } = await app.app.accounts.seedDemonstration([]);
  expect(await isOffered()).toBe(true);
  const opened = (await enter()).as<{ accessToken: string }>();
  expect((await app.as(opened).get('me')).body).toMatchObject({ id: userId, email, role: 'standard' });
  const browser = app.browser();
  expect((await browser.post('auth/demonstration')).status).toBe(200);
  expect((await browser.get('me')).body).toMatchObject({ id: userId });
});

test('whoever changes its password or erases it closes the door', async () => {
  const { app, enter } = await open();
  const { email, password, userId } = await app.app.accounts.seedDemonstration([]);
  const signedIn = (await enter()).as<{ accessToken: string }>();
  await app.as(signedIn).post('me/password', { currentPassword: password, newPassword: NEW_PASSWORD });
  expect(await enter()).toMatchObject({ status: 404, code: 'not_found' });
  expect((await app.anonymous.post('auth/login', { email, password: NEW_PASSWORD })).status).toBe(200);
  await app.db.deleteFrom('users').where('id', '=', userId).execute();
  expect(await enter()).toMatchObject({ status: 404, code: 'not_found' });
});

test('in production it stays closed, whatever was made before', async () => {
  const { app, enter, isOffered } = await open({
    NODE_ENV: 'production',
    SECRET_KEY: 'one-of-many-characters-0123456789-ABCDEFGHIJ',
    PUBLIC_URL: 'http://localhost',
  });
  await app.app.accounts.seedDemonstration([]);
  expect(await isOffered()).toBe(false);
  expect(await enter()).toMatchObject({ status: 404, code: 'not_found' });
});
