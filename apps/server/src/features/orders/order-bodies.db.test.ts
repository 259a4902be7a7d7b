/** Bodies that are no orders: each field wrong in type, sign, size and precision, fields that do not exist, and bodies of another shape. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notExact } from '../../testing/wrong-values.ts';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let trader: PaperTrader;
let id: string;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
  id = await trader.open();
});
afterAll(async () => {
  // None of it left anything behind.
  expect(await trader.orders(id)).toEqual([]);
  expect(await trader.cash(id)).toEqual({ balance: '1000', reserved: '0', available: '1000' });
  await app.close();
});

const market = { symbol: 'SHARE', side: 'buy', type: 'market', quantity: '1' };
const limit = { ...market, type: 'limit', limitPrice: '1' };
const words = [null, '', 'x', 'BUY', 1, true, [], ['buy'], {}];
const notPositive = [...notExact, '0', '-1', '-0', '0.000', 0, -1];

const wrong: readonly (readonly [field: string, values: readonly unknown[], body: object])[] = [
  ['symbol', [null, '', 'A B', ' AAPL', '../AAPL', 'AAPL;', 'Ä', 'A'.repeat(33), 1, true, ['AAPL'], {}], market],
  ['side', words, market],
  ['type', [...words, 'Market', 'iceberg'], market],
  ['timeInForce', [...words, 'GTC', 'gtd'], market],
  ['quantity', notPositive, market],
  ['notional', notPositive, { ...market, quantity: undefined }],
  ['limitPrice', notPositive, limit],
  ['clientOrderId', [null, '', 'a b', 'é', 'a\nb', '\u0000', 'x'.repeat(65), 1, true, [], {}], market],
];

test.each(wrong.flatMap(([field, values, body]) => values.map((value) => [field, value, body] as const)))(
  '%s cannot be %j',
  async (field, value, body) => {
    const order = { ...body, [field]: value };
    for (const door of ['orders', 'orders/preview']) {
      const answer = await trader.client.post(`portfolios/${id}/${door}`, order);
      expect([answer.status, answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([
        422,
        'invalid_value',
        field,
      ]);
    }
    // In a batch a fault of the shape stops the whole, one of the trade only its own order.
    const batch = await trader.client.post(`portfolios/${id}/orders/batch`, { orders: [order] });
    if (batch.status === 200) expect(batch.body).toMatchObject({ items: [{ status: 422, order: null, error: { code: 'invalid_value' } }] });
    else expect([batch.code, batch.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual(['invalid_value', `orders.0.${field}`]);
  },
);

test.each(['symbol', 'side', 'type'])('%s is required', async (field) => {
  const answer = await trader.place(id, { ...market, [field]: undefined });
  expect([answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual(['invalid_value', field]);
});

// A price of the client's would let it buy at any: the server's counts.
test.each([
  'price',
  'fee',
  'status',
  'id',
  'portfolioId',
  'userId',
  'filledQuantity',
  'averageFillPrice',
  'createdAt',
  'Quantity',
  '__proto',
])('%s is no field of an order', async (field) => {
  for (const door of ['orders', 'orders/preview']) {
    const answer = await trader.client.post(`portfolios/${id}/${door}`, { ...market, [field]: '1' });
    expect([answer.status, answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([
      422,
      'unknown_field',
      field,
    ]);
  }
  const batch = await trader.client.post(`portfolios/${id}/orders/batch`, { orders: [market, { ...market, [field]: '1' }] });
  expect([batch.code, batch.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual(['unknown_field', `orders.1.${field}`]);
});

test.each([[[]], [[market]], ['text'], [5], [true]])('%j is no order', async (body) => {
  const headers = { 'content-type': 'application/json' };
  for (const door of ['orders', 'orders/preview', 'orders/batch']) {
    const answer = await trader.client.post(`portfolios/${id}/${door}`, undefined, { payload: JSON.stringify(body), headers });
    expect([door, answer.code]).toEqual([door, 'invalid_value']);
  }
});

// JSON has no such numbers, and JSON.parse makes them infinite or rounds them.
test.each(['1e999', '-1e999', '9007199254740993', '0.30000000000000004', '1e-13'])('the number %s is no quantity', async (written) => {
  const payload = `{"symbol":"SHARE","side":"buy","type":"market","quantity":${written}}`;
  const headers = { 'content-type': 'application/json' };
  expect((await trader.client.post(`portfolios/${id}/orders`, undefined, { payload, headers })).code).toBe('invalid_value');
});

test.each<[name: string, body: object, path: string]>([
  ['nothing', {}, 'orders'],
  ['no order', { orders: [] }, 'orders'],
  ['no list', { orders: {} }, 'orders'],
  ['null for a list', { orders: null }, 'orders'],
  ['null for an order', { orders: [null] }, 'orders.0'],
  ['a list for an order', { orders: [market, []] }, 'orders.1'],
  ['501 orders', { orders: Array.from({ length: 501 }, () => market) }, 'orders'],
])('%s is no batch', async (_name, body, path) => {
  const answer = await trader.client.post(`portfolios/${id}/orders/batch`, body);
  expect([answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual(['invalid_value', path]);
});

test.each(['', 'a b', 'x'.repeat(201), 'é'])('the Idempotency-Key %j is none', async (key) => {
  for (const [door, body] of [
    ['orders', market],
    ['orders/batch', { orders: [market] }],
    ['cash', { type: 'deposit', amount: '1' }],
    ['reset', {}],
    ['clone', {}],
  ] as const) {
    const answer = await trader.client.post(`portfolios/${id}/${door}`, body, { headers: { 'idempotency-key': key } });
    expect([door, answer.code]).toEqual([door, 'invalid_value']);
  }
});
