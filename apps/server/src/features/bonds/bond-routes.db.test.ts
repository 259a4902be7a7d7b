import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let admin: TestUser;
const TERMS = {
  ...{ faceValue: '1000', couponRate: '0.05', frequency: 'halfYearly', dayCount: '30/360' },
  ...{ issuedOn: '2020-03-01', maturesOn: '2030-03-01' },
};

beforeAll(async () => {
  // 124 days of 30 a month after the coupon of the first of September.
  app = await startTestApp();
  ada = await app.user('ada');
  admin = await app.user('admin', 'admin');
  for (const symbol of ['TOWN', 'OLD', 'PLAIN'])
    await app
      .as(ada)
      .post('instruments', { symbol, name: `The ${symbol}`, assetClass: symbol === 'PLAIN' ? 'other' : 'bond', currency: 'USD' });
  await app.as(ada).put('instruments/TOWN/prices', { prices: [{ day: '2026-01-05', price: '980' }] });
});
afterAll(() => app.close());

const put = (symbol: string, terms: object, who = ada) => app.as(who).put(`instruments/${symbol}/bond-terms`, terms);

async function portfolio(facts: readonly object[], kind = 'tracked'): Promise<string> {
  const { id } = (await app.as(ada).post('portfolios', { name: 'Bonds', kind, baseCurrency: 'USD' })).as<{ id: string }>();
  for (const fact of facts) expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  return id;
}

const buy = (symbol: string, tradedAt: string) => ({ type: 'buy', symbol, quantity: '10', price: '990', tradedAt });

test('the terms of a bond, and its interest up to today', async () => {
  const answer = await put('TOWN', TERMS);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    ...{ symbol: 'TOWN', currency: 'USD', ...TERMS },
    // 1,000 x 0.05 / 2; from 1 September to 5 January 124 of 360 days: 1,000 x 0.05 x 124 / 360.
    ...{ couponAmount: '25', accruedInterest: '17.22222222', nextCouponOn: '2026-03-01' },
  });
  expect((await app.as(ada).get('instruments/TOWN/bond-terms')).body).toEqual(answer.body);
  // Said anew, they are the new ones.
  expect((await put('TOWN', { ...TERMS, dayCount: 'ACT/ACT' })).as<{ accruedInterest: string }>().accruedInterest).toBe('17.40331492');
  expect((await put('TOWN', TERMS)).status).toBe(200);
});

test('a position tells what it has earned since the last coupon, on a past day too; its value stays that of the price', async () => {
  await put('TOWN', TERMS);
  const id = await portfolio([buy('TOWN', '2025-10-01'), buy('PLAIN', '2025-10-01')]);
  const positions = async (query = '') =>
    (await app.as(ada).get(`portfolios/${id}/positions${query}`)).as<{ items: Record<string, unknown>[] }>().items;
  const of = (items: Record<string, unknown>[], symbol: string) => items.find((item) => item['symbol'] === symbol);
  const now = await positions();
  expect(of(now, 'TOWN')).toMatchObject({ accruedInterest: '172.22', marketValue: '9800' });
  expect(of(now, 'PLAIN')?.['accruedInterest']).toBeNull();
  // 60 days of 30 a month: 10 x 1,000 x 0.05 x 60 / 360.
  expect(of(await positions('?asOf=2025-11-01'), 'TOWN')).toMatchObject({ accruedInterest: '83.33', priceFrom: 'trade' });
});

test('coupons ahead are declared income', async () => {
  await put('TOWN', TERMS);
  const id = await portfolio([buy('TOWN', '2025-10-01')]);
  const { items } = (await app.as(ada).get(`portfolios/${id}/income/forecast`)).as<{ items: Record<string, unknown>[] }>();
  expect(items.map(({ kind, on, amount }) => [kind, on, amount])).toEqual([
    ['declared', '2026-03-01', '250'],
    ['declared', '2026-09-01', '250'],
  ]);
});

test('a coupon and a redemption that nobody recorded are proposed, and gone once they are', async () => {
  await put('TOWN', TERMS);
  await put('OLD', { ...TERMS, frequency: 'none', maturesOn: '2025-12-01' });
  const id = await portfolio([buy('TOWN', '2025-06-02'), buy('OLD', '2025-06-02')]);
  const proposed = async () =>
    (await app.as(ada).get(`portfolios/${id}/proposed-transactions`)).as<{ items: { kind: string; transaction: object }[] }>().items;
  const items = await proposed();
  expect(items).toEqual([
    {
      ...{ kind: 'coupon', symbol: 'TOWN', name: 'The TOWN', on: '2025-09-01' },
      transaction: { type: 'interest', symbol: 'TOWN', tradedAt: '2025-09-01', currency: 'USD', amount: '250', note: 'Coupon 25 x 10' },
    },
    {
      ...{ kind: 'redemption', symbol: 'OLD', name: 'The OLD', on: '2025-12-01' },
      transaction: {
        ...{ type: 'sell', symbol: 'OLD', tradedAt: '2025-12-01', currency: 'USD', quantity: '10', price: '1000', note: 'Redemption' },
      },
    },
  ]);
  for (const { transaction } of items) {
    const recorded = await app.as(ada).post(`portfolios/${id}/transactions`, transaction);
    expect([recorded.status, recorded.text]).toEqual([201, recorded.text]);
  }
  expect(await proposed()).toEqual([]);
  expect((await app.as(ada).get(`portfolios/${id}/summary`)).as<{ realizedGain: string; income: string }>()).toMatchObject({
    ...{ realizedGain: '100', income: '250' },
  });
});

test('a paper portfolio is proposed nothing', async () => {
  const id = await portfolio([], 'paper');
  expect((await app.as(ada).get(`portfolios/${id}/proposed-transactions`)).body).toEqual({ items: [] });
});

test.each([
  [{ faceValue: '0' }, 'invalid_value'],
  [{ couponRate: '5' }, 'invalid_value'],
  [{ couponRate: '-0.01' }, 'invalid_value'],
  [{ frequency: 'daily' }, 'invalid_value'],
  [{ dayCount: 'ACT/364' }, 'invalid_value'],
  [{ maturesOn: '2020-03-01' }, 'invalid_value'],
  [{ maturesOn: '2030-02-30' }, 'invalid_value'],
  [{ issuedOn: '2019-02-29' }, 'invalid_value'],
  [{ color: 'red' }, 'unknown_field'],
])('%j is %s', async (change, code) => {
  expect((await put('TOWN', { ...TERMS, ...change })).code).toBe(code);
});

test('only bonds have terms, of a public one only an administrator says them, and they are taken back', async () => {
  expect((await put('PLAIN', TERMS)).code).toBe('conflict');
  expect((await app.as(ada).get('instruments/PLAIN/bond-terms')).code).toBe('not_found');
  await app.as(admin).post('instruments', { symbol: 'STATE', name: 'State', assetClass: 'bond', currency: 'USD', private: false });
  expect((await put('STATE', TERMS)).code).toBe('forbidden');
  expect((await app.as(ada).delete('instruments/STATE/bond-terms')).code).toBe('forbidden');
  expect((await put('STATE', { ...TERMS, issuedOn: null }, admin)).status).toBe(200);
  expect((await app.as(ada).get('instruments/STATE/bond-terms')).as<{ issuedOn: null }>().issuedOn).toBeNull();
  expect((await app.as(admin).delete('instruments/STATE/bond-terms')).status).toBe(204);
  expect((await app.as(admin).delete('instruments/STATE/bond-terms')).code).toBe('not_found');
  for (const symbol of ['LSE', 'XETRA'])
    await app.as(ada).post('instruments', { symbol: 'TWICE', exchange: symbol, name: 'Two', assetClass: 'bond', currency: 'EUR' });
  for (const answer of [
    app.as(ada).get('instruments/TWICE/bond-terms'),
    put('TWICE', TERMS),
    app.as(ada).delete('instruments/TWICE/bond-terms'),
  ])
    expect((await answer).code).toBe('ambiguous_symbol');
});
