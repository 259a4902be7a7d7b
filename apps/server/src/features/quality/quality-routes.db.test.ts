import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;

beforeAll(async () => {
  app = await startTestApp({ settings: { MARKET_HOURS: 'exchange' } });
  ada = await app.user('ada');
});
afterAll(() => app.close());

interface Issue {
  readonly id: string;
  readonly check: string;
  readonly severity: string;
  readonly description: string;
  readonly advice: string;
  readonly transactionId: string | null;
  readonly at: string | null;
}

async function portfolio(facts: readonly object[], more: object = {}): Promise<{ readonly id: string; readonly facts: readonly string[] }> {
  const made = await app
    .as(ada)
    .post('portfolios', { name: 'Checked', kind: 'tracked', baseCurrency: 'USD', cashMode: 'implied', ...more });
  const { id } = made.as<{ id: string }>();
  const ids: string[] = [];
  for (const fact of facts) {
    const answer = await app.as(ada).post(`portfolios/${id}/transactions`, fact);
    expect(answer.status).toBe(201);
    ids.push(answer.as<{ id: string }>().id);
  }
  return { id, facts: ids };
}

async function issues(id: string, query = ''): Promise<readonly Issue[]> {
  const answer = await app.as(ada).get(`portfolios/${id}/quality-issues${query}`);
  expect(answer.status).toBe(200);
  return answer.as<{ items: Issue[] }>().items;
}

/** What AAPL cost in the middle of the range of a day. */
async function fairPrice(symbol: string, day: string): Promise<string> {
  const { bars } = (await app.as(ada).get(`instruments/${symbol}/bars?interval=1d&from=${day}&to=${day}`)).as<{
    bars: { high: string; low: string }[];
  }>();
  const [bar] = bars;
  return ((Number(bar?.high) + Number(bar?.low)) / 2).toFixed(4);
}

const buy = (price: string, tradedAt: string, quantity = '1') => ({ type: 'buy', symbol: 'AAPL', quantity, price, tradedAt });
const FRIDAY = '2026-01-02';

test('records that are right have no issue', async () => {
  const { id } = await portfolio([buy(await fairPrice('AAPL', FRIDAY), FRIDAY)]);
  expect(await issues(id)).toEqual([]);
});

test('a price that nobody paid on that day: what, how bad, what to do, and which transaction', async () => {
  const { id, facts } = await portfolio([buy('1', FRIDAY)]);
  const [issue, ...more] = await issues(id);
  expect(more).toEqual([]);
  expect(issue).toMatchObject({
    check: 'price-outside-range',
    severity: 'medium',
    transactionId: facts[0],
    at: '2026-01-02T00:00:00.000Z',
  });
  expect(issue?.description).toMatch(
    /^Unlikely purchase price for the purchase of AAPL on 2026-01-02: 1, while AAPL traded between [\d.]+ and [\d.]+ on 2026-01-02\.$/,
  );
  expect(issue?.advice).toMatch(/broker/);
});

test('an issue keeps its id from run to run, in every portfolio its own, and goes away when the record is right', async () => {
  const { id, facts } = await portfolio([buy('1', FRIDAY), buy('2', FRIDAY)]);
  const first = await issues(id);
  expect(first).toHaveLength(2);
  expect(await issues(id)).toEqual(first);
  const another = await portfolio([buy('1', FRIDAY)]);
  expect(first.map((issue) => issue.id)).not.toContain((await issues(another.id))[0]?.id);
  // Corrected in something else, it is the same issue; corrected in the price, it is none.
  const [one, other] = first;
  await app.as(ada).patch(`portfolios/${id}/transactions/${facts[0] ?? ''}`, { quantity: '3' });
  expect((await issues(id)).map((issue) => issue.id)).toEqual([one?.id, other?.id]);
  await app.as(ada).patch(`portfolios/${id}/transactions/${facts[0] ?? ''}`, { price: await fairPrice('AAPL', FRIDAY) });
  expect((await issues(id)).map((issue) => issue.id)).toEqual([other?.id]);
  await app.as(ada).delete(`portfolios/${id}/transactions/${facts[1] ?? ''}`);
  expect(await issues(id)).toEqual([]);
});

test('the gravest come first, and can be asked for by severity and by check', async () => {
  const fair = await fairPrice('AAPL', FRIDAY);
  // Twice the same, on a Sunday, at a price of another world, and paid with money that was not there.
  const { id } = await portfolio([buy(fair, FRIDAY), buy(fair, FRIDAY), buy(fair, '2026-01-04T12:00:00Z'), buy('1', FRIDAY)], {
    cashMode: 'full',
  });
  const found = await issues(id);
  const order = ['high', 'medium', 'low'];
  expect(found.map(({ severity }) => order.indexOf(severity))).toEqual(found.map(({ severity }) => order.indexOf(severity)).toSorted());
  expect(new Set(found.map(({ check }) => check))).toEqual(
    new Set(['price-outside-range', 'duplicate', 'negative-cash', 'out-of-session']),
  );
  for (const { description, advice } of found)
    expect([description, advice]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/^[A-Z].*\.$/)]);
  for (const severity of order)
    expect(await issues(id, `?severity=${severity}`)).toEqual(found.filter((issue) => issue.severity === severity));
  for (const { check } of found) expect(await issues(id, `?check=${check}`)).toEqual(found.filter((issue) => issue.check === check));
  expect(await issues(id, '?check=no-such-check')).toEqual([]);
  expect(await issues(id, '?severity=low&check=duplicate')).toEqual([]);
  // About the portfolio's money, not about one record.
  expect(found.find(({ check }) => check === 'negative-cash')?.transactionId).toBeNull();
});

test('a price that got old, and one that was never given', async () => {
  await app.as(ada).post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' });
  const { id } = await portfolio([{ ...buy('100', FRIDAY), symbol: 'HOUSE' }]);
  expect((await issues(id)).map(({ severity, description }) => [severity, description])).toEqual([
    ['low', 'No price for HOUSE: its value is not known.'],
  ]);
  await app.as(ada).put('instruments/HOUSE/prices', { prices: [{ day: '2025-12-31', price: '100' }] });
  expect((await issues(id)).map(({ check }) => check)).toEqual(['stale-quote']);
  await app.as(ada).put('instruments/HOUSE/prices', { prices: [{ day: '2026-01-05', price: '100' }] });
  expect(await issues(id)).toEqual([]);
});

test('a severity that is none is refused', async () => {
  const { id } = await portfolio([]);
  for (const query of ['?severity=grave', `?check=${'x'.repeat(61)}`, '?severity='])
    expect((await app.as(ada).get(`portfolios/${id}/quality-issues${query}`)).code).toBe('invalid_value');
});
