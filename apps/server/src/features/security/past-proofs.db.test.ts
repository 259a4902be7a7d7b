import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { forgetPastProofs } from './past-proofs-store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test('what has served its time goes, what is good stays', async () => {
  const user = await app.user('tidy');
  const now = app.clock.now();
  const day = 86_400_000;
  const at = (ms: number) => new Date(now + ms);
  for (const [name, ms] of [
    ['past', -1],
    ['good', 60_000],
  ] as const) {
    await app.db
      .insertInto('used_challenges')
      .values({ challenge: name, expires_at: at(ms) })
      .execute();
    const purpose = name === 'past' ? 'resetPassword' : 'verifyEmail';
    const token = { token_hash: Buffer.from(name), user_id: user.id, purpose, email: user.email, created_at: at(0), expires_at: at(ms) };
    await app.db.insertInto('mailed_tokens').values(token).execute();
  }
  for (const [subject, ms] of [
    ['past', -day - 1],
    ['good', -1],
  ] as const)
    await app.db
      .insertInto('failed_attempts')
      .values({ subject, count: 1, last_at: at(ms) })
      .execute();
  for (const [revoked, expires] of [
    [-31 * day, null],
    [null, -31 * day],
    [-31 * day, 31 * day],
    [-29 * day, null],
    [null, day],
    [null, null],
  ] as const) {
    const id = newId(now);
    const key = {
      id,
      user_id: user.id,
      name: 'x',
      start: 'x',
      key_hash: Buffer.from(id),
      scopes: ['read'],
      token_version: 1,
      created_at: at(0),
    };
    const ends = { revoked_at: revoked === null ? null : at(revoked), expires_at: expires === null ? null : at(expires) };
    await app.db
      .insertInto('api_keys')
      .values({ ...key, ...ends })
      .execute();
  }
  const device = { user_id: user.id, device_hash: Buffer.from('old'), first_seen_at: at(-400 * day), last_seen_at: at(-366 * day) };
  await app.db.insertInto('known_devices').values(device).execute();
  // One token, challenge, failure and device, and three keys.
  expect(await forgetPastProofs(app.db, now)).toBe(7);
  expect(await forgetPastProofs(app.db, now)).toBe(0);
});
