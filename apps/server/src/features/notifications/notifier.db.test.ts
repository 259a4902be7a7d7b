/** Written with their effect: numbers without a gap, each effect once, nothing of what was rolled back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryBus } from '../../platform/bus/index.ts';
import { openPools } from '../../platform/db/pool.ts';
import type { DatabasePools } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase } from '../../testing/test-database.ts';
import type { TestDatabase } from '../../testing/test-database.ts';
import { createMailQueue, createNotifier } from './index.ts';
import type { NewNotification } from './index.ts';
import { writePreferences } from './preferences-store.ts';
import { DEFAULT_PREFERENCES } from './preferences.ts';
import { mailSeal } from './queue-mail.ts';

const AT = Date.parse('2026-01-05T15:30:00.000Z');
const fail = (error: unknown) => {
  throw error;
};
let database: TestDatabase;
let pools: DatabasePools;
const bus = createMemoryBus({ onError: fail });
const notifier = createNotifier({ bus, factsAdded: 'facts', onError: fail });

beforeAll(async () => {
  database = await createTestDatabase();
  pools = openPools({ url: database.url, size: 10, statementTimeoutMs: 20_000 });
});
afterAll(async () => {
  await pools.close();
  await database.drop();
});

async function user(name: string, more: { readonly locale?: string; readonly isActive?: boolean } = {}): Promise<string> {
  const id = newId(AT);
  const at = new Date(AT);
  const row = { id, email: `${name}@example.com`, password_hash: '', created_at: at, updated_at: at };
  await pools.db
    .insertInto('users')
    .values({ ...row, locale: more.locale ?? 'en', is_active: more.isActive ?? true })
    .execute();
  return id;
}

function alert(userId: string, dedupeKey: string, more: Partial<NewNotification> = {}): NewNotification {
  const text = { en: { title: `Fired: ${dedupeKey}`, body: 'It did.' }, de: { title: `Ausgelöst: ${dedupeKey}`, body: 'So ist es.' } };
  return { userId, kind: 'alert', text, dedupeKey, ...more };
}

const notify = (...notifications: readonly NewNotification[]) => transact(pools.db, (tx) => notifier.notify(tx, { at: AT, notifications }));

async function titles(userId: string): Promise<string[]> {
  const rows = await pools.db.selectFrom('notifications').select('title').where('user_id', '=', userId).orderBy('id').execute();
  return rows.map(({ title }) => title);
}

async function facts(userId: string) {
  const { rows } = await pools.pool.query<{ sequence: number; title: string; unread: number }>(
    `select sequence, body #>> '{notification,title}' as title, (body ->> 'unread')::int as unread from stream_facts
     where channel = $1 order by sequence`,
    [`notifications:${userId}`],
  );
  return rows.map(({ sequence, title, unread }) => [sequence, title, unread]);
}

test('each effect once, in the language of the user, with a sequence that has no gap', async () => {
  const [ada, bert] = [await user('ada'), await user('bert', { locale: 'de' })];
  await notify(alert(ada, 'one'), alert(bert, 'one'), alert(ada, 'two'));
  await notify(alert(ada, 'two'), alert(ada, 'three'), alert(ada, 'three'));
  expect(await titles(ada)).toEqual(['Fired: one', 'Fired: two', 'Fired: three']);
  expect(await titles(bert)).toEqual(['Ausgelöst: one']);
  expect(await facts(ada)).toEqual([
    [1, 'Fired: one', 1],
    [2, 'Fired: two', 2],
    [3, 'Fired: three', 3],
  ]);
  expect(await facts(bert)).toEqual([[1, 'Ausgelöst: one', 1]]);
});

test('what is rolled back was never told, and its number is used again', async () => {
  const ada = await user('roll');
  const told: unknown[] = [];
  const stop = await bus.subscribe('facts', (payload) => told.push(payload));
  const broken = transact(pools.db, async (tx) => {
    await notifier.notify(tx, { at: AT, notifications: [alert(ada, 'never')] });
    throw new Error('The effect failed.');
  });
  await expect(broken).rejects.toThrow('The effect failed.');
  expect([await titles(ada), await facts(ada), told]).toEqual([[], [], []]);
  await notify(alert(ada, 'then'));
  expect(await facts(ada)).toEqual([[1, 'Fired: then', 1]]);
  expect(told).toEqual([{ channel: `notifications:${ada}` }]);
  stop();
});

test('many at once, for two users in either order: dense numbers, each key once', async () => {
  const [ada, bert] = [await user('many-ada'), await user('many-bert')];
  const keys = Array.from({ length: 20 }, (_, at) => `k${at % 10}`);
  await Promise.all(
    keys.map((key, at) => (at % 2 === 0 ? notify(alert(ada, key), alert(bert, key)) : notify(alert(bert, key), alert(ada, key)))),
  );
  for (const id of [ada, bert]) {
    expect((await facts(id)).map(([sequence]) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const { rows } = await pools.pool.query('select sequence, unread from notification_heads where user_id = $1', [id]);
    expect(rows).toEqual([{ sequence: 10, unread: 10 }]);
  }
});

test('preferences and named channels decide what is shown and what is sent', async () => {
  const ada = await user('choosy');
  await transact(pools.db, (tx) =>
    writePreferences(tx, ada, {
      at: AT,
      preferences: {
        ...DEFAULT_PREFERENCES,
        channels: { alert: { inApp: false }, fill: { inApp: false, webhook: false, push: false }, security: { inApp: false } },
        emailTiming: 'daily',
      },
    }),
  );
  await notify(
    alert(ada, 'hidden'),
    alert(ada, 'nowhere', { kind: 'fill' }),
    alert(ada, 'always', { kind: 'security' }),
    alert(ada, 'named', { kind: 'margin', channels: ['inApp'] }),
  );
  expect(await facts(ada)).toEqual([
    [1, 'Fired: always', 1],
    [2, 'Fired: named', 2],
  ]);
  const { rows } = await pools.pool.query(
    `select n.dedupe_key as key, d.channel, d.is_digest as digest, d.due_at as due from deliveries d
     join notifications n on n.id = d.notification_id where d.user_id = $1 order by d.id`,
    [ada],
  );
  expect(rows).toEqual([
    { key: 'hidden', channel: 'email', digest: true, due: new Date('2026-01-06T08:00:00.000Z') },
    { key: 'always', channel: 'email', digest: false, due: new Date(AT) },
  ]);
});

test('nobody tells an account that is closed', async () => {
  const gone = await user('gone', { isActive: false });
  await notify(alert(gone, 'one'));
  expect(await titles(gone)).toEqual([]);
});

test('a mail of its own is sealed, and queued only if its transaction commits', async () => {
  const ada = await user('mail');
  const queue = createMailQueue({ bus, secretKey: 'a secret of the test', onError: fail });
  const content = { subject: 'Confirm your address', lines: ['Hello.'], action: { label: 'Confirm', url: 'https://example.org/?token=t' } };
  const mail = { userId: ada, at: AT, to: 'new@example.com', locale: 'en', content } as const;
  await expect(
    transact(pools.db, async (tx) => {
      await queue.queue(tx, mail);
      throw new Error('No.');
    }),
  ).rejects.toThrow('No.');
  await transact(pools.db, (tx) => queue.queue(tx, mail));
  const rows = await pools.db.selectFrom('deliveries').selectAll().where('user_id', '=', ada).execute();
  expect(rows).toHaveLength(1);
  const sealed = rows[0]?.mail ?? Buffer.alloc(0);
  expect(sealed.includes('token')).toBe(false);
  expect(JSON.parse(mailSeal('a secret of the test').open(sealed))).toEqual({ to: 'new@example.com', locale: 'en', content });
});
