import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { connectStream } from '../../testing/stream-peer.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Made {
  readonly id: string;
  readonly key: string;
  readonly start: string;
}
interface Listed {
  readonly items: { readonly id: string; readonly name: string; readonly lastUsedAt: string | null }[];
  readonly nextCursor: string | null;
}

const HOUR_MS = 3_600_000;
const make = async (user: TestUser, scopes: readonly string[] = ['read'], rest: object = {}) =>
  (await app.as(user).post('me/api-keys', { name: 'Key', scopes, ...rest })).as<Made>();
const statusOf = async (key: string, url = 'portfolios') => (await app.as({ accessToken: key }).get(url)).status;
const list = async (user: TestUser, query = '') => (await app.as(user).get(`me/api-keys${query}`)).as<Listed>();

describe('a key', () => {
  test('is shown once, listed by its beginning, and stored as a hash', async () => {
    const user = await app.user('maker');
    const made = await app.as(user).post('me/api-keys', { name: ' Nightly export ', scopes: ['read', 'write'] });
    const { id, key, start } = made.as<Made>();
    expect(made.body).toMatchObject({ name: 'Nightly export', scopes: ['read', 'write'], expiresAt: null, lastUsedAt: null });
    expect(key.startsWith(start)).toBe(true);
    const listed = await app.as(user).get('me/api-keys');
    expect(listed.as<Listed>().items.map((item) => item.id)).toEqual([id]);
    expect(listed.text).not.toContain(key);
    const row = await app.db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.key_hash).toHaveLength(32);
    expect(JSON.stringify(row)).not.toContain(key.slice(start.length));
    // The stored hash in place of the key opens nothing.
    expect(await statusOf(`hfk_${row.key_hash.toString('base64url')}`)).toBe(401);
  });

  test('is not shown again to a repeated request', async () => {
    const user = await app.user('repeater');
    const ask = () => app.as(user).post('me/api-keys', { name: 'Once', scopes: ['read'] }, { headers: { 'idempotency-key': 'once' } });
    expect((await ask()).status).toBe(201);
    expect((await ask()).code).toBe('secret_already_shown');
    expect((await list(user)).items).toHaveLength(1);
  });

  test('does what its scopes allow and nothing else', async () => {
    const user = await app.user('scoped');
    const { key: reading } = await make(user, ['read']);
    const { key: writing } = await make(user, ['write']);
    const portfolio = { name: 'Mine', kind: 'paper', baseCurrency: 'USD' };
    expect((await app.as({ accessToken: reading }).post('portfolios', portfolio)).code).toBe('insufficient_scope');
    const made = await app.as({ accessToken: writing }).post('portfolios', portfolio);
    expect(made.status).toBe(201);
    expect((await app.as({ accessToken: writing }).get('portfolios')).code).toBe('insufficient_scope');
    const orders = `portfolios/${made.as<{ id: string }>().id}/orders`;
    const wish = { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1' };
    expect((await app.as({ accessToken: writing }).post(orders, wish)).code).toBe('insufficient_scope');
    const { key: trading } = await make(user, ['trade']);
    expect((await app.as({ accessToken: trading }).post(orders, wish)).status).toBe(201);
  });

  test('never changes how its owner signs in', async () => {
    const user = await app.user('guarded');
    const { key } = await make(user, ['read', 'trade', 'write']);
    const own = app.as({ accessToken: key });
    const { password } = user;
    expect((await own.post('me/password', { currentPassword: password, newPassword: 'quite another sentence' })).code).toBe(
      'insufficient_scope',
    );
    expect((await own.post('me/api-keys', { name: 'More', scopes: ['read'] })).code).toBe('insufficient_scope');
    expect((await own.delete('me')).code).toBe('insufficient_scope');
    expect((await own.get('me')).status).toBe(200);
  });

  test('administers only for an administrator, and ends with the role', async () => {
    const [user, root, other] = [await app.user('plain'), await app.user('root', 'admin'), await app.user('other-root', 'admin')];
    expect((await app.as(user).post('me/api-keys', { name: 'Key', scopes: ['admin'] })).code).toBe('invalid_value');
    const { key } = await make(root, ['admin']);
    expect(await statusOf(key, 'admin/users')).toBe(200);
    expect((await app.as(other).patch(`admin/users/${root.id}`, { role: 'premium' })).status).toBe(200);
    expect(await statusOf(key, 'admin/users')).toBe(401);
  });

  test('in the place of the session cookie is none', async () => {
    const { key } = await make(await app.user('cookie'));
    expect((await app.anonymous.get('portfolios', { headers: { cookie: `holdfast_session=${key}` } })).status).toBe(401);
  });

  test('counts against the hour of its user', async () => {
    const own = await startTestApp({ beside: app, settings: { RATE_LIMITS: 'on', RATE_LIMIT_STANDARD_PER_HOUR: '2' } });
    const { key } = await make(await app.user('counted'));
    const client = own.as({ accessToken: key });
    expect([(await client.get('me')).status, (await client.get('me')).status, (await client.get('me')).status]).toEqual([200, 200, 429]);
    await own.close();
  });
});

describe('a key ends', () => {
  test('when it is revoked, on every server at once', async () => {
    const [one, other] = [await startTestApp({ beside: app, postgresBus: true }), await startTestApp({ beside: app, postgresBus: true })];
    const user = await app.user('revoker');
    const { id, key } = await make(user);
    for (const server of [one, other]) expect((await server.as({ accessToken: key }).get('me')).status).toBe(200);
    expect((await one.as(user).delete(`me/api-keys/${id}`)).status).toBe(204);
    expect((await one.as({ accessToken: key }).get('me')).status).toBe(401);
    while ((await other.as({ accessToken: key }).get('me')).status !== 401);
    expect((await one.as(user).delete(`me/api-keys/${id}`)).code).toBe('not_found');
    await one.close();
    await other.close();
  });

  test('and with it the sockets that it opened, while those of the session stay', async () => {
    const own = await startTestApp({ beside: app, postgresBus: true });
    await own.http.listen({ host: '127.0.0.1', port: 0 });
    const user = await app.user('listener');
    const [reading, trading] = [await make(user), await make(user, ['trade'])];
    const connect = async (token: string) => {
      const peer = await connectStream(own);
      peer.say({ type: 'auth', token });
      return peer;
    };
    const [byKey, bySession, lame] = [await connect(reading.key), await connect(user.accessToken), await connect(trading.key)];
    await byKey.next('authenticated');
    await bySession.next('authenticated');
    expect((await lame.next('error'))['code']).toBe('unauthenticated');
    await own.as(user).delete(`me/api-keys/${reading.id}`);
    expect(await byKey.closed).toBe(4401);
    bySession.say({ type: 'ping' });
    await bySession.next('pong');
    await own.close();
  });

  test('at its end, which cannot lie in the past', async () => {
    const user = await app.user('ender');
    const at = (ms: number) => new Date(app.clock.now() + ms).toISOString();
    expect((await app.as(user).post('me/api-keys', { name: 'Late', scopes: ['read'], expiresAt: at(0) })).code).toBe('invalid_value');
    const { key } = await make(user, ['read'], { expiresAt: at(HOUR_MS) });
    expect(await statusOf(key)).toBe(200);
    app.clock.advance(HOUR_MS);
    expect(await statusOf(key)).toBe(401);
    expect((await list(await signedInAgain(user))).items).toEqual([]);
  });

  test.each(['password', 'deactivation', 'sign-out everywhere'])('with a %s', async (what) => {
    const user = await app.user(`ends-${what.slice(0, 4)}`);
    const { key } = await make(user);
    expect(await statusOf(key)).toBe(200);
    const me = app.as(user);
    if (what === 'password') await me.post('me/password', { currentPassword: user.password, newPassword: 'quite another sentence' });
    else if (what === 'deactivation') await me.delete('me');
    else await me.post('auth/logout-all', {});
    expect(await statusOf(key)).toBe(401);
  });

  test('not with the end of one session, nor of all others', async () => {
    const user = await app.user('stayer');
    const { key } = await make(user);
    expect((await app.as(user).delete('me/sessions')).status).toBe(204);
    await app.as(user).post('auth/logout');
    expect(await statusOf(key)).toBe(200);
  });
});

test('a session signs in again and sees its keys, page by page, with their last use', async () => {
  const user = await app.user('lister');
  const keys = [await make(user), await make(user), await make(user)];
  await statusOf(keys[2]?.key ?? '');
  // Noted beside the request, so it may be there a moment later.
  let first = await list(user, '?limit=2');
  while (first.items[0]?.lastUsedAt === null) first = await list(user, '?limit=2');
  expect(first.items.map(({ id }) => id)).toEqual([keys[2]?.id, keys[1]?.id]);
  expect(first.items[0]?.lastUsedAt).toBe(new Date(app.clock.now()).toISOString());
  expect((await list(user, `?limit=2&cursor=${first.nextCursor ?? ''}`)).items.map(({ id }) => id)).toEqual([keys[0]?.id]);
});

test('there are at most 50', async () => {
  const user = await app.user('collector');
  for (let made = 0; made < 50; made += 1) await make(user);
  expect((await app.as(user).post('me/api-keys', { name: 'One more', scopes: ['read'] })).code).toBe('conflict');
});

async function signedInAgain(user: TestUser): Promise<TestUser> {
  const opened = (await app.anonymous.post('auth/login', { email: user.email, password: user.password })).as<TestUser>();
  return { ...user, accessToken: opened.accessToken };
}
