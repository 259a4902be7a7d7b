import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { breakableLine } from '../../testing/breakable-line.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { openPools, type DatabasePools } from '../db/pool.ts';
import { transact } from '../db/transact.ts';
import { busSuite } from './bus-suite.ts';
import { BusError } from './bus.ts';
import { publishWithin } from './notification.ts';
import { openPostgresBus } from './postgres-bus.ts';

let database: TestDatabase;
let pools: DatabasePools;
beforeAll(async () => {
  database = await createTestDatabase();
  pools = openPools({ url: database.url, size: 4, statementTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pools.close();
  await database.drop();
});

busSuite('PostgreSQL', async (onError) => {
  const line = await breakableLine(database.url);
  return {
    first: await openPostgresBus({ directUrl: database.url, pool: pools.pool, onError }),
    second: await openPostgresBus({ directUrl: line.url, pool: pools.pool, onError }),
    line,
  };
});

async function listening() {
  const bus = await openPostgresBus({ directUrl: database.url, pool: pools.pool, onError: () => undefined });
  onTestFinished(() => bus.close());
  const heard: unknown[] = [];
  await bus.subscribe('orders', (payload) => heard.push(payload));
  return {
    bus,
    heard,
    /** What was published before has arrived once this has. */
    settled: async () => {
      let arrived = false;
      const leave = await bus.subscribe('settled', () => (arrived = true));
      await bus.publish('settled', null);
      while (!arrived) await new Promise(setImmediate);
      leave();
    },
  };
}

test('an event within a transaction is heard when it commits, equal ones each, and never when it is rolled back', async () => {
  const { heard, settled } = await listening();
  await transact(pools.db, async (tx) => {
    await publishWithin(tx, 'orders', { id: 1 });
    await publishWithin(tx, 'orders', { id: 1 });
    await settled();
    expect(heard).toEqual([]);
  });
  await settled();
  expect(heard).toEqual([{ id: 1 }, { id: 1 }]);

  const failing = transact(pools.db, async (tx) => {
    await publishWithin(tx, 'orders', { id: 2 });
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  await settled();
  expect(heard).toHaveLength(2);
});

test('an event within a transaction of a plain client', async () => {
  const { heard, settled } = await listening();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin');
  await publishWithin(client, 'orders', 3);
  await client.query('commit');
  await client.end();
  await settled();
  expect(heard).toEqual([3]);
});

test('the largest event arrives and a larger one is refused', async () => {
  const { bus, heard, settled } = await listening();
  // 7,999 bytes less the sender's number before it (at most 8 + 8 characters and a space) and two quotes; "é" has two bytes.
  const large = 'é'.repeat(3_990);
  await bus.publish('orders', large);
  await settled();
  expect(heard).toEqual([large]);
  await expect(bus.publish('orders', 'é'.repeat(4_000))).rejects.toThrow(BusError);
});
