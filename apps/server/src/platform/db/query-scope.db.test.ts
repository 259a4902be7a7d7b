import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/test-database.ts';
import type { TestDatabase } from '../../testing/test-database.ts';
import { openPools } from './pool.ts';
import type { DatabasePools } from './pool.ts';
import { openQueryScope } from './query-scope.ts';
import { transact } from './transact.ts';

let database: TestDatabase;
/** No statement of it has a time limit: what ends, was stopped. */
let pools: DatabasePools;
let watcher: DatabasePools;
beforeAll(async () => {
  database = await createTestDatabase();
  pools = openPools({ url: database.url, size: 2, statementTimeoutMs: 0, applicationName: 'scoped' });
  watcher = openPools({ url: database.url, size: 1, statementTimeoutMs: 0 });
});
afterAll(async () => {
  await pools.close();
  await watcher.close();
  await database.drop();
});

const sleep = sql`select pg_sleep(86400)`;

/** What the pool's connections are at. */
async function running(): Promise<readonly string[]> {
  const { rows } = await watcher.pool.query<{ state: string }>(
    `select state from pg_stat_activity where application_name = 'scoped' and query like '%pg_sleep%' and state <> 'idle'`,
  );
  return rows.map(({ state }) => state);
}

async function until(states: readonly string[]): Promise<void> {
  while ((await running()).join() !== states.join());
}

test('what runs is stopped, and its connection is not lent again', async () => {
  const scope = openQueryScope();
  const work = scope.run(() => sleep.execute(pools.db));
  const failed = expect(work).rejects.toMatchObject({ code: '57014' });
  await until(['active']);
  const held = pools.pool.totalCount;
  expect(scope.cancel()).toBe(true);
  await failed;
  await until([]);
  expect(pools.pool.totalCount).toBe(held - 1);
  scope.end();
  expect(scope.cancel()).toBe(false);
  expect((await sql<{ one: number }>`select 1 as one`.execute(pools.db)).rows).toEqual([{ one: 1 }]);
});

test('a transaction is stopped in its next statement when it was between two, and is rolled back', async () => {
  await sql`create table kept (id integer)`.execute(pools.db);
  const scope = openQueryScope();
  let goOn: () => void = () => undefined;
  const pause = new Promise<void>((resolve) => (goOn = resolve));
  let reached: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (reached = resolve));
  const work = scope.run(() =>
    transact(pools.db, async (tx) => {
      await sql`insert into kept values (1)`.execute(tx);
      reached();
      await pause;
      await sleep.execute(tx);
    }),
  );
  let ended = false;
  const failed = expect(work.finally(() => (ended = true))).rejects.toMatchObject({ code: '57014' });
  await begun;
  scope.cancel();
  goOn();
  // As the deadline does: again and again, whether a statement is under way or not.
  while (!ended) {
    await running();
    scope.cancel();
  }
  await failed;
  expect((await sql`select id from kept`.execute(pools.db)).rows).toEqual([]);
});

test('the work of others, and of nobody, is left alone', async () => {
  const [mine, theirs] = [openQueryScope(), openQueryScope()];
  const work = theirs.run(() => sleep.execute(pools.db));
  const free = sleep.execute(pools.db);
  const failed = [expect(work).rejects.toMatchObject({ code: '57014' }), expect(free).rejects.toMatchObject({ code: '57014' })];
  await until(['active', 'active']);
  mine.cancel();
  expect(await running()).toEqual(['active', 'active']);
  theirs.cancel();
  await failed[0];
  await until(['active']);
  await watcher.pool.query(`select pg_cancel_backend(pid) from pg_stat_activity where application_name = 'scoped' and state = 'active'`);
  await failed[1];
});
