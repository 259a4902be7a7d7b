import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let bob: TestUser;

beforeAll(async () => {
  // A Thursday.
  app = await startTestApp({ now: '2026-01-08T12:00:00.000Z' });
  [ada, bob] = [await app.user('ada'), await app.user('bob')];
  await priced('HOUSE', 'USD', { '2026-01-05': '110', '2026-01-06': '104.5', '2026-01-07': '104.5', '2026-01-08': '104.5' });
  await priced('INDEX', 'USD', { '2026-01-04': '50', '2026-01-05': '52', '2026-01-06': '51', '2026-01-08': '55' });
});
afterAll(() => app.close());

async function priced(symbol: string, currency: string, prices: Readonly<Record<string, string>>): Promise<void> {
  await app.as(ada).post('instruments', { symbol, name: `The ${symbol.toLowerCase()}`, assetClass: 'other', currency });
  const rows = Object.entries(prices).map(([day, price]) => ({ day, price }));
  expect((await app.as(ada).put(`instruments/${symbol}/prices`, { prices: rows })).status).toBe(200);
}

type Fact = readonly [type: string, tradedAt: string, fields: object];

async function portfolio(facts: readonly Fact[], more: object = {}): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Long run', kind: 'tracked', baseCurrency: 'USD', ...more });
  const { id } = made.as<{ id: string }>();
  for (const [type, tradedAt, fields] of facts) {
    const answer = await app.as(ada).post(`portfolios/${id}/transactions`, { type, tradedAt, ...fields });
    if (answer.status !== 201) throw new Error(answer.text);
  }
  return id;
}

const twoDays: readonly Fact[] = [
  ['deposit', '2026-01-05T08:00:00.000Z', { amount: '100' }],
  ['buy', '2026-01-05T09:00:00.000Z', { symbol: 'HOUSE', quantity: '1', price: '100' }],
  ['deposit', '2026-01-06T08:00:00.000Z', { amount: '110' }],
  ['buy', '2026-01-06T09:00:00.000Z', { symbol: 'HOUSE', quantity: '1', price: '110' }],
];

interface Wire {
  readonly [figure: string]: unknown;
  readonly series: readonly Readonly<Record<string, unknown>>[];
  readonly months: readonly { readonly month: string; readonly return: number }[];
}

test('the four returns of two days, each by its own rule', async () => {
  const id = await portfolio(twoDays);
  const answer = await app.as(ada).get(`portfolios/${id}/performance?to=2026-01-06`);
  const body = answer.as<Wire>();

  expect(answer.status).toBe(200);
  // 110 / 100 and 209 / (110 + 110): 1.10 * 0.95 = 1.045.
  expect(body['timeWeighted']).toBeCloseTo(0.045, 12);
  expect(body['return']).toBe(body['timeWeighted']);
  // 209 - 210 put in: -1 over 210, and over the mean of 100 and 210.
  expect(body['simple']).toBeCloseTo(-1 / 210, 12);
  expect(body['roai']).toBeCloseTo(-1 / 155, 12);
  // 100 (1 + r)^(1/365) + 110 = 209 on the second day: over the span of one day, 99 / 100 - 1.
  expect(body['moneyWeighted']).toBeCloseTo(-0.01, 9);
  expect(body['annualized']).toBeNull();
  expect(body.series.map(({ day, value, invested }) => [day, value, invested])).toEqual([
    ['2026-01-05', 110, 100],
    ['2026-01-06', 209, 210],
  ]);
  expect(body.series[1]?.['drawdown']).toBeCloseTo(0.05, 12);
  expect(body.months).toEqual([{ month: '2026-01', return: expect.closeTo(0.045, 12) as number }]);
});

test('`method` chooses what `return` repeats, and `interval` how far apart the points are', async () => {
  const id = await portfolio(twoDays);
  for (const method of ['timeWeighted', 'moneyWeighted', 'simple', 'roai']) {
    const body = (await app.as(ada).get(`portfolios/${id}/performance?method=${method}&interval=month`)).as<Wire>();
    expect(body['return']).toBe(body[method]);
    // No month ends in the period, so there is its last day only.
    expect(body.series.map(({ day }) => day)).toEqual(['2026-01-08']);
  }
});

test('a benchmark is compared on the same days, and with the same flows', async () => {
  const id = await portfolio(twoDays);
  const body = (await app.as(ada).get(`portfolios/${id}/performance?benchmark=INDEX`)).as<Wire>();

  // 52 / 50, 51 / 50, the seventh has no price and keeps the sixth's, 55 / 50.
  expect(body.series.map(({ benchmarkReturn }) => benchmarkReturn)).toEqual(
    [0.04, 0.02, 0.02, 0.1].map((value) => expect.closeTo(value, 12) as number),
  );
  // 100 bought at the start of the 5th: 100 * 52 / 50 = 104; with 110 more on the 6th (104 + 110) * 51 / 52.
  expect(body.series[0]?.['benchmarkValue']).toBeCloseTo(104, 9);
  expect(body.series[1]?.['benchmarkValue']).toBeCloseTo((214 * 51) / 52, 9);
  expect(body['benchmark']).toMatchObject({ symbol: 'INDEX', return: expect.closeTo(0.1, 12) as number, ranOut: false });
});

test('the last day of the line is worth what the summary says now', async () => {
  const id = await portfolio([
    ['deposit', '2026-01-02T08:00:00.000Z', { amount: '5000' }],
    ['buy', '2026-01-02T15:00:00.000Z', { symbol: 'AAPL', quantity: '10', price: '200' }],
    ['buy', '2026-01-05T15:00:00.000Z', { symbol: 'SAP.XETRA', quantity: '5', price: '150' }],
  ]);
  const summary = (await app.as(ada).get(`portfolios/${id}/summary`)).as<{ totalValue: string }>();
  const body = (await app.as(ada).get(`portfolios/${id}/performance`)).as<Wire>();

  expect(body.series.at(-1)?.['day']).toBe('2026-01-08');
  expect(body.series.at(-1)?.['value']).toBeCloseTo(Number(summary.totalValue), 1);
});

test('risk: figures that two days cannot give are null, and losses are positive', async () => {
  const id = await portfolio(twoDays);
  const body = (await app.as(ada).get(`portfolios/${id}/risk?to=2026-01-06&benchmark=INDEX`)).as<Wire>();

  expect(body['observations']).toBe(2);
  // Returns 0.10 and -0.05: mean 0.025, deviations ±0.075, sample variance 2 * 0.075² / 1.
  expect(body['volatility']).toBeCloseTo(Math.sqrt(2 * 0.075 ** 2) * Math.sqrt(252), 9);
  // The 5 % quantile of two values lies 5 % of the way from the lower: -0.05 + 0.05 * 0.15.
  expect(body['valueAtRisk']).toBeCloseTo(0.0425, 12);
  expect(body['calmar']).toBeNull();
  expect(body['maxDrawdown']).toEqual({
    depth: expect.closeTo(0.05, 12) as number,
    peakOn: '2026-01-05',
    troughOn: '2026-01-06',
    recoveredOn: null,
  });
  // The index made 0.04 and -1/52: beta = 0.15 / (0.04 + 1/52), since two points lie on a line.
  expect((body['benchmark'] as { beta: number }).beta).toBeCloseTo(0.15 / (0.04 + 1 / 52), 9);
});

test('an empty portfolio has no figures, and none of them is 0', async () => {
  const id = await portfolio([]);
  const performance = (await app.as(ada).get(`portfolios/${id}/performance`)).as<Wire>();
  expect(performance).toMatchObject({ from: null, timeWeighted: null, moneyWeighted: null, moneyWeightedReason: 'no_flows', series: [] });
  expect((await app.as(ada).get(`portfolios/${id}/risk`)).as<Wire>()).toMatchObject({ observations: 0, volatility: null });
});

test('snapshots: one for each day up to yesterday, made anew from the day of a correction or a price on', async () => {
  const id = await portfolio(twoDays);
  const days = async () => {
    const body = (await app.as(ada).get(`portfolios/${id}/snapshots`)).as<{ items: { day: string; value: number; inflow: number }[] }>();
    return body.items.map(({ day, value, inflow }) => `${day} ${String(value)} ${String(inflow)}`);
  };
  expect(await days()).toEqual(['2026-01-05 110 100', '2026-01-06 209 110', '2026-01-07 209 0']);

  const [last] = (await app.as(ada).get(`portfolios/${id}/transactions?type=buy`)).as<{ items: { id: string }[] }>().items;
  await app.as(ada).patch(`portfolios/${id}/transactions/${last?.id ?? ''}`, { price: '100' });
  // Ten of cash are left from the second purchase on.
  expect(await days()).toEqual(['2026-01-05 110 100', '2026-01-06 219 110', '2026-01-07 219 0']);

  await app.as(ada).put('instruments/HOUSE/prices', { prices: [{ day: '2026-01-07', price: '100' }] });
  expect(await days()).toEqual(['2026-01-05 110 100', '2026-01-06 219 110', '2026-01-07 210 0']);
  await app.as(ada).put('instruments/HOUSE/prices', { prices: [{ day: '2026-01-07', price: '104.5' }] });

  const [first] = (await app.as(ada).get(`portfolios/${id}/transactions?sort=tradedAt`)).as<{ items: { id: string }[] }>().items;
  await app.as(ada).delete(`portfolios/${id}/transactions/${first?.id ?? ''}`);
  expect(await days()).toEqual(['2026-01-05 10 0', '2026-01-06 119 110', '2026-01-07 119 0']);
  expect((await app.as(ada).get(`portfolios/${id}/snapshots?from=2026-01-07&to=2026-01-07`)).as<{ items: unknown[] }>().items).toHaveLength(
    1,
  );
});

test('I13: the daily job makes each day of each portfolio once, also those on which no server ran', async () => {
  const id = await portfolio(twoDays);
  const [job] = app.app.jobs.filter(({ name }) => name === 'snapshots');
  const run = { payload: null, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal };
  await Promise.all([job?.run(run), job?.run(run)]);
  await job?.run(run);
  const rows = await app.db.selectFrom('snapshot_months').selectAll().where('portfolio_id', '=', id).orderBy('month').execute();
  // From the 5th: a day has one place.
  expect(rows.map(({ month, first_day, closing_values }) => [month, first_day, closing_values])).toEqual([
    ['2026-01-01', 5, [110, 209, 209]],
  ]);
});

const sales: readonly Fact[] = [
  ['deposit', '2024-01-02', { amount: '10000' }],
  ['buy', '2024-01-03', { symbol: 'HOUSE', quantity: '10', price: '100', fee: '5' }],
  ['buy', '2025-06-02', { symbol: 'HOUSE', quantity: '10', price: '200' }],
  ['sell', '2025-06-20', { symbol: 'HOUSE', quantity: '15', price: '150', fee: '3' }],
];

test('realized gains by lot: oldest first, with terms, totals and years', async () => {
  const id = await portfolio(sales, { costMethod: 'fifo' });
  const body = (await app.as(ada).get(`portfolios/${id}/realized-gains`)).as<{ items: unknown[]; totals: unknown; years: unknown }>();

  // Proceeds 15 * 150 - 3 = 2247, of which 10/15 is 1498 and 5/15 is 749; costs 1005 and 1000.
  expect(body.items).toMatchObject([
    {
      symbol: 'HOUSE',
      acquiredOn: '2024-01-03',
      disposedOn: '2025-06-20',
      quantity: '10',
      proceeds: '1498',
      cost: '1005',
      gain: '493',
      term: 'long',
      disallowed: '0',
    },
    { symbol: 'HOUSE', acquiredOn: '2025-06-02', quantity: '5', proceeds: '749', cost: '1000', gain: '-251', term: 'short' },
  ]);
  expect(body.totals).toMatchObject({ proceeds: '2247', cost: '2005', gain: '242', shortTerm: '-251', longTerm: '493' });
  expect(body.years).toEqual([{ year: 2025, gain: '242' }]);
  expect((await app.as(ada).get(`portfolios/${id}/realized-gains?year=2024`)).as<{ items: unknown[] }>().items).toEqual([]);
  expect((await app.as(ada).get(`portfolios/${id}/realized-gains?symbol=INDEX`)).as<{ items: unknown[] }>().items).toEqual([]);
});

test('a loss with shares bought within 30 days and still held is flagged as a wash sale', async () => {
  const id = await portfolio(sales, { costMethod: 'fifo' });
  const body = (await app.as(ada).get(`portfolios/${id}/realized-gains`)).as<{ items: { disallowed: string }[] }>();
  // 5 of the 10 shares of 2 June were sold at a loss of 251 on 20 June; the other 5 replace them.
  expect(body.items[1]?.disallowed).toBe('251');
});

test('another cost method shows what it would have given, and changes nothing', async () => {
  const id = await portfolio(sales, { costMethod: 'fifo' });
  const gain = async (method: string) =>
    (await app.as(ada).get(`portfolios/${id}/realized-gains?costMethod=${method}`)).as<{ totals: { gain: string } }>().totals.gain;

  // Last in: 10 * 200 + 5 * 100.5 = 2502.5; highest cost takes the same lots; average: 3005 / 20 * 15 = 2253.75.
  expect([await gain('lifo'), await gain('hifo'), await gain('average')]).toEqual(['-255.5', '-255.5', '-6.75']);
  expect((await app.as(ada).get(`portfolios/${id}/realized-gains`)).as<{ costMethod: string }>().costMethod).toBe('fifo');
});

test('open lots say when they were bought and what they cost', async () => {
  const id = await portfolio(sales, { costMethod: 'fifo' });
  const body = (await app.as(ada).get(`portfolios/${id}/positions/HOUSE/lots`)).body;
  expect(body).toMatchObject({
    quantity: '5',
    costBasis: '1000',
    items: [{ acquiredOn: '2025-06-02', quantity: '5', cost: '1000', baseCost: '1000', unitCost: '200' }],
  });
  const pooled = await portfolio(sales);
  const pool = (await app.as(ada).get(`portfolios/${pooled}/positions/HOUSE/lots`)).as<{ items: unknown[] }>();
  // 3005 / 20 * 5.
  expect(pool.items).toMatchObject([{ acquiredOn: null, quantity: '5', cost: '751.25' }]);
});

test('income is empty where nothing was earned, and the year filters', async () => {
  const id = await portfolio(sales);
  expect((await app.as(ada).get(`portfolios/${id}/income?year=2025`)).body).toMatchObject({
    year: 2025,
    total: '0',
    months: [],
    items: [],
  });
});

interface Node {
  readonly figure: string;
  readonly operation: string;
  readonly value: string;
  readonly inputs?: readonly Node[];
}

/** The value of a trail from its leaves alone; the amounts of this test are far below 2^53 cents. */
function recompute({ operation, value, inputs = [] }: Node): number {
  if (operation === 'given') return Number(value);
  const [first = 0, ...others] = inputs.map(recompute);
  if (operation === 'sum') return others.reduce((total, next) => total + next, first);
  if (operation === 'difference') return others.reduce((total, next) => total - next, first);
  if (operation === 'product') return others.reduce((total, next) => total * next, first);
  return others.reduce((total, next) => total / next, first);
}

test('every figure is explained down to facts that add up to it', async () => {
  const id = await portfolio(sales, { costMethod: 'fifo' });
  for (const figure of [
    'totalValue',
    'marketValue',
    'cashValue',
    'costBasis',
    'investedCapital',
    'realizedGain',
    'unrealizedGain',
    'netGain',
    'simpleReturn',
  ]) {
    const { trail } = (await app.as(ada).get(`portfolios/${id}/explain?figure=${figure}`)).as<{ trail: Node }>();
    expect(recompute(trail)).toBeCloseTo(Number(trail.value), 9);
  }
  const { trail } = (await app.as(ada).get(`portfolios/${id}/explain?figure=netGain`)).as<{ trail: Node }>();
  // Realized 242; 5 shares at 104.5 that cost 1000 lost 477.5.
  expect(trail.value).toBe('-235.5');
});

test('a long list of inputs is cut, and says how much is left', async () => {
  const id = await portfolio(sales, { costMethod: 'fifo' });
  const { trail } = (await app.as(ada).get(`portfolios/${id}/explain?figure=realizedGain&most=1`)).as<{ trail: Node & { left: number } }>();
  expect([trail.inputs?.length, trail.left, trail.value]).toEqual([1, 1, '242']);
});

test('days that are none, periods the wrong way round and unknown symbols are refused by name', async () => {
  const id = await portfolio([]);
  const refused = async (path: string) => (await app.as(ada).get(`portfolios/${id}/${path}`)).code;
  expect(await refused('performance?from=2026-02-30')).toBe('invalid_value');
  expect(await refused('snapshots?to=2026-02-30')).toBe('invalid_value');
  expect(await refused('performance?from=2026-01-06&to=2026-01-05')).toBe('invalid_value');
  for (const path of ['performance?benchmark=NOSUCH', 'risk?benchmark=NOSUCH', 'realized-gains?symbol=NOSUCH', 'positions/NOSUCH/lots'])
    expect(await refused(path)).toBe('unknown_symbol');
  expect(await refused('positions/AAPL/lots')).toBe('not_found');
  expect(await refused('explain?figure=luck')).toBe('invalid_value');
  expect(await refused('risk?confidence=2')).toBe('invalid_value');
});

test('a symbol of two listings is asked back', async () => {
  const admin = app.as(await app.user('root', 'admin'));
  const listing = { symbol: 'DUO', name: 'Duo plc', assetClass: 'stock', currency: 'USD', private: false };
  for (const exchange of ['LSE', 'NYSE']) await admin.post('instruments', { ...listing, exchange });
  await app.db.updateTable('instruments').set({ is_primary: false }).where('symbol', '=', 'DUO').execute();
  const rows = await app.db.selectFrom('instruments').select('key').where('symbol', '=', 'DUO').execute();
  await app.app.market.reread(rows.map(({ key }) => key));

  const id = await portfolio([]);
  for (const path of ['performance?benchmark=DUO', 'risk?benchmark=DUO', 'realized-gains?symbol=DUO', 'positions/DUO/lots'])
    expect((await app.as(ada).get(`portfolios/${id}/${path}`)).code).toBe('ambiguous_symbol');
});

test('a portfolio of somebody else is not found', async () => {
  const id = await portfolio(twoDays);
  for (const path of ['performance', 'risk', 'snapshots', 'realized-gains', 'income', 'positions/AAPL/lots', 'explain?figure=netGain'])
    expect((await app.as(bob).get(`portfolios/${id}/${path}`)).status).toBe(404);
});
