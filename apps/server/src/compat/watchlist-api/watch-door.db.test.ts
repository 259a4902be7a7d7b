import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestClient } from '../../testing/test-client.ts';

let app: TestApp;
let other: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  other = await app.user('other', 'premium');
});
afterAll(() => app.close());

const BASE = '/api/v1/watchlists/watchlists/';

interface List {
  readonly data: { readonly id: string; readonly name: string; readonly is_default: boolean; readonly item_count: number };
}
interface Item {
  readonly stock_symbol: string;
  readonly latest_price: string;
  readonly alert_thresholds: Readonly<Record<string, string>>;
}

let made = 0;
async function someone(): Promise<TestClient> {
  return app.as(await app.user(`watcher-${(made += 1)}`, 'premium'));
}
const create = async (client: TestClient, name: string) => (await client.post(BASE, { name })).as<List>().data.id;
const itemsOf = async (client: TestClient, id: string) => (await client.get(`${BASE}${id}/items/`)).as<{ data: Item[] }>().data;

test('a standard user makes one watchlist; the second is refused with the figures', async () => {
  const client = app.as(await app.user('plain'));
  const first = await client.post(BASE, { name: 'Tech', description: 'Mondays', is_default: true });
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({
    data: { name: 'Tech', description: 'Mondays', is_default: true, item_count: 0 },
    meta: null,
    errors: null,
  });
  const refused = await client.post(BASE, { name: 'More' });
  expect([refused.status, refused.code]).toEqual([403, 'plan_limit']);
  expect(refused.body).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('allows 1 watchlist') as string }] });
});

test('lists come page by page by the address that is named', async () => {
  const client = await someone();
  for (const name of ['A', 'B', 'C']) await create(client, name);
  const names: string[] = [];
  let next: string | null = `${BASE}?page_size=2`;
  while (next !== null) {
    const page: { data: { name: string }[]; meta: { next: string | null; count: number } } = (await client.get(next)).as();
    expect(page.meta.count).toBe(page.data.length);
    names.push(...page.data.map(({ name }) => name));
    next = page.meta.next;
  }
  expect(names).toEqual(['A', 'B', 'C']);
  expect((await client.get(`${BASE}?cursor=forged`)).status).toBe(400);
});

test('a list is renamed, made the default and deleted', async () => {
  const client = await someone();
  const first = await create(client, 'First');
  const second = await create(client, 'Second');
  const changed = await client.put(`${BASE}${second}/`, { name: 'Renamed', description: 'new', is_default: true });
  expect(changed.body).toMatchObject({ data: { name: 'Renamed', description: 'new', is_default: true } });
  expect((await client.get(`${BASE}${first}/`)).body).toMatchObject({ data: { is_default: false } });
  expect((await client.patch(`${BASE}${first}/`, { is_default: false })).body).toMatchObject({ data: { name: 'First' } });
  for (const answer of [
    await client.put(`${BASE}${first}/`, { name: 'RENAMED' }),
    await client.patch(`${BASE}${first}/`, { name: 'RENAMED' }),
    await client.post(BASE, { name: 'RENAMED' }),
  ])
    expect([answer.status, answer.code]).toEqual([409, 'conflict']);
  expect((await client.delete(`${BASE}${second}/`)).status).toBe(204);
  expect((await client.get(`${BASE}${second}/`)).status).toBe(404);
});

test('a stock is added with its price, once, and removed', async () => {
  const client = await someone();
  const id = await create(client, 'Tech');
  const added = await client.post(`${BASE}${id}/add_stock/`, { stock_symbol: 'aapl' });
  expect(added.status).toBe(201);
  const { last } = (await client.get('quotes/AAPL')).as<{ last: string }>();
  expect(added.body).toMatchObject({
    data: { stock_symbol: 'AAPL', stock: { exchange: 'NASDAQ' }, latest_price: last, alert_thresholds: {} },
  });
  expect((await client.post(`${BASE}${id}/add_stock/`, { stock_symbol: 'AAPL' })).status).toBe(201);
  expect(await itemsOf(client, id)).toHaveLength(1);
  expect((await client.delete(`${BASE}${id}/remove_stock/?symbol=AAPL`)).status).toBe(204);
  expect((await client.delete(`${BASE}${id}/remove_stock/?symbol=AAPL`)).status).toBe(404);
  expect((await client.delete(`${BASE}${id}/remove_stock/`)).status).toBe(400);
  expect(await itemsOf(client, id)).toEqual([]);
});

test('thresholds make alerts, change them and take them away; without a stock there is neither', async () => {
  const client = await someone();
  const id = await create(client, 'Tech');
  const alerts = async () =>
    (await client.get('alerts')).as<{ items: { condition: string; symbol: string; threshold: string; repeat: string }[] }>().items;
  const add = (alert_thresholds: object) => client.post(`${BASE}${id}/add_stock/`, { stock_symbol: 'MSFT', alert_thresholds });
  const added = await add({ price_above: '900', price_below: 100, percent_change: '5' });
  expect(added.body).toMatchObject({ data: { alert_thresholds: { price_above: '900', price_below: '100', percent_change: '5' } } });
  expect((await alerts()).map(({ condition, threshold, repeat }) => `${condition} ${threshold} ${repeat}`).sort()).toEqual([
    'percentChange 5 once',
    'priceAbove 900 once',
    'priceBelow 100 once',
  ]);
  await add({ price_above: '950', price_below: null });
  expect(await itemsOf(client, id)).toMatchObject([{ alert_thresholds: { price_above: '950', percent_change: '5' } }]);
  expect(await alerts()).toHaveLength(2);
  const wrong = await client.post(`${BASE}${id}/add_stock/`, { stock_symbol: 'JPM', alert_thresholds: { price_above: '-1' } });
  expect(wrong.status).toBe(400);
  expect((await itemsOf(client, id)).map(({ stock_symbol }) => stock_symbol)).toEqual(['MSFT']);
  expect((await client.post(`${BASE}${id}/add_stock/`, { stock_symbol: 'JPM', alert_thresholds: { volume: '1' } })).status).toBe(400);
});

test('many at once: what could not be added is named with its reason', async () => {
  const client = await someone();
  const id = await create(client, 'Bulk');
  const answer = await client.post(`${BASE}${id}/bulk_add/`, { stock_symbols: ['AAPL', 'MSFT', 'AAPL', 'NOSUCH'] });
  expect(answer.body).toMatchObject({
    data: {
      added: ['AAPL', 'MSFT'],
      skipped: [
        { stock_symbol: 'AAPL', reason: 'already_there' },
        { stock_symbol: 'NOSUCH', reason: 'unknown_symbol' },
      ],
    },
  });
  expect((await client.post(`${BASE}${id}/bulk_add/`, { stock_symbols: [] })).status).toBe(400);
});

test('what cannot be watched is refused', async () => {
  const client = await someone();
  const id = await create(client, 'Odd');
  const add = async (stock_symbol: string) => {
    const { status, code } = await client.post(`${BASE}${id}/add_stock/`, { stock_symbol });
    return [status, code];
  };
  expect(await add('NOSUCH')).toEqual([404, 'not_found']);
  for (const exchange of ['LSE', 'XETRA'])
    await client.post('instruments', { symbol: 'TWICE', exchange, name: 'Twice', assetClass: 'stock', currency: 'EUR' });
  expect(await add('TWICE')).toEqual([409, 'ambiguous_symbol']);
  const root = app.as(await app.user('root', 'admin'));
  await root.post('instruments', { symbol: 'GONE', name: 'Gone', assetClass: 'stock', currency: 'USD', private: false });
  await root.delete('instruments/GONE');
  expect(await add('GONE')).toEqual([400, 'instrument_inactive']);
  expect(await itemsOf(client, id)).toEqual([]);
});

test('a full list says so', async () => {
  const owner = await app.user('full', 'premium');
  const client = app.as(owner);
  const id = await create(client, 'Full');
  const at = new Date(app.clock.now());
  const rows = Array.from({ length: 500 }, (_, place) => ({
    id: `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`,
    owner_id: owner.id,
    symbol: `P${place}`,
    name: `Private ${place}`,
    asset_class: 'other',
    currency: 'USD',
    source: 'manual',
    created_at: at,
    updated_at: at,
  }));
  const keys = await app.db.insertInto('instruments').values(rows).returning('key').execute();
  const items = keys.map(({ key }, position) => ({ watchlist_id: id, instrument_key: key, position, added_at: at }));
  await app.db.insertInto('watchlist_items').values(items).execute();
  const refused = await client.post(`${BASE}${id}/add_stock/`, { stock_symbol: 'AAPL' });
  expect([refused.status, refused.code]).toEqual([409, 'conflict']);
});

test('another’s list is none', async () => {
  const id = await create(await someone(), 'Mine');
  const stranger = app.as(other);
  for (const answer of [
    await stranger.get(`${BASE}${id}/`),
    await stranger.get(`${BASE}${id}/items/`),
    await stranger.post(`${BASE}${id}/add_stock/`, { stock_symbol: 'AAPL' }),
    await stranger.post(`${BASE}${id}/bulk_add/`, { stock_symbols: ['AAPL'] }),
    await stranger.delete(`${BASE}${id}/remove_stock/?symbol=AAPL`),
    await stranger.delete(`${BASE}${id}/`),
  ])
    expect([answer.status, answer.code]).toEqual([404, 'not_found']);
});
