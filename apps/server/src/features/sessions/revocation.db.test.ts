import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

/** Two servers on one database, each with a gate that remembers tokens. */
let one: TestApp;
let other: TestApp;
beforeAll(async () => {
  one = await startTestApp({ postgresBus: true });
  other = await startTestApp({ beside: one, postgresBus: true });
});
afterAll(async () => {
  await other.close();
  await one.close();
});

test('a session that ends on one server ends on the other as soon as its news arrive', async () => {
  const user = await one.user('both');
  const [here, there] = [one.as(user), other.as(user)];
  expect([(await here.get('me')).status, (await there.get('me')).status]).toEqual([200, 200]);
  expect((await here.post('auth/logout')).status).toBe(204);
  expect((await here.get('me')).status).toBe(401);
  // The clock stands still, so nothing but the news can make the other server look again.
  let status = 200;
  while (status === 200) status = (await there.get('me')).status;
  expect(status).toBe(401);
});
