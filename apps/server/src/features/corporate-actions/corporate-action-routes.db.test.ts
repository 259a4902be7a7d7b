import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';

let app: TestApp;
let owner: TestUser;
let admin: TestUser;
let made = 0;
let symbol = '';
beforeAll(async () => {
  app = await startTestApp();
  owner = await app.user('owner');
  admin = await app.user('admin', 'admin');
});
afterAll(() => app.close());

/** A private instrument at 100, 104, 26 and 25 on four days: a split of 4 for 1 on the third. */
beforeEach(async () => {
  symbol = `OWN${(made += 1)}`;
  await app.as(owner).post('instruments', { symbol, name: 'Own', assetClass: 'stock', currency: 'USD' });
  const prices = ['100', '104', '26', '25'].map((price, index) => ({ day: `2025-12-0${index + 1}`, price }));
  await app.as(owner).put(`instruments/${symbol}/prices`, { prices });
});

const split = { kind: 'split', exOn: '2025-12-03', newShares: '4', oldShares: 1 };
const dividend = { kind: 'cashDividend', exOn: '2025-12-02', payOn: '2025-12-10', amountPerShare: '10' };
const add = (body: object, who = owner) => app.as(who).post(`instruments/${symbol}/actions`, body);
const closes = async (query = '', interval = '1d') =>
  (await app.as(owner).get(`instruments/${symbol}/bars?interval=${interval}&from=2025-11-03&to=2025-12-31${query}`))
    .as<{ bars: { open: string; close: string }[] }>()
    .bars.map(({ close }) => close);

test('a split makes the days before it comparable; as they were traded they stay as they were', async () => {
  expect(await closes()).toEqual(['100', '104', '26', '25']);
  expect((await add(split)).status).toBe(201);
  // 100 / 4 and 104 / 4.
  expect(await closes()).toEqual(['25', '26', '26', '25']);
  expect(await closes('&adjusted=false')).toEqual(['100', '104', '26', '25']);
  const statistics = (await app.as(owner).get(`instruments/${symbol}/statistics?from=2025-12-01&to=2025-12-04`)).as<{ maximum: string }>();
  expect(statistics.maximum).toBe('26');
});

test('a week with a split in it is one of comparable days', async () => {
  await add(split);
  const [week] = (await app.as(owner).get(`instruments/${symbol}/bars?interval=1w&from=2025-12-01&to=2025-12-07`)).as<{
    bars: { open: string; high: string; low: string; close: string }[];
  }>().bars;
  expect(week).toMatchObject({ open: '25', high: '26', low: '25', close: '25' });
});

test('a dividend takes its part of the close before it, and both work together', async () => {
  await add(dividend);
  // (100 - 10) / 100 = 0.9.
  expect(await closes()).toEqual(['90', '104', '26', '25']);
  await add(split);
  // 100 x 0.9 / 4 = 22.5.
  expect(await closes()).toEqual(['22.5', '26', '26', '25']);
});

test('what is announced for later, or larger than the price, changes nothing yet', async () => {
  await add({ ...split, exOn: '2026-06-01' });
  await add({ ...dividend, amountPerShare: '100' });
  expect(await closes()).toEqual(['100', '104', '26', '25']);
});

test('actions are listed oldest first, and taken back', async () => {
  const { id } = (await add(split)).as<{ id: string }>();
  await add(dividend);
  const listed = (await app.as(owner).get(`instruments/${symbol}/actions`)).as<{ items: object[] }>();
  expect(listed.items).toMatchObject([
    { kind: 'cashDividend', exOn: '2025-12-02', payOn: '2025-12-10', amountPerShare: '10', currency: 'USD', source: 'manual' },
    { id, kind: 'split', exOn: '2025-12-03', newShares: '4', oldShares: '1', source: 'manual' },
  ]);
  expect((await app.as(owner).delete(`instruments/${symbol}/actions/${id}`)).status).toBe(204);
  expect((await app.as(owner).delete(`instruments/${symbol}/actions/${id}`)).code).toBe('not_found');
  expect(await closes()).toEqual(['90', '104', '26', '25']);
  const { rows } = await app.pool.query<{ action: string }>(
    "select action from audit_entries where action like 'instrument.action%' order by at, id",
  );
  expect(rows.map(({ action }) => action).slice(-1)).toEqual(['instrument.action-removed']);
});

test('one of a kind a day, once per key', async () => {
  const headers = { 'idempotency-key': `key-${symbol}` };
  const first = await app.as(owner).post(`instruments/${symbol}/actions`, split, { headers });
  const again = await app.as(owner).post(`instruments/${symbol}/actions`, split, { headers });
  expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([201, first.body, 'true']);
  expect((await app.as(owner).post(`instruments/${symbol}/actions`, dividend, { headers })).code).toBe('idempotency_key_reused');
  expect((await add(split)).code).toBe('conflict');
});

test.each([
  [{ ...split, newShares: '0' }, 'invalid_value'],
  [{ ...split, oldShares: '-1' }, 'invalid_value'],
  [{ ...split, exOn: '2025-02-30' }, 'invalid_value'],
  [{ ...dividend, payOn: '2025-13-01' }, 'invalid_value'],
  [{ ...dividend, amountPerShare: '0' }, 'invalid_value'],
  [{ kind: 'spinOff', exOn: '2025-12-03' }, 'invalid_value'],
  [{ kind: 'split', exOn: '2025-12-03' }, 'invalid_value'],
])('%j is %s', async (body, code) => {
  expect((await add(body)).code).toBe(code);
});

test('of what everybody sees only an administrator says, and of computed prices nobody does', async () => {
  const stock = { symbol: `PUB${made}`, name: 'Public', assetClass: 'stock', currency: 'USD', private: false };
  await app.as(admin).post('instruments', stock);
  const path = `instruments/${stock.symbol}/actions`;
  expect((await app.as(owner).post(path, split)).code).toBe('forbidden');
  const added = await app.as(admin).post(path, split);
  expect(added.status).toBe(201);
  expect((await app.anonymous.get(path)).as<{ items: object[] }>().items).toHaveLength(1);
  expect((await app.as(owner).delete(`${path}/${added.as<{ id: string }>().id}`)).code).toBe('forbidden');
  expect((await app.as(admin).post('instruments/AAPL/actions', split)).code).toBe('conflict');
  expect((await app.as(admin).post('instruments/NOSUCH/actions', split)).code).toBe('not_found');
  expect((await app.as(admin).delete(`instruments/NOSUCH/actions/${newId(app.clock.now())}`)).code).toBe('not_found');
  expect((await app.anonymous.get('instruments/NOSUCH/actions')).code).toBe('not_found');
});

test('what is no JSON, or has a field that is not known, is refused', async () => {
  const path = `instruments/${symbol}/actions`;
  const unparsable = await app.as(owner).post(path, undefined, { payload: '{', headers: { 'content-type': 'application/json' } });
  expect(unparsable.code).toBe('unparsable');
  expect(['unknown_field', 'invalid_value']).toContain((await add({ ...split, ratio: 4 })).code);
});

test('a symbol that several exchanges list must be told apart', async () => {
  for (const exchange of ['LSE', 'XETRA'])
    await app.as(owner).post('instruments', { symbol: `TWO${made}`, exchange, name: 'Two', assetClass: 'stock', currency: 'EUR' });
  expect((await app.as(owner).get(`instruments/TWO${made}/actions`)).code).toBe('ambiguous_symbol');
  expect((await app.as(owner).post(`instruments/TWO${made}/actions`, split)).code).toBe('ambiguous_symbol');
  expect((await app.as(owner).delete(`instruments/TWO${made}/actions/${newId(app.clock.now())}`)).code).toBe('ambiguous_symbol');
});
