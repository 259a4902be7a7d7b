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

async function preparedNames(prepared: boolean): Promise<readonly string[]> {
  const pools = openPools({ url: database.url, size: 1, statementTimeoutMs: 5_000, prepared });
  const one = { name: 'one', text: 'select $1::int as one', values: [1] };
  expect((await pools.pool.query<{ one: number }>(one)).rows).toEqual([{ one: 1 }]);
  const client = await pools.pool.connect();
  expect((await client.query<{ one: number }>({ ...one, name: 'again' })).rows).toEqual([{ one: 1 }]);
  client.release();
  const { rows } = await pools.pool.query<{ name: string }>('select name from pg_prepared_statements order by name');
  await pools.close();
  return rows.map(({ name }) => name);
}

test('statements are prepared under their names, unless a pooler would not know them again', async () => {
  expect(await preparedNames(true)).toEqual(['again', 'one']);
  expect(await preparedNames(false)).toEqual([]);
});

test('what takes as long as said is told by its text, without the values', async () => {
  // Everything takes at least nothing, and nothing takes an hour.
  expect(await toldAtLeast(0)).toEqual(['select "id" from "users" where "email" = $1']);
  expect(await toldAtLeast(3_600_000)).toEqual([]);
});
