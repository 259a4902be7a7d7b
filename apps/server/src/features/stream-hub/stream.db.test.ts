/** The stream over real sockets: who may hear what, what they hear, and when it ends. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectStream } from '../../testing/stream-peer.ts';
import type { StreamEvent, StreamPeer } from '../../testing/stream-peer.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import { newId } from '../../platform/ids.ts';

let app: TestApp;
let ann: TestUser;

beforeAll(async () => {
  app = await startTestApp({ postgresBus: true });
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  // The first beat tells everything: what follows tells only what the tests ask for.
  app.app.market.quotes.beat();
  ann = await app.user('ann');
});
afterAll(() => app.close());

async function paper(user: TestUser = ann): Promise<string> {
  return (await app.as(user).post('portfolios', { name: 'Practice', kind: 'paper' })).as<{ id: string }>().id;
}
const buy = { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1' };
const rest = { symbol: 'AAPL', side: 'buy', type: 'limit', quantity: '1', limitPrice: '1', timeInForce: 'gtc' };
const order = (id: string, body: object = buy) => app.as(ann).post(`portfolios/${id}/orders`, body);

async function signedIn(user: Pick<TestUser, 'accessToken'> = ann): Promise<StreamPeer> {
  const peer = await connectStream(app);
  peer.say({ type: 'auth', token: user.accessToken });
  await peer.next('authenticated');
  return peer;
}

async function subscribe(peer: StreamPeer, ...channels: string[]) {
  peer.say({ type: 'subscribe', channels });
  return (await peer.next('subscribed'))['channels'];
}

const numbers = (events: readonly StreamEvent[]) => events.map(({ sequence }) => sequence);
const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);

/** A second later the simulated market says something else. */
function beat(): void {
  app.clock.advance(1_000);
  app.app.market.quotes.beat();
}

test('without an upgrade it says that a WebSocket is spoken here', async () => {
  expect((await app.anonymous.get('stream')).code).toBe('upgrade_required');
});

test('quotes need nobody: subscribed, a snapshot each, and from then on events', async () => {
  const peer = await connectStream(app);
  expect(await subscribe(peer, 'quotes:AAPL', 'quotes:MSFT')).toEqual(['quotes:AAPL', 'quotes:MSFT']);
  const [one, two] = [await peer.next('snapshot'), await peer.next('snapshot')];
  expect([one['channel'], two['channel']]).toEqual(['quotes:AAPL', 'quotes:MSFT']);
  expect(one['data']).toMatchObject({ symbol: 'AAPL' });
  expect(peer.frames.map(({ type }) => type)).toEqual(['subscribed', 'snapshot', 'snapshot']);
  beat();
  const [event] = await peer.until('quotes:AAPL', (events) => events.length > 0);
  expect(event).toMatchObject({ sequence: 1, data: { symbol: 'AAPL', at: new Date(app.clock.now()).toISOString() } });
  peer.say({ type: 'unsubscribe', channels: ['quotes:AAPL'] });
  await peer.next('unsubscribed');
  beat();
  await peer.until('quotes:MSFT', (events) => events.length === 2);
  expect(peer.events('quotes:AAPL')).toHaveLength(1);
  peer.close();
});

test('two clients with the same channels get the same frames', async () => {
  const [one, two] = [await connectStream(app), await connectStream(app)];
  for (const peer of [one, two]) await subscribe(peer, 'quotes:AAPL', 'bars:AAPL:1m');
  beat();
  for (const peer of [one, two]) await peer.until('bars:AAPL:1m', (events) => events.length > 0);
  expect(one.texts.at(-1)).toBe(two.texts.at(-1));
  for (const peer of [one, two]) peer.close();
});

test('running bars: one channel per interval, and a new bar when its time has come', async () => {
  const peer = await connectStream(app);
  expect(await subscribe(peer, 'bars:AAPL:1m', 'bars:AAPL:2m', 'bars:AAPL:toString', 'bars:NOSUCH:1m')).toEqual(['bars:AAPL:1m']);
  expect((await peer.next('snapshot'))['data']).toMatchObject({ at: '2026-01-05T15:30:00.000Z' });
  app.clock.set('2026-01-05T15:31:00.000Z');
  app.app.market.quotes.beat();
  const [event] = await peer.until('bars:AAPL:1m', (events) => events.length > 0);
  expect(event?.data).toMatchObject({ at: '2026-01-05T15:31:00.000Z' });
  const codes = peer.frames.filter(({ type }) => type === 'error').map((frame) => [frame['code'], frame['channel']]);
  expect(codes).toEqual([
    ['unknown_channel', 'bars:AAPL:2m'],
    ['unknown_channel', 'bars:AAPL:toString'],
    ['not_found', 'bars:NOSUCH:1m'],
  ]);
  peer.close();
});

test('a portfolio and its orders: values as they change, orders as facts', async () => {
  const id = await paper();
  const peer = await signedIn();
  expect(await subscribe(peer, `portfolio:${id}`, `orders:${id}`)).toHaveLength(2);
  expect(await peer.next('snapshot')).toMatchObject({ channel: `portfolio:${id}`, data: { totalValue: '100000', positions: 0 } });
  expect(await peer.next('snapshot')).toMatchObject({ channel: `orders:${id}`, sequence: 0, data: { openOrders: [] } });
  const placed = (await order(id)).as<{ id: string }>();
  const [event] = await peer.until(`orders:${id}`, (events) => events.length > 0);
  expect(event).toMatchObject({ sequence: 1, data: { id: placed.id, status: 'filled', fills: [{ quantity: '1' }] } });
  const values = await peer.until(`portfolio:${id}`, (events) => events.length > 0);
  expect(values[0]?.data).toMatchObject({ positions: 1 });
  peer.close();
});

test('I11: facts are dense for everybody, whenever they came', async () => {
  const id = await paper();
  const peers: { peer: StreamPeer; begin: Promise<number> }[] = [];
  const placing: Promise<unknown>[] = [];
  for (let round = 0; round < 5; round += 1) {
    placing.push(...Array.from({ length: 12 }, () => order(id)));
    const peer = await signedIn();
    peer.say({ type: 'subscribe', channels: [`orders:${id}`] });
    peers.push({ peer, begin: peer.next('snapshot').then((frame) => Number(frame['sequence'])) });
  }
  await Promise.all(placing);
  for (const { peer, begin } of peers) {
    const first = await begin;
    const events = await peer.until(`orders:${id}`, (seen) => seen.at(-1)?.sequence === 60 || first === 60);
    expect(numbers(events)).toEqual(from(first + 1, 60 - first));
    peer.close();
  }
});

test('I11: two servers: what either does reaches the listeners of both, once and in order', async () => {
  const second = await startTestApp({ beside: app, postgresBus: true });
  await second.http.listen({ host: '127.0.0.1', port: 0 });
  const id = await paper();
  const peers = await Promise.all(
    [app, second].map(async (server) => {
      const peer = await connectStream(server);
      peer.say({ type: 'auth', token: ann.accessToken });
      await subscribe(peer, `orders:${id}`, `portfolio:${id}`);
      return peer;
    }),
  );
  for (let round = 0; round < 5; round += 1)
    await Promise.all(Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? app : second).as(ann).post(`portfolios/${id}/orders`, buy)));
  for (const peer of peers) {
    expect(numbers(await peer.until(`orders:${id}`, (seen) => seen.length >= 40))).toEqual(from(1, 40));
    await peer.until(`portfolio:${id}`, (seen) => seen.length > 0);
    peer.close();
  }
  await second.close();
});

test('resume tells what was missed, and nothing else', async () => {
  const id = await paper();
  for (let placed = 0; placed < 4; placed += 1) await order(id);
  const resting = (await order(id, rest)).as<{ id: string }>().id;
  await app.as(ann).delete(`portfolios/${id}/orders/${resting}`);
  const peer = await signedIn();
  peer.say({ type: 'resume', channels: [{ channel: `orders:${id}`, sequence: 2 }] });
  expect((await peer.next('subscribed'))['channels']).toEqual([`orders:${id}`]);
  const events = await peer.until(`orders:${id}`, (seen) => seen.length === 4);
  expect(numbers(events)).toEqual([3, 4, 5, 6]);
  // The order as it was then: it rested before it was canceled.
  expect(events.slice(2).map(({ data }) => (data as { status: string }).status)).toEqual(['accepted', 'canceled']);
  await order(id);
  expect(numbers(await peer.until(`orders:${id}`, (seen) => seen.length === 5))).toEqual([3, 4, 5, 6, 7]);
  const upToDate = await signedIn();
  upToDate.say({
    type: 'resume',
    channels: [
      { channel: `orders:${id}`, sequence: 7 },
      { channel: 'quotes:AAPL', sequence: 5 },
    ],
  });
  await upToDate.next('subscribed');
  expect((await upToDate.next('snapshot'))['channel']).toBe('quotes:AAPL');
  await order(id);
  expect(numbers(await upToDate.until(`orders:${id}`, (seen) => seen.length > 0))).toEqual([8]);
  for (const one of [peer, upToDate]) one.close();
});

test('where resuming is impossible it says so, and the channel is not followed', async () => {
  const id = await paper();
  const first = (await order(id)).as<{ id: string }>().id;
  await order(id);
  const peer = await signedIn();
  const asked = async (sequence: number, portfolio = id) => {
    peer.say({ type: 'resume', channels: [{ channel: `orders:${portfolio}`, sequence }] });
    expect((await peer.next('subscribed'))['channels']).toEqual([]);
    return (await peer.next('error'))['code'];
  };
  expect(await asked(3)).toBe('resume_impossible');
  // A thousand and one events more.
  await app.pool.query(
    `insert into order_events (portfolio_id, sequence, order_id, at, status, filled_quantity, fees)
     select portfolio_id, n, order_id, at, status, filled_quantity, fees from order_events, generate_series(3, 1002) n
     where portfolio_id = $1 and order_id = $2`,
    [id, first],
  );
  await app.pool.query('update portfolio_heads set event_sequence = 1002, version = version + 1 where portfolio_id = $1', [id]);
  expect(await asked(1)).toBe('resume_impossible');
  peer.say({ type: 'resume', channels: [{ channel: `orders:${id}`, sequence: 2 }] });
  expect((await peer.next('subscribed'))['channels']).toEqual([`orders:${id}`]);
  expect(numbers(await peer.until(`orders:${id}`, (seen) => seen.length === 1_000))).toEqual(from(3, 1_000));
  peer.close();
});

test('facts older than a day are told no more', async () => {
  const own = await startTestApp({ beside: app });
  await own.http.listen({ host: '127.0.0.1', port: 0 });
  const id = await paper();
  await order(id);
  await app.pool.query('alter table order_events disable trigger order_events_are_facts');
  await app.pool.query("update order_events set at = at - interval '24 hours 1 second' where portfolio_id = $1", [id]);
  await app.pool.query('alter table order_events enable trigger order_events_are_facts');
  await order(id);
  const peer = await signedIn();
  peer.say({ type: 'resume', channels: [{ channel: `orders:${id}`, sequence: 0 }] });
  expect((await peer.next('error'))['code']).toBe('resume_impossible');
  peer.say({ type: 'resume', channels: [{ channel: `orders:${id}`, sequence: 1 }] });
  expect(numbers(await peer.until(`orders:${id}`, (seen) => seen.length > 0))).toEqual([2]);
  peer.close();
  await own.close();
});

test('I14: what is another’s is not found, exactly like what is not there', async () => {
  const bob = await app.user('bob');
  const id = await paper();
  await order(id);
  const importId = newId(app.clock.now());
  await app.pool.query(
    `insert into imports (id, kind, user_id, file_name, file_hash, byte_count, status, created_at) values ($1, 'ticks', $2, 'a', '\\x00', 1, 'done', now())`,
    [importId, ann.id],
  );
  const peer = await signedIn(bob);
  const nothing = newId(app.clock.now());
  const channels = ['portfolio', 'orders'].flatMap((kind) => [`${kind}:${id}`, `${kind}:${nothing}`, `${kind}:x' or '1`]);
  expect(await subscribe(peer, ...channels, `imports:${importId}`, `imports:${nothing}`, 'imports:x')).toEqual([]);
  const errors = peer.frames.filter(({ type }) => type === 'error');
  expect(errors).toHaveLength(9);
  expect(new Set(errors.map((frame) => frame['code']))).toEqual(new Set(['not_found']));
  const texts = (kind: string) =>
    new Set(errors.filter((frame) => String(frame['channel']).startsWith(kind)).map((frame) => frame['detail']));
  for (const kind of ['portfolio', 'orders', 'imports']) expect(texts(kind).size).toBe(1);
  peer.say({ type: 'resume', channels: [{ channel: `orders:${id}`, sequence: 0 }] });
  expect((await peer.next('subscribed'))['channels']).toEqual([]);
  await order(id);
  beat();
  peer.say({ type: 'ping' });
  await peer.next('pong');
  expect(peer.frames.filter(({ type }) => type === 'events' || type === 'snapshot')).toEqual([]);
  peer.close();
});

test('private channels ask for a sign-in first; a wrong token says so and leaves the connection open', async () => {
  const peer = await connectStream(app);
  expect(await subscribe(peer, `portfolio:${await paper()}`, `orders:${await paper()}`, `imports:${newId(0)}`)).toEqual([]);
  expect(peer.frames.map((frame) => frame['code'])).toEqual(['unauthenticated', 'unauthenticated', 'unauthenticated', undefined]);
  peer.say({ type: 'auth', token: 'forged' });
  await peer.next('error');
  peer.say({ type: 'auth', token: ann.accessToken });
  await peer.next('authenticated');
  const carl = await app.user('carl');
  peer.say({ type: 'auth', token: carl.accessToken });
  expect(peer.frames.filter(({ type }) => type === 'authenticated')).toHaveLength(1);
  peer.say({ type: 'ping' });
  await peer.next('pong');
  expect(peer.frames.at(-2)).toMatchObject({ type: 'error', code: 'unauthenticated' });
  peer.close();
});

test('a browser connects with its cookie, from our pages only', async () => {
  const browser = app.browser();
  await browser.post('auth/login', { email: ann.email, password: ann.password });
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const id = await paper();
  for (const headers of [{ cookie, origin: 'http://localhost' }, { cookie }]) {
    const peer = await connectStream(app, headers);
    expect(await subscribe(peer, `portfolio:${id}`)).toEqual([`portfolio:${id}`]);
    peer.close();
  }
  const foreign = await connectStream(app, { cookie, origin: 'https://evil.test' });
  expect(await foreign.closed).toBe(4403);
  // Without a cookie any page may hear what anybody may hear.
  const elsewhere = await connectStream(app, { origin: 'https://evil.test' });
  expect(await subscribe(elsewhere, 'quotes:AAPL', `portfolio:${id}`)).toEqual(['quotes:AAPL']);
  elsewhere.close();
});

test('what is no message is answered as such', async () => {
  const peer = await connectStream(app);
  const wrong = ['{', '[]', '"x"', '{}', '{"type":"dance"}', '{"type":"ping","extra":1}', '{"type":"subscribe","channels":[]}'];
  for (const text of [...wrong, Buffer.from([1, 2, 3])]) peer.say(text);
  peer.say({ type: 'ping' });
  await peer.next('pong');
  const answers = peer.frames.filter(({ type }) => type === 'error').map((frame) => frame['code']);
  expect(answers).toEqual(Array.from({ length: wrong.length + 1 }, () => 'invalid_frame'));
  expect(await subscribe(peer, 'weather:Berlin', 'quotes')).toEqual([]);
  expect((await peer.next('error'))['code']).toBeDefined();
  peer.close();
});

test('limits: 200 channels, 20 messages a second, 64 KB a message, 20 connections a user', async () => {
  const peer = await signedIn();
  const symbols = app.app.market.instruments.book.listPublic().map(({ symbol }) => symbol);
  const channels = symbols.flatMap((symbol) => [`quotes:${symbol}`, `bars:${symbol}:1m`, `bars:${symbol}:5m`]);
  expect(await subscribe(peer, ...channels.slice(0, 199))).toHaveLength(199);
  peer.say({ type: 'subscribe', channels: channels.slice(199, 201) });
  expect((await peer.next('error'))['code']).toBe('too_many_channels');
  // Those that are followed already count once.
  expect(await subscribe(peer, ...channels.slice(0, 200))).toHaveLength(200);
  app.clock.advance(1_000);
  for (let said = 0; said < 21; said += 1) peer.say({ type: 'ping' });
  expect((await peer.next('error'))['code']).toBe('too_fast');
  await Promise.all(Array.from({ length: 20 }, () => peer.next('pong')));
  app.clock.advance(1_000);
  peer.say({ type: 'ping' });
  await peer.next('pong');
  peer.say(JSON.stringify({ type: 'auth', token: 'x'.repeat(70_000) }));
  expect(await peer.closed).toBe(1009);

  const dora = await app.user('dora');
  const twenty = await Promise.all(Array.from({ length: 20 }, () => signedIn(dora)));
  const more = await connectStream(app);
  more.say({ type: 'auth', token: dora.accessToken });
  expect(await more.closed).toBe(4429);
  twenty[0]?.close();
  await twenty[0]?.closed;
  const again = await signedIn(dora);
  again.say({ type: 'ping' });
  await again.next('pong');
  for (const one of [...twenty, again]) one.close();
});

interface Login {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const ends: readonly (readonly [
  name: string,
  end: (session: Login, other: Login, root: TestUser) => Promise<{ readonly status: number }>,
])[] = [
  ['signing out', (session) => app.as(session).post('auth/logout', { refreshToken: session.refreshToken })],
  ['signing out everywhere', (_session, other) => app.as(other).post('auth/logout-all', {})],
  [
    'a new password',
    (_session, other) =>
      app.as(other).post('me/password', { currentPassword: 'erna likes long sentences', newPassword: 'erna likes longer sentences' }),
  ],
  ['another role', (_session, other, root) => changeUser(other, root, { role: 'premium' })],
  ['deactivation', (_session, other, root) => changeUser(other, root, { isActive: false })],
];

async function changeUser(user: Login, root: TestUser, change: object) {
  const { id } = (await app.as(user).get('me')).as<{ id: string }>();
  return app.as(root).patch(`admin/users/${id}`, change);
}

test.each(ends)('I15: %s closes the connection at once', async (name, end) => {
  const user = await app.user(`erna-${name.replaceAll(' ', '-')}`);
  if (name === 'a new password')
    await app.as(user).post('me/password', { currentPassword: user.password, newPassword: 'erna likes long sentences' });
  const login = async (): Promise<Login> => {
    const password = name === 'a new password' ? 'erna likes long sentences' : user.password;
    return (await app.anonymous.post('auth/login', { email: user.email, password })).as<Login>();
  };
  const [session, other] = [await login(), await login()];
  const peer = await signedIn(session);
  expect((await end(session, other, await app.user(`root-${name.replaceAll(' ', '-')}`, 'admin'))).status).toBeLessThan(300);
  expect(await peer.closed).toBe(4401);
  expect(peer.frames.at(-1)).toMatchObject({ type: 'error', code: 'unauthenticated' });
});

test('a connection ends with its token, unless a newer one was sent', async () => {
  const fred = await app.user('fred');
  const [old, renewed] = [await signedIn(fred), await signedIn(fred)];
  app.clock.advance(29 * 60_000);
  const next = (await app.anonymous.post('auth/refresh', { refreshToken: fred.refreshToken })).as<{ accessToken: string }>();
  renewed.say({ type: 'auth', token: next.accessToken });
  await renewed.next('authenticated');
  app.clock.advance(2 * 60_000);
  app.app.stream.beat();
  expect(await old.closed).toBe(4401);
  renewed.say({ type: 'ping' });
  await renewed.next('pong');
  renewed.close();
});
