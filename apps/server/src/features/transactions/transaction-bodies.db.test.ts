/** Every field of a transaction, wrong in every way: refused by name, and nothing recorded. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let id: string;
let purchase: string;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  await app.as(ada).post('instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'USD' });
  id = (await app.as(ada).post('portfolios', { name: 'Mine', kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>().id;
  purchase = (await app.as(ada).post(`portfolios/${id}/transactions`, BUY)).as<{ id: string }>().id;
});
afterAll(() => app.close());

const BUY = { type: 'buy', symbol: 'HOUSE', quantity: '10', price: '100', fee: '1', tax: '1', tradedAt: '2026-01-02', note: 'a note' };
const DEPOSIT = { type: 'deposit', amount: '100', currency: 'USD' };

/** 2 x 10^12 and what a schema of 20 digits lets through. */
const HUGE = ['1000000000001', '99999999999999999999'];
const NO_NUMBERS = [
  true,
  null,
  [],
  {},
  '',
  ' ',
  '1,000',
  '1e3',
  '0x10',
  'ten',
  '1.',
  '.5',
  '--1',
  '1.0000000000000000001',
  '123456789012345678901',
];
/** More digits than survive a parser of JSON. */
const TOO_MANY_DIGITS = [0.12345678901234567, 9007199254740993];
const NO_MOMENTS = [
  '2026-02-30', '2026-13-01', '05/01/2026', '2026-1-5', 'yesterday', '2026-01-05T14:30:00', '2026-02-30T10:00:00Z', '2026-01-05T25:00:00Z',
  '2026-01-07', '2026-01-05T15:32:00Z', '1899-12-31', '', 20260105, null,
]; // prettier-ignore

type Wrong = readonly [field: string, values: readonly unknown[]];

const figure = (field: string, more: readonly unknown[]): Wrong => [field, [...NO_NUMBERS, ...TOO_MANY_DIGITS, ...HUGE, ...more]];

const wrongInPurchase: readonly Wrong[] = [
  figure('quantity', ['0', '-1', 0, -1, '-0']),
  figure('price', ['-1', -0.01]),
  // A thousandth of a cent, and more than the fee can be.
  figure('fee', ['-1', '0.001', 0.001]),
  figure('tax', ['-1', '0.001']),
  // It is quantity x price, to the cent.
  figure('amount', ['999.98', '-1000', '1']),
  ['symbol', ['', ' ', 'A'.repeat(33), '$', 'HOUSE HOLD', 7, null]],
  ['currency', ['EUR', 'usd', 'DOLLARS', '', 7, null]],
  ['tradedAt', NO_MOMENTS],
  ['note', ['x'.repeat(1_001), 7, null, [], 'a\u0000b']],
  ['counterAmount', ['1']],
  ['newShares', ['2']],
];
const wrongInDeposit: readonly Wrong[] = [
  figure('amount', ['0', '-100', '0.001', 100.005]),
  ['currency', ['ZZZ', 'usd', '', 'US', 7, null]],
  ['symbol', ['HOUSE']],
  ['quantity', ['1']],
  ['price', ['1']],
  figure('fee', ['-1', '0.001']),
  figure('tax', ['-1', '0.001']),
];
const wrongType: readonly Wrong[] = [['type', ['give', 'Buy', '', 1, null, ['buy']]]];

async function count(): Promise<number> {
  return (await app.as(ada).get(`portfolios/${id}/transactions`)).as<{ items: unknown[] }>().items.length;
}

const rows = [
  ...[...wrongInPurchase, ...wrongType].map(([field, values]) => ['buy', field, values, BUY] as const),
  ...wrongInDeposit.map(([field, values]) => ['deposit', field, values, DEPOSIT] as const),
];

test.each(rows)(
  'a %s with a wrong %s is refused by name, recorded or corrected, and changes nothing',
  async (type, field, values, body) => {
    const before = [await count(), (await app.as(ada).get(`portfolios/${id}/transactions/${purchase}`)).body];
    for (const value of values) {
      const sent = JSON.stringify(value) ?? 'nothing';
      const answer = await app.as(ada).post(`portfolios/${id}/transactions`, { ...body, [field]: value });
      const { code, detail, errors = [] } = answer.as<{ code: string; detail: string; errors?: { path: string }[] }>();
      // A symbol that could be one is looked for first; the database refuses U+0000 wherever it stands.
      const named = errors.some(({ path }) => path.includes(field)) || detail.includes(field) || sent.includes('u0000');
      expect([sent, answer.status, named || code === 'unknown_symbol']).toEqual([sent, 422, true]);
      expect(['invalid_value', 'unknown_symbol']).toContain(code);
      if (type !== 'buy' || field === 'type') continue;
      expect([sent, (await app.as(ada).patch(`portfolios/${id}/transactions/${purchase}`, { [field]: value })).status]).toEqual([
        sent,
        422,
      ]);
    }
    expect([await count(), (await app.as(ada).get(`portfolios/${id}/transactions/${purchase}`)).body]).toEqual(before);
  },
);

test.each([
  ['a field nobody knows', { ...BUY, quantitty: '1' }, 'unknown_field'],
  ['a field of an answer', { ...BUY, version: 2 }, 'unknown_field'],
  ['no symbol', { ...BUY, symbol: undefined }, 'invalid_value'],
  ['no quantity', { ...BUY, quantity: undefined }, 'invalid_value'],
  ['no amount', { ...DEPOSIT, amount: undefined }, 'invalid_value'],
  ['no type', { ...BUY, type: undefined }, 'invalid_value'],
  ['no price', { ...BUY, price: undefined }, 'invalid_value'],
  ['a sale that costs more than it brings', { ...BUY, type: 'sell', quantity: '1', price: '1', fee: '2' }, 'invalid_value'],
  ['an amount beyond everything', { ...BUY, quantity: '1000000000000', price: '2' }, 'invalid_value'],
  ['a list', [BUY], 'invalid_value'],
])('%s is refused', async (_name, body, code) => {
  const answer = await app.as(ada).post(`portfolios/${id}/transactions`, body);
  expect([answer.status, answer.code]).toEqual([422, code]);
});

test('what is no JSON, too much of it, or of another kind', async () => {
  const send = (payload: string, type = 'application/json') =>
    app.as(ada).post(`portfolios/${id}/transactions`, undefined, { payload, headers: { 'content-type': type } });
  expect((await send('{"type":')).code).toBe('unparsable');
  expect((await send('type=buy', 'application/x-www-form-urlencoded')).code).toBe('unsupported_media_type');
  expect((await send(JSON.stringify({ ...BUY, note: 'x'.repeat(2_000_000) }))).code).toBe('too_large');
});

test.each([
  ['an instant with its zone', '2026-01-05T15:30:00+01:00', '2026-01-05T14:30:00.000Z'],
  ['milliseconds', '2026-01-05T14:30:00.123Z', '2026-01-05T14:30:00.123Z'],
  ['a leap day', '2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['a clock that is a little fast', '2026-01-05T15:30:59Z', '2026-01-05T15:30:59.000Z'],
])('%s is taken', async (_name, tradedAt, stored) => {
  expect((await app.as(ada).post(`portfolios/${id}/transactions`, { ...BUY, tradedAt })).body).toMatchObject({ tradedAt: stored });
});

test('a day is the portfolio’s own: it begins at its midnight', async () => {
  const tokyo = (await app.as(ada).post('portfolios', { name: 'Far', kind: 'tracked', timeZone: 'Asia/Tokyo' })).as<{ id: string }>().id;
  expect((await app.as(ada).post(`portfolios/${tokyo}/transactions`, BUY)).body).toMatchObject({ tradedAt: '2026-01-01T15:00:00.000Z' });
});
