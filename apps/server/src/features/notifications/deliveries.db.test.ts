/** Mail, webhook and push as local servers receive them: what comes, how often, and what happens when it does not arrive. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { transact } from '../../platform/db/transact.ts';
import type { TestUser } from '../../testing/builders.ts';
import { startMailServer } from '../../testing/mail-server.ts';
import type { MailServer } from '../../testing/mail-server.ts';
import { startPostReceiver } from '../../testing/post-receiver.ts';
import type { PostReceiver, ReceivedPost } from '../../testing/post-receiver.ts';
import { createBrowser, isSignedBy } from '../../testing/push-browser.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { NewNotification } from './index.ts';
import { signaturesOf } from './webhook-signature.ts';

let app: TestApp;
let mail: MailServer;
let receiver: PostReceiver;

beforeAll(async () => {
  [mail, receiver] = [await startMailServer(), await startPostReceiver()];
  app = await startTestApp({
    settings: {
      SMTP_URL: mail.url,
      MAIL_FROM: 'Holdfast <holdfast@example.org>',
      PUBLIC_URL: 'https://portfolio.example.org',
      WEBHOOK_ALLOW_HOSTS: '127.0.0.1',
    },
  });
});
afterAll(async () => {
  await app.close();
  await mail.close();
  receiver.close();
});
beforeEach(() => {
  receiver.posts.length = 0;
  receiver.answer(204);
});

async function tell(user: TestUser, title: string, more: Partial<NewNotification> = {}): Promise<void> {
  const notification: NewNotification = {
    userId: user.id,
    kind: 'alert',
    text: { en: { title, body: 'The price is <230>.' }, de: { title: `${title} (de)`, body: 'Der Kurs ist 230.' } },
    link: '/alerts',
    dedupeKey: title,
    ...more,
  };
  await transact(app.db, (tx) => app.app.messages.notifier.notify(tx, { at: app.clock.now(), notifications: [notification] }));
}

/** A new user whose mail of welcome has come and is out of the way. */
async function person(name: string): Promise<TestUser> {
  const user = await app.user(name);
  await app.app.messages.deliverDue();
  await app.pool.query('delete from deliveries where user_id = $1', [user.id]);
  mail.forget();
  return user;
}

const deliver = () => app.app.messages.deliverDue();
const mailsOf = (name: string) => mail.mails.filter((text) => text.includes(`To: ${name}@example.com`));
const subjectOf = (text = '') => /^Subject: (.*)$/m.exec(text)?.[1];
const idOf = (text = '') => /^Message-ID: (.*)$/im.exec(text)?.[1];

/** Quoted-printable back to text. */
function plain(text = ''): string {
  const joined = text.replace(/=\r\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}

async function rows(user: TestUser) {
  const { rows: found } = await app.pool.query<Record<string, unknown>>(
    'select status, attempts, response_status as answer, detail, mail from deliveries where user_id = $1 order by id',
    [user.id],
  );
  return found;
}

test('a mail: both bodies, in the language of its reader, with the way to stop it', async () => {
  const ada = await person('ada');
  await tell(ada, 'AAPL is above 230');
  await deliver();
  const [text = ''] = mailsOf('ada');
  expect(subjectOf(text)).toBe('AAPL is above 230');
  const body = plain(text);
  expect(body).toContain('The price is <230>.');
  expect(body).toContain('The price is &#60;230&#62;.');
  expect(body).toContain('https://portfolio.example.org/alerts');
  expect(idOf(text)).toMatch(/^<[0-9a-f-]{36}@portfolio\.example\.org>$/);
  expect(plain(text)).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  const [, url = ''] = /^List-Unsubscribe:\s+<(\S+)>/m.exec(text) ?? [];
  expect(url).toContain('https://portfolio.example.org/unsubscribe?token=');
  expect(await rows(ada)).toMatchObject([{ status: 'delivered', attempts: 1 }]);

  // As a mail program does it: a form, no cookie, nobody signed in.
  const path = url.replace('https://portfolio.example.org', '');
  const form = { payload: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  expect((await app.anonymous.post(path, undefined, form)).status).toBe(204);
  expect((await app.anonymous.post(`/api/v1${path}`)).status).toBe(204);
  for (const wrong of [path.slice(0, -2), path.replace('alert', 'fill')]) {
    expect((await app.anonymous.post(wrong)).code).toBe('not_found');
    expect((await app.anonymous.post(`/api/v1${wrong}`)).code).toBe('not_found');
  }
  await tell(ada, 'MSFT is above 500');
  await tell(ada, 'A new device signed in', { kind: 'security' });
  await deliver();
  expect(mailsOf('ada').map(subjectOf)).toEqual(['AAPL is above 230', 'A new device signed in']);

  const bert = await person('bert');
  await app.as(bert).patch('me', { locale: 'de' });
  await tell(bert, 'Straße');
  await deliver();
  const german = plain(mailsOf('bert')[0]);
  expect(german).toContain('Der Kurs ist 230.');
  expect(german).toContain('Diese Mails abbestellen');
});

test('a mail that the server will not take now is tried again, with the same id; one it will never take is given up', async () => {
  const ada = await person('again');
  await tell(ada, 'Later');
  mail.refuseNext(451);
  await deliver();
  expect(await rows(ada)).toMatchObject([{ status: 'waiting', attempts: 1 }]);
  await deliver();
  expect(mailsOf('again')).toHaveLength(0);
  app.clock.advance(70_000);
  await deliver();
  expect(mailsOf('again').map(subjectOf)).toEqual(['Later']);
  await tell(ada, 'Never');
  mail.refuseNext(550);
  await deliver();
  const found = await rows(ada);
  expect(found[1]).toMatchObject({ status: 'dead', attempts: 1 });
  expect(String(found[1]?.['detail'])).toContain('not now');
});

test('a server that is gone between sending and noting it: the message comes once more, with the same id', async () => {
  const ada = await person('crash');
  await tell(ada, 'Twice');
  await app.pool.query(
    `create function refuse_end() returns trigger language plpgsql as $$ begin raise exception 'the server is gone'; end $$`,
  );
  await app.pool.query(`create trigger deliveries_fail before update of status on deliveries for each row execute function refuse_end()`);
  await deliver();
  await app.pool.query('drop trigger deliveries_fail on deliveries');
  expect(mailsOf('crash')).toHaveLength(1);
  // Nobody else takes it while the one who has it may be at work.
  await deliver();
  expect(mailsOf('crash')).toHaveLength(1);
  app.clock.advance(121_000);
  await deliver();
  await deliver();
  expect(mailsOf('crash')).toHaveLength(2);
  expect(new Set(mailsOf('crash').map(idOf)).size).toBe(1);
  expect(await rows(ada)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
});

test('one mail a day, with everything since the last; two senders at once send it once', async () => {
  const ada = await person('daily');
  const { isMailOn, pushPublicKey, ...usual } = (await app.as(ada).get('notification-preferences')).as<Record<string, unknown>>();
  expect([isMailOn, typeof pushPublicKey]).toEqual([true, 'string']);
  await app.as(ada).put('notification-preferences', { ...usual, emailTiming: 'daily' });
  for (const title of ['One', 'Two', 'Three']) await tell(ada, title);
  await deliver();
  expect(mailsOf('daily')).toHaveLength(0);
  // A day later.
  await app.pool.query("update deliveries set due_at = due_at - interval '1 day' where user_id = $1", [ada.id]);
  await Promise.all([deliver(), deliver()]);
  expect(mailsOf('daily').map(subjectOf)).toEqual(['3 notifications']);
  const body = plain(mailsOf('daily')[0]);
  for (const title of ['One', 'Two', 'Three']) expect(body).toContain(title);
});

test('a mail of its own goes to the address it names and is wiped when it has gone', async () => {
  const ada = await person('own');
  const content = {
    subject: 'Confirm',
    lines: ['Hello.'],
    action: { label: 'Confirm', url: 'https://portfolio.example.org/?t=1' },
    note: 'Not you?',
  };
  await transact(app.db, (tx) =>
    app.app.messages.mails.queue(tx, { userId: ada.id, at: app.clock.now(), to: 'own-new@example.com', locale: 'en', content }),
  );
  await deliver();
  expect(plain(mailsOf('own-new')[0])).toContain('https://portfolio.example.org/?t=1');
  expect(await rows(ada)).toMatchObject([{ status: 'delivered', mail: null }]);
});

interface Made {
  readonly webhook: { readonly id: string };
  readonly secret: string;
}

const webhooksOf = async (user: TestUser) => (await app.as(user).get('webhooks')).as<{ items: Record<string, unknown>[] }>().items;
const logOf = async (user: TestUser, id: string, query = '') =>
  (await app.as(user).get(`webhooks/${id}/deliveries${query}`)).as<{ items: Record<string, unknown>[] }>().items;

function expectSigned({ headers, body }: ReceivedPost, secrets: readonly string[]): void {
  const [id, timestamp] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
  expect(headers['webhook-signature']).toBe(signaturesOf({ id, timestamp, body: body.toString('utf8') }, secrets));
}

test('a webhook: signed, only the kinds it wants, the same id over all tries, the log says how it went', async () => {
  const ada = await person('hook');
  const made = await app.as(ada).post('webhooks', { url: receiver.url, description: 'Bus', kinds: ['alert'] });
  expect(made.status).toBe(201);
  const { webhook, secret } = made.as<Made>();
  receiver.answer(500);
  await tell(ada, 'Hooked');
  await tell(ada, 'Not wanted', { kind: 'report' });
  await deliver();
  expect(receiver.posts).toHaveLength(1);
  expect((await logOf(ada, webhook.id))[0]).toMatchObject({
    status: 'waiting',
    attempts: 1,
    responseStatus: 500,
    type: 'notification.alert',
  });
  receiver.answer(204);
  app.clock.advance(5_600);
  await deliver();
  expect(receiver.posts).toHaveLength(2);
  const [first, second] = receiver.posts;
  if (first === undefined || second === undefined) throw new Error('Nothing came.');
  for (const post of receiver.posts) expectSigned(post, [secret]);
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect(second.body.equals(first.body)).toBe(true);
  expect(JSON.parse(first.body.toString('utf8'))).toMatchObject({
    type: 'notification.alert',
    data: { title: 'Hooked', body: 'The price is <230>.', link: '/alerts', kind: 'alert' },
  });
  expect(await logOf(ada, webhook.id, '?status=delivered')).toMatchObject([{ attempts: 2, responseStatus: 204, nextAttemptAt: null }]);
  expect(await logOf(ada, webhook.id, '?status=dead')).toEqual([]);
});

test('a new secret: for a day both sign; a test is tried once; off it takes nothing', async () => {
  const ada = await person('rotate');
  const { webhook, secret } = (await app.as(ada).post('webhooks', { url: receiver.url })).as<Made>();
  const rotated = (await app.as(ada).post(`webhooks/${webhook.id}/secret`)).as<Made>();
  const tested = await app.as(ada).post(`webhooks/${webhook.id}/test`);
  expect(tested.status).toBe(202);
  await deliver();
  const ends = (await webhooksOf(ada))[0]?.['previousSecretUntil'];
  expect(ends).toBe(new Date(app.clock.now() + 86_400_000).toISOString());
  // A day later.
  await app.pool.query('update webhooks set previous_secret_until = $2 where id = $1', [webhook.id, new Date(app.clock.now())]);
  receiver.answer(404);
  await app.as(ada).post(`webhooks/${webhook.id}/test`);
  await deliver();
  const [both, one] = receiver.posts;
  if (both === undefined || one === undefined) throw new Error('Nothing came.');
  expectSigned(both, [rotated.secret, secret]);
  expectSigned(one, [rotated.secret]);
  expect(both.headers['webhook-id']).toBe(tested.as<{ deliveryId: string }>().deliveryId);
  expect(JSON.parse(both.body.toString('utf8'))).toMatchObject({ type: 'webhook.test' });
  expect((await logOf(ada, webhook.id))[0]).toMatchObject({ type: 'webhook.test', status: 'dead', responseStatus: 404 });

  await tell(ada, 'Under way');
  const off = await app.as(ada).patch(`webhooks/${webhook.id}`, { isEnabled: false, description: 'Quiet', kinds: ['fill'] });
  expect(off.body).toMatchObject({ isEnabled: false, disabledBecause: 'byOwner', description: 'Quiet', kinds: ['fill'] });
  expect((await app.as(ada).post(`webhooks/${webhook.id}/test`)).code).toBe('conflict');
  await deliver();
  expect((await logOf(ada, webhook.id))[0]).toMatchObject({ status: 'skipped', detail: 'The webhook is turned off.' });
  expect((await app.as(ada).get(`webhooks/${webhook.id}`)).body).toMatchObject({ url: receiver.url });
  expect((await app.as(ada).patch(`webhooks/${webhook.id}`, { isEnabled: true, kinds: null })).body).toMatchObject({
    isEnabled: true,
    kinds: null,
  });
  expect((await app.as(ada).delete(`webhooks/${webhook.id}`)).status).toBe(204);
  expect(await webhooksOf(ada)).toEqual([]);
  const { rows: audited } = await app.pool.query<{ action: string }>('select action from audit_entries where actor_id = $1 order by id', [
    ada.id,
  ]);
  expect(audited.map(({ action }) => action).filter((action) => action.startsWith('webhook.'))).toEqual([
    'webhook.created',
    'webhook.secretRotated',
    'webhook.changed',
    'webhook.changed',
    'webhook.removed',
  ]);
});

test('a receiver that takes nothing for a day is turned off, and its owner is told; so is one that is gone', async () => {
  const ada = await person('failing');
  const { webhook } = (await app.as(ada).post('webhooks', { url: receiver.url })).as<Made>();
  receiver.answer(503);
  for (let count = 0; count < 9; count += 1) await tell(ada, `Message ${count}`);
  await deliver();
  expect((await webhooksOf(ada))[0]).toMatchObject({ isEnabled: true, failures: 9 });
  await app.pool.query('update deliveries set due_at = $2 where webhook_id = $1', [webhook.id, new Date(app.clock.now() + 90_000_000)]);
  await app.pool.query("update webhooks set failing_since = failing_since - interval '1 day' where id = $1", [webhook.id]);
  await tell(ada, 'The tenth');
  await deliver();
  expect((await webhooksOf(ada))[0]).toMatchObject({ isEnabled: false, disabledBecause: 'failing' });
  const { items } = (await app.as(ada).get('notifications?kind=security')).as<{ items: { title: string }[] }>();
  expect(items[0]?.title).toBe(`The webhook to ${new URL(receiver.url).host} was turned off`);

  const gone = (await app.as(ada).post('webhooks', { url: receiver.url })).as<Made>();
  receiver.answer(410);
  await tell(ada, 'To nobody');
  await deliver();
  expect((await app.as(ada).get(`webhooks/${gone.webhook.id}`)).body).toMatchObject({ isEnabled: false, disabledBecause: 'gone' });
});

test('addresses of ours are refused when they are written down and when they are posted to', async () => {
  const ada = await person('ssrf');
  for (const url of [
    'https://10.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://0x0a000001/',
    'http://example.org/',
    'https://localhost/',
    'x',
  ])
    expect((await app.as(ada).post('webhooks', { url })).code).toBe('invalid_value');
  const { webhook } = (await app.as(ada).post('webhooks', { url: receiver.url })).as<Made>();
  expect((await app.as(ada).patch(`webhooks/${webhook.id}`, { url: 'https://169.254.169.254/' })).code).toBe('invalid_value');
  // As if it had been allowed when it was made.
  await app.pool.query("update webhooks set url = 'https://169.254.169.254/latest' where id = $1", [webhook.id]);
  await tell(ada, 'Inside');
  await deliver();
  expect(String((await logOf(ada, webhook.id))[0]?.['detail'])).toContain('no public address');
  for (let count = 1; count < 10; count += 1) await app.as(ada).post('webhooks', { url: receiver.url });
  expect((await app.as(ada).post('webhooks', { url: receiver.url })).code).toBe('conflict');
});

test('push: encrypted for the browser, signed for its push service; one that has ended is forgotten', async () => {
  const ada = await person('push');
  const browser = createBrowser();
  const { pushPublicKey } = (await app.as(ada).get('notification-preferences')).as<{ pushPublicKey: string }>();
  const added = await app.as(ada).post('push-subscriptions', { endpoint: receiver.url, keys: browser.keys });
  expect([added.status, added.body]).toMatchObject([201, { host: new URL(receiver.url).host }]);
  await app.as(ada).post('push-subscriptions', { endpoint: receiver.url, keys: browser.keys });
  const listed = async () => (await app.as(ada).get('push-subscriptions')).as<{ items: { id: string }[] }>().items;
  expect(await listed()).toHaveLength(1);
  await tell(ada, 'Pushed', { severity: 'warning' });
  await deliver();
  const [post] = receiver.posts;
  if (post === undefined) throw new Error('Nothing came.');
  expect(JSON.parse(browser.read(post.body))).toMatchObject({ title: 'Pushed', body: 'The price is <230>.', link: '/alerts' });
  expect(isSignedBy(pushPublicKey, post.headers.authorization)).toBe(true);
  expect([post.headers['content-encoding'], post.headers['urgency'], post.headers['ttl']]).toEqual(['aes128gcm', 'high', '86400']);
  expect(post.headers['topic']).toMatch(/^[0-9a-f]{32}$/);

  receiver.answer(410);
  await tell(ada, 'Too late');
  await deliver();
  expect(await listed()).toEqual([]);

  const keys = createBrowser().keys;
  expect((await app.as(ada).post('push-subscriptions', { endpoint: 'https://192.168.0.1/', keys })).code).toBe('invalid_value');
  const wrong = { p256dh: Buffer.alloc(64, 4).toString('base64url'), auth: keys.auth };
  expect((await app.as(ada).post('push-subscriptions', { endpoint: receiver.url, keys: wrong })).code).toBe('invalid_value');
  for (let count = 0; count < 20; count += 1) await app.as(ada).post('push-subscriptions', { endpoint: `${receiver.url}/${count}`, keys });
  expect((await app.as(ada).post('push-subscriptions', { endpoint: `${receiver.url}/more`, keys })).code).toBe('conflict');
  const [first] = await listed();
  expect((await app.as(ada).delete(`push-subscriptions/${first?.id ?? ''}`)).status).toBe(204);
  expect(await listed()).toHaveLength(19);
});

test('servers of one database have one push key; without a mail server a mail is left out and says why', async () => {
  const other = await startTestApp({ beside: app });
  try {
    const ada = await person('second');
    const keyAt = async (server: TestApp) =>
      (await server.as(ada).get('notification-preferences')).as<{ pushPublicKey: string }>().pushPublicKey;
    expect(await keyAt(other)).toBe(await keyAt(app));
    await tell(ada, 'Nowhere to go');
    await other.app.messages.deliverDue();
    expect(await rows(ada)).toMatchObject([{ status: 'skipped', detail: 'This server sends no mail: SMTP_URL is not set.' }]);
  } finally {
    await other.close();
  }
});
