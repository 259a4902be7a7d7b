import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  for (const [symbol, assetClass, price, sector] of [
    ['HOUSE', 'other', '100', null],
    ['PAPER', 'bond', '50', 'Debt'],
    ['FLAT', 'other', '200', null],
    ['NOPRICE', 'other', null, null],
  ] as const) {
    const more = sector === null ? {} : { sector };
    await app.as(ada).post('instruments', { symbol, name: `The ${symbol}`, assetClass, currency: 'USD', ...more });
    if (price !== null) await app.as(ada).put(`instruments/${symbol}/prices`, { prices: [{ day: '2026-01-05', price }] });
  }
});
afterAll(() => app.close());

interface Item {
  readonly key: string;
  readonly target: string | null;
  readonly value: string;
  readonly weight: number;
  readonly drift: number | null;
}

interface Proposal {
  readonly [figure: string]: unknown;
  readonly orders: readonly Readonly<Record<string, string>>[];
  readonly items: readonly { readonly key: string; readonly weightAfter: number; readonly valueAfter: string }[];
}

/** 60 houses at 100, 20 papers at 50 and 3,000 of cash: 10,000 in all. */
async function portfolio(): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Spread', kind: 'tracked', baseCurrency: 'USD' });
  const { id } = made.as<{ id: string }>();
  for (const fact of [
    { type: 'deposit', amount: '10000', tradedAt: '2026-01-02' },
    { type: 'buy', symbol: 'HOUSE', quantity: '60', price: '100', tradedAt: '2026-01-02' },
    { type: 'buy', symbol: 'PAPER', quantity: '20', price: '50', tradedAt: '2026-01-02' },
  ])
    expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  return id;
}

const put = (id: string, by: string, targets: Readonly<Record<string, string | number>>) =>
  app
    .as(ada)
    .put(`portfolios/${id}/allocation-targets`, { by, targets: Object.entries(targets).map(([key, target]) => ({ key, target })) });
const told = ({ orders }: Proposal) => orders.map(({ side, quantity, symbol }) => `${side} ${quantity} ${symbol}`);
const propose = async (id: string, query: string) => (await app.as(ada).get(`portfolios/${id}/rebalancing${query}`)).as<Proposal>();

test('targets are kept by key, beside what the portfolio is', async () => {
  const id = await portfolio();
  const answer = await put(id, 'assetClass', { other: '0.5', bond: 0.4, crypto: '0.05' });
  expect(answer.status).toBe(200);
  expect(answer.as<{ items: Item[]; targeted: string }>()).toMatchObject({ targeted: '0.95', by: 'assetClass' });
  expect(answer.as<{ items: Item[] }>().items).toEqual([
    { key: 'other', target: '0.5', value: '6000', weight: 0.6, drift: expect.closeTo(0.1, 12) as number },
    { key: 'cash', target: null, value: '3000', weight: 0.3, drift: null },
    { key: 'bond', target: '0.4', value: '1000', weight: 0.1, drift: expect.closeTo(-0.3, 12) as number },
    { key: 'crypto', target: '0.05', value: '0', weight: 0, drift: -0.05 },
  ]);
  expect((await app.as(ada).get(`portfolios/${id}/allocation-targets?by=assetClass`)).body).toEqual(answer.body);
  // Those of another key are others, and symbols are what is meant when nothing is said.
  expect((await app.as(ada).get(`portfolios/${id}/allocation-targets`)).as<{ targeted: string; by: string }>()).toMatchObject({
    ...{ targeted: '0', by: 'symbol' },
  });
  // A target of nothing, and one that is left out, are none.
  const fewer = (await put(id, 'assetClass', { other: '1', bond: '0' })).as<{ items: Item[] }>().items;
  expect(fewer.map(({ key, target }) => [key, target])).toEqual([
    ['other', '1'],
    ['cash', null],
    ['bond', null],
  ]);
  expect((await put(id, 'assetClass', {})).as<{ targeted: string }>().targeted).toBe('0');
});

test('what cannot be a target is refused, and the old ones stay', async () => {
  const id = await portfolio();
  await put(id, 'symbol', { HOUSE: '0.6' });
  expect((await put(id, 'symbol', { HOUSE: '0.6', PAPER: '0.4000001' })).text).toContain('add up to 1.0000001');
  for (const [by, targets, code] of [
    ['symbol', { HOUSE: '-0.1' }, 'invalid_value'],
    ['symbol', { HOUSE: '0.1', house: '0.2' }, 'invalid_value'],
    ['assetClass', { shares: '0.1' }, 'invalid_value'],
    ['mood', { good: '0.1' }, 'invalid_value'],
    ['symbol', { NOSUCH: '0.1' }, 'unknown_symbol'],
  ] as const)
    expect((await put(id, by, targets)).code).toBe(code);
  for (const exchange of ['LSE', 'XETRA'])
    await app.as(ada).post('instruments', { symbol: 'TWICE', exchange, name: 'Two', assetClass: 'stock', currency: 'EUR' });
  expect((await put(id, 'symbol', { TWICE: '0.1' })).code).toBe('ambiguous_symbol');
  const path = `portfolios/${id}/allocation-targets`;
  expect((await app.as(ada).put(path, { by: 'symbol', targets: [], more: 1 })).code).toBe('unknown_field');
  expect((await app.as(ada).get(`${path}?by=mood`)).code).toBe('invalid_value');
  expect((await app.as(ada).get(path)).as<{ targeted: string }>().targeted).toBe('0.6');
});

test('a proposal sells what is too much, buys what is too little, and keeps the cash its part', async () => {
  const id = await portfolio();
  await put(id, 'symbol', { HOUSE: '0.4', PAPER: '0.35', flat: '0.15', cash: '0.1' });
  const proposal = await propose(id, '');
  // 4,000 of houses, 3,500 of papers and 1,500 of flats, which are 7.5 of 200: 7, and 100 of cash are left over.
  expect(told(proposal)).toEqual(['sell 20 HOUSE', 'buy 50 PAPER', 'buy 7 FLAT']);
  expect(proposal).toMatchObject({ totalValue: '10000', cashBefore: '3000', cashAfter: '1100', unreachable: [], unpriced: [] });
  expect(proposal.orders[0]).toEqual({
    ...{ symbol: 'HOUSE', name: 'The HOUSE', key: 'HOUSE', side: 'sell', quantity: '20', price: '100', currency: 'USD', value: '2000' },
  });
  expect(proposal.items).toEqual([
    { key: 'HOUSE', target: '0.4', weightBefore: 0.6, weightAfter: 0.4, valueAfter: '4000' },
    { key: 'PAPER', target: '0.35', weightBefore: 0.1, weightAfter: 0.35, valueAfter: '3500' },
    { key: 'FLAT', target: '0.15', weightBefore: 0, weightAfter: 0.14, valueAfter: '1400' },
    { key: 'cash', target: '0.1', weightBefore: 0.3, weightAfter: 0.11, valueAfter: '1100' },
  ]);
  // The eighth flat may be paid from the band.
  expect(told(await propose(id, '?cashBand=0.01'))).toEqual(['sell 20 HOUSE', 'buy 50 PAPER', 'buy 8 FLAT']);
  expect(told(await propose(id, '?quantities=fractional'))).toEqual(['sell 20 HOUSE', 'buy 50 PAPER', 'buy 7.5 FLAT']);
  expect(told(await propose(id, '?minimumTrade=1600'))).toEqual(['sell 20 HOUSE', 'buy 50 PAPER']);
});

test('by asset class: a class of which nothing is held cannot be bought, and is named', async () => {
  const id = await portfolio();
  await put(id, 'assetClass', { bond: '0.3', crypto: '0.2' });
  const proposal = await propose(id, '?by=assetClass');
  expect(told(proposal)).toEqual(['buy 40 PAPER']);
  expect(proposal['unreachable']).toEqual(['crypto']);
});

test('what is held without a price stays, and is named', async () => {
  const id = await portfolio();
  const fact = { type: 'buy', symbol: 'NOPRICE', quantity: '1', price: '10', tradedAt: '2026-01-02' };
  expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  await put(id, 'symbol', { NOPRICE: '0.5' });
  expect(await propose(id, '')).toMatchObject({ orders: [], unpriced: ['NOPRICE'], unreachable: ['NOPRICE'] });
});

test('the proposal of a paper portfolio is placed as it stands, and leaves the cash above zero', async () => {
  const made = await app.as(ada).post('portfolios', { name: 'Traded', kind: 'paper', baseCurrency: 'USD', startingCash: '10000' });
  const { id } = made.as<{ id: string }>();
  await put(id, 'symbol', { HOUSE: '0.55', PAPER: '0.45' });
  const { orders } = await propose(id, '');
  for (const { symbol, side, quantity } of orders) {
    const placed = await app.as(ada).post(`portfolios/${id}/orders`, { symbol, side, quantity, type: 'market' });
    expect([placed.status, placed.as<{ status: string }>().status]).toEqual([201, 'filled']);
  }
  expect(await propose(id, '')).toMatchObject({ orders: [], cashAfter: '0' });
});

test('figures that are none are refused', async () => {
  const id = await portfolio();
  for (const query of ['?by=mood', '?quantities=some', '?minimumTrade=-1', '?cashBand=1.1', '?cashBand=x'])
    expect((await app.as(ada).get(`portfolios/${id}/rebalancing${query}`)).code).toBe('invalid_value');
});
