import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const USERS = '/api/v1/accounts/users/';
const PASSWORD = 'a rather long sentence';

interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly data: { readonly access: string; readonly refresh: string; readonly access_token: string };
}

const register = (name: string, rest: object = {}) =>
  app.anonymous.post(USERS, { email: `${name}@example.com`, password: PASSWORD, password2: PASSWORD, ...rest });
const token = async (name: string, password = PASSWORD) =>
  app.anonymous.post('/api/v1/auth/token/', { email: `${name}@example.com`, password });
const signedIn = async (name: string) => app.as({ accessToken: (await token(name)).as<Tokens>().data.access });

test('registering answers 201 with the account; a token is asked for then, and opens the profile', async () => {
  const made = await register('ada', { first_name: 'Ada', last_name: 'Lovelace' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    data: {
      email: 'ada@example.com',
      first_name: 'Ada',
      last_name: 'Lovelace',
      is_active: true,
      profile: { timezone: 'UTC', preferred_currency: 'USD', account_tier: 'standard', max_watchlists: 1 },
    },
    meta: null,
    errors: null,
  });
  const tokens = (await token('ada')).as<Tokens>();
  expect(tokens.data).toEqual({ access: tokens.access, refresh: tokens.refresh, access_token: tokens.access });
  const me = await app.as({ accessToken: tokens.access }).get(`${USERS}me/`);
  expect(me.body).toEqual(made.body);
  // The same account at the other doors.
  expect((await app.as({ accessToken: tokens.access }).get('me')).body).toMatchObject({ email: 'ada@example.com', firstName: 'Ada' });
});

test('what is wrong with a registration is 400, an address that is taken 409, all in the envelope', async () => {
  await register('bob');
  const taken = await register('bob');
  expect([taken.status, taken.code]).toEqual([409, 'email_taken']);
  expect(taken.body).toMatchObject({ data: null, meta: null, errors: [{ path: 'email' }] });
  const other = await register('carl', { password2: 'something else' });
  expect([other.status, other.body]).toMatchObject([400, { errors: [{ path: 'password2' }] }]);
  const weak = await register('carl', { password: 'password', password2: 'password' });
  expect([weak.status, weak.code]).toEqual([400, 'weak_password']);
  expect((await register('carl', { role: 'admin' })).code).toBe('unknown_field');
  expect((await register('carl', { is_staff: true })).status).toBe(400);
});

test('a wrong password and an unknown address are the same 401', async () => {
  await register('dora');
  const wrong = await token('dora', 'not her password');
  const unknown = await token('nobody');
  expect([wrong.status, wrong.code]).toEqual([401, 'invalid_credentials']);
  expect({ ...(unknown.body as object) }).toEqual({ ...(wrong.body as object) });
});

test('a refresh token is good once; an old one ends the session', async () => {
  await register('emil');
  const first = (await token('emil')).as<Tokens>();
  const renew = (refresh: string) => app.anonymous.post('/api/v1/auth/token/refresh/', { refresh });
  const second = (await renew(first.refresh)).as<Tokens>();
  expect(second.refresh).not.toBe(first.refresh);
  expect((await app.as({ accessToken: second.access }).get(`${USERS}me/`)).status).toBe(200);
  app.clock.advance(11_000);
  const stolen = await renew(first.refresh);
  expect([stolen.status, stolen.code]).toEqual([401, 'invalid_refresh_token']);
  expect((await renew(second.refresh)).code).toBe('invalid_refresh_token');
  expect((await app.as({ accessToken: second.access }).get(`${USERS}me/`)).status).toBe(401);
});

test('the profile changes what is sent; tier and number of watchlists are read-only', async () => {
  await register('fred');
  const fred = await signedIn('fred');
  const changed = await fred.put(`${USERS}update_profile/`, {
    timezone: 'Europe/Berlin',
    preferred_currency: 'EUR',
    account_tier: 'admin',
    max_watchlists: 99,
    first_name: 'Fred',
  });
  expect(changed.body).toEqual({
    data: { timezone: 'Europe/Berlin', preferred_currency: 'EUR', account_tier: 'standard', max_watchlists: 1 },
    meta: null,
    errors: null,
  });
  expect((await fred.get(`${USERS}me/`)).body).toMatchObject({ data: { first_name: 'Fred', profile: { timezone: 'Europe/Berlin' } } });
  for (const body of [{ timezone: 'Mars' }, { preferred_currency: 'XQX' }, { is_active: false }])
    expect([(await fred.put(`${USERS}update_profile/`, body)).status, body]).toEqual([400, body]);
});

test('a changed password ends the session that changed it and opens with the new one only', async () => {
  await register('gina');
  const gina = await signedIn('gina');
  const change = (body: object) => gina.post(`${USERS}change_password/`, body);
  const next = 'another rather long sentence';
  expect((await change({ old_password: 'wrong', new_password: next, new_password2: next })).status).toBe(400);
  expect((await change({ old_password: PASSWORD, new_password: next, new_password2: 'other' })).status).toBe(400);
  expect((await change({ old_password: PASSWORD, new_password: 'short', new_password2: 'short' })).code).toBe('weak_password');
  expect((await change({ old_password: PASSWORD, new_password: next, new_password2: next })).status).toBe(200);
  expect((await gina.get(`${USERS}me/`)).status).toBe(401);
  expect((await token('gina')).status).toBe(401);
  expect((await token('gina', next)).status).toBe(200);
});

test('an account with a second factor says so', async () => {
  await register('hana');
  const hana = await signedIn('hana');
  const hanaId = (await hana.get('me')).as<{ id: string }>().id;
  // A confirmed factor; its secret is never read while no code is sent.
  const at = new Date(app.clock.now());
  const factor = { user_id: hanaId, key_id: '1', sealed_secret: Buffer.alloc(32), created_at: at, confirmed_at: at };
  await app.db.insertInto('totp_factors').values(factor).execute();
  expect((await token('hana')).code).toBe('second_factor_required');
});

test('calls count against the hour of the plan, and are refused in the envelope', async () => {
  const own = await startTestApp({ settings: { RATE_LIMITS: 'on', RATE_LIMIT_STANDARD_PER_HOUR: '3' } });
  const ada = own.as(await own.user('ada'));
  for (let asked = 0; asked < 3; asked += 1) expect((await ada.get(`${USERS}me/`)).status).toBe(200);
  const refused = await ada.get('/api/v1/watchlists/watchlists/');
  expect([refused.status, refused.code, refused.headers['ratelimit-limit']]).toEqual([429, 'rate_limited', '3']);
  expect(refused.body).toMatchObject({ data: null, meta: null });
  const premium = own.as(await own.user('premium', 'premium'));
  for (let asked = 0; asked < 5; asked += 1) expect((await premium.get(`${USERS}me/`)).status).toBe(200);
  await own.close();
});

test('health, liveness and readiness are open', async () => {
  for (const path of ['health', 'health/liveness', 'health/readiness'])
    expect((await app.anonymous.get(`/api/v1/${path}/`)).body).toMatchObject({ status: 'ok' });
});
