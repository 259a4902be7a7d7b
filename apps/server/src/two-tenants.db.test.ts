/**
 * Two tenants, every route: one fills in a canary wherever a text can be, the other asks for everything, with the ids of the first and
 * with none. Nothing of the canary may come back: not in a body, a header, an error, a file or a page.
 */
import { allRoutes } from '@holdfast/contract';
import type { Route } from '@holdfast/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installJobSchema } from './platform/jobs/index.ts';
import { silentLogger } from './platform/observe/index.ts';
import { routeFixtures } from './testing/route-fixtures.ts';
import type { RouteFixture } from './testing/route-fixtures.ts';
import { startTestApp } from './testing/test-app.ts';
import type { TestApp } from './testing/test-app.ts';
import type { TestAnswer } from './testing/test-client.ts';
import type { TestUser } from './testing/builders.ts';

const CANARY = 'canary7f3a';
const CANARY_SYMBOL = 'CANARY7F3A';

let app: TestApp;
let ada: TestUser;
let eve: TestUser;
let strangers = 0;
/** What Ada owns, by route that takes its id. */
const owned = new Map<string, RouteFixture>();

beforeAll(async () => {
  app = await startTestApp();
  await installJobSchema({ url: app.databaseUrl, logger: silentLogger() });
  ada = await app.user(CANARY);
  eve = await app.user('eve');
  const own = app.as(ada);
  const made = async (answer: Promise<TestAnswer>) => {
    const { status, text } = await answer;
    if (status >= 300) throw new Error(`The canary could not be placed: ${status} ${text}`);
  };
  await made(own.patch('me', { firstName: CANARY, lastName: CANARY }));
  await made(own.post('instruments', { symbol: CANARY_SYMBOL, name: CANARY, assetClass: 'other', currency: 'USD' }));
  await made(own.put(`instruments/${CANARY_SYMBOL}/prices`, { prices: [{ day: '2026-01-05', price: '73914.27' }] }));
  const tracked = await own.post('portfolios', { name: CANARY, description: CANARY, kind: 'tracked', baseCurrency: 'USD' });
  const { id } = tracked.as<{ id: string }>();
  const buy = { type: 'buy', symbol: CANARY_SYMBOL, quantity: '3', price: '73914.27', tradedAt: '2026-01-02T12:00:00.000Z', note: CANARY };
  await made(own.post(`portfolios/${id}/transactions`, buy));
  await made(own.post('me/api-keys', { name: CANARY, scopes: ['read'] }));
  const paper = (await own.post('portfolios', { name: CANARY, kind: 'paper', baseCurrency: 'USD' })).as<{ id: string }>();
  const order = { symbol: 'AAPL', side: 'buy', type: 'limit', quantity: '1', limitPrice: '1', timeInForce: 'gtc', clientOrderId: CANARY };
  await made(own.post(`portfolios/${paper.id}/orders`, order));
  for (const [name, make] of Object.entries(routeFixtures)) {
    // Fixtures make what they need under one name, so each gets an owner; all of them are canaries.
    const owner = await app.user(`${CANARY}-${owned.size}`);
    owned.set(name, await make(app, owner));
  }
});
afterAll(() => app.close());

// What a route answers of its own example, it was told by whoever asked; ids of Ada's are asked for besides.
const asked = allRoutes.filter(({ answers }) => answers[101] === undefined);

describe('the other tenant sees nothing of it', () => {
  test.each(asked.map((route) => [route.name, route] as const))('%s', async (name, route) => {
    // Some of these end the session that asks.
    const person = await app.user(`eve-${(strangers += 1)}`);
    const fixture = owned.get(name);
    for (const answer of await Promise.all([
      ask(person, route, undefined),
      ...(fixture === undefined ? [] : [ask(person, route, fixture)]),
    ])) {
      expect(answer.text.toLowerCase()).not.toContain(CANARY);
      expect(answer.bytes.toString('latin1').toLowerCase()).not.toContain(CANARY);
      expect(JSON.stringify(answer.headers).toLowerCase()).not.toContain(CANARY);
      expect(answer.text).not.toContain('73914.27');
      if (answer.status >= 500) expect(answer.code).toBe('unavailable');
    }
  });

  test.each([
    `instruments?search=${CANARY_SYMBOL.slice(0, 5)}`,
    `instruments/${CANARY_SYMBOL}`,
    `quotes/${CANARY_SYMBOL}`,
    `quotes?symbols=${CANARY_SYMBOL}`,
    `transactions?search=${CANARY.slice(0, 5)}`,
    `instruments/${CANARY_SYMBOL}/bars?interval=1d`,
  ])('%s', async (url) => {
    const answer = await app.as(eve).get(url);
    // The address that was asked for comes back in the error; what it names does not.
    const told = answer.text.replaceAll(CANARY_SYMBOL, '');
    expect(told.toLowerCase()).not.toContain(CANARY);
    expect(told).not.toContain('73914.27');
  });
});

test('and its owner does, or the canary proves nothing', async () => {
  const own = app.as(ada);
  for (const url of ['me', 'portfolios', 'transactions', 'me/api-keys', `instruments/${CANARY_SYMBOL}`])
    expect([url, (await own.get(url)).text.toLowerCase().includes(CANARY)]).toEqual([url, true]);
});

/** As the walk over routes asks: with the contract's own example, and a fixture's ids in its place. */
function ask(user: TestUser, route: Route, fixture: RouteFixture | undefined): Promise<TestAnswer> {
  const { example } = route;
  const params = { ...example.params, ...fixture?.params } as Record<string, string>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(params[parameter] ?? ''));
  const query = new URLSearchParams(Object.entries(example.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]));
  const url = query.size === 0 ? path : `${path}?${query.toString()}`;
  const body = fixture?.body ?? (example.body as object | undefined);
  const client = app.as(user);
  const form = fixture?.form;
  if (route.method === 'GET') return client.get(url);
  if (form !== undefined)
    return client.post(url, undefined, { payload: form, headers: { 'content-type': 'multipart/form-data; boundary=b' } });
  const send = { POST: client.post, PUT: client.put, PATCH: client.patch, DELETE: client.delete }[route.method];
  return send(url, body);
}
