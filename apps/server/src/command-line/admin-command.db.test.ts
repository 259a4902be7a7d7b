import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { adminCommand } from './admin-command.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function run(words: readonly string[], typed: string | null) {
  const lines: string[] = [];
  const terminal = { print: (line: string) => void lines.push(line), askSecret: async () => typed };
  const code = await adminCommand.run(words, { app: app.app, terminal });
  return { code, lines };
}

const roleAfterLogin = async (email: string, password: string) =>
  (await app.anonymous.post('auth/login', { email, password })).as<{ user: { role: string } }>().user.role;

test('makes an administrator with the password that was typed, and does not print it', async () => {
  const { code, lines } = await run(['create', 'typed@example.com'], 'a sentence typed twice');
  expect([code, lines]).toEqual([0, ['typed@example.com is an administrator now.']]);
  expect(await roleAfterLogin('typed@example.com', 'a sentence typed twice')).toBe('admin');
});

test('makes a password where nobody can type, and prints it once', async () => {
  const { lines } = await run(['create', 'made@example.com'], null);
  const password = lines[1]?.replace('The password, shown only here: ', '') ?? '';
  expect(password).toMatch(/^[\w-]{43}$/);
  expect(await roleAfterLogin('made@example.com', password)).toBe('admin');
});

test('raises an account that is there', async () => {
  const user = await app.user('raised');
  expect((await run(['create', user.email], 'a sentence typed twice')).code).toBe(0);
  expect((await app.as(user).get('me')).status).toBe(401);
  expect(await roleAfterLogin(user.email, 'a sentence typed twice')).toBe('admin');
});

test.each([[[]], [['create']], [['create', 'no address']], [['remove', 'a@example.com']]])(
  '%j is answered with how to use it',
  async (words) => {
    expect(await run(words, null)).toEqual({ code: 2, lines: ['Use: npm run admin -- create EMAIL'] });
  },
);

test('refuses a password that everybody tries', async () => {
  await expect(run(['create', 'weak@example.com'], 'password123')).rejects.toThrow('first that are tried');
});
