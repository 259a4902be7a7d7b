import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  for (const [symbol, currency, prices] of [
    ['HOUSE', 'USD', { '2025-12-02': '100', '2025-12-03': '110', '2025-12-05': '120', '2026-01-05': '150' }],
    ['FLAT', 'EUR', { '2025-12-02': '40', '2025-12-10': '60' }],
    ['NEW', 'USD', { '2026-01-02': '9' }],
  ] as const) {
    await app.as(ada).post('instruments', { symbol, name: `The ${symbol}`, assetClass: 'other', currency, sector: 'Homes' });
    const given = Object.entries(prices).map(([day, price]) => ({ day, price }));
    await app.as(ada).put(`instruments/${symbol}/prices`, { prices: given });
  }
});
afterAll(() => app.close());

type Row = Readonly<Record<string, unknown>>;

async function portfolio(facts: readonly object[], more: object = {}): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Past', kind: 'tracked', baseCurrency: 'USD', ...more });
  const { id } = made.as<{ id: string }>();
  for (const fact of facts) expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  return id;
}

async function ask<Body = Row>(id: string, path: string): Promise<Body> {
  const answer = await app.as(ada).get(`portfolios/${id}/${path}`);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.as<Body>();
}

const trade = (type: string, [quantity, price]: readonly [string, string], tradedAt: string, symbol = 'HOUSE') => ({
  ...{ type, symbol, quantity, price, tradedAt },
});

const FACTS = [
  { type: 'deposit', amount: '5000', tradedAt: '2025-12-01' },
  trade('buy', ['10', '100'], '2025-12-02'),
  { type: 'dividend', symbol: 'HOUSE', amount: '30', tax: '5', tradedAt: '2025-12-03' },
  trade('sell', ['4', '115'], '2025-12-04'),
  trade('buy', ['2', '140'], '2026-01-03'),
];

test('a summary of a past day: what had happened by its end, at its closes', async () => {
  const id = await portfolio(FACTS);
  // On the third: 10 at 110 and 5,000 - 1,000 + 25 in cash.
  expect(await ask(id, 'summary?asOf=2025-12-03')).toEqual({
    ...{ portfolioId: id, currency: 'USD', totalValue: '5125', marketValue: '1100', cashValue: '4025', investedCapital: '5000' },
    ...{ costBasis: '1000', realizedGain: '0', unrealizedGain: '100', priceEffect: '100', currencyEffect: '0', crossEffect: '0' },
    ...{ cashCurrencyGain: '0', income: '30', costs: '5', netGain: '125', simpleReturn: 0.025 },
    // 10 x (110 - 100); 100 of the 5,025 of the day before.
    ...{ dayChange: '100', dayChangePercent: expect.closeTo(100 / 50.25, 9) as number, positions: 1, unpriced: [] },
    ...{ asOf: '2025-12-03T23:59:59.999Z', prices: 'close' },
  });
  // On the fourth there was no close: the third's stands, and nothing moved. 4 sold at 115 that cost 100 each.
  expect(await ask(id, 'summary?asOf=2025-12-04')).toMatchObject({
    ...{ totalValue: '5145', marketValue: '660', realizedGain: '60', unrealizedGain: '60', netGain: '145', dayChange: '0' },
  });
  expect(await ask(id, 'summary?asOf=2025-11-30')).toMatchObject({ totalValue: '0', netGain: '0', simpleReturn: null, positions: 0 });
});

test('the positions and the allocation of a past day', async () => {
  const id = await portfolio(FACTS);
  expect(await ask(id, 'positions?asOf=2025-12-05')).toEqual({
    items: [
      {
        ...{ symbol: 'HOUSE', exchange: '', name: 'The HOUSE', assetClass: 'other', currency: 'USD', reserved: '0', accruedInterest: null },
        ...{ quantity: '6', averagePrice: '100', costBasis: '600', price: '120', priceAt: '2025-12-05T23:59:59.999Z', priceFrom: 'close' },
        ...{ marketValue: '720', unrealizedGain: '120', unrealizedGainPercent: 20, realizedGain: '60' },
        // 6 x (120 - 110), the close before.
        ...{ dayChange: '60', dayChangePercent: expect.closeTo(6_000 / 660, 9) as number },
        ...{ weight: expect.closeTo(720 / 5_205, 9) as number, baseCostBasis: '600', baseMarketValue: '720' },
        ...{ baseUnrealizedGain: '120', priceEffect: '120', currencyEffect: '0', crossEffect: '0' },
      },
    ],
  });
  const { items } = await ask<{ items: Row[] }>(id, 'allocation?by=sector&asOf=2025-12-05');
  expect(items.map(({ key, value }) => [key, value])).toEqual([
    ['cash', '4485'],
    ['Homes', '720'],
  ]);
});

test('an instant counts what was traded by then, and today is what is live', async () => {
  const id = await portfolio([
    { type: 'deposit', amount: '1000', tradedAt: '2025-12-02T08:00:00.000Z' },
    trade('buy', ['1', '100'], '2025-12-02T15:00:00.000Z'),
    { type: 'deposit', amount: '7', tradedAt: '2026-01-05T10:00:00.000Z' },
  ]);
  expect(await ask(id, 'summary?asOf=2025-12-02T14:59:59.999Z')).toMatchObject({ positions: 0, cashValue: '1000' });
  expect(await ask(id, 'summary?asOf=2025-12-02T15:00:00.000Z')).toMatchObject({ positions: 1, cashValue: '900' });
  expect(await ask(id, 'summary?asOf=2026-01-05')).toEqual(await ask(id, 'summary'));
  expect(await ask(id, 'positions?asOf=2026-01-05')).toEqual(await ask(id, 'positions'));
  // Before the deposit of this morning, at the prices of now.
  expect(await ask(id, 'summary?asOf=2026-01-05T09:00:00.000Z')).toMatchObject({ totalValue: '1050', prices: 'live' });
  const { items } = await ask<{ items: Row[] }>(id, 'positions?asOf=2026-01-05T09:00:00.000Z');
  expect(items[0]).toMatchObject({ price: '150', priceFrom: 'quote', dayChange: '30' });
});

test('a past day is one of the portfolio’s time zone', async () => {
  const facts = [{ type: 'deposit', amount: '100', tradedAt: '2025-12-03T20:00:00.000Z' }];
  const id = await portfolio(facts, { timeZone: 'Asia/Tokyo' });
  // 20:00 in London is 05:00 of the fourth in Tokyo.
  expect(await ask(id, 'summary?asOf=2025-12-03')).toMatchObject({ totalValue: '0', asOf: '2025-12-03T14:59:59.999Z' });
  expect(await ask(id, 'summary?asOf=2025-12-04')).toMatchObject({ totalValue: '100' });
});

test('before its first close an instrument counts at what was last paid; without any price at cost', async () => {
  const id = await portfolio([
    { type: 'deposit', amount: '1000', tradedAt: '2025-12-01' },
    { ...trade('buy', ['10', '5'], '2025-12-02', 'NEW'), fee: '1' },
    trade('buy', ['10', '8'], '2025-12-03', 'NEW'),
  ]);
  const { items } = await ask<{ items: Row[] }>(id, 'positions?asOf=2025-12-04');
  expect(items[0]).toMatchObject({ price: '8', priceFrom: 'trade', priceAt: null, marketValue: '160', unrealizedGain: '29' });
});

test('price and currency: each at the rate of its day, and together the gain', async () => {
  const id = await portfolio([trade('buy', ['10', '40'], '2025-12-02', 'FLAT')], { cashMode: 'implied' });
  const rateOf = async (day: string) => {
    const { text } = await app.anonymous.get(`exchange-rates?base=EUR&currencies=USD&from=${day}&to=${day}`);
    return Number(/"USD":"([\d.]+)"/.exec(text)?.[1]);
  };
  for (const [asOf, query] of [
    ['2025-12-10', '?asOf=2025-12-10'],
    ['2026-01-05', ''],
  ] as const) {
    const [then, now] = [await rateOf('2025-12-02'), await rateOf(asOf)];
    const { items } = await ask<{ items: Row[] }>(id, `positions${query}`);
    const summary = await ask<Record<string, string>>(id, `summary${query}`);
    // 10 flats went from 40 to 60 EUR, and the euro from `then` to `now`.
    for (const figures of [items[0], summary]) {
      // Within a cent, since the two add up to the gain as it is shown.
      expect(Number(figures?.['priceEffect'])).toBeCloseTo(200 * then, 1);
      expect(Number(figures?.['currencyEffect'])).toBeCloseTo(600 * (now - then), 1);
      expect(Number(figures?.['crossEffect'])).toBeCloseTo(200 * (now - then), 1);
    }
    const total = Number(summary['priceEffect']) + Number(summary['currencyEffect']);
    expect(total).toBeCloseTo(Number(summary['unrealizedGain']), 9);
    expect(Number(items[0]?.['baseUnrealizedGain'])).toBeCloseTo(600 * now - 400 * then, 1);
  }
});

test('the line of the chart and the figures of a past day are one', async () => {
  const id = await portfolio(FACTS);
  const { items } = await ask<{ items: { day: string; value: number }[] }>(id, 'snapshots?from=2025-12-01&to=2025-12-06');
  expect(items).toHaveLength(6);
  for (const { day, value } of items) {
    const { totalValue } = await ask<{ totalValue: string }>(id, `summary?asOf=${day}`);
    expect(value).toBeCloseTo(Number(totalValue), 6);
  }
});

test('what has not come yet, or is no day, is refused', async () => {
  const id = await portfolio([]);
  for (const asOf of ['2026-01-06', '2025-02-30', '2026-01-05T15:30:00.001Z', 'yesterday'])
    for (const path of ['summary', 'positions', 'allocation'])
      expect((await app.as(ada).get(`portfolios/${id}/${path}?asOf=${asOf}`)).code).toBe('invalid_value');
});
