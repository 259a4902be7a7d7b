import { allRoutes } from '@holdfast/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ settings: { METRICS_TOKEN: 'a token for metrics' } });
});
afterAll(() => app.close());

test.each(['/health', '/health/ready', '/api/v1/health/', '/api/v1/health/readiness/', '/readiness/'])(
  '%s says whether to come here',
  async (url) => {
    expect((await app.anonymous.get(url)).body).toMatchObject({ status: 'ok', checks: [{ name: 'database', status: 'ok' }] });
  },
);

test.each(['/health/live', '/api/v1/health/liveness/', '/liveness/'])('%s says whether to leave it running', async (url) => {
  expect((await app.anonymous.get(url)).body).toEqual({ status: 'ok', checks: [] });
});

test('metrics are for this machine, for the token and for administrators', async () => {
  const from = (remoteAddress: string, headers: Record<string, string> = {}) => app.anonymous.get('/metrics', { remoteAddress, headers });
  expect((await from('127.0.0.1')).text).toContain('http_request_duration_seconds');
  expect((await from('::1')).status).toBe(200);
  expect((await from('192.0.2.1')).code).toBe('unauthenticated');
  // A proxy on this machine speaks for somebody else.
  expect((await from('127.0.0.1', { 'x-forwarded-for': '192.0.2.1' })).code).toBe('unauthenticated');
  expect((await from('192.0.2.1', { authorization: 'Bearer a token for metrics' })).status).toBe(200);
  expect((await from('192.0.2.1', { authorization: 'Bearer a token for others' })).status).toBe(401);
  const [admin, user] = [await app.user('admin', 'admin'), await app.user('user')];
  expect((await app.as(admin).get('/metrics', { remoteAddress: '192.0.2.1' })).status).toBe(200);
  expect((await app.as(user).get('/metrics', { remoteAddress: '192.0.2.1' })).code).toBe('forbidden');
});

test('the index names where things are', async () => {
  const { links } = (await app.anonymous.get('/api/v1/')).as<{ links: Record<string, string> }>();
  const known = new Set([...allRoutes.map(({ path }) => path), '/docs', '/api/v1/stream']);
  expect(Object.values(links).filter((link) => !known.has(link))).toEqual([]);
});

test('the description lists every operation', async () => {
  const { openapi, paths } = (await app.anonymous.get('/openapi.json')).as<{ openapi: string; paths: Record<string, object> }>();
  expect(openapi).toBe('3.1.0');
  expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(allRoutes.length);
});
