import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

// Both hashes are taken from passwords.test.ts, which says where they come from.
test.each([
  ['bcrypt', 'U*U', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['django', 'lètmein', 'pbkdf2_sha256$10000$seasalt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY='],
])('a migrated %s hash signs in and is ours from then on', async (name, password, stored) => {
  const { id, email } = await app.user(name);
  await app.db.updateTable('users').set({ password_hash: stored }).where('id', '=', id).execute();
  const login = () => app.anonymous.post('auth/login', { email, password });
  expect((await login()).status).toBe(200);
  const { password_hash: renewed } = await app.db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(renewed).toMatch(/^\$argon2id\$/);
  expect((await login()).status).toBe(200);
  const after = await app.db.selectFrom('users').select('password_hash').where('id', '=', id).executeTakeFirstOrThrow();
  expect(after.password_hash).toBe(renewed);
});
