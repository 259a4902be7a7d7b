/** What a plan allows an hour, as a client meets it: at the boundary, over it, and after the plan was changed. */
import { afterEach, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestAnswer, TestClient } from '../../testing/test-client.ts';

let app: TestApp;
afterEach(() => app.close());

const start = (settings: Readonly<Record<string, string>> = {}) => startTestApp({ settings: { RATE_LIMITS: 'on', ...settings } });

/** Asks `times` times, fifty a minute, so that only the hour counts; answers the last answer. */
async function ask(client: TestClient, times: number): Promise<TestAnswer> {
  let answer = await client.get('me');
  for (let asked = 1; asked < times; asked += 1) {
    if (asked % 50 === 0) app.clock.advance(60_000);
    answer = await client.get('me');
  }
  return answer;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

test('a standard user asks 100 times an hour; the 101st is refused, told when to come back, and served then', async () => {
  app = await start();
  const user = await app.user('ada');
  const ada = app.as(user);
  const first = await ada.get('me');
  expect(first.headers).toMatchObject({ 'ratelimit-limit': '100' });
  const last = await ask(ada, 99);
  expect([last.status, last.headers['ratelimit-remaining']]).toEqual([200, '0']);
  app.clock.advance(MINUTE_MS);
  const refused = await ada.get('me');
  expect([refused.status, refused.code, refused.headers['ratelimit-limit']]).toEqual([429, 'rate_limited', '100']);
  // A minute went by within the 99, and one after them: 3,600 - 120 are left.
  expect(refused.headers['retry-after']).toBe('3480');
  app.clock.advance(HOUR_MS - 2 * MINUTE_MS);
  const renewed = await app.anonymous.post('auth/login', { email: user.email, password: user.password });
  const again = await app.as(renewed.as<{ accessToken: string }>()).get('me');
  // Of the address's minute signing in and this are gone, of the hour one: 98 is the nearer end.
  expect([again.status, again.headers['ratelimit-remaining']]).toEqual([200, '98']);
});

test('a premium user asks 1,000 times an hour, an administrator as often as they like', async () => {
  app = await start({ RATE_LIMIT_PER_MINUTE: '100000' });
  const premium = app.as(await app.user('premium', 'premium'));
  // 1,000 questions at fifty a minute are 20 minutes.
  expect((await ask(premium, 1_000)).status).toBe(200);
  expect((await premium.get('me')).headers['ratelimit-limit']).toBe('1000');
  expect((await premium.get('me')).code).toBe('rate_limited');
  const admin = app.as(await app.user('admin', 'admin'));
  const last = await ask(admin, 1_100);
  expect([last.status, last.headers['ratelimit-limit']]).toEqual([200, undefined]);
});

test('orders, their previews and cancellations go on when the hour is used up', async () => {
  app = await start();
  const ada = app.as(await app.user('ada'));
  const { id } = (await ada.post('portfolios', { name: 'Practice', kind: 'paper', baseCurrency: 'USD' })).as<{ id: string }>();
  await ask(ada, 99);
  app.clock.advance(MINUTE_MS);
  expect((await ada.get('me')).code).toBe('rate_limited');
  const wish = { symbol: 'AAPL', side: 'buy', type: 'limit', quantity: '1', limitPrice: '1', timeInForce: 'gtc' };
  expect((await ada.post(`portfolios/${id}/orders/preview`, wish)).status).toBe(200);
  const placed = await ada.post(`portfolios/${id}/orders`, wish);
  expect(placed.status).toBe(201);
  expect((await ada.post(`portfolios/${id}/orders/batch`, { orders: [wish] })).status).toBeLessThan(300);
  expect((await ada.delete(`portfolios/${id}/orders/${placed.as<{ id: string }>().id}`)).status).toBeLessThan(300);
  expect((await ada.delete(`portfolios/${id}/orders`)).status).toBeLessThan(300);
  const purchases = [{ symbol: 'AAPL', price: 100, quantity: 1 }];
  expect((await ada.post('place-order', purchases)).status).not.toBe(429);
  expect((await ada.get('me')).code).toBe('rate_limited');
});

test('pages of the web app have a bucket of their own and use up no hour', async () => {
  app = await start();
  const ada = await app.user('ada');
  const browser = app.browser();
  await browser.post('auth/login', { email: ada.email, password: ada.password });
  const pages = await ask(browser, 300);
  expect([pages.status, pages.headers['ratelimit-limit']]).toEqual([200, '600']);
  expect((await app.as(ada).get('me')).headers['ratelimit-remaining']).toBe('99');
});

test('a change of plan acts at once: the old token ends, and the new one has the new quota', async () => {
  app = await start();
  const ada = await app.user('ada');
  const admin = app.as(await app.user('admin', 'admin'));
  await ask(app.as(ada), 100);
  app.clock.advance(MINUTE_MS);
  expect((await app.as(ada).get('me')).code).toBe('rate_limited');
  const change = async (role: string) => (await admin.patch(`admin/users/${ada.id}`, { role })).status;
  const login = async () =>
    (await app.anonymous.post('auth/login', { email: ada.email, password: ada.password })).as<{ accessToken: string }>();
  expect(await change('premium')).toBe(200);
  expect((await app.as(ada).get('me')).code).toBe('unauthenticated');
  const premium = app.as(await login());
  const me = await premium.get('me');
  expect(me.as<{ limits: unknown }>().limits).toEqual({ watchlists: 10, priceHistoryDays: null, requestsPerHour: 1000 });
  expect(await change('standard')).toBe(200);
  expect((await premium.get('me')).code).toBe('unauthenticated');
  // The hour of the standard plan goes on where it stood.
  expect((await app.as(await login()).get('me')).code).toBe('rate_limited');
});

test('PLANS=off lifts the hour and leaves the minute; RATE_LIMITS=off lifts both', async () => {
  app = await start({ PLANS: 'off' });
  const ada = app.as(await app.user('ada'));
  expect((await ask(ada, 150)).headers['ratelimit-limit']).toBe('100');
  const limits = async () => (await ada.get('me')).as<{ limits: unknown }>().limits;
  expect(await limits()).toEqual({ watchlists: null, priceHistoryDays: null, requestsPerHour: null });
  const plans = (await app.anonymous.get('plans')).as<{ items: { name: string; limits: object }[] }>().items;
  expect(plans.map(({ name }) => name)).toEqual(['standard', 'premium', 'admin']);
  for (const plan of plans) expect(Object.values(plan.limits)).toEqual([null, null, null]);
});

test('the plans are told to everybody, with the figures of this server', async () => {
  app = await start({ RATE_LIMIT_STANDARD_PER_HOUR: '250' });
  const { items } = (await app.anonymous.get('plans')).as<{ items: unknown[] }>();
  expect(items).toEqual([
    { name: 'standard', limits: { watchlists: 1, priceHistoryDays: 30, requestsPerHour: 250 } },
    { name: 'premium', limits: { watchlists: 10, priceHistoryDays: null, requestsPerHour: 1000 } },
    { name: 'admin', limits: { watchlists: null, priceHistoryDays: null, requestsPerHour: null } },
  ]);
});
