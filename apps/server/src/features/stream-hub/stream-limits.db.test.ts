/** The stream under bad readers, dead servers and ending sessions, over real sockets. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newId } from '../../platform/ids.ts';
import type { TestUser } from '../../testing/builders.ts';
import { connectStream, portOf } from '../../testing/stream-peer.ts';
import type { StreamEvent, StreamPeer } from '../../testing/stream-peer.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ann: TestUser;

beforeAll(async () => {
  app = await startTestApp({ postgresBus: true });
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  app.app.market.quotes.beat();
  ann = await app.user('ann');
});
afterAll(() => app.close());

const paper = async (): Promise<string> =>
  (await app.as(ann).post('portfolios', { name: 'Practice', kind: 'paper' })).as<{ id: string }>().id;
const buy = { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1' };

async function signedIn(user: Pick<TestUser, 'accessToken'>, server = app): Promise<StreamPeer> {
  const peer = await connectStream(server);
  peer.say({ type: 'auth', token: user.accessToken });
  await peer.next('authenticated');
  return peer;
}

async function subscribe(peer: StreamPeer, ...channels: string[]) {
  peer.say({ type: 'subscribe', channels });
  return (await peer.next('subscribed'))['channels'];
}

const numbers = (events: readonly StreamEvent[]) => events.map(({ sequence }) => sequence);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

/** A second later the simulated market says something else. */
function beat(): void {
  app.clock.advance(1_000);
  app.app.market.quotes.beat();
}

/** Gives the event loop turns until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

describe('readers that are behind', () => {
  test('facts are never left out: who does not read them is cut off before they fill the memory, and nobody else notices', async () => {
    const id = await paper();
    const first = (await app.as(ann).post(`portfolios/${id}/orders`, buy)).as<{ id: string }>().id;
    // A thousand events are some half a megabyte, told again as often as they are asked for.
    await app.pool.query(
      `insert into order_events (portfolio_id, sequence, order_id, at, status, filled_quantity, fees)
       select portfolio_id, n, order_id, at, status, filled_quantity, fees from order_events, generate_series(2, 1001) n
       where portfolio_id = $1 and order_id = $2`,
      [id, first],
    );
    await app.pool.query('update portfolio_heads set event_sequence = 1001, version = version + 1 where portfolio_id = $1', [id]);
    const reader = await signedIn(ann);
    await subscribe(reader, `orders:${id}`);
    const before = app.app.stream.size;
    const deaf = await deafPeer();
    deaf.say({ type: 'auth', token: ann.accessToken });
    await until(() => app.app.stream.size === before + 1);
    let asked = 0;
    while (app.app.stream.size > before) {
      // More than 20 messages a second are not worked on.
      if (asked % 15 === 0) app.clock.advance(1_000);
      deaf.say({ type: 'resume', channels: [{ channel: `orders:${id}`, sequence: 1 }] });
      asked += 1;
      await turns(200);
    }
    // The kernel takes the first megabytes. A reader whose frames were all kept for it would never be cut off, and this would not end.
    expect(app.app.stream.size).toBe(before);
    deaf.socket.destroy();
    await app.as(ann).post(`portfolios/${id}/orders`, buy);
    expect(numbers(await reader.until(`orders:${id}`, (events) => events.length > 0))).toEqual([1002]);
    reader.close();
  });

  test('of quotes the newest is what counts: who pauses goes on at the present price', async () => {
    const symbols = app.app.market.instruments.book
      .listPublic()
      .slice(0, 100)
      .map(({ symbol }) => symbol);
    const socket = new WebSocket(`ws://127.0.0.1:${portOf(app)}/api/v1/stream`, { headers: { host: 'localhost' } });
    const latest = new Map<string, StreamEvent>();
    let [frames, snapshots] = [0, 0];
    let closed = false;
    socket.on('close', () => (closed = true));
    socket.on('message', (raw: Buffer) => {
      const frame = JSON.parse(raw.toString()) as { type: string; events?: StreamEvent[] };
      if (frame.type === 'events') frames += 1;
      if (frame.type === 'snapshot') snapshots += 1;
      for (const event of frame.events ?? []) {
        // Never backwards, however many were left out.
        expect(event.sequence).toBeGreaterThan(latest.get(event.channel)?.sequence ?? 0);
        latest.set(event.channel, event);
      }
    });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'subscribe', channels: symbols.map((symbol) => `quotes:${symbol}`) }));
    await until(() => snapshots === symbols.length);
    socket.pause();
    // 100 quotes of some 300 bytes each time: 600 times are some 18 MB, more than the kernel has room for.
    const paused = 600;
    for (let beats = 0; beats < paused; beats += 1) {
      beat();
      await new Promise(setImmediate);
    }
    const sent = frames;
    socket.resume();
    const newest = () =>
      [...latest.values()]
        .map(({ data }) => (data as { at: string }).at)
        .sort()
        .at(-1);
    // What it has missed comes with the first change after it has caught up.
    do {
      beat();
      await turns(50);
    } while (newest() !== new Date(app.clock.now()).toISOString() && !closed);
    expect(closed).toBe(false);
    // Some were left out: that is how little the server kept for it.
    expect(frames - sent).toBeLessThan(paused);
    expect(latest.get(`quotes:${symbols[0] ?? ''}`)?.sequence).toBeGreaterThan(frames);
    socket.close();
    await until(() => closed);
  });
});

test('heartbeats: who answers stays, who does not read is let go, and its memory with it', async () => {
  const reader = await connectStream(app);
  await subscribe(reader, 'quotes:AAPL');
  const before = app.app.stream.size;
  const deaf = await deafPeer();
  await until(() => app.app.stream.size > before);
  deaf.say({ type: 'subscribe', channels: ['quotes:AAPL', 'quotes:MSFT'] });
  for (let beats = 0; beats < 3; beats += 1) {
    app.app.stream.beat();
    await reader.next('heartbeat');
    reader.say({ type: 'ping' });
    await reader.next('pong');
  }
  await until(() => app.app.stream.size === before);
  deaf.socket.destroy();
  reader.say({ type: 'ping' });
  await reader.next('pong');
  reader.close();
});

/** Gives the event loop this many turns. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

/** A client that speaks and never reads, not even its pings. */
async function deafPeer(): Promise<{ readonly socket: Socket; say(frame: object): void }> {
  const socket = connect(portOf(app), '127.0.0.1');
  socket.on('error', () => undefined);
  const lines = [
    'GET /api/v1/stream HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
  ];
  socket.write([...lines, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''].join('\r\n'));
  await new Promise((resolve) => socket.once('readable', resolve));
  socket.pause();
  return { socket, say: (frame) => void socket.write(maskedFrame(JSON.stringify(frame))) };
}

/** A text frame as a client sends it (RFC 6455, section 5.2), masked with zeros. */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), payload]);
}

test('I11: what another server did without telling anybody is there with the next heartbeat', async () => {
  const id = await paper();
  const peer = await signedIn(ann);
  await subscribe(peer, `orders:${id}`);
  // It has a bus of its own that reaches nobody, as if it had been killed after each commit.
  const silent = await startTestApp({ beside: app });
  for (let placed = 0; placed < 3; placed += 1) await silent.as(ann).post(`portfolios/${id}/orders`, buy);
  await silent.close();
  expect(peer.events(`orders:${id}`)).toEqual([]);
  app.app.stream.beat();
  expect(numbers(await peer.until(`orders:${id}`, (events) => events.length === 3))).toEqual(upTo(3));
  await app.as(ann).post(`portfolios/${id}/orders`, buy);
  expect(numbers(await peer.until(`orders:${id}`, (events) => events.length === 4))).toEqual(upTo(4));
  peer.close();
});

test('I11: of an import every fact is told once, to who listens from the start, joins late or resumes; to nobody else', async () => {
  const [loader, other] = [await app.user('loader', 'admin'), await app.user('other')];
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-stream-'));
  const file = join(folder, 'told.csv');
  const header = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';
  writeFileSync(file, [header, ...upTo(500).map((row) => `TOLD.NYSE,01/07/2025,10:00:00,${row},1,1,1,1,1,0`)].join('\n'));
  const caller = { userId: loader.id, role: 'admin', sessionId: newId(0), tokenVersion: 0, via: 'bearer' } as const;
  const started = await app.app.imports.importFile(file, { zone: null, caller, onState: () => undefined });
  const channel = `imports:${started.importId}`;
  const early = await signedIn(loader);
  await subscribe(early, channel);
  const begin = Number((await early.next('snapshot'))['sequence']);
  expect(await started.ended).toMatchObject({ status: 'done' });
  rmSync(folder, { recursive: true });
  const late = await signedIn(loader);
  late.say({ type: 'resume', channels: [{ channel, sequence: 0 }] });
  const isDone = ({ data }: StreamEvent) => (data as { status: string }).status === 'done';
  const all = numbers(await late.until(channel, (events) => events.some(isDone)));
  expect(all).toEqual(upTo(all.length));
  const heard = await early.until(channel, (events) => begin + events.length >= all.length);
  expect(numbers(heard)).toEqual(all.slice(begin));
  const stranger = await signedIn(other);
  expect(await subscribe(stranger, channel)).toEqual([]);
  expect((await stranger.next('error'))['code']).toBe('not_found');
  for (const peer of [early, late, stranger]) peer.close();
});

test('a symbol of several listings is told apart from one of none', async () => {
  const root = await app.user('root', 'admin');
  const listing = { symbol: 'DUO', name: 'Two listings', assetClass: 'stock', currency: 'GBP', private: false };
  for (const exchange of ['LSE', 'NYSE']) await app.as(root).post('instruments', { ...listing, exchange });
  await app.db.updateTable('instruments').set({ is_primary: false }).where('symbol', '=', 'DUO').execute();
  const rows = await app.db.selectFrom('instruments').select('key').where('symbol', '=', 'DUO').execute();
  await app.app.market.reread(rows.map(({ key }) => key));
  const peer = await connectStream(app);
  expect(await subscribe(peer, 'quotes:DUO', 'bars:DUO:1m', 'quotes:NOSUCH', 'quotes:DUO.LSE')).toEqual(['quotes:DUO.LSE']);
  const errors = peer.frames.filter(({ type }) => type === 'error');
  expect(errors.map((frame) => [frame['code'], frame['channel']])).toEqual([
    ['ambiguous_symbol', 'quotes:DUO'],
    ['ambiguous_symbol', 'bars:DUO:1m'],
    ['not_found', 'quotes:NOSUCH'],
  ]);
  expect(errors[0]?.['detail']).toContain('DUO.LSE, DUO.NYSE');
  peer.close();
});

test('where market data is not public, quotes and bars ask for a sign-in', async () => {
  const guarded = await startTestApp({ beside: app, settings: { PUBLIC_MARKET_DATA: 'off' } });
  await guarded.http.listen({ host: '127.0.0.1', port: 0 });
  const peer = await connectStream(guarded);
  expect(await subscribe(peer, 'quotes:AAPL', 'bars:AAPL:1m')).toEqual([]);
  expect(peer.frames.filter(({ type }) => type === 'error').map((frame) => frame['code'])).toEqual(['unauthenticated', 'unauthenticated']);
  peer.say({ type: 'auth', token: ann.accessToken });
  expect(await subscribe(peer, 'quotes:AAPL', 'bars:AAPL:1m')).toEqual(['quotes:AAPL', 'bars:AAPL:1m']);
  peer.close();
  await guarded.close();
});

describe('I15: a session that ends takes its connections along', () => {
  test('on every server', async () => {
    const second = await startTestApp({ beside: app, postgresBus: true });
    await second.http.listen({ host: '127.0.0.1', port: 0 });
    const bob = await app.user('bob');
    const peers = [await signedIn(bob, app), await signedIn(bob, second)];
    await second.as(bob).post('auth/logout-all', {});
    expect(await Promise.all(peers.map(({ closed }) => closed))).toEqual([4401, 4401]);
    await second.close();
  });

  test('one session of several: the others go on', async () => {
    const carla = await app.user('carla');
    const credentials = { email: carla.email, password: carla.password };
    const other = (await app.anonymous.post('auth/login', credentials)).as<{ accessToken: string }>();
    const [ending, staying] = [await signedIn(carla), await signedIn(other)];
    const { items } = (await app.as(other).get('me/sessions')).as<{ items: { id: string; current: boolean }[] }>();
    const id = items.find(({ current }) => !current)?.id ?? '';
    expect((await app.as(other).delete(`me/sessions/${id}`)).status).toBe(204);
    expect(await ending.closed).toBe(4401);
    staying.say({ type: 'ping' });
    await staying.next('pong');
    staying.close();
  });

  test('the account that its owner closes', async () => {
    const dave = await app.user('dave');
    const peer = await signedIn(dave);
    expect((await app.as(dave).delete('me')).status).toBe(204);
    expect(await peer.closed).toBe(4401);
  });

  test('and a token that has ended opens none', async () => {
    const erna = await app.user('erna');
    await app.as(erna).post('auth/logout-all', {});
    const peer = await connectStream(app);
    peer.say({ type: 'auth', token: erna.accessToken });
    expect((await peer.next('error'))['code']).toBe('unauthenticated');
    peer.close();
    // Brought along, it makes nobody of its bearer.
    const nobody = await connectStream(app, { authorization: `Bearer ${erna.accessToken}` });
    expect(await subscribe(nobody, 'quotes:AAPL', `orders:${await paper()}`)).toEqual(['quotes:AAPL']);
    expect((await nobody.next('error'))['code']).toBe('unauthenticated');
    nobody.close();
  });
});
