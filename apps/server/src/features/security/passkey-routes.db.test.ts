import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { softwareAuthenticator } from '../../testing/software-authenticator.ts';
import type { AuthenticatorTraits, SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

type CreationOptions = Parameters<SoftwareAuthenticator['create']>[0];
type RequestOptions = Parameters<SoftwareAuthenticator['get']>[0];
interface Opened {
  readonly user: { readonly id: string };
  readonly accessToken: string;
}

const ORIGIN = 'http://localhost';
const start = async (user: TestUser) =>
  (await app.as(user).post('me/passkeys/options', { password: user.password })).as<CreationOptions & { authenticatorSelection: object }>();
const add = (user: TestUser, credential: object, name = 'Telephone') => app.as(user).post('me/passkeys', { name, credential });
const requestOptions = async () => (await app.anonymous.post('auth/passkeys/options')).as<RequestOptions & { userVerification: string }>();
const login = (credential: object) => app.anonymous.post('auth/passkeys', { credential });

async function withPasskey(name: string, traits: Partial<AuthenticatorTraits> = {}) {
  const user = await app.user(name);
  const device = softwareAuthenticator({ origin: ORIGIN, ...traits });
  const added = await add(user, device.create(await start(user)));
  return { user, device, added };
}

describe('a passkey', () => {
  test('is asked for with the user verified and kept on the device, and is added, listed and renamed', async () => {
    const user = await app.user('lister');
    const options = await start(user);
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    expect(options.rp.id).toBe('localhost');
    const added = await add(user, softwareAuthenticator({ origin: ORIGIN }).create(options), ' Telephone ');
    expect(added.body).toMatchObject({ name: 'Telephone', backedUp: false, lastUsedAt: null });
    const { id } = added.as<{ id: string }>();
    expect((await app.as(user).patch(`me/passkeys/${id}`, { name: 'Tablet' })).body).toMatchObject({ id, name: 'Tablet' });
    expect((await app.as(user).get('me/passkeys')).as<{ items: object[] }>().items).toMatchObject([{ id, name: 'Tablet' }]);
  });

  test('signs in without a name, and says when it was used last', async () => {
    const { user, device } = await withPasskey('nameless');
    const options = await requestOptions();
    expect([options.userVerification, 'allowCredentials' in options]).toEqual(['required', false]);
    const answer = await login(device.get(options));
    expect(answer.as<Opened>().user.id).toBe(user.id);
    expect((await app.as(answer.as<Opened>()).get('me')).status).toBe(200);
    const { items } = (await app.as(user).get('me/passkeys')).as<{ items: { lastUsedAt: string }[] }>();
    expect(items[0]?.lastUsedAt).toBe(new Date(app.clock.now()).toISOString());
  });

  test('signs a browser in with cookies', async () => {
    const { device } = await withPasskey('cookies');
    const browser = app.browser();
    const answer = await browser.post('auth/passkeys', { credential: device.get(await requestOptions()) });
    expect(Object.keys(answer.as<object>()).sort()).toEqual(['csrfToken', 'expiresIn', 'user']);
    expect((await browser.get('me')).status).toBe(200);
  });

  test('is removed with the password only, and signs in no longer', async () => {
    const { user, device, added } = await withPasskey('remover');
    const url = `me/passkeys/${added.as<{ id: string }>().id}`;
    expect((await app.as(user).delete(url, { password: 'not the one' })).code).toBe('invalid_value');
    expect((await app.as(user).delete(url, { password: user.password })).status).toBe(204);
    expect((await login(device.get(await requestOptions()))).code).toBe('invalid_credentials');
  });

  test('needs the password to be made, and there are at most 20', async () => {
    const user = await app.user('maker');
    expect((await app.as(user).post('me/passkeys/options', { password: 'not the one' })).code).toBe('invalid_value');
    const row = { user_id: user.id, public_key: Buffer.from('x'), counter: 0, name: 'x', backed_up: false, created_at: new Date(0) };
    const ids = Array.from({ length: 20 }, (_, number) => `01936f2e-8c00-7000-8000-0000000001${String(number).padStart(2, '0')}`);
    await app.db
      .insertInto('passkeys')
      .values(ids.map((id) => ({ ...row, id, credential_id: id })))
      .execute();
    expect((await app.as(user).post('me/passkeys/options', { password: user.password })).code).toBe('conflict');
  });
});

describe('is refused', () => {
  test.each<[string, Partial<AuthenticatorTraits>]>([
    ['made on another site', { origin: 'https://evil.test' }],
    ['made without verifying the user', { verifiesUser: false }],
  ])('%s', async (name, traits) => {
    const { added } = await withPasskey(`made-${name.length}`, traits);
    expect([added.status, added.code]).toEqual([422, 'invalid_value']);
  });

  test('an answer to the challenge of somebody else, to an old one, and the same answer twice', async () => {
    const [ada, eve] = [await app.user('ada-keys'), await app.user('eve-keys')];
    const options = await start(ada);
    const answered = softwareAuthenticator({ origin: ORIGIN }).create(options);
    expect((await add(eve, answered)).code).toBe('invalid_value');
    expect((await add(ada, answered)).status).toBe(201);
    expect((await add(ada, answered)).code).toBe('conflict');
    expect((await add(ada, softwareAuthenticator({ origin: ORIGIN }).create(options))).code).toBe('conflict');
    const late = softwareAuthenticator({ origin: ORIGIN }).create(await start(ada));
    app.clock.advance(5 * 60_000);
    expect((await add(ada, late)).code).toBe('invalid_value');
  });

  test('a sign-in that is repeated, late, for another site or of an unknown key', async () => {
    const { device } = await withPasskey('repeater');
    const answered = device.get(await requestOptions());
    expect((await login(answered)).status).toBe(200);
    expect((await login(answered)).code).toBe('invalid_credentials');
    const options = await requestOptions();
    expect((await login(device.get({ ...options, rpId: 'evil.test' }))).code).toBe('invalid_credentials');
    app.clock.advance(5 * 60_000);
    expect((await login(device.get(options))).code).toBe('invalid_credentials');
    const unknown = softwareAuthenticator({ origin: ORIGIN });
    unknown.create({ challenge: 'x', rp: { id: 'localhost' }, user: { id: 'x' } });
    expect((await login(unknown.get(await requestOptions()))).code).toBe('invalid_credentials');
  });

  test('a copy of a key whose counter fell behind; keys that do not count go on', async () => {
    const { device, user } = await withPasskey('copied');
    expect((await login(device.get(await requestOptions()))).status).toBe(200);
    await app.db.updateTable('passkeys').set({ counter: 1_000 }).where('user_id', '=', user.id).execute();
    expect((await login(device.get(await requestOptions()))).code).toBe('invalid_credentials');
    const { device: synced } = await withPasskey('synced', { counts: 0 });
    for (let tried = 0; tried < 2; tried += 1) expect((await login(synced.get(await requestOptions()))).status).toBe(200);
  });

  test('a key of an account that was deactivated', async () => {
    const { user, device } = await withPasskey('left');
    await app.as(user).delete('me');
    expect((await login(device.get(await requestOptions()))).code).toBe('invalid_credentials');
  });
});

test('with PUBLIC_URL passkeys belong to that site', async () => {
  const own = await startTestApp({ beside: app, settings: { PUBLIC_URL: 'https://holdfast.example' } });
  const user = await own.user('public');
  const options = (await own.as(user).post('me/passkeys/options', { password: user.password })).as<CreationOptions>();
  expect(options.rp.id).toBe('holdfast.example');
  const made = (origin: string) =>
    own.as(user).post('me/passkeys', { name: 'Key', credential: softwareAuthenticator({ origin }).create(options) });
  expect((await made(ORIGIN)).code).toBe('invalid_value');
  expect((await made('https://holdfast.example')).status).toBe(201);
  await own.close();
});
