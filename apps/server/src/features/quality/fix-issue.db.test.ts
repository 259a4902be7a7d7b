import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  await app.as(ada).post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' });
  await app.as(ada).put('instruments/HOUSE/prices', { prices: [{ day: '2026-01-05', price: '50' }] });
  const split = { kind: 'split', exOn: '2025-12-10', newShares: '2', oldShares: '1' };
  expect((await app.as(ada).post('instruments/HOUSE/actions', split)).status).toBe(201);
});
afterAll(() => app.close());

interface Issue {
  readonly id: string;
  readonly check: string;
  readonly fix: string | null;
}

async function portfolio(facts: readonly object[], more: object = {}): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Fixed', kind: 'tracked', baseCurrency: 'USD', cashMode: 'implied', ...more });
  const { id } = made.as<{ id: string }>();
  for (const fact of facts) expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  return id;
}

const issues = async (id: string) => (await app.as(ada).get(`portfolios/${id}/quality-issues`)).as<{ items: Issue[] }>().items;
const fix = (id: string, issueId: string, headers = {}) =>
  app.as(ada).post(`portfolios/${id}/quality-issues/${issueId}/fix`, undefined, { headers });
const buy = (tradedAt: string) => ({ type: 'buy', symbol: 'HOUSE', quantity: '10', price: '100', tradedAt });
const audited = async (id: string) => {
  const { rows } = await app.pool.query<{ action: string }>(
    "select action from audit_entries where subject_id = $1 and action <> 'portfolio.opened' order by at, id",
    [id],
  );
  return rows.map(({ action }) => action).filter((action) => action.includes('quality') || action.includes('reversed'));
};

test('a split that nobody recorded is recorded, on its day, and asked again it is not recorded twice', async () => {
  const id = await portfolio([buy('2025-12-01')]);
  const [issue, ...more] = await issues(id);
  expect([issue?.check, issue?.fix, more]).toEqual(['split-unaccounted', 'recordSplit', []]);
  const first = await fix(id, issue?.id ?? '');
  expect([first.status, first.text]).toEqual([200, first.text]);
  expect(await issues(id)).toEqual([]);
  const again = await fix(id, issue?.id ?? '');
  expect(again.body).toEqual(first.body);
  const { items } = (await app.as(ada).get(`portfolios/${id}/transactions?type=split`)).as<{ items: Record<string, unknown>[] }>();
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    id: first.as<{ transactionId: string }>().transactionId,
    tradedAt: '2025-12-10T00:00:00.000Z',
    newShares: '2',
  });
  expect((await app.as(ada).get(`portfolios/${id}/positions`)).as<{ items: { quantity: string }[] }>().items[0]?.quantity).toBe('20');
  expect(await audited(id)).toEqual(['quality-issue.fixed']);
});

test('of what is recorded twice the second is taken back, and can be seen in its history; many at once do it once', async () => {
  const id = await portfolio([buy('2025-12-20'), buy('2025-12-20')]);
  const [issue] = await issues(id);
  expect(issue).toMatchObject({ check: 'duplicate', fix: 'reverse' });
  const answers = await Promise.all(Array.from({ length: 6 }, () => fix(id, issue?.id ?? '')));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  const { transactionId } = answers[0]?.as<{ transactionId: string }>() ?? { transactionId: '' };
  const { items } = (await app.as(ada).get(`portfolios/${id}/transactions/${transactionId}/history`)).as<{
    items: { reversed: boolean }[];
  }>();
  expect(items.map(({ reversed }) => reversed)).toEqual([false, true]);
  expect(await issues(id)).toEqual([]);
  expect(await audited(id)).toEqual(['transaction.reversed', 'quality-issue.fixed']);
});

test('money that was missing is brought on the first day, as much as the worst day needs', async () => {
  const id = await portfolio([buy('2025-12-20'), { ...buy('2025-12-22'), price: '20' }], { cashMode: 'full' });
  const [issue] = await issues(id);
  expect(issue).toMatchObject({ check: 'negative-cash', fix: 'deposit' });
  const headers = { 'idempotency-key': 'bring-it' };
  expect((await fix(id, issue?.id ?? '', headers)).status).toBe(200);
  expect((await fix(id, issue?.id ?? '', headers)).headers['idempotency-replayed']).toBe('true');
  const { items } = (await app.as(ada).get(`portfolios/${id}/transactions?type=deposit`)).as<{
    items: { amount: string; tradedAt: string }[];
  }>();
  expect(items.map(({ amount, tradedAt }) => [amount, tradedAt])).toEqual([['1200', '2025-12-20T00:00:00.000Z']]);
  expect(await issues(id)).toEqual([]);
});

test('where somebody has to decide it is refused, and so are paper and archived portfolios and issues that are none', async () => {
  const id = await portfolio([{ type: 'buy', symbol: 'AAPL', quantity: '1', price: '1', tradedAt: '2026-01-02' }]);
  const [issue] = await issues(id);
  expect(issue).toMatchObject({ check: 'price-outside-range', fix: null });
  expect((await fix(id, issue?.id ?? '')).code).toBe('conflict');
  expect((await fix(id, '01980a5e-7c1e-7000-8000-00000000b002')).code).toBe('not_found');
  const { id: paper } = (await app.as(ada).post('portfolios', { name: 'Paper', kind: 'paper', baseCurrency: 'USD' })).as<{ id: string }>();
  expect((await fix(paper, issue?.id ?? '')).code).toBe('portfolio_kind');
  const closed = await portfolio([buy('2025-12-20'), buy('2025-12-20')]);
  const [twice] = await issues(closed);
  await app.as(ada).delete(`portfolios/${closed}`);
  expect((await fix(closed, twice?.id ?? '')).code).toBe('portfolio_archived');
});
