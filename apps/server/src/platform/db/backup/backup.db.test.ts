/** A restore test: everything that a used server has, written, brought into an empty database, and compared row by row. */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../../testing/test-database.ts';
import type { TestDatabase } from '../../../testing/test-database.ts';
import { readBackup, RestoreRefused, writeBackup } from './index.ts';

let source: TestDatabase;
let target: TestDatabase;
let folder: string;
let path: string;

const AWKWARD = 'tab\tline\nreturn\rback\\slash \u2028 separator, "quotes", \\. and Größe';

beforeAll(async () => {
  source = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'holdfast-backup-'));
  path = join(folder, 'all.holdfast.gz');
  await ask(
    source,
    `insert into users (id, email, password_hash, first_name, created_at, updated_at)
     select gen_random_uuid(), 'user' || n || '@example.com', 'x', $1, now(), now() from generate_series(1, 3) n`,
    [AWKWARD],
  );
  await ask(
    source,
    `insert into portfolios (id, user_id, name, kind, cash_mode, base_currency, created_at, updated_at)
     select gen_random_uuid(), id, 'P', 'paper', 'full', 'USD', now(), now() from users`,
  );
  await ask(source, `insert into portfolio_heads (portfolio_id, cash, credit_limit) select id, 1204.10, 0 from portfolios`);
  await ask(
    source,
    `insert into instruments (id, symbol, name, asset_class, currency, source, created_at, updated_at)
     select gen_random_uuid(), 'S' || n, 'N', 'stock', 'USD', 'import', now(), now() from generate_series(1, 5) n`,
  );
  await ask(source, `create table ticks_20260105 partition of ticks for values from ('2026-01-05') to ('2026-01-06')`);
  await ask(
    source,
    `insert into ticks (instrument_key, at, number, last, import_key)
     select 1, timestamptz '2026-01-05 10:00Z' + n * interval '1 second', n, 100 + n / 100.0, 1 from generate_series(1, 5000) n`,
  );
  await ask(source, `insert into report_chunks select r.id, 1, '\\x00ff0a5c'::bytea from reports r`);
  await ask(
    source,
    `insert into audit_entries (id, at, action, subject_kind, subject_id, details) values (gen_random_uuid(), now(), 'a', 'b', 'c', $1)`,
    [JSON.stringify({ words: AWKWARD })],
  );
});
beforeEach(async () => {
  target = await createTestDatabase();
  onTestFinished(() => target.drop());
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await source.drop();
});

async function ask<Row extends object>(database: TestDatabase, text: string, values: unknown[] = []): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** For each table how many rows there are, and a sum of all that is in them. */
async function contents(database: TestDatabase): Promise<Readonly<Record<string, string>>> {
  const tables = await ask<{ name: string }>(
    database,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
     and relname not like 'kysely%' order by relname`,
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from "${name}" t`,
  );
  const rows = await ask<{ name: string; sum: string }>(database, each.join(' union all '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

test('what was written comes back, every row of every table, and numbers go on after it', async () => {
  const before = await contents(source);
  const tables = await writeBackup({ url: source.url, path, at: Date.parse('2026-01-05T10:00:00Z') });
  expect(tables).toBe(Object.keys(before).length);
  // A first start leaves something there: it gives way.
  await ask(
    target,
    `insert into instruments (id, symbol, name, asset_class, currency, source, created_at, updated_at)
     values (gen_random_uuid(), 'AAPL', 'N', 'stock', 'USD', 'simulated', now(), now())`,
  );
  const seen: string[] = [];
  expect(await readBackup({ url: target.url, path, onTable: (table) => seen.push(table) })).toBe(tables);
  expect(seen).toHaveLength(tables);
  expect(await contents(target)).toEqual(before);
  expect(before['ticks']).toMatch(/^5000 /);
  const [next] = await ask<{ key: number }>(
    target,
    `insert into instruments (id, symbol, name, asset_class, currency, source, created_at, updated_at)
     values (gen_random_uuid(), 'NEW', 'N', 'stock', 'USD', 'import', now(), now()) returning key`,
  );
  expect(next?.key).toBe(6);
});

test('what is written during a backup is in no table of it', async () => {
  const before = await contents(source);
  const during = join(folder, 'during.gz');
  let written = false;
  await writeBackup({
    url: source.url,
    path: during,
    at: 0,
    onTable: async () => {
      if (written) return;
      written = true;
      await ask(
        source,
        `insert into users (id, email, password_hash, created_at, updated_at) values (gen_random_uuid(), 'late@example.com', 'x', now(), now())`,
      );
    },
  });
  await ask(source, `delete from users where email = 'late@example.com'`);
  await readBackup({ url: target.url, path: during });
  expect(await contents(target)).toEqual(before);
});

test('a database that people use is left alone', async () => {
  await writeBackup({ url: source.url, path, at: 0 });
  await readBackup({ url: target.url, path });
  await expect(readBackup({ url: target.url, path })).rejects.toThrow('it has 3 users, who would be lost');
});

test('a backup that is cut short, tampered with, of another schema or none at all changes nothing', async () => {
  await writeBackup({ url: source.url, path, at: 0 });
  const text = gunzipSync(readFileSync(path)).toString('latin1');
  const bad = join(folder, 'bad.gz');
  const before = await contents(target);
  const refused = async (content: Buffer | string) => {
    writeFileSync(bad, content);
    await expect(readBackup({ url: target.url, path: bad })).rejects.toThrow();
    expect(await contents(target)).toEqual(before);
  };
  const lines = text.split('\n');
  await refused(gzipSync(Buffer.from(lines.slice(0, -20).join('\n'), 'latin1')));
  // In the middle of a table's rows, and with a row there that the table does not take.
  const ticks = lines.findIndex((line) => line.includes('"table":"ticks"'));
  await refused(gzipSync(Buffer.from(lines.slice(0, ticks + 1_000).join('\n'), 'latin1')));
  await refused(gzipSync(Buffer.from(lines.with(ticks + 1_000, 'no tick').join('\n'), 'latin1')));
  await refused(gzipSync(Buffer.from(text.replace('"0001-ground"', '"0001-other"'), 'latin1')));
  await refused(gzipSync(Buffer.from(text.replace(/"tables":\d+/, '"tables":1'), 'latin1')));
  await refused('no backup');
  await refused(gzipSync('{"format":"something else"}\n'));
  writeFileSync(bad, readFileSync(path));
  truncateSync(bad, 300);
  await expect(readBackup({ url: target.url, path: bad })).rejects.toBeInstanceOf(RestoreRefused);
  await expect(readBackup({ url: target.url, path: join(folder, 'nowhere.gz') })).rejects.toBeInstanceOf(RestoreRefused);
  expect(await contents(target)).toEqual(before);
});
