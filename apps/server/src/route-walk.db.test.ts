/** A walk over every route that the server has: who may call it, and that nobody reaches what is another's. */
import { allRoutes } from '@holdfast/contract';
import type { Route } from '@holdfast/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from './platform/ids.ts';
import { installJobSchema } from './platform/jobs/index.ts';
import { silentLogger } from './platform/observe/index.ts';
import { routeFixtures } from './testing/route-fixtures.ts';
import type { RouteFixture } from './testing/route-fixtures.ts';
import { startTestApp } from './testing/test-app.ts';
import type { TestApp } from './testing/test-app.ts';
import type { TestClient } from './testing/test-client.ts';
import type { TestUser } from './testing/builders.ts';

let app: TestApp;
let eve: TestUser;
let root: TestUser;
let unpublic: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await installJobSchema({ url: app.databaseUrl, logger: silentLogger() });
  eve = await app.user('eve');
  root = await app.user('root', 'admin');
  unpublic = await startTestApp({ beside: app, settings: { PUBLIC_MARKET_DATA: 'off' } });
});
afterAll(async () => {
  await unpublic.close();
  await app.close();
});

/** Their examples name a password, a token, an account or an id of nobody here, or need a socket; tests of their own see them succeed. */
const exampleAloneFails = new Set([
  'login',
  'openDemonstration',
  'refreshSession',
  'obtainToken',
  'renewTokens',
  'changeAccountPassword',
  'closeMe',
  'changePassword',
  'enrolTotp',
  'confirmTotp',
  'disableTotp',
  'renewRecoveryCodes',
  'startPasskey',
  'addPasskey',
  'loginWithPasskey',
  'forgetPassword',
  'resetPassword',
  'verifyEmail',
  'sendVerification',
  'changeEmail',
  'openStream',
  'tickersSocket',
  'recordPurchases',
  'createReport',
  'uploadDocument',
  'importExport',
  'unsubscribe',
  'unsubscribeByMail',
]);

const closed = allRoutes.filter(({ access }) => access === 'user' || access === 'admin');
const ofAdministrators = allRoutes.filter(({ access }) => access === 'admin');
const byId = (access: 'user' | 'admin') => allRoutes.filter((route) => route.access === access && route.params !== undefined);
const named = (routes: readonly Route[]) => routes.map((route) => [route.name, route] as const);

test('the server has the routes of the contract, all of them and no others', () => {
  const names = (routes: readonly Route[]) => routes.map(({ name }) => name).sort();
  expect(names(app.http.contracts)).toEqual(names(allRoutes));
});

describe('without a token, or with a bad one: 401', () => {
  test.each(named(closed))('%s', async (_name, route) => {
    expect((await ask(app.anonymous, route)).code).toBe('unauthenticated');
    expect((await ask(app.as({ accessToken: 'forged' }), route)).code).toBe('unauthenticated');
  });
});

describe('with an API key that may do everything else: 403', () => {
  test.each(named(closed))('%s', async (_name, route) => {
    const others = (['read', 'trade', 'write', 'admin'] as const).filter((scope) => scope !== route.scope);
    const made = await app.as(root).post('me/api-keys', { name: route.name, scopes: others });
    const { id, key } = made.as<{ id: string; key: string }>();
    expect((await ask(app.as({ accessToken: key }), route)).code).toBe('insufficient_scope');
    await app.as(root).delete(`me/api-keys/${id}`);
  });
});

describe('without the role: 403', () => {
  test.each(named(ofAdministrators))('%s', async (_name, route) => {
    expect((await ask(app.as(eve), route)).code).toBe('forbidden');
  });
});

describe('with the id of something that is another’s: 404, and not so for its owner', () => {
  test('every route that takes an id has a fixture', () => {
    expect(
      byId('user')
        .map(({ name }) => name)
        .filter((name) => routeFixtures[name] === undefined),
    ).toEqual([]);
    expect(Object.keys(routeFixtures).filter((name) => !byId('user').some((route) => route.name === name))).toEqual([]);
  });

  test.each(named(byId('user').filter(({ name }) => routeFixtures[name] !== undefined)))('%s', async (name, route) => {
    const make = routeFixtures[name];
    if (make === undefined) throw new Error(`There is no fixture for ${name}.`);
    // A new owner each time, since some of these routes end what the next would need.
    const ada = await app.user(`ada-${name.toLowerCase()}`);
    const fixture = await make(app, ada);
    const stranger = await ask(app.as(eve), route, fixture);
    expect([stranger.status, stranger.code]).toEqual([404, 'not_found']);
    // The owner may: otherwise the fixture names nothing, and the lines above prove nothing.
    const own = await ask(app.as(ada), route, fixture);
    expect([own.status < 300, own.text]).toEqual([true, own.text]);
  });
});

describe('the contract’s own example works, for somebody who has just signed up', () => {
  const withoutId = allRoutes.filter(
    (route) => route.params === undefined && route.access !== 'admin' && !exampleAloneFails.has(route.name),
  );
  let signedUp = 0;
  test.each(named(withoutId))('%s', async (_name, route) => {
    const answer = await ask(app.as(await app.user(`new-${(signedUp += 1)}`)), route);
    expect([answer.status < 300, answer.text]).toEqual([true, answer.text]);
  });
});

describe('market data while it is not public: 401', () => {
  test.each(named(allRoutes.filter(({ access }) => access === 'market')))('%s', async (_name, route) => {
    expect((await ask(unpublic.anonymous, route)).code).toBe('unauthenticated');
    expect((await ask(unpublic.as({ accessToken: 'forged' }), route)).code).toBe('unauthenticated');
  });
});

describe('with an id of nothing, as an administrator: 404', () => {
  test.each(named(byId('admin')))('%s', async (_name, route) => {
    const ids = Object.keys(route.params?.properties ?? {}).map((parameter) => [parameter, newId(app.clock.now())]);
    expect((await ask(app.as(root), route, { params: Object.fromEntries(ids) as Record<string, string> })).code).toBe('not_found');
  });
});

/** Asks with the contract's own example, and a fixture's ids in its place. */
function ask(client: TestClient, route: Route, fixture?: RouteFixture) {
  const { example } = route;
  const params = { ...example.params, ...fixture?.params } as Record<string, string>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(params[parameter] ?? ''));
  const query = new URLSearchParams(Object.entries(example.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]));
  const url = query.size === 0 ? path : `${path}?${query.toString()}`;
  const body = fixture?.body ?? (example.body as object | undefined);
  switch (route.method) {
    case 'GET':
      return client.get(url);
    case 'POST':
      return fixture?.form === undefined
        ? client.post(url, body)
        : client.post(url, undefined, { payload: fixture.form, headers: { 'content-type': 'multipart/form-data; boundary=b' } });
    case 'PUT':
      return client.put(url, body);
    case 'PATCH':
      return client.patch(url, body);
    case 'DELETE':
      return client.delete(url, body);
  }
}
