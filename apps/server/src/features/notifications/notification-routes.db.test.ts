/** What users see of notifications: the list, the count, the stream and their preferences. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact } from '../../platform/db/transact.ts';
import type { TestUser } from '../../testing/builders.ts';
import { connectStream } from '../../testing/stream-peer.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { NewNotification } from './index.ts';

let app: TestApp;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  [ada, bob] = [await app.user('ada'), await app.user('bob')];
});
afterAll(() => app.close());

interface Item {
  readonly id: string;
  readonly title: string;
  readonly readAt: string | null;
}

async function tell(user: TestUser, title: string, more: Partial<NewNotification> = {}): Promise<void> {
  const text = { title, body: `${title}, in other words` };
  const notification: NewNotification = { userId: user.id, kind: 'alert', text: { en: text, de: text }, dedupeKey: title, ...more };
  const { notifier } = app.app.messages;
  await transact(app.db, (tx) => notifier.notify(tx, { at: app.clock.now(), notifications: [notification] }));
}

const list = async (user: TestUser, query = '') =>
  (await app.as(user).get(`notifications${query}`)).as<{ items: Item[]; nextCursor: string | null }>();
const titles = async (user: TestUser, query = '') => (await list(user, query)).items.map(({ title }) => title);
const unread = async (user: TestUser) => (await app.as(user).get('notifications/unread')).as<{ unread: number }>().unread;

test('listed, filtered, searched, paged, counted, read; and nothing of it is another’s', async () => {
  for (const title of ['First', 'Second 100%', 'Third']) await tell(ada, title, title === 'Third' ? { kind: 'report' } : {});
  await tell(bob, 'Of Bob');
  expect(await titles(ada)).toEqual(['Third', 'Second 100%', 'First']);
  expect(await titles(ada, '?kind=report')).toEqual(['Third']);
  expect(await titles(ada, '?search=100%25')).toEqual(['Second 100%']);
  expect(await titles(ada, '?search=SECOND')).toEqual(['Second 100%']);
  expect(await titles(ada, '?search=x%25')).toEqual([]);
  const page = await list(ada, '?limit=2');
  expect(page.items.map(({ title }) => title)).toEqual(['Third', 'Second 100%']);
  expect(await titles(ada, `?limit=2&cursor=${page.nextCursor ?? ''}`)).toEqual(['First']);
  expect([await unread(ada), await unread(bob)]).toEqual([3, 1]);

  const [third] = page.items;
  const ofBob = (await list(bob)).items[0]?.id ?? '';
  const read = await app.as(ada).post('notifications/read', { ids: [third?.id, ofBob] });
  expect([read.status, read.body]).toEqual([200, { unread: 2 }]);
  expect([await titles(ada, '?unread=true'), await titles(ada, '?unread=false')]).toEqual([['Second 100%', 'First'], ['Third']]);
  expect((await list(ada, '?unread=false')).items[0]?.readAt).toBe('2026-01-05T15:30:00.000Z');
  expect(await unread(bob)).toBe(1);
  // Again, as after a lost answer.
  expect((await app.as(ada).post('notifications/read', { ids: [third?.id] })).body).toEqual({ unread: 2 });
  expect((await app.as(ada).post('notifications/read', { all: true })).body).toEqual({ unread: 0 });
  for (const body of [{}, { ids: [third?.id], all: true }, { ids: [] }])
    expect((await app.as(ada).post('notifications/read', body)).code).toBe('invalid_value');
});

test('the stream: the count first, then each fact once and in order, also after a break', async () => {
  const eve = await app.user('eve');
  await tell(eve, 'Before');
  const peer = await connectStream(app);
  peer.say({ type: 'subscribe', channels: ['notifications'] });
  expect(await peer.next('error')).toMatchObject({ code: 'unauthenticated', channel: 'notifications' });
  peer.say({ type: 'auth', token: eve.accessToken });
  await peer.next('authenticated');
  peer.say({ type: 'subscribe', channels: [`notifications:${bob.id}`] });
  expect(await peer.next('error')).toMatchObject({ code: 'not_found' });
  peer.say({ type: 'subscribe', channels: ['notifications'] });
  expect(await peer.next('snapshot')).toMatchObject({ channel: 'notifications', sequence: 1, data: { unread: 1 } });
  await tell(eve, 'One');
  await tell(bob, 'Not of Eve');
  await app.as(eve).post('notifications/read', { all: true });
  const events = await peer.until('notifications', (seen) => seen.length >= 2);
  expect(events.map(({ sequence, data }) => [sequence, data])).toMatchObject([
    [2, { type: 'added', unread: 2, notification: { title: 'One', readAt: null } }],
    [3, { type: 'read', ids: null, unread: 0 }],
  ]);
  peer.say({ type: 'unsubscribe', channels: ['notifications'] });
  expect(await peer.next('unsubscribed')).toMatchObject({ channels: ['notifications'] });
  await tell(eve, 'Two');
  peer.say({ type: 'resume', channels: [{ channel: 'notifications', sequence: 2 }] });
  const resumed = await peer.until('notifications', (seen) => seen.length >= 4);
  expect(resumed.map(({ sequence }) => sequence)).toEqual([2, 3, 3, 4]);
  peer.say({ type: 'resume', channels: [{ channel: 'notifications', sequence: 99 }] });
  expect(await peer.next('error')).toMatchObject({ code: 'resume_impossible', channel: 'notifications' });
  peer.close();
});

test('preferences: defaults, a change, and what they do', async () => {
  const joe = await app.user('joe');
  type Answer = Record<'channels', Record<string, Record<string, boolean>>> & Record<string, unknown>;
  const { isMailOn, pushPublicKey, ...usual } = (await app.as(joe).get('notification-preferences')).as<Answer>();
  expect([isMailOn, usual['emailTiming'], usual['quietHours'], usual['digestAt']]).toEqual([false, 'immediately', null, '08:00']);
  expect(usual.channels['security']).toEqual({ inApp: true, email: true, webhook: true, push: true });
  expect(usual.channels['report']).toEqual({ inApp: true, email: false, webhook: true, push: false });
  // A point of P-256, uncompressed.
  expect(Buffer.from(String(pushPublicKey), 'base64url')).toHaveLength(65);
  const off = { inApp: false, email: false, webhook: false, push: false };
  const wanted = { ...usual, channels: { ...usual.channels, alert: off, security: off }, quietHours: { from: '22:00', to: '07:00' } };
  const put = await app.as(joe).put('notification-preferences', wanted);
  expect([put.status, put.as<Answer>().channels['alert'], put.as<Answer>()['quietHours']]).toEqual([
    200,
    off,
    { from: '22:00', to: '07:00' },
  ]);
  // Word of what concerns the account cannot be hidden.
  expect(put.as<Answer>().channels['security']).toEqual({ ...off, inApp: true });
  expect((await app.as(joe).get('notification-preferences')).body).toEqual(put.body);
  await tell(joe, 'Unwanted');
  await tell(joe, 'Must know', { kind: 'security' });
  expect(await titles(joe)).toEqual(['Must know']);
  for (const wrong of [{ quietHours: { from: '25:00', to: '07:00' } }, { emailTiming: 'weekly' }, { digestAt: '8' }])
    expect((await app.as(joe).put('notification-preferences', { ...wanted, ...wrong })).code).toBe('invalid_value');
});

test('what is older than a year goes, and is not counted as unread any more', async () => {
  const old = await app.user('old');
  await tell(old, 'Long ago');
  await tell(old, 'Yesterday');
  await app.pool.query(
    "update notifications set created_at = $2::timestamptz - interval '366 days' where user_id = $1 and title = 'Long ago'",
    [old.id, new Date(app.clock.now())],
  );
  const job = app.app.jobs.find(({ name }) => name === 'forget-notifications');
  await job?.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal });
  expect([await titles(old), await unread(old)]).toEqual([['Yesterday'], 1]);
});
