/** The errors that every route shares, each seen once. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakableLine } from './testing/breakable-line.ts';
import type { RequestLine } from './platform/observe/index.ts';
import { startTestApp } from './testing/test-app.ts';
import type { TestApp } from './testing/test-app.ts';
import type { TestUser } from './testing/builders.ts';

let app: TestApp;
let user: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  user = await app.user('user');
});
afterAll(() => app.close());

const json = { 'content-type': 'application/json' };

test('a body that is no JSON is unparsable', async () => {
  for (const payload of ['{', '', '{"a":1}}', '\u0000'])
    expect((await app.anonymous.post('auth/login', undefined, { payload, headers: json })).code).toBe('unparsable');
});

test('a body that would reach into prototypes is refused', async () => {
  for (const payload of ['{"__proto__":{"role":"admin"}}', '{"constructor":{"prototype":{}}}'])
    expect((await app.anonymous.post('auth/login', undefined, { payload, headers: json })).code).toBe('unparsable');
});

test('another content type is not supported', async () => {
  for (const type of ['text/xml', 'application/x-www-form-urlencoded', 'text/plain'])
    expect((await app.anonymous.post('auth/login', undefined, { payload: 'a=1', headers: { 'content-type': type } })).code).toBe(
      'unsupported_media_type',
    );
});

test('a body over a megabyte is too large', async () => {
  const payload = JSON.stringify({ email: 'a@b', password: 'x'.repeat(1_048_577) });
  expect((await app.anonymous.post('auth/login', undefined, { payload, headers: json })).code).toBe('too_large');
});

test.each([
  [{ email: 'a@b' }, 'invalid_value', 'password'],
  [{ email: 1, password: 'x' }, 'invalid_value', 'email'],
  [{ email: true, password: 'x' }, 'invalid_value', 'email'],
  [{ email: 'a@b', password: ['x'] }, 'invalid_value', 'password'],
  [{ email: 'a@b', password: 'x', extra: 1 }, 'unknown_field', 'extra'],
  [[], 'invalid_value', ''],
])('%j: %s at %j', async (body, code, path) => {
  const answer = await app.anonymous.post('auth/login', body);
  expect([answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([code, path]);
});

test('an address of nothing is 404, one of another method 405 with those it takes', async () => {
  expect((await app.anonymous.get('nothing/here')).code).toBe('not_found');
  const answer = await app.anonymous.put('auth/login', {});
  expect([answer.code, answer.headers['allow']]).toEqual(['method_not_allowed', 'POST']);
  const byId = await app.anonymous.put('/api/v1/me/sessions/01936f2e-8c00-7000-8000-000000000002/', {});
  expect([byId.code, byId.headers['allow']]).toEqual(['method_not_allowed', 'DELETE']);
  expect((await app.anonymous.get('auth/login')).code).toBe('method_not_allowed');
});

test('a trailing slash changes nothing, and nobody is redirected', async () => {
  const answer = await app.anonymous.post('auth/login/', { email: user.email, password: user.password });
  expect(answer.status).toBe(200);
});

test('an id that is none is refused before anything is looked up', async () => {
  for (const id of ['1', "1' or '1'='1", '01936f2e-8c00-7000-8000-00000000000g'])
    expect((await app.as(user).delete(`me/sessions/${encodeURIComponent(id)}`)).code).toBe('invalid_value');
});

test.each(['--x\r\n', 'no form at all', '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n1,2'])(
  'a form that breaks off is unparsable: %j',
  async (payload) => {
    const headers = { host: 'localhost', authorization: `Bearer ${user.accessToken}`, 'content-type': 'multipart/form-data; boundary=x' };
    const answer = await app.http.inject({ method: 'POST', url: '/api/v1/documents', headers, payload });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'unparsable']);
  },
);

test('a request leaves one line, with its pattern and without its address, and probes leave none', async () => {
  const lines: RequestLine[] = [];
  const own = await startTestApp({ beside: app, writeRequest: (line) => void lines.push(line) });
  await own.as(user).get('quotes/aapl?secret=canary', { headers: { 'x-request-id': 'asked-1' } });
  await own.anonymous.get('/health/live');
  await own.anonymous.post('canary', {});
  expect(lines).toEqual([
    { requestId: 'asked-1', method: 'GET', route: '/api/v1/quotes/:symbol', status: 200, durationMs: expect.any(Number), userId: user.id },
    { requestId: expect.any(String), method: 'POST', route: '(none)', status: 404, durationMs: expect.any(Number), userId: null },
  ]);
  await own.close();
});

test('the request id comes back when it is one, and is made when it is not', async () => {
  const asked = async (id: string) => (await app.anonymous.get('/health', { headers: { 'x-request-id': id } })).headers['x-request-id'];
  expect(await asked('my-id.1')).toBe('my-id.1');
  for (const id of ['with space', 'x'.repeat(65), '"quoted"', '']) expect(await asked(id)).toMatch(/^[0-9a-f-]{36}$/);
});

test('every answer has the headers that protect it', async () => {
  const always = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' };
  for (const answer of [await app.anonymous.get('/health'), await app.anonymous.get('me'), await app.anonymous.post('nothing', {})]) {
    expect(answer.headers).toMatchObject({ ...always, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" });
  }
  for (const page of [await app.anonymous.get('/docs'), await app.anonymous.get('/')]) {
    expect(page.headers).toMatchObject({ ...always, 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin' });
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
  }
  expect((await app.as(user).get('me')).headers['cache-control']).toBe('no-store');
});

describe('where people come over HTTPS', () => {
  const settings = { PUBLIC_URL: 'https://holdfast.example.com', REQUIRE_HTTPS: 'on' };

  test('plain HTTP is led there from a page, refused from a client, and lets balancers ask', async () => {
    const own = await startTestApp({ beside: app, settings });
    const page = await own.anonymous.get('/docs?from=mail');
    expect([page.status, page.headers['location']]).toEqual([308, 'https://holdfast.example.com/docs?from=mail']);
    expect((await own.as(user).get('me')).code).toBe('https_required');
    expect((await own.anonymous.get('/health/ready')).status).toBe(200);
    // Nobody has said that a proxy is there: what the request itself says of its scheme is not believed.
    expect((await own.as(user).get('me', { headers: { 'x-forwarded-proto': 'https' } })).code).toBe('https_required');
    await own.close();
  });

  test('behind a proxy that is believed, its word on scheme and address counts', async () => {
    const own = await startTestApp({ beside: app, settings: { ...settings, TRUST_PROXY: '1' } });
    const through = (scheme: string) =>
      own.as(user).get('me', { headers: { 'x-forwarded-proto': scheme, 'x-forwarded-for': '203.0.113.9' } });
    expect((await through('https')).status).toBe(200);
    expect((await through('http')).code).toBe('https_required');
    await own.close();
  });
});

test('only hosts that are allowed are served', async () => {
  const own = await startTestApp({ beside: app, settings: { ALLOWED_HOSTS: 'localhost,.example.org' } });
  const status = async (host: string) => (await own.anonymous.get('market/clock', { headers: { host } })).status;
  expect(await Promise.all(['localhost:8000', 'example.org', 'api.EXAMPLE.org:443'].map(status))).toEqual([200, 200, 200]);
  expect(await Promise.all(['evil.test', 'example.org.evil.test', 'notexample.org'].map(status))).toEqual([400, 400, 400]);
  // Balancers ask by a machine's own address.
  expect((await own.anonymous.get('/health/ready', { headers: { host: '10.0.0.7:8000' } })).status).toBe(200);
  await own.close();
});

test('the limit of an address is told in every answer and ends in 429', async () => {
  const own = await startTestApp({
    beside: app,
    settings: { RATE_LIMITS: 'on', RATE_LIMIT_PER_MINUTE: '3', RATE_LIMIT_STANDARD_PER_HOUR: '100' },
  });
  const login = { email: user.email, password: user.password };
  const left: unknown[] = [];
  for (let asked = 0; asked < 3; asked += 1) left.push((await own.anonymous.post('auth/login', login)).headers['ratelimit-remaining']);
  expect(left).toEqual(['2', '1', '0']);
  const refused = await own.anonymous.post('auth/login', login);
  expect([refused.code, refused.headers['retry-after']]).toEqual(['rate_limited', '60']);
  for (const url of ['/health', '/health/live', '/docs', '/']) expect((await own.anonymous.get(url)).status).toBe(200);
  own.clock.advance(60_000);
  expect((await own.anonymous.post('auth/login', login)).status).toBe(200);
  await own.close();
});

test('pages of other origins may ask only where CORS_ORIGINS names them', async () => {
  const own = await startTestApp({ beside: app, settings: { CORS_ORIGINS: 'https://pages.example.org' } });
  const allowed = async (origin: string) =>
    (await own.anonymous.get('/health', { headers: { origin } })).headers['access-control-allow-origin'];
  expect(await allowed('https://pages.example.org')).toBe('https://pages.example.org');
  expect(await allowed('https://evil.test')).toBeUndefined();
  expect(
    (await app.anonymous.get('/health', { headers: { origin: 'https://pages.example.org' } })).headers['access-control-allow-origin'],
  ).toBeUndefined();
  await own.close();
});

test('a request that takes too long is answered 504', async () => {
  const blocker = await app.pool.connect();
  try {
    await blocker.query('begin');
    await blocker.query('lock table users in access exclusive mode');
    const waiting = app.anonymous.post('auth/login', { email: user.email, password: user.password });
    // The clock is the test's: it is late as soon as the request has begun to wait.
    const waits = async () =>
      (await blocker.query("select 1 from pg_locks where not granted and relation = 'users'::regclass")).rowCount === 1;
    while (!(await waits())) await new Promise(setImmediate);
    app.clock.advance(10_000);
    expect((await waiting).code).toBe('timeout');
    // What ran for it is stopped as well, though the lock is still held.
    while (await waits());
  } finally {
    await blocker.query('rollback');
    blocker.release();
  }
});

test('a key whose request has not come to its end is answered 409, and has no second effect', async () => {
  const made = { name: 'Once', kind: 'tracked' };
  const first = await app.as(user).post('portfolios', made, { headers: { 'idempotency-key': 'unfinished' } });
  expect(first.status).toBe(201);
  await app.db.updateTable('idempotency_keys').set({ status: null, body: null }).where('key', '=', 'unfinished').execute();
  const again = await app.as(user).post('portfolios', made, { headers: { 'idempotency-key': 'unfinished' } });
  expect([again.status, again.code]).toEqual([409, 'request_in_progress']);
  const { items } = (await app.as(user).get('portfolios')).as<{ items: { name: string }[] }>();
  expect(items.filter(({ name }) => name === 'Once')).toHaveLength(1);
});

test('a long answer is packed, a short one is not, and neither says more than the other', async () => {
  const packed = async (url: string) => {
    const answer = await app.http.inject({ url, headers: { host: 'localhost', 'accept-encoding': 'gzip' } });
    return { encoding: answer.headers['content-encoding'], bytes: answer.rawPayload };
  };
  const long = await packed('/api/v1/instruments?limit=50');
  expect(long.encoding).toBe('gzip');
  expect(JSON.parse(gunzipSync(long.bytes).toString('utf8'))).toEqual((await app.anonymous.get('instruments?limit=50')).body);
  const short = await packed('/health/live');
  expect([short.encoding, short.bytes.length < 1_000]).toEqual([undefined, true]);
});

test('without its database the server says 503, when to come back, and is well again afterwards', async () => {
  const line = await breakableLine(app.databaseUrl);
  const own = await startTestApp({ beside: { ...app, databaseUrl: line.url } });
  expect((await own.as(user).get('me')).status).toBe(200);
  line.cut();
  const away = await own.as(user).get('me');
  expect([away.code, away.headers['retry-after']]).toEqual(['unavailable', '2']);
  expect((await own.anonymous.get('/health/ready')).status).toBe(503);
  expect((await own.anonymous.get('/health/live')).status).toBe(200);
  line.mend();
  expect((await own.as(user).get('me')).status).toBe(200);
  expect((await own.anonymous.get('/health/ready')).status).toBe(200);
  await own.close();
});
