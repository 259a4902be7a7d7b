import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/test-database.ts';
import type { TestDatabase } from '../../testing/test-database.ts';
import { openPools } from './pool.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function toldAtLeast(atLeastMs: number): Promise<readonly string[]> {
  const told: string[] = [];
  const slow = { atLeastMs, told: (statement: string) => void told.push(statement) };
  const pools = openPools({ url: database.url, size: 1, statementTimeoutMs: 5_000, slow });
  await pools.db.selectFrom('users').select('id').where('email', '=', 'private@example.com').execute();
  await pools.close();
  return told;
}

test('what takes as long as said is told by its text, without the values', async () => {
  // Everything takes at least nothing, and nothing takes an hour.
  expect(await toldAtLeast(0)).toEqual(['select "id" from "users" where "email" = $1']);
  expect(await toldAtLeast(3_600_000)).toEqual([]);
});
