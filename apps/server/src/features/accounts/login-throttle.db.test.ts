import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const HOUR_MS = 3_600_000;
const ask = (user: Pick<TestUser, 'email'>, password: string, from: { ip?: string; agent?: string; server?: TestApp } = {}) =>
  (from.server ?? app).anonymous.post(
    'auth/login',
    { email: user.email, password },
    { remoteAddress: from.ip ?? '192.0.2.1', headers: { 'user-agent': from.agent ?? 'Guesser/1.0' } },
  );
const waitOf = async (answer: ReturnType<typeof ask>) => (await answer).headers['retry-after'];

test('a restart and a second server know of the failures', async () => {
  const user = await app.user('restarted');
  for (let tried = 0; tried < 5; tried += 1) await ask(user, 'wrong');
  const restarted = await startTestApp({ beside: app });
  expect(await waitOf(ask(user, user.password, { server: restarted }))).toBe('1');
  await restarted.close();
});

test('of thirty who guess at once, five are let in', async () => {
  const user = await app.user('stormed');
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask(user, 'wrong', { ip: '192.0.2.2' })));
  const codes = answers.map(({ code }) => code);
  expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(5);
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(25);
});

test('the wait doubles up to 15 minutes and is forgotten after an hour', async () => {
  const user = await app.user('patient');
  const waits: unknown[] = [];
  for (let tried = 0; tried < 5; tried += 1) await ask(user, 'wrong', { ip: '192.0.2.3' });
  for (let tried = 0; tried < 12; tried += 1) {
    const wait = await waitOf(ask(user, 'wrong', { ip: '192.0.2.3' }));
    waits.push(wait);
    app.clock.advance(Number(wait) * 1_000);
    const answer = await ask(user, 'wrong', { ip: '192.0.2.3' });
    expect(answer.code).toBe('invalid_credentials');
  }
  // 2^0, 2^1, … 2^9 = 512, then never more than 900.
  expect(waits).toEqual(['1', '2', '4', '8', '16', '32', '64', '128', '256', '512', '900', '900']);
  app.clock.advance(HOUR_MS + 1);
  for (let tried = 0; tried < 5; tried += 1) expect((await ask(user, 'wrong', { ip: '192.0.2.3' })).code).toBe('invalid_credentials');
});

test('an unknown account waits like a known one', async () => {
  const nobody = { email: 'nobody@example.com' };
  for (let tried = 0; tried < 5; tried += 1) expect((await ask(nobody, 'wrong', { ip: '192.0.2.4' })).code).toBe('invalid_credentials');
  expect(await waitOf(ask(nobody, 'wrong', { ip: '192.0.2.4' }))).toBe('1');
});

test('guesses from everywhere slow a stranger by a minute at most, and the owner not where they signed in before', async () => {
  const user = await app.user('besieged');
  const home = { ip: '198.51.100.7', agent: 'Browser/1.2.3' };
  expect((await ask(user, user.password, home)).status).toBe(200);
  app.clock.advance(HOUR_MS);
  let refused = 0;
  for (let tried = 0; tried < 40; tried += 1) {
    const answer = await ask(user, 'wrong', { ip: `203.0.113.${tried}` });
    const wait = Number(answer.headers['retry-after'] ?? 0);
    expect(wait).toBeLessThanOrEqual(60);
    if (wait > 0) {
      refused += 1;
      app.clock.advance(wait * 1_000);
    }
  }
  expect(refused).toBeGreaterThan(8);
  await ask(user, 'wrong', { ip: '203.0.113.99' });
  expect((await ask(user, user.password, { ip: '203.0.113.200' })).code).toBe('rate_limited');
  // A newer version of the program on the same network is the same device.
  expect((await ask(user, user.password, { ...home, agent: 'Browser/2.0' })).status).toBe(200);
});

test('a network that tries one password on many accounts waits as well', async () => {
  const from = { ip: '192.0.2.60' };
  for (let tried = 0; tried < 50; tried += 1)
    expect((await ask({ email: `user-${tried}@example.com` }, 'wrong', from)).code).toBe('invalid_credentials');
  expect((await ask({ email: 'one-more@example.com' }, 'wrong', from)).code).toBe('rate_limited');
  expect((await ask({ email: 'one-more@example.com' }, 'wrong', { ip: '192.0.2.61' })).code).toBe('invalid_credentials');
});

test('what was typed as a name is not stored', async () => {
  await ask({ email: 'typed-password-by-mistake' }, 'wrong', { ip: '192.0.2.70' });
  const rows = await app.db.selectFrom('failed_attempts').select('subject').execute();
  expect(rows.length).toBeGreaterThan(0);
  for (const { subject } of rows) expect(subject).toMatch(/^[\w-]{43}$/);
});
