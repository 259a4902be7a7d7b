import { createHmac } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveKey } from '../../platform/derive-key.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Opened {
  readonly user: { readonly id: string; readonly email: string };
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly csrfToken: string;
  readonly expiresIn: number;
}

const refresh = (refreshToken: string) => app.anonymous.post('auth/refresh', { refreshToken });
const worksWith = async (accessToken: string) => (await app.as({ accessToken }).get('me')).status === 200;

describe('signing up and in', () => {
  test('registering signs in, for half an hour', async () => {
    const answer = await app.anonymous.post('auth/register', {
      email: 'Reg@example.com',
      password: 'a very good sentence',
      firstName: 'Reg',
    });
    const opened = answer.as<Opened>();
    expect(answer.status).toBe(201);
    expect(opened).toMatchObject({ user: { email: 'Reg@example.com', firstName: 'Reg', role: 'standard' }, expiresIn: 1800 });
    expect(await worksWith(opened.accessToken)).toBe(true);
    app.clock.advance(1800 * 1000);
    expect(await worksWith(opened.accessToken)).toBe(false);
    expect(await worksWith((await refresh(opened.refreshToken)).as<Opened>().accessToken)).toBe(true);
  });

  test('e-mail addresses and user names are unique in any case, and a common password is refused', async () => {
    await app.user('una');
    const password = 'a very good sentence';
    expect((await app.anonymous.post('auth/register', { email: 'UNA@example.com', password })).code).toBe('email_taken');
    expect((await app.anonymous.post('auth/register', { email: 'una2@example.com', username: 'Una', password })).code).toBe(
      'username_taken',
    );
    expect((await app.anonymous.post('auth/register', { email: 'una3@example.com', password: 'Password123' })).code).toBe('weak_password');
    expect((await app.anonymous.post('auth/register', { email: 'una3@example.com', password, admin: true })).code).toBe('unknown_field');
  });

  test('signing in takes the address or the name, in any case, and tells nobody which part was wrong', async () => {
    const { email, password, username } = await app.user('lena');
    for (const login of [email, email.toUpperCase(), username, 'LENA'])
      expect((await app.anonymous.post('auth/login', { email: login, password })).status).toBe(200);
    const wrong = await app.anonymous.post('auth/login', { email, password: 'not the sentence' });
    const unknown = await app.anonymous.post('auth/login', { email: 'nobody@example.com', password });
    const { requestId: _one, ...wrongBody } = wrong.as<Record<string, unknown>>();
    const { requestId: _other, ...unknownBody } = unknown.as<Record<string, unknown>>();
    expect(wrong.code).toBe('invalid_credentials');
    expect(unknownBody).toEqual(wrongBody);
  });

  test('after five failures the next try waits, twice as long each time, for this account from this address only', async () => {
    const { email, password } = await app.user('mallory');
    const login = (given: string, remoteAddress = '192.0.2.1') =>
      app.anonymous.post('auth/login', { email, password: given }, { remoteAddress });
    for (let tried = 0; tried < 5; tried += 1) expect((await login('wrong')).code).toBe('invalid_credentials');
    expect((await login(password)).headers['retry-after']).toBe('1');
    expect((await login(password, '192.0.2.2')).status).toBe(200);
    app.clock.advance(1_000);
    expect((await login('wrong')).code).toBe('invalid_credentials');
    expect((await login(password)).headers['retry-after']).toBe('2');
    app.clock.advance(2_000);
    expect((await login(password)).status).toBe(200);
    expect((await login('wrong')).code).toBe('invalid_credentials');
  });

  test('a deactivated account is answered like an unknown one', async () => {
    const user = await app.user('gone');
    await app.as(user).delete('me');
    expect((await app.anonymous.post('auth/login', { email: user.email, password: user.password })).code).toBe('invalid_credentials');
  });
});

describe('refresh tokens', () => {
  test('each is good once; within 10 s the same successor is given again; after that the session ends', async () => {
    const { refreshToken: first } = await app.user('rota');
    const second = (await refresh(first)).as<Opened>();
    app.clock.advance(10_000);
    expect((await refresh(first)).as<Opened>().refreshToken).toBe(second.refreshToken);
    app.clock.advance(1);
    expect((await refresh(first)).code).toBe('invalid_refresh_token');
    expect((await refresh(second.refreshToken)).code).toBe('invalid_refresh_token');
    expect(await worksWith(second.accessToken)).toBe(false);
  });

  test('the grandparent ends the session also within the grace', async () => {
    const { refreshToken: first } = await app.user('grandparent');
    const second = (await refresh(first)).as<Opened>();
    const third = (await refresh(second.refreshToken)).as<Opened>();
    expect((await refresh(first)).code).toBe('invalid_refresh_token');
    expect((await refresh(third.refreshToken)).code).toBe('invalid_refresh_token');
    const entries = await app.db.selectFrom('audit_entries').select(['action', 'details']).where('ip', '=', '127.0.0.1').execute();
    expect(entries).toContainEqual({ action: 'session.ended', details: { because: 'an old refresh token was used' } });
  });

  test('a storm of 50 who renew one token at once gets one successor', async () => {
    const { refreshToken, id } = await app.user('storm');
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    const successors = new Set(answers.map((answer) => answer.as<Opened>().refreshToken));
    expect(successors.size).toBe(1);
    expect(await app.db.selectFrom('sessions').select('generation').where('user_id', '=', id).execute()).toEqual([{ generation: 2 }]);
    expect((await refresh([...successors][0] ?? '')).status).toBe(200);
  });

  test('nothing that can be used is stored', async () => {
    const { refreshToken, id } = await app.user('stored');
    const row = await app.db.selectFrom('sessions').selectAll().where('user_id', '=', id).executeTakeFirstOrThrow();
    expect(row.token_hash).toHaveLength(32);
    expect(Buffer.from(refreshToken.slice(4), 'base64url').includes(row.token_hash)).toBe(false);
  });

  test('a session rests at most 7 days and lasts at most 30', async () => {
    const { refreshToken } = await app.user('long');
    const day = 24 * 60 * 60 * 1000;
    let token = refreshToken;
    for (let week = 0; week < 4; week += 1) {
      app.clock.advance(7 * day - 1);
      token = (await refresh(token)).as<Opened>().refreshToken;
    }
    // 28 of 30 days are over.
    app.clock.advance(2 * day + 4);
    expect((await refresh(token)).code).toBe('invalid_refresh_token');
    const { refreshToken: idle } = await app.user('idle');
    app.clock.advance(7 * day);
    expect((await refresh(idle)).code).toBe('invalid_refresh_token');
  });

  test.each(['', 'hfr_', 'x'.repeat(91), `hfr_${Buffer.alloc(68).toString('base64url')}`])('%j renews nothing', async (text) => {
    const answer = await app.anonymous.post('auth/refresh', text === '' ? {} : { refreshToken: text });
    expect(answer.code).toBe('invalid_refresh_token');
  });
});

describe('access tokens that are not ours', () => {
  const key = deriveKey('a secret of the tests, all servers alike', 'access-token/v1');
  const claims = async (user: { id: string }) => {
    const session = await app.db.selectFrom('sessions').select('id').where('user_id', '=', user.id).executeTakeFirstOrThrow();
    return { role: 'admin', sid: session.id, ver: 1 };
  };
  const signed = async (
    user: { id: string },
    change: { alg?: string; key?: Buffer; aud?: string; iss?: string; typ?: string; life?: number },
  ) => {
    const now = Math.floor(app.clock.now() / 1000);
    return new SignJWT(await claims(user))
      .setProtectedHeader({ alg: change.alg ?? 'HS256', typ: change.typ ?? 'at+jwt' })
      .setSubject(user.id)
      .setIssuer(change.iss ?? 'holdfast')
      .setAudience(change.aud ?? 'holdfast-api')
      .setIssuedAt(now)
      .setExpirationTime(now + (change.life ?? 1800))
      .sign(change.key ?? key);
  };

  test.each([
    ['the right one', {}, 200],
    ['another key', { key: Buffer.alloc(32, 7) }, 401],
    ['another algorithm', { alg: 'HS512', key: Buffer.concat([key, key]) }, 401],
    ['another audience', { aud: 'elsewhere' }, 401],
    ['another issuer', { iss: 'elsewhere' }, 401],
    ['another type', { typ: 'JWT' }, 401],
    ['expired', { life: -1 }, 401],
  ] as const)('%s', async (name, change, status) => {
    const user = await app.user(`forged-${name.replaceAll(' ', '-')}`);
    const answer = await app.as({ accessToken: await signed(user, change) }).get('me');
    expect(answer.status).toBe(status);
  });

  test('none as algorithm, a changed claim, garbage', async () => {
    const user = await app.user('forged');
    const unsigned = new UnsecuredJWT(await claims(user)).setSubject(user.id).setIssuer('holdfast').setAudience('holdfast-api').encode();
    const [head = '', body = '', signature = ''] = user.accessToken.split('.');
    const raised = Buffer.from(body, 'base64url').toString().replace('"standard"', '"admin"');
    const changed = [head, Buffer.from(raised).toString('base64url'), signature].join('.');
    const hashed = [head, body, createHmac('sha256', 'secret').update(`${head}.${body}`).digest('base64url')].join('.');
    for (const accessToken of [unsigned, changed, hashed, 'garbage', 'a.b.c', 'x'.repeat(5000)])
      expect((await app.as({ accessToken }).get('me')).status).toBe(401);
  });

  test('the role in a token gives nothing: the row decides', async () => {
    const user = await app.user('claimant');
    expect((await app.as({ accessToken: await signed(user, {}) }).get('admin/users')).code).toBe('forbidden');
  });
});

describe('ending sessions', () => {
  test('logout ends the session by refresh token or by access token, at once, and can be repeated', async () => {
    const one = await app.user('out-one');
    expect((await app.anonymous.post('auth/logout', { refreshToken: one.refreshToken })).status).toBe(204);
    expect(await worksWith(one.accessToken)).toBe(false);
    expect((await refresh(one.refreshToken)).code).toBe('invalid_refresh_token');
    expect((await app.anonymous.post('auth/logout', { refreshToken: one.refreshToken })).status).toBe(204);
    const two = await app.user('out-two');
    expect((await app.as(two).post('auth/logout')).status).toBe(204);
    expect(await worksWith(two.accessToken)).toBe(false);
    expect((await refresh(two.refreshToken)).code).toBe('invalid_refresh_token');
  });

  test('logout-all ends every session of this user and of nobody else', async () => {
    const user = await app.user('everywhere');
    const other = await app.user('elsewhere');
    const second = (await app.anonymous.post('auth/login', { email: user.email, password: user.password })).as<Opened>();
    expect((await app.as(second).post('auth/logout-all', {})).status).toBe(204);
    for (const token of [user.accessToken, second.accessToken]) expect(await worksWith(token)).toBe(false);
    for (const token of [user.refreshToken, second.refreshToken]) expect((await refresh(token)).code).toBe('invalid_refresh_token');
    expect(await worksWith(other.accessToken)).toBe(true);
  });

  test('the list shows where one is signed in, page by page, and ends one of them', async () => {
    const user = await app.user('lister');
    const second = (await app.anonymous.post('auth/login', { email: user.email, password: user.password })).as<Opened>();
    type Listed = { items: { id: string; current: boolean }[]; nextCursor: string | null };
    const page = (await app.as(user).get('me/sessions?limit=1')).as<Listed>();
    const rest = (await app.as(user).get(`me/sessions?limit=1&cursor=${page.nextCursor ?? ''}`)).as<Listed>();
    expect([page.items[0]?.current, rest.items[0]?.current, rest.nextCursor]).toEqual([false, true, null]);
    const id = page.items[0]?.id ?? '';
    const stranger = await app.user('stranger');
    expect((await app.as(stranger).delete(`me/sessions/${id}`)).code).toBe('not_found');
    expect((await app.as(user).delete(`me/sessions/${id}`)).status).toBe(204);
    expect((await app.as(user).delete(`me/sessions/${id}`)).code).toBe('not_found');
    expect(await worksWith(second.accessToken)).toBe(false);
    expect(await worksWith(user.accessToken)).toBe(true);
    expect((await app.as(user).get('me/sessions?cursor=nonsense')).code).toBe('invalid_value');
  });

  test('the list shortens addresses, and ends every other session', async () => {
    const user = await app.user('others');
    const login = () => app.anonymous.post('auth/login', { email: user.email, password: user.password }, { remoteAddress: '203.0.113.7' });
    const [second, third] = [(await login()).as<Opened>(), (await login()).as<Opened>()];
    const { items } = (await app.as(user).get('me/sessions')).as<{ items: { ipAddress: string }[] }>();
    expect(items.map(({ ipAddress }) => ipAddress)).toEqual(['203.0.113.x', '203.0.113.x', '127.0.0.x']);
    expect((await app.as(second).delete('me/sessions')).status).toBe(204);
    expect([await worksWith(second.accessToken), await worksWith(third.accessToken), await worksWith(user.accessToken)]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await refresh(third.refreshToken)).code).toBe('invalid_refresh_token');
    expect((await app.as(second).delete('me/sessions')).status).toBe(204);
  });

  test('a sign-in from a device or network that is new is told, the first and known ones are not', async () => {
    const user = await app.user('traveller');
    const login = (remoteAddress: string, agent: string) =>
      app.anonymous.post('auth/login', { email: user.email, password: user.password }, { remoteAddress, headers: { 'user-agent': agent } });
    const told = async () =>
      (await app.db.selectFrom('notifications').select(['title', 'body']).where('user_id', '=', user.id).orderBy('id').execute()).map(
        ({ body }) => /account: (.*?)\. /.exec(body)?.[1],
      );
    expect(await told()).toEqual([]);
    await login('203.0.113.7', 'Firefox/140.0');
    await login('203.0.113.7', 'Firefox/141.0');
    expect(await told()).toEqual(['203.0.113.7, Firefox/140.0']);
    await login('203.0.113.7', 'curl/8.0');
    await login('198.51.100.1', 'Firefox/141.0');
    expect(await told()).toEqual(['203.0.113.7, Firefox/140.0', '203.0.113.7, curl/8.0', '198.51.100.1, Firefox/141.0']);
  });
});

describe('browsers', () => {
  test('get cookies that scripts cannot read, a CSRF value, and no token in the body', async () => {
    const { email, password } = await app.user('brow');
    const answer = await app.browser().post('auth/login', { email, password });
    expect(Object.keys(answer.as<object>()).sort()).toEqual(['csrfToken', 'expiresIn', 'user']);
    const lines = answer.headers['set-cookie'] as string[];
    expect(lines.map((line) => line.replace(/=[^;]+/, '=…'))).toEqual([
      'holdfast_session=…; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax',
      'holdfast_csrf=…; Path=/; Max-Age=604800; SameSite=Lax',
      'holdfast_refresh=…; Path=/api/v1/auth; Max-Age=604800; HttpOnly; SameSite=Lax',
    ]);
  });

  test('write only with the CSRF value, read without', async () => {
    const { email, password } = await app.user('csrf');
    const browser = app.browser();
    const { csrfToken } = (await browser.post('auth/login', { email, password })).as<Opened>();
    expect(browser.cookies.get('holdfast_csrf')).toBe(csrfToken);
    expect((await browser.get('me', { headers: { 'x-csrf-token': '' } })).status).toBe(200);
    for (const value of ['', 'x'.repeat(csrfToken.length)])
      expect((await browser.patch('me', { firstName: 'C' }, { headers: { 'x-csrf-token': value } })).code).toBe('csrf_failed');
    expect((await browser.patch('me', { firstName: 'C' })).status).toBe(200);
  });

  test('renew silently by cookie, only where the page says who it is, and go on', async () => {
    const { email, password } = await app.user('silent');
    const browser = app.browser();
    const { csrfToken } = (await browser.post('auth/login', { email, password })).as<Opened>();
    app.clock.advance(1800 * 1000);
    expect((await browser.get('me')).status).toBe(401);
    expect((await browser.post('auth/refresh', {}, { headers: { 'x-holdfast-client': 'other' } })).code).toBe('invalid_refresh_token');
    const renewed = (await browser.post('auth/refresh', {})).as<Opened>();
    expect(renewed.csrfToken).toBe(csrfToken);
    expect(Object.keys(renewed)).not.toContain('refreshToken');
    expect((await browser.get('me')).status).toBe(200);
    expect((await browser.post('auth/logout', {})).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
  });

  test('keep the session through a change of password, and lose it with logout-all', async () => {
    const user = await app.user('keeper');
    const browser = app.browser();
    await browser.post('auth/login', { email: user.email, password: user.password });
    const change = { currentPassword: user.password, newPassword: 'quite another sentence' };
    expect((await browser.post('me/password', change)).status).toBe(204);
    expect(await worksWith(user.accessToken)).toBe(false);
    expect((await browser.get('me')).status).toBe(200);
    expect((await browser.post('auth/refresh', {})).status).toBe(200);
    expect((await browser.post('auth/logout-all', {})).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
  });

  test('over TLS the cookies are bound to the host', async () => {
    const production = await startTestApp({ beside: app, settings: { PUBLIC_URL: 'https://holdfast.example' } });
    const { email, password } = await app.user('tls');
    const browser = production.browser();
    const answer = await browser.post('auth/login', { email, password });
    expect((answer.headers['set-cookie'] as string[]).map((line) => line.replace(/=[^;]+/, '=…'))).toEqual([
      '__Host-holdfast_session=…; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax; Secure',
      '__Host-holdfast_csrf=…; Path=/; Max-Age=604800; SameSite=Lax; Secure',
      '__Secure-holdfast_refresh=…; Path=/api/v1/auth; Max-Age=604800; HttpOnly; SameSite=Lax; Secure',
    ]);
    expect((await browser.patch('me', { lastName: 'S' })).status).toBe(200);
    expect((await browser.post('auth/refresh', {})).status).toBe(200);
    // A neighbour under the same domain can set cookies, but none with the prefix.
    const planted = `holdfast_session=${browser.cookies.get('__Host-holdfast_session') ?? ''}`;
    expect((await production.anonymous.get('me', { headers: { cookie: planted } })).status).toBe(401);
    await production.close();
  });
});
