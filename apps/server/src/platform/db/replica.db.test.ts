/** A replica that is up to date, behind, and away: the answers are right each time. The replica is a copy of the database at one moment. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { createTestDatabase } from '../../testing/test-database.ts';
import type { TestDatabase } from '../../testing/test-database.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { openReplica } from './replica.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const clock = fixedClock(0);
const away: unknown[] = [];
const replicaAt = (url: string) =>
  openReplica({ url, size: 1, statementTimeoutMs: 5_000, clock, onAway: (error) => void away.push(error) });

test('what the replica has is read there, what it lacks is not, and nobody waits for one that is away', async () => {
  const ann = await app.user('ann');
  const { id } = (await app.as(ann).post('portfolios', { name: 'Kept', kind: 'tracked' })).as<{ id: string }>();
  const record = (tradedAt: string) =>
    app.as(ann).post(`portfolios/${id}/transactions`, { type: 'interest', amount: '5.00', currency: 'USD', tradedAt });
  await record('2025-02-03T10:00:00.000Z');
  // Only the copy says 7, so that it is seen where an answer comes from.
  const copy = await copyOf(app.pool, id);
  const replica = replicaAt(copy.url);
  const reader = await startTestApp({ beside: app, replica });
  const interest = async () => (await reader.as(ann).get(`portfolios/${id}/income`)).as<{ total: string }>().total;
  expect(await interest()).toBe('7');
  // The next one is 5.00 more on the database itself: 10.00, of which the copy knows nothing.
  await record('2025-03-03T10:00:00.000Z');
  expect(await interest()).toBe('10');
  await reader.close();
  await replica.close();
  await copy.drop();

  const gone = replicaAt(copy.url);
  const other = await startTestApp({ beside: app, replica: gone });
  expect((await other.as(ann).get(`portfolios/${id}/income`)).as<{ total: string }>().total).toBe('10');
  expect(away).toHaveLength(1);
  // For a while it is not asked again.
  expect(await gone.upTo(id, 1)).toBeNull();
  expect(away).toHaveLength(1);
  clock.advance(5_001);
  expect(await gone.upTo(id, 1)).toBeNull();
  expect(away).toHaveLength(2);
  await other.close();
  await gone.close();
});

/** A database in which of one portfolio everything is as it is now that a history is made of, but for the amounts: those are 7. */
async function copyOf(pool: pg.Pool, portfolioId: string): Promise<TestDatabase> {
  const copy = await createTestDatabase();
  const session = new pg.Client({ connectionString: copy.url });
  await session.connect();
  // A replica does not ask for the rows that its rows refer to.
  const { rows: references } = await session.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint
     where contype = 'f' and conrelid in ('portfolio_heads'::regclass, 'transactions'::regclass)`,
  );
  for (const { drop } of references) await session.query(drop);
  await session.query('alter table transactions disable trigger user');
  for (const table of ['portfolio_heads', 'transactions']) {
    const { rows } = await pool.query<{ all: string }>(`select json_agg(t)::text as all from ${table} t where portfolio_id = $1`, [
      portfolioId,
    ]);
    await session.query(`insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)`, [
      rows[0]?.all,
    ]);
  }
  await session.query('update transactions set amount = 7');
  await session.end();
  return copy;
}
