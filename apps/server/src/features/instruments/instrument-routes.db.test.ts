import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
let ada: TestUser;
let bob: TestUser;
let admin: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  [ada, bob, admin] = [await app.user('ada'), await app.user('bob'), await app.user('root', 'admin')];
});
afterAll(() => app.close());

const house = { symbol: 'elm-street', name: 'House in Elm Street', assetClass: 'other', currency: 'USD', country: 'US' };

interface Listed {
  readonly items: readonly { readonly symbol: string; readonly private: boolean }[];
  readonly nextCursor: string | null;
}

async function auditOf(instrumentId: string): Promise<readonly string[]> {
  const rows = await app.db.selectFrom('audit_entries').select('action').where('subject_id', '=', instrumentId).orderBy('id').execute();
  return rows.map(({ action }) => action);
}

test('the simulated market is there from the first start, for anybody', async () => {
  const apple = await app.anonymous.get('instruments/aapl');
  expect(apple.body).toMatchObject({
    symbol: 'AAPL',
    name: 'Apple Inc.',
    exchange: 'NASDAQ',
    tickSize: '0.01',
    source: 'simulated',
    private: false,
  });
  const page = (await app.anonymous.get('instruments?limit=500')).as<Listed>();
  expect(page.items.length).toBeGreaterThan(90);
  expect(page.nextCursor).toBeNull();
});

test('a second start adds nothing and keeps what an administrator changed', async () => {
  await app.as(admin).patch('instruments/MSFT', { name: 'Microsoft (changed)' });
  const count = async () =>
    (
      await app.db
        .selectFrom('instruments')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count;
  const before = await count();

  const second = await startTestApp({ beside: app });

  expect(await count()).toBe(before);
  expect((await second.anonymous.get('instruments/MSFT')).body).toMatchObject({ name: 'Microsoft (changed)' });
  await second.close();
});

test('what nobody knows is not found, with a way on', async () => {
  const answer = await app.anonymous.get('instruments/NOSUCH');
  expect(answer.code).toBe('not_found');
  expect(answer.text).toContain('NOSUCH');
});

test('a private instrument is its owner’s alone', async () => {
  const created = await app.as(ada).post('instruments', house);
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ symbol: 'ELM-STREET', exchange: null, private: true, source: 'manual', status: 'active' });
  const { id } = created.as<{ id: string }>();

  expect((await app.as(ada).get('instruments/elm-street')).body).toEqual(created.body);
  expect((await app.as(ada).get('instruments?search=elm')).as<Listed>().items).toEqual([created.body]);
  for (const other of [app.as(bob), app.as(admin), app.anonymous]) {
    expect((await other.get('instruments/ELM-STREET')).code).toBe('not_found');
    expect((await other.get('instruments?search=elm')).as<Listed>().items).toEqual([]);
  }
  for (const other of [app.as(bob), app.as(admin)]) {
    expect((await other.patch('instruments/ELM-STREET', { name: 'mine' })).code).toBe('not_found');
    expect((await other.delete('instruments/ELM-STREET')).code).toBe('not_found');
    expect((await other.put('instruments/ELM-STREET/prices', { prices: [{ day: '2026-01-02', price: '1' }] })).code).toBe('not_found');
  }
  // Another user may use the same name for something of their own.
  const bobs = await app.as(bob).post('instruments', { ...house, name: 'Boat' });
  expect(bobs.status).toBe(201);
  expect((await app.as(ada).get('instruments/ELM-STREET')).body).toMatchObject({ id, name: 'House in Elm Street' });

  const twice = await app.as(ada).post('instruments', house);
  expect(twice.code).toBe('symbol_taken');
  expect(await auditOf(id)).toEqual(['instrument.created']);
});

test('a private symbol hides the public one from its owner only', async () => {
  await app.as(ada).post('instruments', { ...house, symbol: 'NVDA', name: 'Not the chip maker' });
  expect((await app.as(ada).get('instruments/NVDA')).body).toMatchObject({ private: true });
  expect((await app.as(ada).get('instruments/NVDA.NASDAQ')).body).toMatchObject({ private: false, name: 'NVIDIA Corporation' });
  expect((await app.as(bob).get('instruments/NVDA')).body).toMatchObject({ private: false });
});

test('only an administrator writes what everybody sees', async () => {
  const bond = {
    symbol: 'XYZ',
    exchange: 'nyse',
    name: 'Xyz 5 % 2030',
    assetClass: 'bond',
    currency: 'USD',
    tickSize: '0.125',
    private: false,
  };
  expect((await app.as(ada).post('instruments', bond)).code).toBe('forbidden');
  expect((await app.anonymous.post('instruments', bond)).code).toBe('unauthenticated');
  const created = await app.as(admin).post('instruments', bond);
  expect(created.body).toMatchObject({ symbol: 'XYZ', exchange: 'NYSE', tickSize: '0.125', private: false });
  expect((await app.as(ada).patch('instruments/XYZ', { name: 'mine' })).code).toBe('forbidden');
  expect((await app.as(ada).delete('instruments/XYZ')).code).toBe('forbidden');

  const changed = await app.as(admin).patch('instruments/XYZ', { tickSize: null, sector: 'Energy' });
  expect(changed.body).toMatchObject({ tickSize: null, sector: 'Energy', name: 'Xyz 5 % 2030' });
  expect((await app.anonymous.get('instruments/XYZ')).body).toEqual(changed.body);
  expect(await auditOf(created.as<{ id: string }>().id)).toEqual(['instrument.created', 'instrument.updated']);
});

test('the first listing of a symbol is the primary one, the second needs its exchange', async () => {
  const listing = { symbol: 'DUO', name: 'Duo plc', assetClass: 'stock', currency: 'GBP', private: false };
  const first = await app.as(admin).post('instruments', { ...listing, exchange: 'LSE' });
  const second = await app.as(admin).post('instruments', { ...listing, exchange: 'NYSE', currency: 'USD' });
  expect(first.body).toMatchObject({ symbol: 'DUO' });
  expect(second.body).toMatchObject({ symbol: 'DUO.NYSE', exchange: 'NYSE' });
  expect((await app.anonymous.get('instruments/DUO')).body).toEqual(first.body);
  expect((await app.anonymous.get('instruments/DUO.NYSE')).body).toEqual(second.body);

  await app.db.updateTable('instruments').set({ is_primary: false }).where('symbol', '=', 'DUO').execute();
  const rows = await app.db.selectFrom('instruments').select('key').where('symbol', '=', 'DUO').execute();
  await app.app.market.reread(rows.map(({ key }) => key));
  const ambiguous = await app.anonymous.get('instruments/DUO');
  expect(ambiguous.code).toBe('ambiguous_symbol');
  expect(ambiguous.text).toContain('DUO.LSE, DUO.NYSE');
});

test('a deactivated instrument leaves the lists, keeps its name, and comes back', async () => {
  const client = app.as(bob);
  await client.post('instruments', { ...house, symbol: 'GONE', name: 'Gone' });
  expect((await client.delete('instruments/GONE')).status).toBe(204);
  expect((await client.delete('instruments/GONE')).status).toBe(204);
  expect((await client.get('instruments?search=gone')).as<Listed>().items).toEqual([]);
  expect((await client.get('instruments?search=gone&status=inactive')).as<Listed>().items).toHaveLength(1);
  expect((await client.get('instruments/GONE')).body).toMatchObject({ status: 'inactive' });
  expect((await client.post('instruments', { ...house, symbol: 'GONE', name: 'Gone' })).code).toBe('symbol_taken');

  const back = await client.patch('instruments/GONE', { status: 'active' });
  expect(back.body).toMatchObject({ status: 'active' });
  expect(await auditOf(back.as<{ id: string }>().id)).toEqual(['instrument.created', 'instrument.deactivated', 'instrument.updated']);
});

test.each([
  [{ ...house, symbol: 'A1', currency: 'XXX' }, 'currency'],
  [{ ...house, symbol: 'A2', tickSize: '0' }, 'tickSize'],
  [{ ...house, symbol: 'A3', tickSize: '-0.01' }, 'tickSize'],
  [{ ...house, symbol: 'a b' }, 'symbol'],
  [{ ...house, symbol: 'A4', country: 'usa' }, 'country'],
  [{ ...house, symbol: 'A5', name: '' }, 'name'],
])('%j is refused', async (body, path) => {
  const answer = await app.as(ada).post('instruments', body);
  expect(answer.code).toBe('invalid_value');
  expect(answer.as<{ errors: { path: string }[] }>().errors.map((error) => error.path)).toContain(path);
});

test('a repeated creation with the same key answers the first instrument', async () => {
  const headers = { 'idempotency-key': 'barn-1' };
  const first = await app.as(ada).post('instruments', { ...house, symbol: 'BARN' }, { headers });
  const again = await app.as(ada).post('instruments', { ...house, symbol: 'BARN' }, { headers });
  expect(again.status).toBe(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  const other = await app.as(ada).post('instruments', { ...house, symbol: 'BARN2' }, { headers });
  expect(other.code).toBe('idempotency_key_reused');
  expect((await app.as(ada).get('instruments/BARN2')).code).toBe('not_found');
});

test('another server hears of a change, and finds what it missed at the next look', async () => {
  const near = await startTestApp({ beside: app, postgresBus: true });
  const far = await startTestApp({ beside: app, postgresBus: true });
  const heard = new Promise<void>((resolve) => {
    far.app.market.instruments.book.onChange((changed) => {
      if (changed.some(({ symbol }) => symbol === 'NEWS')) resolve();
    });
  });

  await near.as(ada).post('instruments', { ...house, symbol: 'NEWS' });
  await heard;
  expect((await far.as(ada).get('instruments/NEWS')).status).toBe(200);

  // The first app listens on a bus of its own and has heard nothing.
  expect((await app.as(ada).get('instruments/NEWS')).code).toBe('not_found');
  await app.app.market.instruments.refresh();
  expect((await app.as(ada).get('instruments/NEWS')).status).toBe(200);
  await Promise.all([near.close(), far.close()]);
});
