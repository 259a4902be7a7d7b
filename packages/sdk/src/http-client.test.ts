import { expect, test } from 'vitest';
import { createHttpClient, path } from './http-client.ts';
import { isApiError, isUnanswered } from './api-error.ts';

type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'unreachable';

/** A server of canned answers, in order; the calls it saw are kept. */
function canned(...answers: Answer[]) {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    calls.push({ url: input instanceof Request ? input.url : String(input), init });
    const answer = answers.shift();
    if (answer === undefined || answer === 'unreachable') throw new TypeError('fetch failed');
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status,
      headers: answer.headers ?? {},
    });
  };
  return { calls, fetch };
}

const caught = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
};

test('a request carries its query, body and idempotency key; empty query values are left out', async () => {
  const server = canned({ status: 201, body: { id: 'o1' } });
  const http = createHttpClient({ baseUrl: '/api/v1', fetch: server.fetch });
  const answer = await http({
    method: 'POST',
    path: path('/portfolios/{}/orders', 'a/b'),
    query: { a: 1, b: '', c: undefined },
    body: { x: '1.10' },
    idempotencyKey: 'k',
  });
  expect(answer).toEqual({ id: 'o1' });
  expect(server.calls[0]?.url).toBe('/api/v1/portfolios/a%2Fb/orders?a=1');
  expect(server.calls[0]?.init.body).toBe('{"x":"1.10"}');
  expect(server.calls[0]?.init.headers).toMatchObject({ 'idempotency-key': 'k', 'content-type': 'application/json' });
});

test('a refusal keeps its code and its figures', async () => {
  const problem = {
    type: 'about:blank',
    title: 't',
    status: 422,
    code: 'insufficient_cash',
    detail: 'd',
    needed: '10.00',
    available: '9.99',
  };
  const http = createHttpClient({ baseUrl: '', fetch: canned({ status: 422, body: problem }).fetch });
  const error = await caught(http({ method: 'POST', path: '/x', body: {} }));
  expect(isApiError(error) && [error.code, error.problem['needed'], error.problem['available']]).toEqual([
    'insufficient_cash',
    '10.00',
    '9.99',
  ]);
});

test('Retry-After is read, and an answer that is no JSON still has a code', async () => {
  const http = createHttpClient({ baseUrl: '', fetch: canned({ status: 429, headers: { 'retry-after': '7' } }).fetch });
  const error = await caught(http({ method: 'GET', path: '/x' }));
  expect(isApiError(error) && [error.code, error.retryAfterSeconds]).toEqual(['http_429', 7]);
});

test('no answer is its own case, apart from every refusal', async () => {
  const http = createHttpClient({ baseUrl: '', fetch: canned('unreachable').fetch });
  const error = await caught(http({ method: 'GET', path: '/x' }));
  expect(isUnanswered(error)).toBe(true);
  expect(isApiError(error) && error.code).toBe('network_unreachable');
});

test('an ended session is renewed once for all requests that met it, and they are sent again', async () => {
  const server = canned({ status: 401 }, { status: 401 }, { status: 200, body: 1 }, { status: 200, body: 2 });
  let renewals = 0;
  const http = createHttpClient({
    baseUrl: '',
    fetch: server.fetch,
    renew: async () => {
      renewals += 1;
      return true;
    },
  });
  expect(await Promise.all([http({ method: 'GET', path: '/a' }), http({ method: 'GET', path: '/b' })])).toEqual([1, 2]);
  expect(renewals).toBe(1);
});

test('a session that cannot be renewed ends with the 401, and signing in is never renewed', async () => {
  const server = canned({ status: 401 }, { status: 401 });
  let renewals = 0;
  const http = createHttpClient({
    baseUrl: '',
    fetch: server.fetch,
    renew: async () => {
      renewals += 1;
      return false;
    },
  });
  expect(await caught(http({ method: 'GET', path: '/a' }))).toMatchObject({ status: 401 });
  expect(await caught(http({ method: 'POST', path: '/auth/login', anonymous: true }))).toMatchObject({ status: 401 });
  expect([renewals, server.calls.length]).toEqual([1, 2]);
});
