import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Token {
  readonly access_token: string;
  readonly token_type: string;
}

const password = 'a long and private sentence';
const tokenOf = (answer: { as<Body>(): Body }) => ({ accessToken: answer.as<Token>().access_token });

test('signing up and signing in each give a bearer token of 30 minutes, which counts at every door', async () => {
  const credentials = { email: 'user@example.com', password };
  for (const path of ['users/signup', 'users/login']) {
    const answer = await app.anonymous.post(path, credentials);
    expect([answer.status, answer.body]).toEqual([200, { access_token: expect.any(String) as string, token_type: 'bearer' }]);
    const { accessToken } = tokenOf(answer);
    const [, claims = ''] = accessToken.split('.');
    const { iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iat: number; exp: number };
    expect(exp - iat).toBe(1_800);
    expect((await app.as({ accessToken }).get('me')).body).toMatchObject({ email: 'user@example.com', role: 'standard' });
    expect((await app.as({ accessToken }).get('orders/purchased')).status).toBe(200);
  }
});

test('a password leaves in no answer and is stored as a hash', async () => {
  const answer = await app.anonymous.post('users/signup', { email: 'hashed@example.com', password });
  expect(answer.text).not.toContain(password);
  const { password_hash: hash } = await app.db
    .selectFrom('users')
    .select('password_hash')
    .where('email', '=', 'hashed@example.com')
    .executeTakeFirstOrThrow();
  expect(hash).toMatch(/^\$argon2id\$/);
  // The hash is no password.
  const withHash = await app.anonymous.post('users/login', { email: 'hashed@example.com', password: hash });
  expect(withHash.status).toBeGreaterThanOrEqual(400);
});

describe('refusals, in the shape of this door', () => {
  test('an e-mail address has one account, however it is written', async () => {
    await app.anonymous.post('users/signup', { email: 'taken@example.com', password });
    for (const email of ['taken@example.com', 'TAKEN@example.com']) {
      const answer = await app.anonymous.post('users/signup', { email, password });
      expect([answer.status, answer.code]).toEqual([409, 'email_taken']);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining('e-mail') as string, errors: [{ path: 'email' }] });
    }
  });

  test('a password that many have is too weak', async () => {
    const answer = await app.anonymous.post('users/signup', { email: 'weak@example.com', password: 'password123' });
    expect([answer.status, answer.code]).toEqual([400, 'weak_password']);
  });

  test('an unknown address and a wrong password are the same answer', async () => {
    await app.anonymous.post('users/signup', { email: 'known@example.com', password });
    const wrong = await app.anonymous.post('users/login', { email: 'known@example.com', password: 'another sentence' });
    const unknown = await app.anonymous.post('users/login', { email: 'unknown@example.com', password });
    expect([wrong.status, wrong.code]).toEqual([401, 'invalid_credentials']);
    expect([unknown.status, unknown.body]).toEqual([401, wrong.body]);
  });

  const email = 'bad-input@example.com';
  test.each([
    [{}, 'invalid_value'],
    [{ email }, 'invalid_value'],
    [{ password }, 'invalid_value'],
    [{ email: '', password }, 'invalid_value'],
    [{ email: 'no-at-sign', password }, 'invalid_value'],
    [{ email: 'two words@example.com', password }, 'invalid_value'],
    [{ email: `${'a'.repeat(250)}@example.com`, password }, 'invalid_value'],
    [{ email: 5, password }, 'invalid_value'],
    [{ email: [email], password }, 'invalid_value'],
    [{ email: null, password }, 'invalid_value'],
    [{ email, password: '' }, 'invalid_value'],
    [{ email, password: 12345678901 }, 'invalid_value'],
    [{ email, password: null }, 'invalid_value'],
    [{ email, password: 'x'.repeat(129) }, 'invalid_value'],
    [{ email, password, role: 'admin' }, 'unknown_field'],
    [{ email, password, is_active: true }, 'unknown_field'],
    [[{ email, password }], 'invalid_value'],
    ['text', 'invalid_value'],
  ])('%j is 400', async (body, code) => {
    for (const path of ['users/signup', 'users/login']) {
      const answer = await app.anonymous.post(path, undefined, {
        payload: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, answer.code]).toEqual([400, code]);
      expect(typeof answer.as<{ detail: unknown }>().detail).toBe('string');
    }
    expect((await app.anonymous.post('users/signup', { email, password })).status).toBeLessThan(500);
    await app.db.deleteFrom('users').where('email', '=', email).execute();
  });

  test('more than the limit is 429 with the time to wait, never 500', async () => {
    const limited = await startTestApp({
      beside: app,
      settings: { RATE_LIMITS: 'on', RATE_LIMIT_PER_MINUTE: '2', RATE_LIMIT_STANDARD_PER_HOUR: '100' },
    });
    try {
      const asked = () => limited.anonymous.post('users/login', { email: 'nobody@example.com', password });
      expect([(await asked()).status, (await asked()).status]).toEqual([401, 401]);
      const refused = await asked();
      expect([refused.status, refused.code, refused.headers['retry-after']]).toEqual([429, 'rate_limited', '60']);
      expect((await limited.anonymous.get('tickers')).status).toBe(429);
    } finally {
      await limited.close();
    }
  });
});

describe('the life of a token', () => {
  const signedUp = async (name: string) => tokenOf(await app.anonymous.post('users/signup', { email: `${name}@example.com`, password }));

  test('it is renewed while it is valid, and not after it', async () => {
    const first = await signedUp('renewing');
    app.clock.advance(29 * 60_000);
    const renewed = await app.as(first).post('users/refresh');
    expect([renewed.status, renewed.body]).toEqual([200, { access_token: expect.any(String) as string, token_type: 'bearer' }]);
    app.clock.advance(2 * 60_000);
    expect((await app.as(first).post('users/refresh')).code).toBe('unauthenticated');
    expect((await app.as(tokenOf(renewed)).get('orders/purchased')).status).toBe(200);
  });

  test('signing out ends it, and every token renewed from it', async () => {
    const first = await signedUp('leaving');
    const renewed = tokenOf(await app.as(first).post('users/refresh'));
    const answer = await app.as(first).post('users/logout');
    expect([answer.status, answer.body]).toEqual([200, { detail: 'Signed out.' }]);
    for (const token of [first, renewed]) {
      expect((await app.as(token).get('orders/purchased')).code).toBe('unauthenticated');
      expect((await app.as(token).post('users/refresh')).code).toBe('unauthenticated');
    }
  });

  test('another sign-in of the same user goes on', async () => {
    const first = await signedUp('twice');
    const second = tokenOf(await app.anonymous.post('users/login', { email: 'twice@example.com', password }));
    await app.as(first).post('users/logout');
    expect((await app.as(second).get('orders/purchased')).status).toBe(200);
  });
});
