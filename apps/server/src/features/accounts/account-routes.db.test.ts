import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
let root: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user('root', 'admin');
});
afterAll(() => app.close());

const login = (user: TestUser, password = user.password) => app.anonymous.post('auth/login', { email: user.email, password });
const status = async (user: { accessToken: string }) => (await app.as(user).get('me')).status;
const actionsOn = async (id: string) =>
  (await app.db.selectFrom('audit_entries').select('action').where('subject_id', '=', id).orderBy('id').execute()).map(
    ({ action }) => action,
  );

describe('the own account', () => {
  test('shows what a plan allows', async () => {
    const limitsOf = async (name: string, role: 'standard' | 'premium' | 'admin') =>
      (await app.as(await app.user(name, role)).get('me')).as<{ limits: object }>().limits;
    // RATE_LIMITS is off in tests, so no plan limits calls.
    expect(await limitsOf('plan-standard', 'standard')).toEqual({ watchlists: 1, priceHistoryDays: 30, requestsPerHour: null });
    expect(await limitsOf('plan-premium', 'premium')).toEqual({ watchlists: 10, priceHistoryDays: null, requestsPerHour: null });
    expect(await limitsOf('plan-admin', 'admin')).toEqual({ watchlists: null, priceHistoryDays: null, requestsPerHour: null });
  });

  test('changes what is given and leaves the rest', async () => {
    const user = await app.user('profile');
    const me = app.as(user);
    const first = { firstName: ' Grace ', timezone: 'europe/berlin', locale: 'DE-ch', baseCurrency: 'CHF' };
    expect((await me.patch('me', first)).body).toMatchObject({
      firstName: 'Grace',
      lastName: null,
      username: 'profile',
      timezone: 'Europe/Berlin',
      locale: 'de-CH',
      baseCurrency: 'CHF',
    });
    expect((await me.patch('me', { firstName: null, username: null })).body).toMatchObject({
      firstName: null,
      username: null,
      timezone: 'Europe/Berlin',
    });
    expect((await me.get('me')).body).toMatchObject({ firstName: null, username: null, baseCurrency: 'CHF' });
    expect(await actionsOn(user.id)).toEqual(['user.created', 'user.changed', 'user.changed']);
  });

  test.each([
    [{ timezone: 'Mars/Olympus' }, 'invalid_value'],
    [{ timezone: '+01:00' }, 'invalid_value'],
    [{ locale: 'not a tag' }, 'invalid_value'],
    [{ baseCurrency: 'ZZZ' }, 'invalid_value'],
    [{ username: 'a@b' }, 'invalid_value'],
    [{ username: 'ROOT' }, 'username_taken'],
    [{ role: 'admin' }, 'unknown_field'],
    [{ email: 'new@example.com' }, 'unknown_field'],
  ])('%j is refused', async (change, code) => {
    const { accessToken } = (await app.anonymous.post('auth/login', { email: root.email, password: root.password })).as<{
      accessToken: string;
    }>();
    const user = code === 'username_taken' ? await app.user('copycat') : { accessToken };
    expect((await app.as(user).patch('me', change)).code).toBe(code);
  });

  test('a new password needs the old one and ends every session', async () => {
    const user = await app.user('pass');
    const me = app.as(user);
    const change = (currentPassword: string, newPassword: string) => me.post('me/password', { currentPassword, newPassword });
    const wrong = await change('not the one', 'quite another sentence');
    expect([wrong.code, wrong.as<{ errors: object[] }>().errors]).toEqual([
      'invalid_value',
      [{ path: 'currentPassword', message: 'is not your password' }],
    ]);
    expect((await change(user.password, 'qwertyuiop')).code).toBe('weak_password');
    expect((await change(user.password, user.email)).code).toBe('weak_password');
    expect((await change(user.password, 'quite another sentence')).status).toBe(204);
    expect(await status(user)).toBe(401);
    expect((await app.anonymous.post('auth/refresh', { refreshToken: user.refreshToken })).code).toBe('invalid_refresh_token');
    expect((await login(user)).code).toBe('invalid_credentials');
    expect((await login(user, 'quite another sentence')).status).toBe(200);
    expect((await actionsOn(user.id)).filter((action) => action !== 'login.failed')).toEqual([
      'user.created',
      'user.password_changed',
      'sessions.ended',
    ]);
  });

  test('closing deactivates; an administrator can bring the account back', async () => {
    const user = await app.user('closer');
    expect((await app.as(user).delete('me')).status).toBe(204);
    expect(await status(user)).toBe(401);
    expect((await app.as(root).get(`admin/users/${user.id}`)).body).toMatchObject({ isActive: false, openSessions: 0 });
    expect((await app.as(root).patch(`admin/users/${user.id}`, { isActive: true })).body).toMatchObject({
      isActive: true,
      deactivatedAt: null,
    });
    expect((await login(user)).status).toBe(200);
  });

  test('erasing needs the password and leaves nothing but the record that it was done', async () => {
    const user = await app.user('eraser');
    const me = app.as(user);
    expect((await me.delete('me?erase=true')).code).toBe('invalid_value');
    expect((await me.delete('me?erase=true', { password: 'not the one' })).code).toBe('invalid_value');
    expect((await me.delete('me?erase=true', { password: user.password })).status).toBe(204);
    expect((await app.as(root).get(`admin/users/${user.id}`)).code).toBe('not_found');
    expect(await app.db.selectFrom('sessions').select('id').where('user_id', '=', user.id).execute()).toEqual([]);
    expect(await app.db.selectFrom('portfolios').select('id').where('user_id', '=', user.id).execute()).toEqual([]);
    expect(await actionsOn(user.id)).toEqual(['user.created', 'user.erased', 'sessions.ended']);
    const kept = await app.db.selectFrom('audit_entries').selectAll().where('subject_id', '=', user.id).execute();
    expect(JSON.stringify(kept)).not.toContain('eraser');
    expect((await app.anonymous.post('auth/register', { email: user.email, password: user.password })).status).toBe(201);
  });
});

describe('administration', () => {
  test('finds users by part of a name, by role and state, page by page', async () => {
    const admin = app.as(root);
    for (const name of ['finder-1', 'finder-2', 'finder-3']) await app.user(name, name === 'finder-2' ? 'premium' : 'standard');
    type Listed = { items: { email: string }[]; nextCursor: string | null };
    const names = (listed: Listed) => listed.items.map(({ email }) => email.split('@')[0]);
    const page = (await admin.get('admin/users?search=FINDER&limit=2')).as<Listed>();
    expect(names(page)).toEqual(['finder-3', 'finder-2']);
    expect(names((await admin.get(`admin/users?search=finder&limit=2&cursor=${page.nextCursor ?? ''}`)).as<Listed>())).toEqual([
      'finder-1',
    ]);
    expect(names((await admin.get('admin/users?search=finder&role=premium')).as<Listed>())).toEqual(['finder-2']);
    expect(names((await admin.get('admin/users?search=finder&isActive=false')).as<Listed>())).toEqual([]);
    // In a pattern % and _ would match anything.
    expect(names((await admin.get('admin/users?search=finder%25')).as<Listed>())).toEqual([]);
    expect((await admin.get('admin/users?cursor=WyJhdWRpdCIsIjEiXQ')).code).toBe('invalid_value');
  });

  test.each([
    [{ role: 'premium' }, ['user.role_changed']],
    [{ isActive: false }, ['user.deactivated']],
    [{ signOut: true }, ['user.signed_out']],
    [{ role: 'premium', isActive: false }, ['user.role_changed', 'user.deactivated']],
  ])('%j ends what was issued before', async (change, actions) => {
    const user = await app.user(`changed-${Object.keys(change).join('-').toLowerCase()}`);
    expect(await status(user)).toBe(200);
    expect((await app.as(root).patch(`admin/users/${user.id}`, change)).status).toBe(200);
    expect(await status(user)).toBe(401);
    expect((await app.anonymous.post('auth/refresh', { refreshToken: user.refreshToken })).code).toBe('invalid_refresh_token');
    expect(await actionsOn(user.id)).toEqual(['user.created', ...actions, 'sessions.ended']);
  });

  test('a change to what is so already does nothing', async () => {
    const user = await app.user('same');
    expect((await app.as(root).patch(`admin/users/${user.id}`, { role: 'standard', isActive: true })).status).toBe(200);
    expect(await status(user)).toBe(200);
  });

  test('the last administrator stays, also when two leave at once', async () => {
    const own = await startTestApp();
    const [one, two] = [await own.user('one', 'admin'), await own.user('two', 'admin')];
    const answers = await Promise.all([
      own.as(one).patch(`admin/users/${one.id}`, { role: 'standard' }),
      own.as(two).delete('me'),
      own.as(two).delete('me?erase=true', { password: two.password }),
    ]);
    const administrators = await own.db
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'admin')
      .where('is_active', '=', true)
      .execute();
    expect(administrators).toHaveLength(1);
    expect(answers.map(({ code }) => code)).toContain('conflict');
    // Whoever is left cannot go, in none of the three ways.
    const left = administrators[0]?.id === one.id ? one : two;
    const { accessToken } = (await own.anonymous.post('auth/login', { email: left.email, password: left.password })).as<{
      accessToken: string;
    }>();
    const me = own.as({ accessToken });
    expect((await me.patch(`admin/users/${left.id}`, { role: 'premium' })).code).toBe('conflict');
    expect((await me.patch(`admin/users/${left.id}`, { isActive: false })).code).toBe('conflict');
    expect((await me.delete('me')).code).toBe('conflict');
    expect((await me.delete('me?erase=true', { password: left.password })).code).toBe('conflict');
    await own.close();
  });

  test('is for administrators', async () => {
    const user = await app.user('curious', 'premium');
    for (const url of ['admin/users', `admin/users/${root.id}`, 'admin/audit'])
      expect((await app.as(user).get(url)).code).toBe('forbidden');
    expect((await app.as(user).patch(`admin/users/${user.id}`, { role: 'admin' })).code).toBe('forbidden');
  });

  test('reads the audit log by who, what, whom and when, page by page', async () => {
    const user = await app.user('audited');
    app.clock.advance(60_000);
    const from = new Date(app.clock.now()).toISOString();
    await app.as(user).patch('me', { firstName: 'A' });
    app.clock.advance(1);
    await app.as(user).patch('me', { firstName: 'B' });
    const admin = app.as(root);
    type Listed = { items: { at: string; actorId: string; action: string; details: object }[]; nextCursor: string | null };
    const page = (await admin.get(`admin/audit?actorId=${user.id}&limit=1`)).as<Listed>();
    const next = (await admin.get(`admin/audit?actorId=${user.id}&limit=1&cursor=${page.nextCursor ?? ''}`)).as<Listed>();
    expect([page.items[0]?.at, next.items[0]?.at]).toEqual([new Date(app.clock.now()).toISOString(), from]);
    const count = async (query: string) => (await admin.get(`admin/audit?${query}`)).as<Listed>().items.length;
    expect(await count(`subjectId=${user.id}&subjectKind=user`)).toBe(3);
    expect(await count(`subjectId=${user.id}&action=user.changed`)).toBe(2);
    expect(await count(`subjectId=${user.id}&from=${from}`)).toBe(2);
    expect(await count(`subjectId=${user.id}&to=${from}`)).toBe(1);
    expect((await admin.get('admin/audit?from=yesterday')).code).toBe('invalid_value');
  });

  test('the audit log cannot be changed, not even in the database', async () => {
    await expect(app.db.updateTable('audit_entries').set({ action: 'nothing' }).execute()).rejects.toThrow('never changed');
    await expect(app.db.deleteFrom('audit_entries').execute()).rejects.toThrow('never changed');
  });
});

describe('the first administrator', () => {
  const account = { email: 'owner@example.com', password: 'the owner of this server' };

  test('is made once, by one of two servers that start together', async () => {
    const own = await startTestApp();
    const { accounts } = own.app;
    const outcomes = await Promise.all([accounts.ensureFirstAdministrator(account), accounts.ensureFirstAdministrator(account)]);
    expect(outcomes.sort()).toEqual(['created', 'none']);
    const answer = await own.anonymous.post('auth/login', account);
    expect(answer.body).toMatchObject({ user: { role: 'admin' } });
    await own.close();
  });

  test('takes over an account that somebody registered with the address before', async () => {
    const own = await startTestApp();
    const squatter = await own.user('owner');
    expect(await own.app.accounts.ensureFirstAdministrator(account)).toBe('promoted');
    expect((await own.as(squatter).get('me')).status).toBe(401);
    expect((await own.anonymous.post('auth/login', { email: squatter.email, password: squatter.password })).code).toBe(
      'invalid_credentials',
    );
    expect((await own.anonymous.post('auth/login', account)).body).toMatchObject({ user: { role: 'admin' } });
    await own.close();
  });
});

test('the demonstration account is made once, with what features add to it', async () => {
  const own = await startTestApp();
  const shown: string[] = [];
  const steps = [async (_tx: unknown, user: { readonly email: string }) => void shown.push(user.email)];
  const credentials = await own.app.accounts.seedDemonstration(steps);
  expect(await own.app.accounts.seedDemonstration(steps)).toEqual(credentials);
  expect(shown).toEqual([credentials.email]);
  const { email, password } = credentials;
  expect((await own.anonymous.post('auth/login', { email, password })).status).toBe(200);
  await own.close();
});
