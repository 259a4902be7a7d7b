import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { newId } from '../../platform/ids.ts';
import { forgetPast } from './upkeep-store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
});

test('keys, facts and ended sessions that are past go; the newest fact of a channel and what is young stay', async () => {
  const user = await app.user('tidy');
  const { id } = (await app.as(user).post('portfolios', { name: 'Mine', kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>();
  const now = app.clock.now();
  const [old, young] = [new Date(now - 2 * 86_400_000), new Date(now - 3_600_000)];
  for (const [key, at] of [
    ['old', old],
    ['young', young],
  ] as const) {
    await app.pool.query("insert into idempotency_keys (user_id, key, operation, request_hash, created_at) values ($1, $2, 'x', '', $3)", [
      user.id,
      key,
      at,
    ]);
  }
  for (const [sequence, at] of [
    [1, old],
    [2, old],
  ] as const) {
    await app.pool.query("insert into stream_facts (channel, sequence, at, body) values ('imports:a', $1, $2, '{}')", [sequence, at]);
  }
  await app.pool.query('update sessions set revoked_at = $1 where user_id = $2', [new Date(now - 40 * 86_400_000), user.id]);
  for (const days of [8, 6]) {
    const report = newId(now - days * 86_400_000);
    await app.pool.query(
      "insert into reports (id, user_id, portfolio_id, kind, format, status, file_name, byte_count, created_at) values ($1, $2, $3, 'income', 'csv', 'done', 'a', 1, $4)",
      [report, user.id, id, new Date(now - days * 86_400_000)],
    );
    await app.pool.query('insert into report_chunks (report_id, number, bytes) values ($1, 1, $2)', [report, Buffer.from('x')]);
    await app.pool.query(
      "insert into exports (id, user_id, status, file_name, byte_count, created_at) values ($1, $2, 'done', 'a', 1, $3)",
      [report, user.id, new Date(now - days * 86_400_000)],
    );
  }
  for (const [at, kind, status] of [
    [old, 'statement', 'previewed'],
    [young, 'statement', 'previewed'],
    [old, 'statement', 'done'],
  ] as const) {
    await app.pool.query(
      "insert into imports (id, kind, user_id, file_name, file_hash, byte_count, status, created_at) values ($1, $2, $3, 'a', '', 1, $4, $5)",
      [newId(now), kind, user.id, status, at],
    );
  }
  const forgotten = await forgetPast(app.db, {
    before: new Date(now - 86_400_000),
    sessionsBefore: new Date(now - 30 * 86_400_000),
    reportsBefore: new Date(now - 7 * 86_400_000),
  });
  expect(forgotten).toMatchObject({ idempotencyKeys: 1, streamFacts: 1, sessions: 1, reports: 1, statements: 1 });
  expect((await app.pool.query('select id from exports')).rowCount).toBe(1);
  // The file went with its report.
  expect((await app.pool.query('select number from report_chunks')).rowCount).toBe(1);
  expect((await app.pool.query("select sequence from stream_facts where channel = 'imports:a'")).rows).toEqual([{ sequence: 2 }]);
});
