import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

/** The first takes what it is sent and checks it afterwards; the second refuses what cannot be. */
let app: TestApp;
let strict: TestApp;
let apple: string;
beforeAll(async () => {
  app = await startTestApp({ settings: { STRICT_ORDERS: 'false' } });
  strict = await startTestApp({ beside: app });
  const { tickers_with_dates: found } = (await app.anonymous.get('tickers?search=AAPL')).as<{ tickers_with_dates: { id: string }[] }>();
  apple = found[0]?.id ?? '';
});
afterAll(async () => {
  await strict.close();
  await app.close();
});

interface Issue {
  readonly issue_id: string;
  readonly description: string;
  readonly severity: string;
  readonly timestamp: string;
}
interface Checks {
  readonly user_id: string;
  readonly issues: readonly Issue[];
  readonly total_issues: number;
  readonly timestamp: string;
}

async function place(user: TestUser, price: number, quantity: number): Promise<string> {
  const answer = await app.as(user).post('place-order', [{ tick_id: apple, purchase_price: price, purchase_qty: quantity }]);
  return answer.as<{ id: string }[]>()[0]?.id ?? '';
}
const checks = async (user: TestUser, at = app) => (await at.as(user).get('quality-checks')).as<Checks>();

/** A price within the day's range, so that only what a test is about is wrong. */
async function likelyPrice(): Promise<number> {
  return (await app.anonymous.get('tickers?search=AAPL')).as<{ tickers_with_dates: { ltp: number }[] }>().tickers_with_dates[0]?.ltp ?? 0;
}

test('purchases that are right have no issue', async () => {
  const user = await app.user('right');
  expect(await checks(user)).toEqual({ user_id: user.id, issues: [], total_issues: 0, timestamp: '2026-01-05T15:30:00' });
  await place(user, await likelyPrice(), 10);
  expect((await checks(user)).issues).toEqual([]);
});

test('an invalid price and an invalid quantity are flagged: which order, how grave, since when, and what to do', async () => {
  const user = await app.user('wrong');
  const likely = await likelyPrice();
  const [zero, negative, short] = [await place(user, 0, 10), await place(user, -5, 10), await place(user, likely, -3)];
  const { issues, total_issues: total, user_id: owner } = await checks(user);
  expect(owner).toBe(user.id);
  const advice = { price: 'Enter the price per unit as your broker confirmed it.' };
  const described = issues.map(({ description, severity, timestamp }) => [severity, timestamp, description]);
  const at = '2026-01-05T15:30:00';
  expect(described).toContainEqual(['high', at, `Invalid purchase price for order_id=${zero}: 0 is not above zero. ${advice.price}`]);
  expect(described).toContainEqual(['high', at, `Invalid purchase price for order_id=${negative}: -5 is not above zero. ${advice.price}`]);
  expect(described).toContainEqual([
    'high',
    at,
    expect.stringMatching(new RegExp(`^Invalid purchase quantity for order_id=${short}: -3 is not above zero\\. [A-Z].*\\.$`)),
  ]);
  expect(total).toBe(issues.length);
  // The gravest first.
  const gravity = ['high', 'medium', 'low'];
  const order = issues.map(({ severity }) => gravity.indexOf(severity));
  expect(order).toEqual([...order].sort());
});

test('what cannot be makes no holding and costs nothing', async () => {
  const user = await app.user('impossible');
  await place(user, -5, 10);
  await place(user, 5, -10);
  await place(user, 5, 0);
  expect((await app.as(user).post('portfolio-position')).body).toEqual({ user_id: user.id, positions: [], total_pnl: 0 });
  expect((await app.as(user).get('orders/purchased')).body).toMatchObject({ total: 3 });
  expect((await app.as(user).get('/portfolio/summary')).body).toMatchObject({ total_value: 0, total_invested: 0, positions: [] });
});

test('an issue keeps its id from one reading to the next and on every server, and goes when the record is put right', async () => {
  const user = await app.user('mending');
  const wrong = await place(user, -5, 10);
  await place(user, 0, 7);
  const ids = async (at: TestApp) => (await checks(user, at)).issues.map(({ issue_id: id }) => id).sort();
  const first = await ids(app);
  expect(new Set(first).size).toBe(first.length);
  app.clock.advance(60_000);
  expect(await ids(app)).toEqual(first);
  expect(await ids(strict)).toEqual(first);
  const mended = await app.as(user).put(`portfolio/positions/${wrong}`, { purchase_price: await likelyPrice() });
  expect(mended.status).toBe(200);
  const { issues } = await checks(user);
  expect(issues.some(({ description }) => description.includes(wrong))).toBe(false);
  const left = await ids(app);
  expect(left.length).toBeGreaterThan(0);
  expect(first).toEqual(expect.arrayContaining(left));
});

test('a time that has not come is flagged', async () => {
  const user = await app.user('early');
  const before = app.clock.now();
  app.clock.advance(3 * 86_400_000);
  const login = { email: user.email, password: user.password };
  const later = (await app.anonymous.post('users/login', login)).as<{ access_token: string }>().access_token;
  const id = await place({ ...user, accessToken: later }, await likelyPrice(), 1);
  app.clock.set(before);
  const issue = (await checks(user)).issues.find(({ description }) => description.startsWith('Timestamp in the future'));
  expect(issue).toMatchObject({ severity: 'high', timestamp: new Date(before + 3 * 86_400_000).toISOString().slice(0, 19) });
  expect(issue?.description).toContain(`order_id=${id}`);
});

test('the same purchase twice, and a price the market never had, are worth a look', async () => {
  const user = await app.user('unlikely');
  const likely = await likelyPrice();
  await place(user, likely, 10);
  const twice = await place(user, likely, 10);
  const dear = await place(user, 1_000_000, 1);
  const found = (await checks(user)).issues.map(({ severity, description }) => `${severity} ${description}`);
  expect(found).toContainEqual(expect.stringMatching(new RegExp(`^medium Possible duplicate for order_id=${twice}`)));
  expect(found).toContainEqual(expect.stringMatching(new RegExp(`^medium Unlikely purchase price for order_id=${dear}`)));
});

test('the portfolio’s own list says the same, with advice of its own', async () => {
  const user = await app.user('elsewhere');
  await place(user, -5, 10);
  const { items } = (await app.as(user).get('portfolios?kind=tracked')).as<{ items: { id: string }[] }>();
  const own = (await app.as(user).get(`portfolios/${items[0]?.id ?? ''}/quality-issues`)).as<{ items: { id: string; advice: string }[] }>();
  const here = (await checks(user)).issues;
  expect(own.items.map(({ id }) => id)).toEqual(here.map(({ issue_id: id }) => id));
  for (const [at, { advice }] of own.items.entries()) expect(here[at]?.description.endsWith(advice)).toBe(true);
});

test('where orders are strict, nothing impossible is recorded', async () => {
  const user = await app.user('refused');
  for (const [price, quantity] of [
    [0, 1],
    [-1, 1],
    [1, 0],
    [1, -1],
  ]) {
    const answer = await strict.as(user).post('place-order', [{ tick_id: apple, purchase_price: price, purchase_qty: quantity }]);
    expect([price, quantity, answer.status, answer.code]).toEqual([price, quantity, 400, 'invalid_value']);
  }
  expect((await strict.as(user).get('orders/purchased')).body).toMatchObject({ total: 0 });
});
