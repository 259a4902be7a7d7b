import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  for (const [symbol, currency, assetClass, prices] of [
    ['HOUSE', 'USD', 'other', { '2026-01-04': '140', '2026-01-05': '150' }],
    ['BOND', 'USD', 'bond', { '2026-01-05': '50' }],
    ['FLAT', 'EUR', 'other', { '2026-01-05': '60' }],
    ['UNPRICED', 'USD', 'other', {}],
  ] as const) {
    await app.as(ada).post('instruments', { symbol, name: `The ${symbol}`, assetClass, currency });
    const given = Object.entries(prices).map(([day, price]) => ({ day, price }));
    if (given.length > 0) await app.as(ada).put(`instruments/${symbol}/prices`, { prices: given });
  }
});
afterAll(() => app.close());

async function portfolio(facts: readonly object[], more: object = {}): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Held', kind: 'tracked', baseCurrency: 'USD', ...more });
  const { id } = made.as<{ id: string }>();
  for (const fact of facts) expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  return id;
}

async function ask<Body>(id: string, path: string): Promise<Body> {
  const answer = await app.as(ada).get(`portfolios/${id}/${path}`);
  expect(answer.status).toBe(200);
  return answer.as<Body>();
}

type Summary = Readonly<Record<string, string & number>>;

const deposit = (amount: string, tradedAt: string, more: object = {}) => ({ type: 'deposit', amount, tradedAt, ...more });
const trade = (type: 'buy' | 'sell', symbol: string, [quantity, price]: readonly [string, string], more: object) => ({
  type,
  symbol,
  quantity,
  price,
  ...more,
});

/** What is put in, bought, sold and earned in one currency. */
const PLAIN = [
  deposit('10000', '2025-12-01'),
  // 10 x 100 + 5 = 1,005 and 10 x 120 + 5 = 1,205: 20 shares for 2,210, 110.50 each.
  trade('buy', 'HOUSE', ['10', '100'], { fee: '5', tradedAt: '2025-12-02' }),
  trade('buy', 'HOUSE', ['10', '120'], { fee: '5', tradedAt: '2025-12-03' }),
  // 5 x 130 - 2 - 1 = 647 for what cost 552.50: a gain of 94.50. 15 shares for 1,657.50 are left.
  trade('sell', 'HOUSE', ['5', '130'], { fee: '2', tax: '1', tradedAt: '2025-12-04' }),
  { type: 'dividend', symbol: 'HOUSE', amount: '40', tax: '10', tradedAt: '2025-12-05' },
];

test('a position by its arithmetic', async () => {
  const id = await portfolio(PLAIN);
  const { items } = await ask<{ items: unknown[] }>(id, 'positions');
  expect(items).toEqual([
    {
      symbol: 'HOUSE',
      exchange: '',
      name: 'The HOUSE',
      assetClass: 'other',
      quantity: '15',
      reserved: '0',
      averagePrice: '110.5',
      costBasis: '1657.5',
      price: '150',
      priceAt: expect.stringMatching(/^2026-01-05T/) as string,
      // 15 x 150; 2,250 - 1,657.50; 592.50 / 1,657.50.
      marketValue: '2250',
      unrealizedGain: '592.5',
      unrealizedGainPercent: expect.closeTo(35.746606, 5) as number,
      realizedGain: '94.5',
      // 15 x (150 - 140); 150 of the 2,100 of yesterday.
      dayChange: '150',
      dayChangePercent: expect.closeTo(7.142857, 5) as number,
      // 2,250 of 8,467 + 2,250.
      weight: expect.closeTo(0.209946, 5) as number,
      currency: 'USD',
      accruedInterest: null,
      priceFrom: 'quote',
      baseCostBasis: '1657.5',
      baseMarketValue: '2250',
      baseUnrealizedGain: '592.5',
      priceEffect: '592.5',
      currencyEffect: '0',
      crossEffect: '0',
    },
  ]);
});

test('a summary by its arithmetic: every gain is a part of the net gain', async () => {
  const id = await portfolio(PLAIN);
  expect(await ask<Summary>(id, 'summary')).toMatchObject({
    portfolioId: id,
    currency: 'USD',
    // 10,000 - 1,005 - 1,205 + 647 + 30.
    cashValue: '8467',
    marketValue: '2250',
    totalValue: '10717',
    investedCapital: '10000',
    costBasis: '1657.5',
    realizedGain: '94.5',
    unrealizedGain: '592.5',
    income: '40',
    costs: '10',
    // 10,717 - 10,000, and 94.50 + 592.50 + 40 - 10.
    netGain: '717',
    simpleReturn: 0.0717,
    dayChange: '150',
    // 150 of the 10,567 of yesterday.
    dayChangePercent: expect.closeTo(1.419514, 5) as number,
    positions: 1,
    unpriced: [],
    asOf: '2026-01-05T15:30:00.000Z',
  });
});

test('what was taken out is no capital any more, and the return is still on all that was put in', async () => {
  const id = await portfolio([...PLAIN, { type: 'withdrawal', amount: '8000', tradedAt: '2025-12-06' }]);
  const figures = await ask<Summary>(id, 'summary');
  expect(figures).toMatchObject({ investedCapital: '2000', totalValue: '2717', netGain: '717', simpleReturn: 0.0717 });
});

test('the faults of others: 10@100, 5 sold@120, 5@200, 10 sold@200 is a profit of 600; 50 of dividends on a flat price is a gain of 50', async () => {
  // FIFO: 5 x (120 - 100) + 5 x (200 - 100) + 5 x (200 - 200) = 600. Under average cost too, since everything is sold.
  for (const costMethod of ['fifo', 'average']) {
    const steps = [
      trade('buy', 'HOUSE', ['10', '100'], { tradedAt: '2025-12-01' }),
      trade('sell', 'HOUSE', ['5', '120'], { tradedAt: '2025-12-02' }),
      trade('buy', 'HOUSE', ['5', '200'], { tradedAt: '2025-12-03' }),
      trade('sell', 'HOUSE', ['10', '200'], { tradedAt: '2025-12-04' }),
    ];
    const figures = await ask<Summary>(await portfolio(steps, { costMethod, cashMode: 'implied' }), 'summary');
    expect(figures).toMatchObject({ realizedGain: '600', unrealizedGain: '0', netGain: '600', positions: 0 });
  }
  const flat = [
    trade('buy', 'HOUSE', ['10', '150'], { tradedAt: '2025-12-01' }),
    { type: 'dividend', symbol: 'HOUSE', amount: '50', tradedAt: '2025-12-02' },
  ];
  expect(await ask<Summary>(await portfolio(flat, { cashMode: 'implied' }), 'summary')).toMatchObject({
    income: '50',
    unrealizedGain: '0',
    netGain: '50',
  });
});

test('another currency: each purchase and sale at the rate of its day, the rest at today’s', async () => {
  const days = ['2025-03-03', '2025-06-02', '2026-01-05'];
  const usdPerEur = [];
  for (const day of days) {
    const { text } = await app.anonymous.get(`exchange-rates?base=EUR&currencies=USD&from=${day}&to=${day}`);
    usdPerEur.push(Number(/"USD":"([\d.]+)"/.exec(text)?.[1]));
  }
  const [bought = 0, sold = 0, now = 0] = usdPerEur;
  expect(new Set(usdPerEur).size).toBe(3);
  const steps = [trade('buy', 'FLAT', ['10', '40'], { tradedAt: days[0] }), trade('sell', 'FLAT', ['4', '50'], { tradedAt: days[1] })];
  const id = await portfolio(steps, { cashMode: 'implied' });
  const figures = await ask<Summary>(id, 'summary');
  const close = (name: string) => Number(figures[name]);
  // 400 EUR in, 200 EUR out; 6 flats at 60 EUR are left, which cost 240 EUR.
  expect(close('investedCapital')).toBeCloseTo(400 * bought - 200 * sold, 1);
  expect(close('marketValue')).toBeCloseTo(360 * now, 1);
  expect(close('costBasis')).toBeCloseTo(240 * bought, 1);
  expect(close('unrealizedGain')).toBeCloseTo(360 * now - 240 * bought, 1);
  // What the sale brought that day less what those four had cost on theirs: the currency is a part of the gain.
  expect(close('realizedGain')).toBeCloseTo(200 * sold - 160 * bought, 1);
  expect(close('netGain')).toBeCloseTo(close('realizedGain') + close('unrealizedGain'), 1);
  // The explanation, which is worked out from the transactions, says the same.
  const { trail } = await ask<{ trail: { value: string } }>(id, 'explain?figure=realizedGain');
  expect(Number(trail.value)).toBeCloseTo(close('realizedGain'), 1);
});

test('what leaves in another currency leaves at what it had cost, at the rate of its purchase', async () => {
  const { text } = await app.anonymous.get('exchange-rates?base=EUR&currencies=USD&from=2025-03-03&to=2025-03-03');
  const bought = Number(/"USD":"([\d.]+)"/.exec(text)?.[1]);
  const steps = [
    trade('buy', 'FLAT', ['10', '40'], { tradedAt: '2025-03-03' }),
    { type: 'transferOut', symbol: 'FLAT', quantity: '4', tradedAt: '2025-06-02' },
  ];
  const id = await portfolio(steps, { cashMode: 'implied', costMethod: 'fifo' });
  const figures = await ask<Summary>(id, 'summary');
  // 400 EUR in; four of ten leave at 160 EUR of the same day.
  expect(Number(figures['investedCapital'])).toBeCloseTo(240 * bought, 2);
  expect(figures['realizedGain']).toBe('0');
  for (const figure of ['investedCapital', 'realizedGain', 'netGain', 'unrealizedGain']) {
    const { trail } = await ask<{ trail: { value: string } }>(id, `explain?figure=${figure}`);
    expect(Number(trail.value)).toBeCloseTo(Number(figures[figure]), 2);
  }
});

test('what has no price counts at what it cost, and is named', async () => {
  const id = await portfolio([deposit('500', '2025-12-01'), trade('buy', 'UNPRICED', ['2', '100'], { tradedAt: '2025-12-02' })]);
  expect(await ask<Summary>(id, 'summary')).toMatchObject({
    totalValue: '500',
    marketValue: '200',
    netGain: '0',
    unpriced: ['UNPRICED'],
    positions: 1,
  });
  const { items } = await ask<{ items: unknown[] }>(id, 'positions');
  expect(items).toMatchObject([
    { price: null, priceAt: null, marketValue: null, unrealizedGain: null, unrealizedGainPercent: null, dayChange: null, weight: 0.4 },
  ]);
});

test('the value by symbol, asset class, sector, country and currency adds up to the whole', async () => {
  const id = await portfolio([
    deposit('10000', '2025-12-01'),
    trade('buy', 'HOUSE', ['10', '100'], { tradedAt: '2025-12-02' }),
    trade('buy', 'BOND', ['20', '50'], { tradedAt: '2025-12-02' }),
    trade('buy', 'AAPL', ['1', '100'], { tradedAt: '2025-12-02' }),
  ]);
  const spread = async (by: string) =>
    (await ask<{ items: { key: string; value: string; weight: number }[] }>(id, `allocation${by}`)).items;
  const apple = Number((await app.anonymous.get('quotes/AAPL')).as<{ last: string }>().last);
  const total = 7_900 + 1_500 + 1_000 + apple;
  for (const by of ['', '?by=symbol', '?by=assetClass', '?by=sector', '?by=country', '?by=currency']) {
    const items = await spread(by);
    expect(items.reduce((sum, { value }) => sum + Number(value), 0)).toBeCloseTo(total, 6);
    expect(items.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    // The largest first.
    expect(items.map(({ value }) => Number(value))).toEqual(items.map(({ value }) => Number(value)).toSorted((a, b) => b - a));
  }
  expect(await spread('')).toEqual(await spread('?by=symbol'));
  const classes = Object.fromEntries((await spread('?by=assetClass')).map(({ key, value }) => [key, Number(value)]));
  expect(classes).toEqual({ cash: 7_900, other: 1_500, bond: 1_000, stock: apple });
  expect((await spread('?by=currency')).map(({ key }) => key)).toEqual(['cash', 'USD']);
  expect((await spread('?by=sector')).map(({ key }) => key)).toContain('unknown');
  expect((await app.as(ada).get(`portfolios/${id}/allocation?by=mood`)).code).toBe('invalid_value');
});

test('an empty portfolio is worth nothing, and says so without dividing by it', async () => {
  const id = await portfolio([]);
  expect(await ask<Summary>(id, 'summary')).toMatchObject({
    totalValue: '0',
    netGain: '0',
    simpleReturn: null,
    dayChangePercent: null,
    positions: 0,
  });
  expect(await ask(id, 'positions')).toEqual({ items: [] });
  expect(await ask(id, 'allocation')).toEqual({ items: [] });
});

test('I11: a summary follows what the same client did a moment ago', async () => {
  const id = await portfolio([], { kind: 'paper', startingCash: '1000' });
  for (let held = 1; held <= 5; held += 1) {
    await app.as(ada).post(`portfolios/${id}/orders`, { symbol: 'BOND', side: 'buy', type: 'market', quantity: '1' });
    expect(await ask<Summary>(id, 'summary')).toMatchObject({ marketValue: String(held * 50), cashValue: String(1_000 - held * 50) });
  }
});
