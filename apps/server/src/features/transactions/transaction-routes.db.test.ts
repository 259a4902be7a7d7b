import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestAnswer } from '../../testing/test-client.ts';

let app: TestApp;
let ada: TestUser;
let id: string;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  const admin = await app.user('root', 'admin');
  await app.as(ada).post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' });
  const duo = { symbol: 'DUO', name: 'Listed twice', assetClass: 'stock', currency: 'USD', private: false };
  for (const exchange of ['NYSE', 'LSE']) await app.as(admin).post('instruments', { ...duo, exchange });
  await app.db.updateTable('instruments').set({ is_primary: false }).where('symbol', '=', 'DUO').execute();
  const rows = await app.db.selectFrom('instruments').select('key').where('symbol', '=', 'DUO').execute();
  await app.app.market.reread(rows.map(({ key }) => key));
});
beforeEach(async () => {
  id = await opened({});
});
afterAll(() => app.close());

async function opened(more: object): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Mine', kind: 'tracked', baseCurrency: 'USD', ...more });
  return made.as<{ id: string }>().id;
}

interface Transaction {
  readonly id: string;
  readonly version: number;
  readonly price: string | null;
  readonly realizedGain: string | null;
  readonly cashEffect: string;
}

const path = (rest = '') => `portfolios/${id}/transactions${rest === '' ? '' : `/${rest}`}`;
const record = (body: object, headers: Readonly<Record<string, string>> = {}) => app.as(ada).post(path(), body, { headers });
const trade = (type: string, quantity: string, more: object = {}) => ({ type, symbol: 'HOUSE', quantity, price: '100', ...more });

async function recorded(body: object): Promise<Transaction> {
  const answer = await record(body);
  expect(answer.status).toBe(201);
  return answer.as<Transaction>();
}

async function listed(query = ''): Promise<readonly Transaction[]> {
  return (await app.as(ada).get(`${path()}${query}`)).as<{ items: Transaction[] }>().items;
}

async function cash(): Promise<string | undefined> {
  return (await app.as(ada).get(`portfolios/${id}`)).as<{ cash: { balance: string }[] }>().cash[0]?.balance;
}

async function held(): Promise<readonly string[]> {
  const { items } = (await app.as(ada).get(`portfolios/${id}/positions`)).as<{
    items: { quantity: string; costBasis: string; averagePrice: string; realizedGain: string }[];
  }>();
  return items.flatMap(({ quantity, costBasis, averagePrice, realizedGain }) => [quantity, costBasis, averagePrice, realizedGain]);
}

test('a purchase and a sale are recorded with what they did to cash, holding and gain', async () => {
  await recorded({ type: 'deposit', amount: '1000', tradedAt: '2026-01-01' });
  const bought = await record(trade('buy', '4', { fee: '2', tax: '1', tradedAt: '2026-01-02', note: ' by hand ' }));
  expect(bought.body).toMatchObject({
    version: 1,
    type: 'buy',
    symbol: 'HOUSE',
    quantity: '4',
    price: '100',
    amount: '400',
    fee: '2',
    tax: '1',
    // 4 x 100 + 2 + 1.
    cashEffect: '-403',
    realizedGain: null,
    orderId: null,
    note: 'by hand',
    source: 'manual',
    tradedAt: '2026-01-02T00:00:00.000Z',
    recordedAt: '2026-01-05T15:30:00.000Z',
  });
  // 1 x 150 - 1.25 = 148.75, and one of the four cost 403 / 4 = 100.75: a gain of 48.
  const sold = await recorded(trade('sell', '1', { price: '150', fee: '1.25', tradedAt: '2026-01-03' }));
  expect([sold.cashEffect, sold.realizedGain]).toEqual(['148.75', '48']);
  expect(await cash()).toBe('745.75');
  expect(await held()).toEqual(['3', '302.25', '100.75', '48']);
  expect((await app.as(ada).get(path(sold.id))).body).toEqual(sold);
});

test('a backdated purchase changes what later sales cost, and the ledger follows', async () => {
  id = await opened({ costMethod: 'fifo' });
  await recorded(trade('buy', '10', { price: '100', tradedAt: '2025-03-01' }));
  const sale = await recorded(trade('sell', '10', { price: '130', tradedAt: '2025-06-01' }));
  expect(sale.realizedGain).toBe('300');
  // The first ten in are now the ten for 80: (130 - 80) x 10. The ten for 100 stay.
  await recorded(trade('buy', '10', { price: '80', tradedAt: '2025-02-01' }));
  expect((await listed('?type=sell')).map(({ realizedGain }) => realizedGain)).toEqual(['500']);
  expect(await held()).toEqual(['10', '1000', '100', '500']);
  expect(await cash()).toBe('-500');
  expect((await app.app.trading.audit({ portfolioId: id, onDifference: () => undefined })).differences).toBe(0);
});

test('a correction keeps the id, is a new version, and leaves the first one in the history', async () => {
  const { id: one } = await recorded(trade('buy', '10', { tradedAt: '2026-01-02', fee: '1', note: 'typed' }));
  app.clock.advance(60_000);
  const corrected = await app.as(ada).patch(path(one), { price: '99.5', note: '' });
  expect(corrected.body).toMatchObject({ id: one, version: 2, price: '99.5', amount: '995', fee: '1', note: null, quantity: '10' });
  // Only the newest version counts.
  expect((await listed()).map(({ version, price }) => [version, price])).toEqual([[2, '99.5']]);
  expect([await cash(), await held()]).toEqual(['-996', ['10', '996', '99.6', '0']]);
  expect((await app.as(ada).delete(path(one))).status).toBe(204);
  expect([await cash(), await held(), await listed()]).toEqual(['0', [], []]);
  const { items } = (await app.as(ada).get(path(`${one}/history`))).as<{
    items: {
      version: number;
      reversed: boolean;
      recordedAt: string;
      transaction: { price: string; note: string | null; tradedAt: string };
    }[];
  }>();
  expect(items.map(({ version, reversed, transaction }) => [version, reversed, transaction.price, transaction.note])).toEqual([
    [1, false, '100', 'typed'],
    [2, false, '99.5', null],
    [3, true, '99.5', null],
  ]);
  expect(new Set(items.map(({ transaction }) => transaction.tradedAt))).toEqual(new Set(['2026-01-02T00:00:00.000Z']));
  expect(items.map(({ recordedAt }) => recordedAt.slice(11, 16))).toEqual(['15:30', '15:31', '15:31']);
  // What was taken back is gone for everything but its history.
  for (const answer of [
    await app.as(ada).get(path(one)),
    await app.as(ada).patch(path(one), { price: '1' }),
    await app.as(ada).delete(path(one)),
  ])
    expect(answer.code).toBe('not_found');
  // The ledger holds what was posted and what took it back, each in full.
  const { rows } = await app.pool.query(
    'select count(*) as rows, count(distinct transaction_version) as versions from transfers where transaction_id = $1',
    [one],
  );
  expect(rows).toEqual([{ rows: 3, versions: 3 }]);
  app.clock.advance(-60_000);
});

test('a correction moves a trade to another instrument and another day', async () => {
  const { id: one } = await recorded(trade('buy', '10', { tradedAt: '2026-01-02' }));
  const moved = await app.as(ada).patch(path(one), { symbol: 'AAPL', tradedAt: '2025-12-30T16:00:00Z' });
  expect(moved.body).toMatchObject({ symbol: 'AAPL', quantity: '10', price: '100', tradedAt: '2025-12-30T16:00:00.000Z' });
  const { items } = (await app.as(ada).get(`portfolios/${id}/positions`)).as<{ items: { symbol: string }[] }>();
  expect(items.map(({ symbol }) => symbol)).toEqual(['AAPL']);
});

test('I5: the same Idempotency-Key records once and answers the same; another body is refused and records nothing', async () => {
  const key = { 'idempotency-key': 'once' };
  const answers = [await record(trade('buy', '1'), key), await record(trade('buy', '1'), key)];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers[1]?.text).toBe(answers[0]?.text);
  expect(answers.map(({ headers }) => headers['idempotency-replayed'])).toEqual([undefined, 'true']);
  expect((await record(trade('buy', '2'), key)).code).toBe('idempotency_key_reused');
  expect(await listed()).toHaveLength(1);
  // A refusal uses the key up as little as it records.
  const later = { 'idempotency-key': 'later' };
  expect((await record(trade('sell', '5'), later)).code).toBe('insufficient_position');
  expect((await record(trade('sell', '1'), later)).status).toBe(201);
});

test('I5: the same key in parallel records once', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => record(trade('buy', '1'), { 'idempotency-key': 'parallel' })));
  const made = answers.filter(({ status }) => status === 201).map((answer) => answer.as<Transaction>().id);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made).size).toBe(1);
  expect(answers.every(({ status, code }) => status === 201 || code === 'request_in_progress')).toBe(true);
  expect(await listed()).toHaveLength(1);
});

test('purchases recorded in parallel are all there, and none is lost', async () => {
  await Promise.all(Array.from({ length: 10 }, () => recorded(trade('buy', '1', { price: '10' }))));
  expect([await cash(), await held()]).toEqual(['-100', ['10', '100', '10', '0']]);
});

test('I10: money is exact: text in, text out, whatever a binary float would have made of it', async () => {
  for (const amount of ['0.1', '0.2']) await recorded({ type: 'deposit', amount });
  expect(await cash()).toBe('0.3');
  await recorded({ type: 'deposit', amount: 999999999999.99 });
  expect(await cash()).toBe('1000000000000.29');
  const exact = await record(trade('buy', '0.000000000000000001', { price: '123456789.123456789012345678' }));
  expect(exact.body).toMatchObject({ quantity: '0.000000000000000001', price: '123456789.123456789012345678' });
  // 3 x 33.333333333333333333 = 99.999999999999999999, posted as 100.00.
  expect((await record(trade('buy', '3', { price: '33.333333333333333333' }))).body).toMatchObject({ amount: '100' });
});

const refusals: readonly (readonly [name: string, code: string, ask: () => Promise<TestAnswer>])[] = [
  ['a symbol nobody has', 'unknown_symbol', () => record({ ...trade('buy', '1'), symbol: 'NOSUCH' })],
  ['a symbol of two listings', 'ambiguous_symbol', () => record({ ...trade('buy', '1'), symbol: 'DUO' })],
  ['a sale of more than is held', 'insufficient_position', () => record(trade('sell', '1'))],
];

test.each(refusals)('recording %s is refused: %s', async (_name, code, ask) => {
  expect((await ask()).code).toBe(code);
  expect(await listed()).toEqual([]);
});

test('a sale of 1,000,000 units that are not held says what is held, and by when', async () => {
  await recorded(trade('buy', '2', { tradedAt: '2026-01-03' }));
  expect((await record(trade('sell', '1000000', { tradedAt: '2026-01-04' }))).body).toMatchObject({
    code: 'insufficient_position',
    detail: 'On 2026-01-04 1000000 HOUSE would be sold and 2 were held. Record the purchase first, or lower the quantity.',
    needed: '1000000',
    available: '2',
  });
  // Held, but not yet on that day.
  expect((await record(trade('sell', '1', { tradedAt: '2026-01-02' }))).code).toBe('insufficient_position');
});

test('corrections and reversals that the rest does not allow are refused and change nothing', async () => {
  const { id: purchase } = await recorded(trade('buy', '5', { tradedAt: '2026-01-02' }));
  await recorded(trade('sell', '4', { tradedAt: '2026-01-03' }));
  const before = [await cash(), await held()];
  const refused: readonly (readonly [code: string, answer: TestAnswer])[] = [
    ['insufficient_position', await app.as(ada).patch(path(purchase), { quantity: '3' })],
    ['insufficient_position', await app.as(ada).patch(path(purchase), { tradedAt: '2026-01-04' })],
    ['insufficient_position', await app.as(ada).delete(path(purchase))],
    ['unknown_symbol', await app.as(ada).patch(path(purchase), { symbol: 'NOSUCH' })],
    ['ambiguous_symbol', await app.as(ada).patch(path(purchase), { symbol: 'DUO' })],
    ['invalid_value', await app.as(ada).patch(path(purchase), { price: '-1' })],
    ['unknown_field', await app.as(ada).patch(path(purchase), { type: 'sell' })],
  ];
  for (const [code, answer] of refused) expect(answer.code).toBe(code);
  expect([await cash(), await held()]).toEqual(before);
  expect((await app.as(ada).get(path(`${purchase}/history`))).as<{ items: unknown[] }>().items).toHaveLength(1);
});

test('a day before there were exchange rates needs the rate that was paid', async () => {
  await app.as(ada).post('instruments', { symbol: 'FLAT', name: 'A flat', assetClass: 'other', currency: 'EUR' });
  const early = { ...trade('buy', '1'), symbol: 'FLAT', tradedAt: '1960-01-04' };
  expect((await record(early)).code).toBe('no_exchange_rate');
  const { id: one } = await recorded({ ...early, tradedAt: '2025-01-06' });
  expect((await app.as(ada).patch(path(one), { tradedAt: '1960-01-04' })).code).toBe('no_exchange_rate');
  expect((await app.as(ada).patch(path(one), { tradedAt: '1960-01-04', baseRate: '1.1' })).status).toBe(200);
});

test('an archived portfolio takes nothing until it is brought back', async () => {
  const { id: one } = await recorded(trade('buy', '5'));
  await app.as(ada).patch(`portfolios/${id}`, { archived: true });
  for (const answer of [
    await record(trade('buy', '1')),
    await app.as(ada).patch(path(one), { price: '1' }),
    await app.as(ada).delete(path(one)),
  ])
    expect(answer.code).toBe('portfolio_archived');
  expect(await listed()).toHaveLength(1);
  await app.as(ada).patch(`portfolios/${id}`, { archived: false });
  expect((await app.as(ada).delete(path(one))).status).toBe(204);
});

test('the transactions of a paper portfolio come from its orders alone', async () => {
  id = await opened({ kind: 'paper' });
  await app.as(ada).post(`portfolios/${id}/orders`, { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1' });
  const [bought, started] = await listed();
  expect([bought, started]).toMatchObject([
    { type: 'buy', source: 'order' },
    { type: 'deposit', source: 'cash', amount: '100000', note: 'Starting cash' },
  ]);
  const one = bought?.id ?? '';
  for (const answer of [
    await record(trade('buy', '1')),
    await app.as(ada).patch(path(one), { price: '1' }),
    await app.as(ada).delete(path(one)),
  ])
    expect(answer.code).toBe('portfolio_kind');
});

test('where no cash is kept a purchase is an inflow, and a deposit is refused', async () => {
  id = await opened({ cashMode: 'implied' });
  await recorded(trade('buy', '2'));
  expect((await app.as(ada).get(`portfolios/${id}/summary`)).body).toMatchObject({ investedCapital: '200', cashValue: '0' });
  expect((await record({ type: 'deposit', amount: '5' })).code).toBe('conflict');
});

test('every recording, correction and reversal leaves an audit entry', async () => {
  const { id: one } = await recorded(trade('buy', '2'));
  await app.as(ada).patch(path(one), { price: '1' });
  await app.as(ada).delete(path(one));
  const { rows } = await app.pool.query(
    "select action, details->>'version' as version from audit_entries where subject_id = $1 order by id",
    [id],
  );
  expect(rows.map(({ action, version }: { action: string; version: string | null }) => [action, version])).toEqual([
    ['portfolio.opened', null],
    ['transaction.recorded', '1'],
    ['transaction.corrected', '2'],
    ['transaction.reversed', '3'],
  ]);
});
