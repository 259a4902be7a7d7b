/**
 * Two servers of people and one of work, each a process of its own, over one PostgreSQL (and, where the run has one, one Redis): what
 * happens at one of them is seen at the others. How long it took is told with each test; what counts is that it comes. With
 * TEST_POOLER_URL they reach their database through a pooler in transaction mode (docs/operations/running.md).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverPeer } from './testing/server-peer.ts';
import type { ServerPeer } from './testing/server-peer.ts';
import { startServerProcess } from './testing/server-process.ts';
import type { ServerProcess } from './testing/server-process.ts';
import { connectStream } from './testing/stream-peer.ts';
import type { StreamPeer } from './testing/stream-peer.ts';
import { createTestDatabase, testRedis, throughPooler } from './testing/test-database.ts';
import type { TestDatabase } from './testing/test-database.ts';

/** Three starts of a whole server take their time where many tests share few cores. */
const PATIENCE_MS = 240_000;
/** An administrator: what is private to one is not streamed. */
const ANN = { email: 'ann@example.com', password: 'ann has three servers' };

const folder = mkdtempSync(join(tmpdir(), 'holdfast-three-'));
const redis = testRedis();
let database: TestDatabase;
let servers: readonly ServerProcess[] = [];
/** Ann at the one server of people, and at the other. */
let here: ServerPeer;
let there: ServerPeer;
let stream: StreamPeer;
const stops: (() => Promise<unknown>)[] = [];
let portfolioId = '';

beforeAll(async () => {
  database = await createTestDatabase();
  // All at once, as where a whole deployment starts.
  servers = await Promise.all(['api', 'api', 'worker'].map(startAs));
  const { accessToken } = (await serverPeer(process('here')).post('auth/login', ANN)).as<{ accessToken: string }>();
  here = serverPeer(process('here'), accessToken);
  there = serverPeer(process('there'), accessToken);
  stream = await connectStream(process('there'));
  stream.say({ type: 'auth', token: accessToken });
  await stream.next('authenticated');
  const share = { symbol: 'SHARE', name: 'A share', assetClass: 'stock', currency: 'USD', tickSize: '0.01', private: false };
  expect((await here.post('instruments', share)).status).toBe(201);
  expect((await price(here, '10')).status).toBe(200);
  portfolioId = (await here.post('portfolios', { name: 'Practice', kind: 'paper', startingCash: '1000' })).as<{ id: string }>().id;
}, PATIENCE_MS);
afterAll(async () => {
  // Each of them ends in order, with nothing left open.
  expect(await Promise.all(stops.map((stop) => stop()))).toEqual([0, 0, 0]);
  await database.drop();
  rmSync(folder, { recursive: true });
}, PATIENCE_MS);

async function startAs(role: string, number: number): Promise<ServerProcess> {
  const pooled = throughPooler(database);
  const shared = {
    DATABASE_URL: pooled ?? database.url,
    ...(pooled === undefined ? {} : { DATABASE_DIRECT_URL: database.url, DATABASE_PREPARED: 'off' }),
    ...(redis === undefined ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: redis.keyPrefix }),
    ...{ SECRET_KEY: 'one-secret-for-three-processes-0123456789', RATE_LIMITS: 'off' },
    ...{ ADMIN_EMAIL: ANN.email, ADMIN_PASSWORD: ANN.password },
  };
  const server = await startServerProcess({ folder, environment: { ...shared, ROLE: role, DATA_DIR: join(folder, String(number)) } });
  stops.push(() => {
    server.process.kill('SIGTERM');
    return server.ended;
  });
  return server;
}

function process(name: 'here' | 'there' | 'worker'): ServerProcess {
  const found = servers[['here', 'there', 'worker'].indexOf(name)];
  if (found === undefined) throw new Error(`There is no process ${name}.`);
  return found;
}

/** Says a price of today by hand. */
function price(at: ServerPeer, amount: string) {
  return at.put('instruments/SHARE/prices', { prices: [{ day: new Date().toISOString().slice(0, 10), price: amount }] });
}

async function until<Found>(look: () => Promise<Found | undefined | false>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise(setImmediate);
  }
}

/** Does something at one place, waits until it is seen at another, and tells how long that took. */
async function crossing<Found>(
  context: TestContext,
  what: string,
  { done, seen }: { done: () => Promise<unknown>; seen: () => Promise<Found> },
) {
  await done();
  const from = performance.now();
  const found = await seen();
  await context.annotate(`${what}: ${Math.round(performance.now() - from)} ms, ${redis === undefined ? 'without' : 'with'} Redis`);
  return found;
}

const lastOf = async (at: ServerPeer) => (await at.get('quotes/SHARE')).as<{ last?: string }>().last;

test(
  'a quote given at one server is the quote of the other',
  async (context) => {
    await until(async () => (await lastOf(there)) === '10');
    stream.say({ type: 'subscribe', channels: ['quotes:SHARE'] });
    await stream.next('snapshot');
    await crossing(context, 'a quote, asked for', {
      done: () => price(here, '11'),
      seen: () => until(async () => (await lastOf(there)) === '11'),
    });
    await crossing(context, 'a quote, on the stream', {
      done: () => price(here, '12'),
      seen: () => stream.until('quotes:SHARE', (events) => events.some(({ data }) => (data as { last: string }).last === '12')),
    });
  },
  PATIENCE_MS,
);

test(
  'an order placed at one server is filled by the worker and told by the other',
  async (context) => {
    stream.say({ type: 'subscribe', channels: [`orders:${portfolioId}`] });
    await stream.next('snapshot');
    const wish = { symbol: 'SHARE', side: 'buy', type: 'limit', quantity: '3', limitPrice: '9', timeInForce: 'gtc' };
    const placed = await here.post(`portfolios/${portfolioId}/orders`, wish);
    expect(placed.as<{ status: string }>()).toMatchObject({ status: 'accepted' });
    const [fact] = await crossing(context, 'a fill, on the stream', {
      done: () => price(there, '8.5'),
      seen: () =>
        stream.until(`orders:${portfolioId}`, (events) => events.some(({ data }) => (data as { status: string }).status === 'filled')),
    });
    expect(fact).toMatchObject({ data: { status: 'accepted' } });
    for (const at of [here, there]) {
      const { items } = (await at.get(`portfolios/${portfolioId}/positions`)).as<{ items: object[] }>();
      expect(items).toMatchObject([{ symbol: 'SHARE', quantity: '3' }]);
    }
  },
  PATIENCE_MS,
);

test(
  'a price given at one server sets off an alert at the worker, and the notification is on the stream of the other',
  async (context) => {
    stream.say({ type: 'subscribe', channels: ['notifications'] });
    await stream.next('snapshot');
    const alert = { symbol: 'SHARE', condition: 'crossesUp', threshold: '20' };
    expect((await here.post('alerts', alert)).status).toBe(201);
    const isOfAlert = ({ data }: { data: unknown }) => (data as { notification?: { kind: string } }).notification?.kind === 'alert';
    await crossing(context, 'a notification, on the stream', {
      done: () => price(here, '21'),
      seen: () => stream.until('notifications', (events) => events.some(isOfAlert)),
    });
    expect(stream.events('notifications').filter(isOfAlert)).toHaveLength(1);
    const { items } = (await there.get('notifications?kind=alert')).as<{ items: object[] }>();
    expect(items).toHaveLength(1);
  },
  PATIENCE_MS,
);

test(
  'each job runs once, at the worker, whoever asked for it',
  async (context) => {
    const askers = await Promise.all(
      (['here', 'there', 'here'] as const).map(async (at, number) => {
        const asker = { email: `asker${number}@example.com`, password: 'asks for all there is' };
        const { accessToken } = (await serverPeer(process(at)).post('auth/register', asker)).as<{ accessToken: string }>();
        return { asks: serverPeer(process(at), accessToken), looks: serverPeer(process('there'), accessToken) };
      }),
    );
    const isDone = async (at: ServerPeer) => (await at.get('me/exports')).as<{ items: { status: string }[] }>().items[0]?.status === 'done';
    await crossing(context, 'three exports', {
      done: async () => {
        const answers = await Promise.all(askers.map(({ asks }) => asks.post('me/exports')));
        expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
      },
      seen: () => Promise.all(askers.map(({ looks }) => until(() => isDone(looks)))),
    });
    // Its line comes after its row.
    const exported = /"job":"[^"]*export[^"]*"[^\n]*"message":"job done"/g;
    await until(async () => (process('worker').output().match(exported)?.length ?? 0) >= 3);
    const runs = servers.map((server) => [...server.output().matchAll(/"jobId":"(\d+)"[^\n]*"message":"job done"/g)].map(([, id]) => id));
    const [first, second, atWork = []] = runs;
    expect([first, second]).toEqual([[], []]);
    expect(atWork).toEqual([...new Set(atWork)]);
  },
  PATIENCE_MS,
);

test(
  'a session that ends at one server has ended at the other',
  async (context) => {
    const { accessToken } = (await serverPeer(process('here')).post('auth/login', ANN)).as<{ accessToken: string }>();
    const [one, other] = [serverPeer(process('here'), accessToken), serverPeer(process('there'), accessToken)];
    expect((await other.get('me')).status).toBe(200);
    await crossing(context, 'a revocation', {
      done: () => one.post('auth/logout'),
      seen: () => until(async () => (await other.get('me')).status === 401),
    });
  },
  PATIENCE_MS,
);
