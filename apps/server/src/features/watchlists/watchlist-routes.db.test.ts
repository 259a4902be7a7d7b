import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestClient } from '../../testing/test-client.ts';

let app: TestApp;
let premium: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  premium = await app.user('premium', 'premium');
});
afterAll(() => app.close());

interface List {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly position: number;
  readonly itemCount: number;
}
interface Item {
  readonly symbol: string;
  readonly position: number;
  readonly note: string;
  readonly targetPrice: string | null;
  readonly targetDistancePercent: number | null;
  readonly quote: { readonly last: string } | null;
  readonly sparkline: readonly number[];
}

let made = 0;
/** A new premium user, since lists are counted. */
async function someone(): Promise<TestClient> {
  return app.as(await app.user(`watcher-${(made += 1)}`, 'premium'));
}
const create = async (client: TestClient, name: string, rest: object = {}) =>
  (await client.post('watchlists', { name, ...rest })).as<List>();
const listsOf = async (client: TestClient) => (await client.get('watchlists')).as<{ items: List[] }>().items;
const add = async (client: TestClient, id: string, ...symbols: string[]) =>
  (await client.post(`watchlists/${id}/items`, { items: symbols.map((symbol) => ({ symbol })) })).as<{ items: { outcome: string }[] }>()
    .items;
const itemsOf = async (client: TestClient, id: string) => (await client.get(`watchlists/${id}`)).as<{ items: Item[] }>().items;
const symbolsOf = async (client: TestClient, id: string) => (await itemsOf(client, id)).map(({ symbol }) => symbol).join(' ');

describe('lists', () => {
  test('the first is the default, the next goes to the end, and one of them is the default at any time', async () => {
    const client = await someone();
    const first = await create(client, '  Technology ', { note: 'Mondays' });
    expect(first).toMatchObject({ name: 'Technology', note: 'Mondays', isDefault: true, position: 0, itemCount: 0 });
    const second = await create(client, 'Banks');
    expect(second).toMatchObject({ isDefault: false, position: 1 });
    const third = await create(client, 'Energy', { isDefault: true });
    const defaults = async () => (await listsOf(client)).filter(({ isDefault }) => isDefault).map(({ id }) => id);
    expect(await defaults()).toEqual([third.id]);
    await client.patch(`watchlists/${second.id}`, { isDefault: true });
    expect(await defaults()).toEqual([second.id]);
    expect((await client.delete(`watchlists/${second.id}`)).status).toBe(204);
    // The first of those that are left.
    expect(await defaults()).toEqual([first.id]);
    await client.delete(`watchlists/${third.id}`);
    await client.delete(`watchlists/${first.id}`);
    expect(await listsOf(client)).toEqual([]);
  });

  test('are renamed, noted and moved', async () => {
    const client = await someone();
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await create(client, name)).id);
    const names = async () => (await listsOf(client)).map(({ name }) => name).join('');
    expect((await client.patch(`watchlists/${ids[2]}`, { position: 0 })).as<List>().position).toBe(0);
    expect(await names()).toBe('CAB');
    expect((await client.patch(`watchlists/${ids[2]}`, { position: 50, name: 'Z', note: 'last' })).body).toMatchObject({
      name: 'Z',
      note: 'last',
      position: 2,
    });
    expect(await names()).toBe('ABZ');
  });

  test('have names of their own, in any case of letters', async () => {
    const client = await someone();
    await create(client, 'Banks');
    const other = await create(client, 'Chips');
    expect((await client.post('watchlists', { name: 'BANKS' })).code).toBe('conflict');
    expect((await client.patch(`watchlists/${other.id}`, { name: 'banks' })).code).toBe('conflict');
    expect((await client.post(`watchlists/${other.id}/copy`, { name: 'Banks' })).code).toBe('conflict');
    expect((await client.patch(`watchlists/${other.id}`, { name: 'chips' })).status).toBe(200);
    expect((await client.post('watchlists', { name: '   ' })).status).toBe(422);
  });

  test('are copied with their items, notes and targets; the copy goes its own way', async () => {
    const client = await someone();
    const { id } = await create(client, 'Banks', { note: 'mine' });
    await client.post(`watchlists/${id}/items`, { items: [{ symbol: 'JPM', note: 'big', targetPrice: '250.5' }, { symbol: 'AAPL' }] });
    const copy = (await client.post(`watchlists/${id}/copy`, { name: 'Banks 2' })).as<List>();
    expect(copy).toMatchObject({ name: 'Banks 2', note: 'mine', isDefault: false, position: 1, itemCount: 2 });
    await client.delete(`watchlists/${id}`);
    expect(await itemsOf(client, copy.id)).toMatchObject([{ symbol: 'JPM', note: 'big', targetPrice: '250.5' }, { symbol: 'AAPL' }]);
  });

  test('come page by page', async () => {
    const client = await someone();
    for (const name of ['A', 'B', 'C']) await create(client, name);
    const first = (await client.get('watchlists?limit=2')).as<{ items: List[]; nextCursor: string }>();
    const second = (await client.get(`watchlists?limit=2&cursor=${first.nextCursor}`)).as<{ items: List[]; nextCursor: null }>();
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['A', 'B', 'C']);
    expect(second.nextCursor).toBeNull();
    expect((await client.get('watchlists?cursor=forged')).status).toBe(422);
  });
});

describe('items', () => {
  test('many at once, each row with its outcome', async () => {
    const client = await someone();
    await client.post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' });
    for (const exchange of ['LSE', 'XETRA'])
      await client.post('instruments', { symbol: 'TWICE', exchange, name: 'Twice', assetClass: 'stock', currency: 'EUR' });
    const root = app.as(await app.user('root', 'admin'));
    await root.post('instruments', { symbol: 'GONE', name: 'Gone', assetClass: 'stock', currency: 'USD', private: false });
    await root.delete('instruments/GONE');
    const { id } = await create(client, 'Mixed');
    const outcomes = await add(client, id, 'aapl', 'MSFT', 'AAPL', 'NOSUCH', 'TWICE', 'TWICE.LSE', 'HOUSE', 'GONE');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'added',
      'added',
      'alreadyThere',
      'unknownSymbol',
      'ambiguousSymbol',
      'added',
      'added',
      'inactive',
    ]);
    expect(await symbolsOf(client, id)).toBe('AAPL MSFT TWICE HOUSE');
    expect((await add(client, id, 'MSFT', 'JPM')).map(({ outcome }) => outcome)).toEqual(['alreadyThere', 'added']);
    expect(await listsOf(client)).toMatchObject([{ itemCount: 5 }]);
    // Another's house is no instrument of mine.
    const other = await someone();
    const theirs = await create(other, 'Mine');
    expect((await add(other, theirs.id, 'HOUSE')).map(({ outcome }) => outcome)).toEqual(['unknownSymbol']);
  });

  test('have the live price, the way to the target and the closes of 30 days', async () => {
    const client = await someone();
    const { id } = await create(client, 'Live');
    await client.post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' });
    const prices = { '2025-12-01': '80', '2025-12-20': '90', '2026-01-02': '100', '2026-01-05': '100' };
    await client.put('instruments/HOUSE/prices', { prices: Object.entries(prices).map(([day, price]) => ({ day, price })) });
    await client.post(`watchlists/${id}/items`, {
      items: [
        { symbol: 'HOUSE', targetPrice: 125 },
        { symbol: 'AAPL', targetPrice: '100' },
      ],
    });
    const [house, apple] = await itemsOf(client, id);
    // (125 - 100) / 100 = 25 %. 1 December is more than 30 days ago; 5 January is under way.
    expect(house).toMatchObject({ targetPrice: '125', targetDistancePercent: 25, quote: { last: '100' }, sparkline: [90, 100] });
    const { last } = (await client.get('quotes/AAPL')).as<{ last: string }>();
    expect(apple?.quote?.last).toBe(last);
    expect(apple?.targetDistancePercent).toBeCloseTo((100 / parseFloat(last) - 1) * 100, 3);
    const { bars } = (await client.get('instruments/AAPL/bars?interval=1d&from=2025-12-07&to=2026-01-04&adjusted=true')).as<{
      bars: { close: string }[];
    }>();
    expect(apple?.sparkline.slice(-bars.length)).toEqual(bars.map(({ close }) => parseFloat(close)));
    expect(apple?.sparkline).toHaveLength(29);
  });

  test('a split does not bend the line: what was before it counts at its ratio', async () => {
    const client = await someone();
    const { id } = await create(client, 'Split');
    await client.post('instruments', { symbol: 'SHARE2', name: 'Splitter', assetClass: 'stock', currency: 'USD' });
    const prices = { '2025-12-30': '300', '2025-12-31': '303', '2026-01-02': '101', '2026-01-03': '102' };
    await client.put('instruments/SHARE2/prices', { prices: Object.entries(prices).map(([day, price]) => ({ day, price })) });
    await client.post('instruments/SHARE2/actions', { kind: 'split', exOn: '2026-01-02', newShares: '3', oldShares: '1' });
    await add(client, id, 'SHARE2');
    // 300 / 3 = 100, 303 / 3 = 101.
    expect((await itemsOf(client, id))[0]?.sparkline).toEqual([100, 101, 101, 102]);
  });

  test('change their note, target and place, and go', async () => {
    const client = await someone();
    const { id } = await create(client, 'Order');
    await add(client, id, 'AAPL', 'MSFT', 'JPM', 'KO');
    const item = `watchlists/${id}/items/KO`;
    expect((await client.patch(item, { position: 1, note: ' fizzy ', targetPrice: '60' })).body).toMatchObject({
      symbol: 'KO',
      position: 1,
      note: 'fizzy',
      targetPrice: '60',
    });
    expect(await symbolsOf(client, id)).toBe('AAPL KO MSFT JPM');
    expect((await client.patch(item, { targetPrice: null })).body).toMatchObject({
      note: 'fizzy',
      targetPrice: null,
      targetDistancePercent: null,
    });
    expect((await client.get(item)).body).toMatchObject({ symbol: 'KO', note: 'fizzy', position: 1 });
    for (const targetPrice of ['0', '-1', 0]) expect((await client.patch(item, { targetPrice })).status).toBe(422);
    expect((await client.delete(item)).status).toBe(204);
    expect((await client.delete(item)).status).toBe(404);
    expect((await client.get(item)).status).toBe(404);
    expect((await client.patch(item, { note: 'x' })).status).toBe(404);
    expect((await client.get(`watchlists/${id}/items/AAPL.NASDAQ`)).body).toMatchObject({ symbol: 'AAPL', position: 0 });
  });

  test('come page by page, also when one goes meanwhile', async () => {
    const client = await someone();
    const { id } = await create(client, 'Pages');
    await add(client, id, 'AAPL', 'MSFT', 'JPM', 'KO', 'SPY');
    const page = async (rest: string) =>
      (await client.get(`watchlists/${id}/items?limit=2${rest}`)).as<{ items: Item[]; nextCursor: string | null }>();
    const first = await page('');
    expect(first.items.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT']);
    await client.delete(`watchlists/${id}/items/AAPL`);
    const second = await page(`&cursor=${first.nextCursor}`);
    expect(second.items.map(({ symbol }) => symbol)).toEqual(['JPM', 'KO']);
    await client.delete(`watchlists/${id}/items/KO`);
    const third = await page(`&cursor=${second.nextCursor}`);
    expect(third.nextCursor).toBeNull();
    const other = await create(client, 'Other');
    expect((await client.get(`watchlists/${other.id}/items?cursor=${first.nextCursor}`)).status).toBe(422);
  });

  test('a list holds 500 and says so', async () => {
    const owner = await app.user('full', 'premium');
    const client = app.as(owner);
    const { id } = await create(client, 'Full');
    await app.db
      .insertInto('instruments')
      .values(
        Array.from({ length: 499 }, (_, at) => ({
          id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
          owner_id: owner.id,
          symbol: `P${at}`,
          exchange: '',
          is_primary: true,
          name: `Private ${at}`,
          asset_class: 'other',
          currency: 'USD',
          source: 'manual',
          created_at: new Date(app.clock.now()),
          updated_at: new Date(app.clock.now()),
        })),
      )
      .execute();
    await app.app.market.instruments.refresh();
    const symbols = Array.from({ length: 499 }, (_, at) => `P${at}`);
    for (let from = 0; from < 499; from += 200) await add(client, id, ...symbols.slice(from, from + 200));
    expect((await add(client, id, 'AAPL', 'MSFT')).map(({ outcome }) => outcome)).toEqual(['added', 'listFull']);
    expect(await itemsOf(client, id)).toHaveLength(500);
  });

  test('two who add the same at once add it once', async () => {
    const client = await someone();
    const { id } = await create(client, 'Race');
    const outcomes = (await Promise.all(Array.from({ length: 8 }, () => add(client, id, 'AAPL')))).flat();
    expect(outcomes.filter(({ outcome }) => outcome === 'added')).toHaveLength(1);
  });
});

describe('what a plan allows', () => {
  test('standard has one list: the second is refused with the figures and the way out, a deleted one makes room', async () => {
    const client = app.as(await app.user('plain'));
    const { id } = await create(client, 'Only');
    const refused = await client.post('watchlists', { name: 'More' });
    expect([refused.status, refused.code]).toEqual([403, 'plan_limit']);
    expect(refused.body).toMatchObject({
      detail:
        'The standard plan allows 1 watchlist and you have 1. Delete one or add to one that is there, or ask an administrator for the premium plan.',
    });
    expect((await client.post(`watchlists/${id}/copy`, { name: 'Copy' })).code).toBe('plan_limit');
    await client.delete(`watchlists/${id}`);
    expect((await client.post('watchlists', { name: 'More' })).status).toBe(201);
  });

  test('premium has ten, an administrator any number', async () => {
    const ten = await someone();
    for (let at = 0; at < 10; at += 1) await create(ten, `List ${at}`);
    const refused = await ten.post('watchlists', { name: 'Eleven' });
    expect(refused.code).toBe('plan_limit');
    expect(refused.body).toMatchObject({
      detail: 'The premium plan allows 10 watchlists and you have 10. Delete one or add to one that is there.',
    });
    const admin = app.as(await app.user('admin', 'admin'));
    for (let at = 0; at < 12; at += 1) expect((await admin.post('watchlists', { name: `List ${at}` })).status).toBe(201);
  });

  test('of ten who ask at once as many succeed as the plan has room for', async () => {
    const client = app.as(await app.user('racer'));
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => client.post('watchlists', { name: `List ${at}` })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'plan_limit')).toHaveLength(9);
    expect(await listsOf(client)).toMatchObject([{ isDefault: true }]);
  });

  test('a change of plan acts at once; what is there above the limit stays and can be used', async () => {
    const user = await app.user('climber');
    const admin = app.as(await app.user('chief', 'admin'));
    const change = async (role: string) => {
      await admin.patch(`admin/users/${user.id}`, { role });
      return app.as((await app.anonymous.post('auth/login', { email: user.email, password: user.password })).as<{ accessToken: string }>());
    };
    await create(app.as(user), 'One');
    const risen = await change('premium');
    const { id } = await create(risen, 'Two');
    const fallen = await change('standard');
    expect((await fallen.post('watchlists', { name: 'Three' })).body).toMatchObject({
      detail: expect.stringContaining('allows 1 watchlist and you have 2') as string,
    });
    expect((await add(fallen, id, 'AAPL')).map(({ outcome }) => outcome)).toEqual(['added']);
    expect(await symbolsOf(fallen, id)).toBe('AAPL');
  });

  test('PLANS=off lifts it', async () => {
    const free = await startTestApp({ beside: app, settings: { PLANS: 'off' } });
    const client = free.as(await free.user('free'));
    for (let at = 0; at < 3; at += 1) expect((await client.post('watchlists', { name: `List ${at}` })).status).toBe(201);
    await free.close();
  });
});

test('an erased account takes its watchlists along', async () => {
  const user = await app.user('leaver', 'premium');
  const { id } = await create(app.as(user), 'Mine');
  await add(app.as(user), id, 'AAPL');
  await app.as(user).delete('me?erase=true', { password: user.password });
  expect(await app.db.selectFrom('watchlists').select('id').where('user_id', '=', user.id).execute()).toEqual([]);
  expect(await app.db.selectFrom('watchlist_items').select('note').where('watchlist_id', '=', id).execute()).toEqual([]);
});

test('another’s watchlist is no watchlist', async () => {
  const client = app.as(premium);
  const { id } = await create(await someone(), 'Secret');
  for (const path of [`watchlists/${id}`, `watchlists/${id}/items`, `watchlists/${id}/items/AAPL`])
    expect([(await client.get(path)).status, path]).toEqual([404, path]);
  expect((await client.post(`watchlists/${id}/items`, { items: [{ symbol: 'AAPL' }] })).status).toBe(404);
  expect((await client.delete(`watchlists/${id}`)).status).toBe(404);
});
