import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';
import type { TestDatabase } from './test-database.ts';

const made: TestDatabase[] = [];
afterAll(() => Promise.all(made.map((database) => database.drop())));

async function make(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  made.push(database);
  return database;
}

async function ask<Row extends pg.QueryResultRow>({ url }: TestDatabase, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('two test databases do not see each other', async () => {
  const [one, other] = await Promise.all([make(), make()]);
  await ask(one, 'CREATE TABLE marker AS SELECT 1 AS one');

  expect(await ask(one, 'SELECT one FROM marker')).toEqual([{ one: 1 }]);
  await expect(ask(other, 'SELECT one FROM marker')).rejects.toThrow('relation "marker" does not exist');
});

test('a test database has the tables of the migrations, and none of their rows but what they bring', async () => {
  const tables = await ask<{ name: string }>(
    await make(),
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );

  expect(tables.map(({ name }) => name)).toContain('portfolios');
});

test('a dropped database is gone, with the sessions on it', async () => {
  const database = await make();
  const client = new pg.Client({ connectionString: database.url });
  const ended = new Promise((resolve) => client.on('error', resolve));
  await client.connect();

  await database.drop();

  await ended;
  await expect(ask(database, 'SELECT 1')).rejects.toThrow('does not exist');
});
