import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveKey } from '../../platform/derive-key.ts';
import { createSeal } from '../../platform/seal.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
/** A server on the same database that sends no mail. */
let silent: TestApp;
beforeAll(async () => {
  app = await startTestApp({ settings: { SMTP_URL: 'smtp://127.0.0.1:1', PUBLIC_URL: 'https://holdfast.example/' } });
  silent = await startTestApp({ beside: app });
});
afterAll(async () => {
  await silent.close();
  await app.close();
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Mail {
  readonly to: string;
  readonly content: { readonly subject: string; readonly action?: { readonly url: string } };
}

/** Mails that wait to be sent to the user, the oldest first. */
async function mailsOf(user: TestUser): Promise<readonly Mail[]> {
  const seal = createSeal(deriveKey('a secret of the tests, all servers alike', 'queued-mail/v1'));
  const rows = await app.db
    .selectFrom('deliveries')
    .select('mail')
    .where('user_id', '=', user.id)
    .where('mail', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ mail }) => (mail === null ? [] : [JSON.parse(seal.open(mail)) as Mail]));
}

const tokenIn = (mail: Mail | undefined) => /#token=(hfm_[\w-]{43})$/.exec(mail?.content.action?.url ?? '')?.[1] ?? 'none';

/** Mails about a forgotten password are written beside the answer. */
async function mailNumber(user: TestUser, count: number): Promise<Mail | undefined> {
  for (;;) {
    const mails = await mailsOf(user);
    if (mails.length >= count) return mails[count - 1];
  }
}

const forgot = (email: string, remoteAddress = '127.0.0.1') => app.anonymous.post('auth/password/forgot', { email }, { remoteAddress });
const reset = (token: string, password = 'quite another sentence') => app.anonymous.post('auth/password/reset', { token, password });
const verify = (token: string) => app.anonymous.post('auth/email/verify', { token });
const login = (email: string, password: string) => app.anonymous.post('auth/login', { email, password });

describe('proving the address', () => {
  test('a new account is mailed a link that proves it once', async () => {
    const user = await app.user('prover');
    const [mail] = await mailsOf(user);
    expect([mail?.to, mail?.content.subject]).toEqual([user.email, 'Confirm your e-mail address']);
    expect(mail?.content.action?.url).toMatch(/^https:\/\/holdfast\.example\/verify-email#token=/);
    expect((await app.as(user).get('me/email')).body).toEqual({ email: user.email, verifiedAt: null, pendingEmail: null });
    expect((await verify(tokenIn(mail))).body).toEqual({ email: user.email });
    expect((await verify(tokenIn(mail))).code).toBe('invalid_token');
    expect((await app.as(user).get('me/email')).body).toMatchObject({ verifiedAt: new Date(app.clock.now()).toISOString() });
    expect((await app.as(user).post('me/email/verification')).code).toBe('conflict');
  });

  test('another link ends the one before; after two days neither is good', async () => {
    const user = await app.user('again');
    expect((await app.as(user).post('me/email/verification')).code).toBe('conflict');
    app.clock.advance(MINUTE_MS);
    expect((await app.as(user).post('me/email/verification')).status).toBe(204);
    const [first, second] = await mailsOf(user);
    expect((await verify(tokenIn(first))).code).toBe('invalid_token');
    app.clock.advance(48 * HOUR_MS);
    expect((await verify(tokenIn(second))).code).toBe('invalid_token');
  });

  test('only the hash of a token is stored', async () => {
    const user = await app.user('hashed');
    const token = tokenIn((await mailsOf(user))[0]);
    const row = await app.db.selectFrom('mailed_tokens').selectAll().where('user_id', '=', user.id).executeTakeFirstOrThrow();
    expect(row.token_hash).toHaveLength(32);
    expect(JSON.stringify(row)).not.toContain(token);
    expect((await verify(`hfm_${row.token_hash.toString('base64url')}`)).code).toBe('invalid_token');
  });
});

describe('a forgotten password', () => {
  test('is chosen anew with a link that is good once; everything ends', async () => {
    const user = await app.user('forgetful');
    const { key } = (await app.as(user).post('me/api-keys', { name: 'Key', scopes: ['read'] })).as<{ key: string }>();
    expect((await forgot(user.email.toUpperCase())).status).toBe(204);
    const mail = await mailNumber(user, 2);
    expect(mail?.content.action?.url).toMatch(/^https:\/\/holdfast\.example\/reset-password#token=/);
    const token = tokenIn(mail);
    expect((await reset(token, 'password')).code).toBe('weak_password');
    expect((await verify(token)).code).toBe('invalid_token');
    expect((await reset(token)).status).toBe(204);
    expect((await reset(token)).code).toBe('invalid_token');
    expect((await app.as(user).get('me')).status).toBe(401);
    expect((await app.as({ accessToken: key }).get('me')).status).toBe(401);
    expect((await app.anonymous.post('auth/refresh', { refreshToken: user.refreshToken })).code).toBe('invalid_refresh_token');
    expect((await login(user.email, user.password)).code).toBe('invalid_credentials');
    const { accessToken } = (await login(user.email, 'quite another sentence')).as<{ accessToken: string }>();
    // Whoever has the link reads the mail.
    expect((await app.as({ accessToken }).get('me/email')).body).toMatchObject({ verifiedAt: new Date(app.clock.now()).toISOString() });
    const told = await app.db.selectFrom('notifications').select('kind').where('user_id', '=', user.id).execute();
    expect(told).toContainEqual({ kind: 'security' });
  });

  test('of two who use one link at once, one is served', async () => {
    const user = await app.user('twice');
    await forgot(user.email);
    const token = tokenIn(await mailNumber(user, 2));
    const answers = await Promise.all([reset(token, 'the first of sentences'), reset(token, 'the second of sentences')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
  });

  test('ends after an hour', async () => {
    const user = await app.user('late');
    await forgot(user.email);
    const token = tokenIn(await mailNumber(user, 2));
    app.clock.advance(HOUR_MS);
    expect((await reset(token)).code).toBe('invalid_token');
  });

  test('answers the same for unknown and deactivated accounts, and mails at most once a minute', async () => {
    const [user, gone] = [await app.user('known'), await app.user('gone')];
    await app.as(gone).delete('me');
    for (const email of [user.email, user.email, gone.email, 'nobody@example.com']) {
      const answer = await forgot(email);
      expect([answer.status, answer.text]).toEqual([204, '']);
    }
    await mailNumber(user, 2);
    app.clock.advance(MINUTE_MS);
    await forgot(user.email);
    await mailNumber(user, 3);
    // The second of the two at once wrote nothing, or there would be four by now.
    expect(await mailsOf(user)).toHaveLength(3);
    expect(await mailsOf(gone)).toHaveLength(1);
  });

  test('is asked for twenty times from one network, and then waits', async () => {
    for (let asked = 0; asked < 20; asked += 1) expect((await forgot('nobody@example.com', '192.0.2.50')).status).toBe(204);
    expect((await forgot('nobody@example.com', '192.0.2.50')).code).toBe('rate_limited');
    expect((await forgot('nobody@example.com', '192.0.2.51')).status).toBe(204);
  });

  test.each(['hfm_', 'nonsense', 'x'.repeat(200)])('%j resets nothing', async (token) => {
    expect((await reset(token)).code).toBe('invalid_token');
  });
});

describe('a new address', () => {
  test('counts once its link was used; the old one is told, and links mailed to it are worth nothing', async () => {
    const user = await app.user('mover');
    const change = (email: string, password = user.password) => app.as(user).post('me/email', { email, password });
    expect((await change('moved@example.com', 'not the one')).code).toBe('invalid_value');
    expect((await change('MOVER@example.com')).code).toBe('conflict');
    await forgot(user.email);
    const old = tokenIn(await mailNumber(user, 2));
    expect((await change('moved@example.com')).status).toBe(204);
    expect((await change('moved@example.com')).code).toBe('conflict');
    expect((await app.as(user).get('me/email')).body).toMatchObject({ email: user.email, pendingEmail: 'moved@example.com' });
    const mail = (await mailsOf(user))[2];
    expect(mail?.to).toBe('moved@example.com');
    expect((await verify(tokenIn(mail))).body).toEqual({ email: 'moved@example.com' });
    expect((await mailsOf(user)).at(-1)).toMatchObject({ to: user.email, content: { subject: 'Your account has a new e-mail address' } });
    expect((await reset(old)).code).toBe('invalid_token');
    expect((await app.as(user).get('me')).body).toMatchObject({ email: 'moved@example.com' });
    expect((await login('moved@example.com', user.password)).status).toBe(200);
    expect((await login(user.email, user.password)).code).toBe('invalid_credentials');
  });

  test('that somebody else has by then is refused', async () => {
    const user = await app.user('slow');
    await app.as(user).post('me/email', { email: 'wanted@example.com', password: user.password });
    await app.user('wanted');
    expect((await verify(tokenIn((await mailsOf(user))[1]))).code).toBe('email_taken');
    expect((await app.as(user).get('me/email')).body).toMatchObject({ email: user.email });
  });
});

test('a server without mail says so, to everybody alike, and opens accounts all the same', async () => {
  const user = await silent.user('unmailed');
  expect(await mailsOf(user)).toEqual([]);
  const answers = [
    await silent.anonymous.post('auth/password/forgot', { email: user.email }),
    await silent.anonymous.post('auth/password/forgot', { email: 'nobody@example.com' }),
    await silent.as(user).post('me/email/verification'),
    await silent.as(user).post('me/email', { email: 'x@example.com', password: user.password }),
  ];
  expect(answers.map(({ code }) => code)).toEqual(['unavailable', 'unavailable', 'unavailable', 'unavailable']);
});
