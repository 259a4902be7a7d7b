import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/test-database.ts';
import { createFeedLease } from './feed-lease-store.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const lease = () => createFeedLease({ connection: { connectionString: database.url }, onLost: () => undefined });

test('several who ask at once on one server get it together; another server gets it when it is given back', async () => {
  const here = lease();
  const there = lease();
  expect(await Promise.all([here.hold(), here.hold(), here.hold()])).toEqual([true, true, true]);
  expect([await there.hold(), there.isHeld]).toEqual([false, false]);
  await here.close();
  // The lock goes with the connection, whose end the database notices by itself.
  await expect.poll(() => there.hold(), { timeout: 60_000 }).toBe(true);
  await there.close();
});
