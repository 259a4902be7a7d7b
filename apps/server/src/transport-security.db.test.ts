/** PostgreSQL and Redis over TLS, from the settings to the wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readConfig } from './config.ts';
import { openPostgresBus } from './platform/bus/index.ts';
import { migrate } from './platform/db/migrate.ts';
import { openPools } from './platform/db/pool.ts';
import { connectRedis } from './platform/redis/index.ts';
import { createTestDatabase, testRedis } from './testing/test-database.ts';
import type { TestDatabase } from './testing/test-database.ts';
import { newAuthority, tlsLine } from './testing/tls-line.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function configWith(environment: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return readConfig({ environment, folder });
}

/** Whether the settings reach the database, or the reason why not. */
async function reaches(environment: Readonly<Record<string, string>>): Promise<string> {
  const { url } = configWith(environment).database;
  const pools = openPools({ url: url ?? '', size: 1, statementTimeoutMs: 5_000 });
  try {
    await pools.pool.query('select 1');
    return 'reached';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await pools.close();
  }
}

const withMode = (line: string, sslmode: string): string => {
  const url = new URL(line);
  url.searchParams.set('sslmode', sslmode);
  return url.href;
};

test('the database proves who it is by the authority that was named, and only by that one', async () => {
  const [ours, other] = [await newAuthority(), await newAuthority()];
  const line = await tlsLine(database.url, ours);
  expect(await reaches({ DATABASE_URL: line, DB_CA_CERT: ours.file })).toBe('reached');
  expect(await reaches({ DATABASE_URL: line, DB_CA_CERT: ours.certificate })).toBe('reached');
  expect(await reaches({ DATABASE_URL: line, DB_CA_CERT: other.file })).toMatch(/certificate|self-signed/);
  // The address names another host than the certificate does: verify-full minds, verify-ca does not.
  const byNumber = line.replace('localhost', '127.0.0.1');
  expect(await reaches({ DATABASE_URL: byNumber, DB_CA_CERT: ours.file })).toMatch(/127\.0\.0\.1|altnames/);
  expect(await reaches({ DATABASE_URL: withMode(byNumber, 'verify-ca'), DB_CA_CERT: ours.file })).toBe('reached');
});

test('sslmode=require encrypts without asking who answers, unless an authority is named', async () => {
  const [ours, other] = [await newAuthority(), await newAuthority()];
  const line = await tlsLine(database.url, ours);
  expect(await reaches({ DATABASE_URL: withMode(line, 'require') })).toBe('reached');
  expect(await reaches({ DATABASE_URL: withMode(line, 'require'), DB_CA_CERT: other.file })).toMatch(/certificate|self-signed/);
  // Behind this line nobody is let in without TLS.
  expect(await reaches({ DATABASE_URL: line })).not.toBe('reached');
});

test('migrations and events go the same way', async () => {
  const ours = await newAuthority();
  const { database: settings } = configWith({ DATABASE_URL: await tlsLine(database.url, ours), DB_CA_CERT: ours.file });
  const url = settings.directUrl ?? '';
  expect(await migrate({ url })).toEqual([]);
  const pools = openPools({ url, size: 2, statementTimeoutMs: 5_000 });
  const bus = await openPostgresBus({ directUrl: url, pool: pools.pool, onError: () => undefined });
  const heard = new Promise((resolve) => void bus.subscribe('tls-test', resolve));
  await bus.publish('tls-test', { said: 'over TLS' });
  expect(await heard).toEqual({ said: 'over TLS' });
  await bus.close();
  await pools.close();
});

const redis = testRedis();

if (redis === undefined) test('without Redis there is nothing to encrypt', () => expect(redis).toBeUndefined());
else
  test('Redis over TLS: its authority is checked, or not, as the settings say', async () => {
    const [ours, other] = [await newAuthority(), await newAuthority()];
    const line = (await tlsLine(redis.url, ours)).replace(/^redis:/, 'rediss:');
    const isReady = async (settings: Readonly<Record<string, string>>) => {
      const config = configWith({ REDIS_URL: line, ...settings }).redis;
      const connection = await connectRedis({ url: '', prefix: '', ...config });
      const ready = connection.isReady();
      await connection.close();
      return ready;
    };
    expect(await isReady({ REDIS_CA_CERT: ours.file })).toBe(true);
    expect(await isReady({ REDIS_CA_CERT: other.file })).toBe(false);
    expect(await isReady({})).toBe(false);
    expect(await isReady({ REDIS_TLS_VERIFY: 'off' })).toBe(true);
  });
