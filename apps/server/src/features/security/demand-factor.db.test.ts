import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ settings: { ADMIN_SECOND_FACTOR: 'on' } });
});
afterAll(() => app.close());

const enrol = async (user: TestUser): Promise<void> => {
  const { secret } = (await app.as(user).post('me/mfa/totp', { password: user.password })).as<{ secret: string }>();
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.now() });
  expect((await app.as(user).post('me/mfa/totp/confirm', { code })).status).toBe(200);
};

test('an administrator without a second factor is told how to set one up, and is an administrator as soon as it is', async () => {
  const root = await app.user('root', 'admin');
  const refused = await app.as(root).get('admin/users');
  expect([refused.status, refused.code]).toEqual([403, 'forbidden']);
  expect(refused.as<{ detail: string }>().detail).toMatch(/second factor .* Settings › Security/);
  // What an administrator may do among what everybody may do is refused too.
  const listing = { symbol: 'PUBLIC1', name: 'Public', assetClass: 'stock', currency: 'USD', private: false };
  expect((await app.as(root).post('instruments', listing)).status).toBe(403);
  expect((await app.as(root).get('me')).status).toBe(200);
  await enrol(root);
  expect((await app.as(root).get('admin/users')).status).toBe(200);
  expect((await app.as(root).post('instruments', listing)).status).toBe(201);
});

test('a key of an administrator without a second factor is no way around it', async () => {
  const other = await app.user('other-root', 'admin');
  const wished = { name: 'Script', scopes: ['read', 'admin'] };
  expect((await app.as(other).post('me/api-keys', wished)).status).toBeGreaterThanOrEqual(400);
  await enrol(other);
  const { key } = (await app.as(other).post('me/api-keys', wished)).as<{ key: string }>();
  const client = app.as({ accessToken: key });
  expect((await client.get('admin/users')).status).toBe(200);
  await app.db.deleteFrom('totp_factors').where('user_id', '=', other.id).execute();
  expect((await client.get('admin/users')).status).toBe(403);
});

test('one that is taken away counts no longer, and everybody else is asked for none', async () => {
  const third = await app.user('third-root', 'admin');
  await enrol(third);
  expect((await app.as(third).get('admin/users')).status).toBe(200);
  await app.db.deleteFrom('totp_factors').where('user_id', '=', third.id).execute();
  expect((await app.as(third).get('admin/users')).status).toBe(403);
  const ada = await app.user('ada');
  expect((await app.as(ada).get('portfolios')).status).toBe(200);
  expect((await app.as(ada).get('admin/users')).as<{ detail: string }>().detail).toBe('Only an administrator may do this.');
});
