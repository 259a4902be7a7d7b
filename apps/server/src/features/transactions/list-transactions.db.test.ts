import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let id: string;
let other: string;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  const open = async (more: object): Promise<string> =>
    (
      await app.as(ada).post('portfolios', { name: 'Mine', kind: 'tracked', baseCurrency: 'USD', timeZone: 'America/New_York', ...more })
    ).as<{ id: string }>().id;
  id = await open({});
  other = await open({ timeZone: 'UTC' });
  // Name, day or instant, amount; the note names the row.
  const rows = [
    { note: 'a', type: 'deposit', amount: '5000', tradedAt: '2025-12-01' },
    { note: 'b 100% sure', type: 'buy', symbol: 'AAPL', quantity: '10', price: '100', tradedAt: '2025-12-02' },
    { note: 'c', type: 'buy', symbol: 'MSFT', quantity: '5', price: '40', tradedAt: '2025-12-02' },
    // Still 2 December in New York, and 3 December in UTC.
    { note: 'd', type: 'sell', symbol: 'AAPL', quantity: '1', price: '200', tradedAt: '2025-12-03T03:00:00Z' },
    { note: 'e', type: 'withdrawal', amount: '200', tradedAt: '2025-12-04' },
  ];
  for (const row of rows) expect((await app.as(ada).post(`portfolios/${id}/transactions`, row)).status).toBe(201);
  const elsewhere = { note: 'f', type: 'buy', symbol: 'AAPL', quantity: '1', price: '7', tradedAt: '2025-12-05' };
  expect((await app.as(ada).post(`portfolios/${other}/transactions`, elsewhere)).status).toBe(201);
  const stranger = await app.user('stranger');
  const theirs = (await app.as(stranger).post('portfolios', { name: 'Theirs', kind: 'tracked' })).as<{ id: string }>().id;
  await app.as(stranger).post(`portfolios/${theirs}/transactions`, { ...elsewhere, note: 'theirs' });
});
afterAll(() => app.close());

interface Listed {
  readonly items: readonly { readonly note: string | null }[];
  readonly nextCursor: string | null;
}

async function list(query: string, of = `portfolios/${id}/transactions`): Promise<Listed> {
  const answer = await app.as(ada).get(`${of}${query}`);
  expect(answer.status).toBe(200);
  return answer.as<Listed>();
}

/** The first letters of the notes, in order. */
const notes = ({ items }: Listed): string => items.map(({ note }) => note?.charAt(0)).join('');

test.each([
  ['', 'edcba'],
  ['?sort=tradedAt', 'abcde'],
  // 5,000; 1,000; three of 200: equal amounts in the order of recording.
  ['?sort=-amount', 'abedc'],
  ['?sort=amount', 'cdeba'],
  ['?type=buy', 'cb'],
  ['?type=dividend', ''],
  ['?symbol=AAPL', 'db'],
  ['?symbol=aapl&type=sell', 'd'],
  ['?symbol=NOSUCH', ''],
  ['?search=apple', 'db'],
  ['?search=MSF', 'c'],
  ['?search=sure', 'b'],
  // What means something to LIKE is searched for as it stands.
  ['?search=100%25', 'b'],
  ['?search=%25', 'b'],
  ['?search=_', ''],
  ['?search=nothing', ''],
  ['?minAmount=200', 'edcba'],
  ['?minAmount=200.000000000000000001', 'ba'],
  // Days of New York, whole: `to` takes the last of them in.
  ['?from=2025-12-02&to=2025-12-02', 'dcb'],
  ['?from=2025-12-03', 'e'],
  ['?to=2025-12-01', 'a'],
  ['?from=2025-12-03T03:00:00Z', 'ed'],
  ['?to=2025-12-03T03:00:00Z', 'dcba'],
  ['?to=2025-12-03T02:59:59.999Z', 'cba'],
  ['?from=2025-12-05&to=2025-12-01', ''],
])('%s lists %s', async (query, expected) => {
  expect(notes(await list(query))).toBe(expected);
});

test.each(['tradedAt', '-tradedAt', 'amount', '-amount'])('pages by %s have every row once, in one order', async (sort) => {
  const whole = notes(await list(`?sort=${sort}`));
  for (const limit of [1, 2, 3, 5, 500]) {
    let seen = '';
    let cursor: string | null = null;
    do {
      const page: Listed = await list(`?sort=${sort}&limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen += notes(page);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect([sort, limit, seen]).toEqual([sort, limit, whole]);
  }
});

test('a page is not moved by what is recorded while it is read', async () => {
  const first = await list('?limit=2');
  const late = { type: 'deposit', amount: '1', note: 'z', tradedAt: '2026-01-05' };
  const { id: added } = (await app.as(ada).post(`portfolios/${id}/transactions`, late)).as<{ id: string }>();
  const second = await list(`?limit=500&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
  expect(notes(first) + notes(second)).toBe('edcba');
  await app.as(ada).delete(`portfolios/${id}/transactions/${added}`);
});

test('over all portfolios: the user’s own, newest first, days of UTC', async () => {
  expect(notes(await list('', 'transactions'))).toBe('fedcba');
  expect(notes(await list('?symbol=AAPL&sort=tradedAt', 'transactions'))).toBe('bdf');
  expect(notes(await list('?from=2025-12-03&to=2025-12-03', 'transactions'))).toBe('d');
});

test.each([
  '?limit=0',
  '?limit=501',
  '?limit=two',
  '?sort=price',
  '?type=gift',
  '?from=yesterday',
  '?to=2025-02-30',
  '?minAmount=-1',
  '?minAmount=much',
  '?cursor=made-up',
  '?search=',
  '?symbol=%20',
])('%s is refused', async (query) => {
  for (const of of [`portfolios/${id}/transactions`, 'transactions']) {
    const answer = await app.as(ada).get(`${of}${query}`);
    expect([query, answer.status, answer.code]).toEqual([query, 422, 'invalid_value']);
  }
});

test('a cursor of one order is none of another', async () => {
  const { nextCursor } = await list('?limit=2');
  expect((await app.as(ada).get(`portfolios/${id}/transactions?sort=amount&cursor=${encodeURIComponent(nextCursor ?? '')}`)).code).toBe(
    'invalid_value',
  );
});
