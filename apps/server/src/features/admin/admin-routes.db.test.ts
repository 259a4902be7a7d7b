import type { AdminDelivery, AdminJob, AdminNotification, AdminPrice, Announcement, SystemReport } from '@holdfast/contract/admin';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addJob, installJobSchema } from '../../platform/jobs/index.ts';
import { silentLogger } from '../../platform/observe/index.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
let root: TestUser;
let ada: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  await installJobSchema({ url: app.databaseUrl, logger: silentLogger() });
  root = await app.user('root', 'admin');
  ada = await app.user('ada');
});
afterAll(async () => {
  await app.close();
});

type Page<Item> = { items: Item[]; nextCursor: string | null };
const list = async <Item>(path: string) => {
  const answer = await app.as(root).get(`admin/${path}`);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.as<Page<Item>>();
};
const auditOf = async (subject: string) =>
  (
    await app.pool.query<{ action: string }>('select action from audit_entries where subject_id = $1 and actor_id = $2', [subject, root.id])
  ).rows.map(({ action }) => action);

describe('jobs', () => {
  const add = (name: string) => addJob(app.db, { name, maxAttempts: 3 }, { payload: null });
  const set = (name: string, change: string) =>
    app.pool.query(
      `update graphile_worker._private_jobs j set ${change} from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = $1`,
      [name],
    );

  test('each has its state; dead ones are found, retried from the start, or removed, with an entry of who did it', async () => {
    for (const name of ['fresh', 'stumbling', 'broken', 'busy']) await add(name);
    await set('stumbling', "attempts = 1, last_error = 'no'");
    await set('broken', "attempts = 3, last_error = 'no disk', run_at = now() + interval '1 day'");
    await set('busy', "locked_at = now(), locked_by = 'a worker'");
    const { items } = await list<AdminJob>('jobs');
    expect(items.map(({ name, state }) => [name, state])).toEqual([
      ['busy', 'running'],
      ['broken', 'dead'],
      ['stumbling', 'failing'],
      ['fresh', 'waiting'],
    ]);
    const dead = await list<AdminJob>('jobs?state=dead');
    expect(dead.items).toMatchObject([{ name: 'broken', lastError: 'no disk', attempts: 3, mostAttempts: 3 }]);
    const id = dead.items[0]?.id ?? '';
    expect((await app.as(root).post(`admin/jobs/${id}/retry`)).body).toMatchObject({ id, state: 'failing', attempts: 0 });
    expect((await app.pool.query('select run_at <= now() as due from graphile_worker.jobs where id = $1', [id])).rows).toEqual([
      { due: true },
    ]);
    expect((await app.as(root).delete(`admin/jobs/${id}`)).status).toBe(204);
    expect((await app.as(root).post(`admin/jobs/${id}/retry`)).code).toBe('not_found');
    expect(await auditOf(id)).toEqual(['job.retried', 'job.removed']);
  });

  test('one that runs is left alone', async () => {
    const { items } = await list<AdminJob>('jobs?search=bus');
    const id = items[0]?.id ?? '';
    expect((await app.as(root).post(`admin/jobs/${id}/retry`)).code).toBe('conflict');
    expect((await app.as(root).delete(`admin/jobs/${id}`)).code).toBe('conflict');
    expect(await auditOf(id)).toEqual([]);
  });

  test('pages have every job once', async () => {
    const whole = (await list<AdminJob>('jobs')).items.map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<AdminJob> = await list(`jobs?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
  });
});

test('the system says what it stands on', async () => {
  const { body } = await app.as(root).get('admin/system');
  expect(body).toMatchObject({ version: '0.1.0', role: 'all', production: false, redis: null, documentStorage: 'disk', streamClients: 0 });
  const { database, nodeVersion, memory, checks } = body as SystemReport;
  expect(nodeVersion).toBe(process.version);
  expect(Number.parseInt(database.version, 10)).toBeGreaterThanOrEqual(15);
  expect(database.connections.ofThisServer).toBeGreaterThan(0);
  expect(database.connections.used).toBeGreaterThanOrEqual(database.connections.ofThisServer);
  expect(memory.residentBytes).toBeGreaterThan(memory.heapBytes / 2);
  expect(checks).toMatchObject([{ name: 'database', status: 'ok' }]);
});

describe('prices', () => {
  beforeAll(async () => {
    await app.as(ada).post('instruments', { symbol: 'HOUSE', name: 'A house of mine', assetClass: 'other', currency: 'USD' });
    await app.as(ada).put('instruments/HOUSE/prices', { prices: [{ day: '2026-01-05', price: '250000' }] });
    await app.pool.query(
      `insert into latest_prices (instrument_key, last, at, source, number)
       select key, 12.50, '2026-01-05T10:00:00Z'::timestamptz + (key || ' seconds')::interval, 'finnhub', 1 from instruments
       where owner_id is null and symbol in ('AAPL', 'MSFT') on conflict (instrument_key) do update set last = 12.50, at = excluded.at, source = 'finnhub'`,
    );
  });

  test('those of public instruments are shown, with search, source and order; nobody’s private ones', async () => {
    const symbols = async (query: string) => (await list<AdminPrice>(`prices${query}`)).items.map(({ symbol }) => symbol);
    expect(await symbols('?source=finnhub')).toEqual(['AAPL', 'MSFT']);
    expect(await symbols('?source=finnhub&sort=-symbol')).toEqual(['MSFT', 'AAPL']);
    expect(await symbols('?source=finnhub&search=micro')).toEqual(['MSFT']);
    expect(await symbols('?search=HOUSE')).toEqual([]);
    const byTime = await symbols('?source=finnhub&sort=at');
    expect((await symbols('?source=finnhub&sort=-at')).reverse()).toEqual(byTime);
    const first = await list<AdminPrice>('prices?source=finnhub&limit=1');
    expect(first.items).toMatchObject([{ symbol: 'AAPL', last: '12.5', bid: null }]);
    const next = await list<AdminPrice>(`prices?source=finnhub&limit=1&cursor=${first.nextCursor ?? ''}`);
    expect([next.items[0]?.symbol, next.nextCursor]).toEqual(['MSFT', null]);
  });
});

describe('announcements', () => {
  const words = { en: { title: 'Hello', body: 'All is well.' }, de: { title: 'Hallo', body: 'Alles ist gut.' } };
  const tell = async (id: string) => {
    const job = app.app.jobs.find(({ name }) => name === 'tell-announcement');
    await job?.run({ payload: id, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal });
  };
  const make = async (audience: string) => {
    const answer = await app.as(root).post('admin/announcements', { audience, severity: 'warning', ...words });
    expect(answer.status).toBe(201);
    return answer.as<Announcement>();
  };
  const heard = async (id: string) =>
    (
      await app.pool.query<{ user_id: string; title: string }>(
        "select user_id, title from notifications where kind = 'announcement' and dedupe_key = $1 order by user_id",
        [`announcement:${id}`],
      )
    ).rows;

  test('everybody active is told once, in their language, however often the job runs', async () => {
    const gone = await app.user('gone');
    await app.as(root).patch(`admin/users/${gone.id}`, { isActive: false });
    await app.as(ada).patch('me', { locale: 'de' });
    const { id, toldCount } = await make('all');
    expect(toldCount).toBe(0);
    expect((await app.pool.query("select 1 from graphile_worker.jobs where task_identifier = 'tell-announcement'")).rowCount).toBe(1);
    await tell(id);
    await tell(id);
    const told = await heard(id);
    expect(told).toEqual(
      [
        { user_id: root.id, title: 'Hello' },
        { user_id: ada.id, title: 'Hallo' },
      ].sort((one, other) => (one.user_id < other.user_id ? -1 : 1)),
    );
    const { items } = await list<Announcement>('announcements');
    expect(items[0]).toMatchObject({ id, toldCount: 2, createdBy: root.id, finishedAt: new Date(app.clock.now()).toISOString() });
    expect(await auditOf(id)).toEqual(['announcement.made']);
  });

  test('only a role is told, and an empty title is refused', async () => {
    const { id } = await make('admin');
    await tell(id);
    expect((await heard(id)).map(({ user_id: user }) => user)).toEqual([root.id]);
    const bare = { audience: 'all', severity: 'info', ...words, en: { title: '', body: '' } };
    expect((await app.as(root).post('admin/announcements', bare)).code).toBe('invalid_value');
  });

  test('what was told is listed without its words, by user, kind and delivery', async () => {
    const mine = await list<AdminNotification>(`notifications?userId=${ada.id}&kind=announcement`);
    expect(mine.items).toMatchObject([{ userId: ada.id, kind: 'announcement', severity: 'warning', readAt: null }]);
    expect(JSON.stringify(mine)).not.toContain('Hallo');
    expect((await list<AdminNotification>(`notifications?userId=${ada.id}&delivery=dead`)).items).toEqual([]);
    const all = (await list<AdminNotification>('notifications')).items.map(({ id }) => id);
    const first = await list<AdminNotification>('notifications?limit=1');
    const rest = await list<AdminNotification>(`notifications?cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all);
  });
});

test('the audit record goes out as CSV, filtered, all of it', async () => {
  const csv = await app.as(root).get('admin/audit.csv?action=announcement.made');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="audit.csv"');
  const lines = csv.text.trim().split('\r\n');
  expect(lines[0]).toBe('at,actorId,action,subjectKind,subjectId,requestId,ip,details');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(new RegExp(`^2026-01-05T15:30:00.000Z,${root.id},announcement.made,announcement,`));
  const every = await app.pool.query<{ count: number }>('select count(*)::integer as count from audit_entries');
  expect((await app.as(root).get('admin/audit.csv')).text.trim().split('\r\n')).toHaveLength(1 + (every.rows[0]?.count ?? 0));
});

test.each(['-createdAt', 'createdAt', 'email', '-email'])('users by %s: in pages as in one', async (sort) => {
  await app.user(`zoe-${sort.toLowerCase()}`);
  await app.user(`abe-${sort.toLowerCase()}`);
  const emails = (page: Page<{ email: string; createdAt: string }>) => page.items.map(({ email }) => email);
  const whole = emails(await list(`users?sort=${sort}`));
  const ordered = [...whole].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
  if (sort.endsWith('email')) expect(whole).toEqual(sort === 'email' ? ordered : ordered.reverse());
  else expect(whole.indexOf('root@example.com') < whole.indexOf('ada@example.com')).toBe(sort === 'createdAt');
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page<{ email: string; createdAt: string }> = await list(
      `users?sort=${sort}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    seen.push(...emails(page));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(whole);
});

describe('deliveries', () => {
  const add = async (
    user: TestUser,
    more: { readonly id: string; readonly channel?: 'email'; readonly detail?: string; readonly mail?: true },
  ) => {
    const at = new Date(app.clock.now());
    const notification = { id: more.id, user_id: user.id, kind: 'alert', severity: 'info', title: 'Secret words', dedupe_key: more.id };
    if (more.mail !== true)
      await app.db
        .insertInto('notifications')
        .values({ ...notification, shown: true, created_at: at })
        .execute();
    const ended = { status: 'dead', attempts: 8, response_status: 421, detail: more.detail ?? 'The mail server is away.', finished_at: at };
    const delivery = { id: more.id, user_id: user.id, channel: 'email', due_at: at, created_at: at, ...ended };
    await app.db
      .insertInto('deliveries')
      .values({ ...delivery, notification_id: more.mail === true ? null : more.id })
      .execute();
  };
  const idAt = (index: number) => `01936f2e-8c00-7000-8000-00000000d0${String(index).padStart(2, '0')}`;

  test('what was given up is found by state, way and words, and sent again by an administrator', async () => {
    const bob = await app.user('bob-of-the-deliveries');
    await add(bob, { id: idAt(1) });
    await add(bob, { id: idAt(2), detail: 'No such mailbox.' });
    await add(ada, { id: idAt(3) });
    const found = async (query: string) => (await list<AdminDelivery>(`deliveries?${query}`)).items.map(({ id }) => id);
    expect(await found('status=dead')).toEqual([idAt(3), idAt(2), idAt(1)]);
    expect(await found('status=dead&search=bob-of-the')).toEqual([idAt(2), idAt(1)]);
    expect(await found('search=MAILBOX')).toEqual([idAt(2)]);
    expect(await found('status=dead&channel=webhook')).toEqual([]);
    const first = await list<AdminDelivery>('deliveries?status=dead&limit=2');
    const second = await list<AdminDelivery>(`deliveries?status=dead&limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([idAt(3), idAt(2), idAt(1)]);
    expect(first.items[1]).toMatchObject({
      kind: 'alert',
      status: 'dead',
      attempts: 8,
      responseStatus: 421,
      canRetry: true,
      userId: bob.id,
    });
    expect(JSON.stringify(first)).not.toContain('Secret words');
    const retried = await app.as(root).post(`admin/deliveries/${idAt(2)}/retry`);
    expect(retried.body).toMatchObject({ id: idAt(2), status: 'waiting', attempts: 0, finishedAt: null, canRetry: false });
    expect(await auditOf(idAt(2))).toEqual(['delivery.retried']);
    expect((await app.as(root).post(`admin/deliveries/${idAt(2)}/retry`)).code).toBe('conflict');
    // Here no mail server is set: it is tried, and left out.
    await app.app.messages.deliverDue();
    expect((await list<AdminDelivery>('deliveries?search=bob-of-the&status=skipped')).items).toMatchObject([{ id: idAt(2), attempts: 1 }]);
  });

  test('a mail whose words are forgotten is not sent again, and nobody else may look', async () => {
    await add(ada, { id: idAt(9), mail: true });
    const { items } = await list<AdminDelivery>('deliveries?status=dead&limit=1');
    expect(items).toMatchObject([{ id: idAt(9), kind: null, canRetry: false }]);
    expect((await app.as(root).post(`admin/deliveries/${idAt(9)}/retry`)).code).toBe('conflict');
    expect((await app.as(root).post(`admin/deliveries/${idAt(77)}/retry`)).status).toBe(404);
    for (const answer of [await app.as(ada).get('admin/deliveries'), await app.as(ada).post(`admin/deliveries/${idAt(9)}/retry`)])
      expect(answer.status).toBe(403);
  });
});
