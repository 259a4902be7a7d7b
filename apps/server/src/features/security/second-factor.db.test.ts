import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const STEP_MS = 30_000;
/** What an authenticator app would show. */
const codeOf = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.now() + ahead * STEP_MS });
const login = (user: TestUser, code?: string) =>
  app.anonymous.post('auth/login', { email: user.email, password: user.password, ...(code === undefined ? {} : { code }) });
const enrol = async (user: TestUser) =>
  (await app.as(user).post('me/mfa/totp', { password: user.password })).as<{ secret: string; uri: string }>();
const noticesOf = async (user: TestUser) =>
  (await app.db.selectFrom('notifications').select('dedupe_key').where('user_id', '=', user.id).orderBy('id').execute()).map(
    ({ dedupe_key }) => dedupe_key.split(':')[1],
  );

async function withFactor(name: string) {
  const user = await app.user(name);
  const { secret } = await enrol(user);
  const answer = await app.as(user).post('me/mfa/totp/confirm', { code: codeOf(secret) });
  app.clock.advance(STEP_MS);
  return { user, secret, recoveryCodes: answer.as<{ recoveryCodes: string[] }>().recoveryCodes };
}

describe('turning it on', () => {
  test('needs the password and a code; until then nothing changes', async () => {
    const user = await app.user('enroller');
    expect((await app.as(user).post('me/mfa/totp', { password: 'not the one' })).code).toBe('invalid_value');
    expect((await app.as(user).post('me/mfa/totp/confirm', { code: '123456' })).code).toBe('conflict');
    const { secret, uri } = await enrol(user);
    expect(uri).toContain(`secret=${secret}`);
    expect((await login(user)).status).toBe(200);
    const wrong = codeOf(secret) === '000000' ? '000001' : '000000';
    expect((await app.as(user).post('me/mfa/totp/confirm', { code: wrong })).code).toBe('invalid_value');
    const answer = await app.as(user).post('me/mfa/totp/confirm', { code: codeOf(secret) });
    expect(new Set(answer.as<{ recoveryCodes: string[] }>().recoveryCodes).size).toBe(10);
    expect((await app.as(user).get('me/mfa/totp')).body).toEqual({
      enabled: true,
      enabledAt: new Date(app.clock.now()).toISOString(),
      recoveryCodesLeft: 10,
    });
    expect((await login(user)).code).toBe('second_factor_required');
    expect(await noticesOf(user)).toEqual(['secondFactorOn']);
    expect((await app.as(user).post('me/mfa/totp', { password: user.password })).code).toBe('conflict');
    expect((await app.as(user).post('me/mfa/totp/confirm', { code: codeOf(secret, 1) })).code).toBe('conflict');
  });

  test('a secret that was not confirmed is replaced by the next one', async () => {
    const user = await app.user('second-thoughts');
    const first = await enrol(user);
    const second = await enrol(user);
    expect((await app.as(user).post('me/mfa/totp/confirm', { code: codeOf(first.secret) })).code).toBe('invalid_value');
    expect((await app.as(user).post('me/mfa/totp/confirm', { code: codeOf(second.secret) })).status).toBe(200);
  });

  test('neither the secret nor a recovery code lies in the database as it is', async () => {
    const { user, secret, recoveryCodes } = await withFactor('sealed');
    const factor = await app.db.selectFrom('totp_factors').selectAll().where('user_id', '=', user.id).executeTakeFirstOrThrow();
    expect(factor.key_id).toMatch(/^[0-9a-f]{12}$/);
    expect(factor.sealed_secret.includes(secret)).toBe(false);
    const codes = await app.db.selectFrom('recovery_codes').select('code_hash').where('user_id', '=', user.id).execute();
    expect(codes).toHaveLength(10);
    for (const { code_hash: hash } of codes) expect(hash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(codes)).not.toContain(recoveryCodes[0]?.replace('-', ''));
  });
});

describe('signing in', () => {
  test('takes a code once, of this step or the ones beside it', async () => {
    const { user, secret } = await withFactor('once');
    const code = codeOf(secret);
    expect((await login(user, code)).status).toBe(200);
    const again = await login(user, code);
    expect([again.code, again.as<{ errors: object[] }>().errors]).toEqual([
      'invalid_credentials',
      [{ path: 'code', message: 'is wrong or was used' }],
    ]);
    // The step before is older than the one that was taken.
    expect((await login(user, codeOf(secret, -1))).code).toBe('invalid_credentials');
    expect((await login(user, codeOf(secret, 1))).status).toBe(200);
    expect((await login(user, codeOf(secret, 3))).code).toBe('invalid_credentials');
  });

  test('of four who send one code at once, one is let in', async () => {
    const { user, secret } = await withFactor('racer');
    const code = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(user, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('takes each recovery code once, and tells the owner', async () => {
    const { user, recoveryCodes } = await withFactor('recoverer');
    const [first = '', second = ''] = recoveryCodes;
    expect((await login(user, first.toUpperCase())).status).toBe(200);
    expect((await login(user, first)).code).toBe('invalid_credentials');
    expect((await login(user, second.replace('-', ' '))).status).toBe(200);
    expect((await app.as(user).get('me/mfa/totp')).body).toMatchObject({ recoveryCodesLeft: 8 });
    expect(await noticesOf(user)).toEqual(['secondFactorOn', 'recoveryCodeUsed', 'recoveryCodeUsed']);
  });

  test('guesses wait after five, wherever they come from', async () => {
    const { user, secret } = await withFactor('guessed');
    const guess = (code: string, number: number) =>
      app.anonymous.post('auth/login', { email: user.email, password: user.password, code }, { remoteAddress: `192.0.2.${number}` });
    for (let tried = 0; tried < 5; tried += 1) expect((await guess('a2222-2222222', tried)).code).toBe('invalid_credentials');
    const sixth = await guess(codeOf(secret), 9);
    expect([sixth.code, sixth.headers['retry-after']]).toEqual(['rate_limited', '1']);
    app.clock.advance(1_000);
    expect((await guess(codeOf(secret), 9)).status).toBe(200);
  });

  test('the wrong password says nothing of the second factor', async () => {
    const { user, secret } = await withFactor('discreet');
    const answer = await app.anonymous.post('auth/login', { email: user.email, password: 'not the one', code: codeOf(secret) });
    expect([answer.code, answer.as<{ errors?: object[] }>().errors]).toEqual(['invalid_credentials', undefined]);
  });

  test('the door of the tickers API asks for it too', async () => {
    const { user } = await withFactor('ticker');
    const answer = await app.anonymous.post('/api/v1/users/login', { email: user.email, password: user.password });
    expect([answer.status, answer.code]).toEqual([401, 'second_factor_required']);
  });

  test('after SECRET_KEY was changed codes cannot be checked, recovery codes can', async () => {
    const { user, secret, recoveryCodes } = await withFactor('rekeyed');
    const own = await startTestApp({ beside: app, settings: { SECRET_KEY: 'another secret of the tests, long enough' } });
    const ask = (code: string) => own.anonymous.post('auth/login', { email: user.email, password: user.password, code });
    expect((await ask(codeOf(secret))).code).toBe('unavailable');
    expect((await ask(recoveryCodes[0] ?? '')).status).toBe(200);
    await own.close();
  });
});

describe('turning it off', () => {
  test('needs the password, and forgets the recovery codes', async () => {
    const { user } = await withFactor('leaver');
    expect((await app.as(user).delete('me/mfa/totp', { password: 'not the one' })).code).toBe('invalid_value');
    expect((await app.as(user).delete('me/mfa/totp', { password: user.password })).status).toBe(204);
    expect((await login(user)).status).toBe(200);
    expect((await app.as(user).delete('me/mfa/totp', { password: user.password })).code).toBe('conflict');
    expect((await app.as(user).post('me/mfa/recovery-codes', { password: user.password })).code).toBe('conflict');
    expect(await app.db.selectFrom('recovery_codes').selectAll().where('user_id', '=', user.id).execute()).toEqual([]);
  });

  test('new recovery codes end the old ones', async () => {
    const { user, recoveryCodes } = await withFactor('renewer');
    const answer = await app.as(user).post('me/mfa/recovery-codes', { password: user.password });
    const [renewed = ''] = answer.as<{ recoveryCodes: string[] }>().recoveryCodes;
    expect((await login(user, recoveryCodes[0])).code).toBe('invalid_credentials');
    expect((await login(user, renewed)).status).toBe(200);
  });

  test('whoever becomes administrator by the command line has neither factor nor passkeys of the one before', async () => {
    const { user } = await withFactor('squatter');
    const account = { email: user.email, password: 'the owner of this server' };
    expect(await app.app.accounts.makeAdministrator(account)).toBe('promoted');
    expect((await app.anonymous.post('auth/login', account)).status).toBe(200);
  });
});
