import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
let user: TestUser;
let admin: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  user = await app.user('user');
  admin = await app.user('admin', 'admin');
});
afterAll(() => app.close());

interface Stock {
  readonly id: string;
  readonly symbol: string;
  readonly is_active: boolean;
}
interface Page {
  readonly data: readonly Stock[];
  readonly meta: { readonly next: string | null; readonly previous: null; readonly count: number };
  readonly errors: null;
}
const BASE = '/api/v1/stocks/stocks/';

test('a list goes on where its page ends, by the address that it names, and shows each stock once', async () => {
  const symbols: string[] = [];
  let next: string | null = `${BASE}?page_size=40`;
  while (next !== null) {
    const page: Page = (await app.as(user).get(next)).as<Page>();
    expect(page.meta.count).toBe(page.data.length);
    symbols.push(...page.data.map(({ symbol }) => symbol));
    next = page.meta.next;
  }
  expect(symbols.length).toBeGreaterThan(90);
  expect(symbols).toEqual([...new Set(symbols)].sort());
});

test('an exchange narrows the list, and only exchanges with stocks are named', async () => {
  const { data: exchanges } = (await app.as(user).get(`${BASE}exchanges/`)).as<{ data: string[] }>();
  expect(exchanges).toEqual([...exchanges].sort());
  expect(exchanges).toContain('NASDAQ');
  const page = (await app.as(user).get(`${BASE}?exchange=nasdaq&page_size=500`)).as<Page>();
  expect(page.data.map(({ symbol }) => symbol)).toContain('AAPL');
  expect(page.data.map(({ symbol }) => symbol)).not.toContain('JPM');
});

test('a search finds the symbol first, and what nobody knows is an empty page', async () => {
  expect((await app.as(user).get(`${BASE}search/?query=AAPL`)).as<Page>().data[0]?.symbol).toBe('AAPL');
  expect((await app.as(user).get(`${BASE}search/?query=apple`)).as<Page>().data[0]?.symbol).toBe('AAPL');
  expect((await app.as(user).get(`${BASE}search/?query=NOSUCH`)).as<Page>()).toMatchObject({ data: [], meta: { next: null, count: 0 } });
  expect((await app.as(user).get(`${BASE}search/`)).status).toBe(400);
});

test('an administrator adds, renames, deactivates and takes up a stock; everybody sees it', async () => {
  const made = await app.as(admin).post(BASE, { symbol: 'newco', name: 'New Company', exchange: 'LSE' });
  expect(made.status).toBe(201);
  const { data: stock } = made.as<{ data: Stock }>();
  expect(stock).toMatchObject({ symbol: 'NEWCO', name: 'New Company', exchange: 'LSE', currency: 'GBP', is_active: true });
  expect((await app.as(user).get(`${BASE}${stock.id}/`)).as<{ data: Stock }>().data).toEqual(stock);

  expect((await app.as(admin).patch(`${BASE}${stock.id}/`, { name: 'Newer' })).as<{ data: unknown }>().data).toMatchObject({
    name: 'Newer',
  });
  const off = await app.as(admin).post(`${BASE}${stock.id}/deactivate/`);
  expect(off.as<{ data: Stock }>().data.is_active).toBe(false);
  expect((await app.as(user).get(`${BASE}search/?query=NEWCO`)).as<Page>().data).toEqual([]);
  expect((await app.as(user).get(`${BASE}${stock.id}/`)).as<{ data: Stock }>().data.is_active).toBe(false);
  const on = await app.as(admin).patch(`${BASE}${stock.id}/`, { is_active: true });
  expect(on.as<{ data: Stock }>().data.is_active).toBe(true);
});

test('errors come in the envelope, with 400 for what is wrong', async () => {
  const wrong = await app.as(admin).post(BASE, { symbol: 'a b', name: 'X' });
  expect(wrong.status).toBe(400);
  expect(wrong.body).toMatchObject({ data: null, meta: null, errors: [{ path: 'symbol' }] });
  expect((await app.as(admin).post(BASE, { symbol: 'AAPL', name: 'Apple', exchange: 'NASDAQ' })).code).toBe('symbol_taken');
  expect((await app.as(admin).post(BASE, { symbol: 'ZED', name: 'Zed', sector: 'x' })).code).toBe('unknown_field');
  expect((await app.as(admin).post(BASE, { symbol: 'ZED', name: 'Zed', currency: 'XXQ' })).status).toBe(400);
  const nobody = newId(app.clock.now());
  expect((await app.as(user).get(`${BASE}${nobody}/`)).status).toBe(404);
  expect((await app.as(admin).patch(`${BASE}${nobody}/`, {})).status).toBe(404);
  expect((await app.as(admin).post(`${BASE}${nobody}/deactivate/`)).status).toBe(404);
  expect((await app.as(user).get(`${BASE}not-an-id/`)).status).toBe(400);
  expect((await app.as(user).get(`${BASE}?cursor=forged`)).status).toBe(400);
});

test('who is no administrator writes nothing, and who is not signed in sees nothing', async () => {
  const { id } = (await app.as(user).get(`${BASE}search/?query=AAPL`)).as<Page>().data[0] ?? { id: '' };
  for (const answer of [
    await app.as(user).post(BASE, { symbol: 'ZED', name: 'Zed' }),
    await app.as(user).patch(`${BASE}${id}/`, { name: 'Mine' }),
    await app.as(user).post(`${BASE}${id}/deactivate/`),
  ])
    expect([answer.status, answer.code]).toEqual([403, 'forbidden']);
  for (const path of ['', `${id}/`, 'search/?query=A', 'exchanges/']) expect((await app.anonymous.get(`${BASE}${path}`)).status).toBe(401);
});

test('another’s private instrument is no stock of yours, and an administrator does not change it here', async () => {
  const owner = await app.user('owner');
  const made = await app.as(owner).post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' });
  const { id } = made.as<{ id: string }>();
  expect((await app.as(owner).get(`${BASE}${id}/`)).status).toBe(200);
  expect((await app.as(user).get(`${BASE}${id}/`)).status).toBe(404);
  expect((await app.as(admin).patch(`${BASE}${id}/`, { name: 'Ours' })).status).toBe(404);
});
