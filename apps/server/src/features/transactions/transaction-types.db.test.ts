import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let id: string;

beforeAll(async () => {
  app = await startTestApp({ now: '2026-01-08T12:00:00.000Z' });
  ada = await app.user('ada');
  for (const symbol of ['HOUSE', 'ANNEX']) {
    await app.as(ada).post('instruments', { symbol, name: `The ${symbol}`, assetClass: 'other', currency: 'USD' });
    await app.as(ada).put(`instruments/${symbol}/prices`, { prices: [{ day: '2026-01-08', price: '100' }] });
  }
});
beforeEach(async () => {
  id = await opened({ costMethod: 'fifo' });
});
afterAll(() => app.close());

async function opened(more: object): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Facts', kind: 'tracked', baseCurrency: 'USD', ...more });
  return made.as<{ id: string }>().id;
}

interface Recorded {
  readonly id: string;
  readonly cashEffect: string;
  readonly realizedGain: string | null;
}

async function record(type: string, tradedAt: string, fields: object): Promise<Recorded> {
  const answer = await app.as(ada).post(`portfolios/${id}/transactions`, { type, tradedAt, ...fields });
  if (answer.status !== 201) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer.as<Recorded>();
}

async function refusal(type: string, fields: object): Promise<string> {
  const answer = await app.as(ada).post(`portfolios/${id}/transactions`, { type, tradedAt: '2025-06-01', ...fields });
  return `${answer.code ?? String(answer.status)}: ${answer.as<{ detail: string }>().detail}`;
}

interface Holding {
  readonly symbol: string;
  readonly quantity: string;
  readonly costBasis: string;
  readonly realizedGain: string;
}

async function holding(symbol: string): Promise<readonly [quantity: string, costBasis: string, realizedGain: string] | null> {
  const { items } = (await app.as(ada).get(`portfolios/${id}/positions`)).as<{ items: Holding[] }>();
  const found = items.find((item) => item.symbol === symbol);
  return found === undefined ? null : [found.quantity, found.costBasis, found.realizedGain];
}

async function cash(): Promise<Readonly<Record<string, string>>> {
  const portfolio = (await app.as(ada).get(`portfolios/${id}`)).as<{ cash: { currency: string; balance: string }[] }>();
  return Object.fromEntries(portfolio.cash.map(({ currency, balance }) => [currency, balance]));
}

/** The ledger of the portfolio, summed over all accounts by currency: always nothing. */
async function ledgerSums(): Promise<unknown> {
  const rows = await app.db
    .selectFrom('transfers')
    .select(['currency', 'debit_account', 'credit_account', 'amount'])
    .where('portfolio_id', '=', id)
    .execute();
  return rows.every(({ debit_account: debit, credit_account: credit }) => debit !== credit) && rows.length > 0;
}

test('income, costs and cash: dividend, interest, fee and tax', async () => {
  await record('deposit', '2025-01-02', { amount: '1000', fee: '1' });
  await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '50' });
  expect((await record('dividend', '2025-02-03', { symbol: 'HOUSE', quantity: '10', price: '0.5', tax: '0.75' })).cashEffect).toBe('4.25');
  expect((await record('dividend', '2025-03-03', { symbol: 'HOUSE', amount: '6', fee: '0.10', tax: '0.90' })).cashEffect).toBe('5');
  expect((await record('interest', '2025-03-31', { amount: '2.5', tax: '0.5' })).cashEffect).toBe('2');
  expect((await record('fee', '2025-04-01', { amount: '3' })).cashEffect).toBe('-3');
  expect((await record('tax', '2025-04-02', { amount: '4', symbol: 'HOUSE' })).cashEffect).toBe('-4');

  // 1000 - 1 - 500 + 4.25 + 5 + 2 - 3 - 4.
  expect(await cash()).toEqual({ USD: '503.25' });
  expect((await app.as(ada).get(`portfolios/${id}/summary`)).body).toMatchObject({
    // 5 + 6 + 2.5; costs outside lots 1 + 0.75 + 1 + 0.5 + 3 + 4.
    income: '13.5',
    costs: '10.25',
    investedCapital: '1000',
    // 503.25 + 10 * 100 - 1000.
    netGain: '503.25',
  });
  const income = (await app.as(ada).get(`portfolios/${id}/income?year=2025`)).body;
  expect(income).toMatchObject({
    total: '13.5',
    months: [
      { month: '2025-02', amount: '5' },
      { month: '2025-03', amount: '8.5' },
    ],
  });
  expect(await ledgerSums()).toBe(true);
});

test('a split keeps the cost, a reverse split may pay for the fraction', async () => {
  await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '50' });
  await record('split', '2025-02-03', { symbol: 'HOUSE', newShares: 3, oldShares: 2 });
  expect(await holding('HOUSE')).toEqual(['15', '500', '0']);
  // 15 / 4 = 3.75: three stay, and 0.75 of 3.75 of the cost, 100, were paid with 110.
  expect((await record('split', '2025-03-03', { symbol: 'HOUSE', newShares: 1, oldShares: 4, amount: '110' })).realizedGain).toBe('10');
  expect(await holding('HOUSE')).toEqual(['3', '400', '10']);
});

test('holdings that come from elsewhere keep their cost and their day, and leave with both', async () => {
  await record('transferIn', '2025-05-05', { symbol: 'HOUSE', quantity: '10', amount: '400', acquiredOn: '2020-01-02' });
  await record('buy', '2025-05-06', { symbol: 'HOUSE', quantity: '5', price: '60' });
  const lots = (await app.as(ada).get(`portfolios/${id}/positions/HOUSE/lots`)).as<{ items: object[] }>();
  expect(lots.items).toMatchObject([
    { acquiredOn: '2020-01-02', cost: '400' },
    { acquiredOn: '2025-05-06', cost: '300' },
  ]);
  await record('transferOut', '2025-06-02', { symbol: 'HOUSE', quantity: '12' });
  // The ten of 2020 left, and two of the five at 60.
  expect(await holding('HOUSE')).toEqual(['3', '180', '0']);
  expect((await app.as(ada).get(`portfolios/${id}/summary`)).body).toMatchObject({ investedCapital: '-120' });
});

test('money is exchanged, and the rest is worth what the rates say', async () => {
  await record('deposit', '2025-01-02', { amount: '1000' });
  await record('exchange', '2025-01-03', { amount: '500', currency: 'USD', counterAmount: '450', counterCurrency: 'EUR', fee: '2' });
  expect(await cash()).toEqual({ USD: '498', EUR: '450' });
});

test('capital that is paid back lowers the cost, and is gain beyond it', async () => {
  await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '5' });
  expect((await record('returnOfCapital', '2025-02-03', { symbol: 'HOUSE', amount: '30' })).realizedGain).toBe('0');
  expect(await holding('HOUSE')).toEqual(['10', '20', '0']);
  expect((await record('returnOfCapital', '2025-03-03', { symbol: 'HOUSE', amount: '25' })).realizedGain).toBe('5');
  expect(await holding('HOUSE')).toEqual(['10', '0', '5']);
});

test('a spin-off takes a share of the cost along, and what changes before it changes both', async () => {
  const buy = await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '50' });
  await record('spinOff', '2025-02-03', { symbol: 'HOUSE', newSymbol: 'ANNEX', quantity: '2', costShare: '0.2' });
  expect([await holding('HOUSE'), await holding('ANNEX')]).toEqual([
    ['10', '400', '0'],
    ['2', '100', '0'],
  ]);
  await app.as(ada).patch(`portfolios/${id}/transactions/${buy.id}`, { price: '60' });
  expect([await holding('HOUSE'), await holding('ANNEX')]).toEqual([
    ['10', '480', '0'],
    ['2', '120', '0'],
  ]);
});

test('a merger pays in shares, in money, or both', async () => {
  await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '50' });
  expect((await record('merger', '2025-02-03', { symbol: 'HOUSE', newSymbol: 'ANNEX', quantity: '4', amount: '100' })).cashEffect).toBe(
    '100',
  );
  // Money lowers the cost that passes over.
  expect([await holding('HOUSE'), await holding('ANNEX')]).toEqual([null, ['4', '400', '0']]);
  expect((await record('merger', '2025-03-03', { symbol: 'ANNEX', amount: '450' })).realizedGain).toBe('50');
  expect(await cash()).toEqual({ USD: '50' });
});

test('under the cost method specific a sale names its lots', async () => {
  id = await opened({ costMethod: 'specific' });
  const first = await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '50' });
  const second = await record('buy', '2025-01-04', { symbol: 'HOUSE', quantity: '10', price: '80' });
  const lots = [
    { lotId: first.id, quantity: '2' },
    { lotId: second.id, quantity: '3' },
  ];
  const sale = await record('sell', '2025-02-03', { symbol: 'HOUSE', quantity: '5', price: '70', lots });
  // 350 - 2 * 50 - 3 * 80.
  expect(sale.realizedGain).toBe('10');
  expect((await app.as(ada).get(`portfolios/${id}/transactions/${sale.id}`)).body).toMatchObject({ lots });
});

test('another cost method makes other gains of the same facts, and the ledger follows', async () => {
  await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '50' });
  await record('buy', '2025-01-04', { symbol: 'HOUSE', quantity: '10', price: '80' });
  const sale = await record('sell', '2025-02-03', { symbol: 'HOUSE', quantity: '10', price: '70' });
  const gain = async () => (await app.as(ada).get(`portfolios/${id}/transactions/${sale.id}`)).as<Recorded>().realizedGain;
  const summary = async () => (await app.as(ada).get(`portfolios/${id}/summary`)).as<{ realizedGain: string }>().realizedGain;

  expect([await gain(), await summary(), await holding('HOUSE')]).toEqual(['200', '200', ['10', '800', '200']]);
  const changed = await app.as(ada).patch(`portfolios/${id}`, { costMethod: 'lifo' });
  expect(changed.body).toMatchObject({ costMethod: 'lifo' });
  expect([await gain(), await summary(), await holding('HOUSE')]).toEqual(['-100', '-100', ['10', '500', '-100']]);
  await app.as(ada).patch(`portfolios/${id}`, { costMethod: 'average' });
  expect([await gain(), await summary(), await holding('HOUSE')]).toEqual(['50', '50', ['10', '650', '50']]);
});

test('in another time zone what happened late in the evening happened on another day', async () => {
  await record('buy', '2025-01-03T23:00:00.000Z', { symbol: 'HOUSE', quantity: '1', price: '50' });
  await record('transferIn', '2025-01-03T23:30:00.000Z', { symbol: 'HOUSE', quantity: '1', amount: '60', acquiredOn: '2020-01-02' });
  await app.as(ada).patch(`portfolios/${id}`, { timeZone: 'Asia/Tokyo' });
  const lots = (await app.as(ada).get(`portfolios/${id}/positions/HOUSE/lots`)).as<{ items: { acquiredOn: string }[] }>();
  expect(lots.items.map(({ acquiredOn }) => acquiredOn).sort()).toEqual(['2020-01-02', '2025-01-04']);
});

test('the simple return is over everything put in, on every screen', async () => {
  await record('deposit', '2025-01-02', { amount: '1000' });
  await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '80' });
  await record('withdrawal', '2025-01-04', { amount: '200' });
  const summary = (await app.as(ada).get(`portfolios/${id}/summary`)).as<{ simpleReturn: number }>();
  const performance = (await app.as(ada).get(`portfolios/${id}/performance`)).as<{ simple: number }>();
  const { trail } = (await app.as(ada).get(`portfolios/${id}/explain?figure=simpleReturn`)).as<{ trail: { value: string } }>();
  // 10 * (100 - 80) over 1000.
  expect([summary.simpleReturn, Number(trail.value)]).toEqual([0.2, 0.2]);
  expect(performance.simple).toBeCloseTo(0.2, 12);
});

test('a paper portfolio keeps the cost method it was opened with, and names no lots', async () => {
  const made = await app.as(ada).post('portfolios', { name: 'Practice', kind: 'paper' });
  const changed = await app.as(ada).patch(`portfolios/${made.as<{ id: string }>().id}`, { costMethod: 'fifo' });
  expect(changed.code).toBe('portfolio_kind');
  const specific = await app.as(ada).post('portfolios', { name: 'Practice', kind: 'paper', costMethod: 'specific' });
  expect(specific.code).toBe('invalid_value');
});

test('an amount in another currency counts at the rate that was paid, where it is said', async () => {
  await record('deposit', '2025-01-02', { amount: '450', currency: 'EUR', baseRate: '1.2' });
  const summary = (await app.as(ada).get(`portfolios/${id}/explain?figure=investedCapital`)).as<{ trail: { value: string } }>();
  expect(summary.trail.value).toBe('540');
});

test('a transaction of any type is corrected and taken back, with what follows from it', async () => {
  await record('buy', '2025-01-03', { symbol: 'HOUSE', quantity: '10', price: '50' });
  const split = await record('split', '2025-02-03', { symbol: 'HOUSE', newShares: '2', oldShares: '1' });
  const corrected = await app.as(ada).patch(`portfolios/${id}/transactions/${split.id}`, { newShares: '4' });
  expect(corrected.body).toMatchObject({ version: 2, type: 'split', newShares: '4', oldShares: '1' });
  expect(await holding('HOUSE')).toEqual(['40', '500', '0']);
  expect((await app.as(ada).delete(`portfolios/${id}/transactions/${split.id}`)).status).toBe(204);
  expect(await holding('HOUSE')).toEqual(['10', '500', '0']);
  const history = (await app.as(ada).get(`portfolios/${id}/transactions/${split.id}/history`)).as<{ items: { reversed: boolean }[] }>();
  expect(history.items.map(({ reversed }) => reversed)).toEqual([false, false, true]);
});

test.each([
  ['split', { symbol: 'HOUSE', newShares: '2', oldShares: '1', quantity: '3' }, 'quantity is not for a split.'],
  ['split', { symbol: 'HOUSE', newShares: '1', oldShares: '1' }, 'newShares must differ from oldShares.'],
  ['split', { newShares: '2', oldShares: '1' }, 'symbol is required for a split.'],
  ['dividend', { symbol: 'HOUSE', amount: '1', tax: '2' }, 'fee and tax are more than the dividend brings.'],
  ['dividend', { amount: '1' }, 'symbol is required'],
  ['interest', { amount: '0' }, 'amount must be more than 0.'],
  ['fee', { amount: '1.005' }, 'amount has more decimals than USD has.'],
  ['fee', { amount: '1', fee: '1' }, 'fee is not for a fee.'],
  ['transferIn', { symbol: 'HOUSE', quantity: '1' }, 'amount is required for a transferIn'],
  ['transferIn', { symbol: 'HOUSE', quantity: '1', amount: '5', price: '5' }, 'price or amount says the cost, not both.'],
  ['transferIn', { symbol: 'HOUSE', quantity: '1', amount: '5', acquiredOn: '2025-06-02' }, 'acquiredOn is after the transfer.'],
  ['transferIn', { symbol: 'HOUSE', quantity: '1', amount: '5', acquiredOn: '2025-02-30' }, 'acquiredOn is not a day'],
  ['transferIn', { symbol: 'HOUSE', quantity: '1', amount: '5', baseCost: '6' }, 'baseCost must be the amount'],
  ['transferOut', { symbol: 'HOUSE', quantity: '1' }, '1 HOUSE would leave and 0 were held.'],
  ['exchange', { amount: '1', currency: 'USD', counterAmount: '1', counterCurrency: 'USD' }, 'counterCurrency must differ from currency.'],
  ['exchange', { amount: '1', currency: 'USD', counterAmount: '1' }, 'counterCurrency is not a currency we know'],
  [
    'exchange',
    { symbol: 'HOUSE', amount: '1', currency: 'USD', counterAmount: '1', counterCurrency: 'EUR' },
    'symbol is not for a exchange.',
  ],
  ['returnOfCapital', { symbol: 'HOUSE', amount: '5' }, 'no HOUSE was held'],
  ['spinOff', { symbol: 'HOUSE', newSymbol: 'ANNEX', quantity: '1' }, 'costShare is required'],
  ['spinOff', { symbol: 'HOUSE', newSymbol: 'ANNEX', quantity: '1', costShare: '1.1' }, 'costShare is a share from 0 to 1.'],
  ['spinOff', { symbol: 'HOUSE', newSymbol: 'HOUSE', quantity: '1', costShare: '0.1' }, 'newSymbol must differ from symbol.'],
  ['spinOff', { symbol: 'HOUSE', newSymbol: 'NOSUCH', quantity: '1', costShare: '0.1' }, 'No instrument has the symbol NOSUCH.'],
  ['spinOff', { symbol: 'HOUSE', newSymbol: 'SAP.XETRA', quantity: '1', costShare: '0.1' }, 'newSymbol is in EUR'],
  ['merger', { symbol: 'HOUSE' }, 'amount or newSymbol with quantity is required for a merger.'],
  ['merger', { symbol: 'HOUSE', quantity: '2', amount: '1' }, 'quantity is of newSymbol, which is missing.'],
  [
    'sell',
    { symbol: 'HOUSE', quantity: '1', price: '1', lots: [{ lotId: '01980a5e-7c1e-7000-8000-00000000b002', quantity: '2' }] },
    'lots add up to 2, and quantity is 1.',
  ],
  ['buy', { symbol: 'HOUSE', quantity: '1', price: '1', baseRate: '2' }, 'baseRate is not for an amount in the base currency.'],
  ['buy', { symbol: 'HOUSE', quantity: '1', price: '1', newShares: '2' }, 'newShares is not for a buy.'],
])('a %s of %j is refused', async (type, fields, message) => {
  const said = await refusal(type, fields);
  expect(said).toContain(message);
  expect(said).toMatch(/^(invalid_value|insufficient_position|unknown_symbol): /);
  const left = (await app.as(ada).get(`portfolios/${id}/transactions`)).as<{ items: unknown[] }>();
  expect(left.items).toEqual([]);
});

test('where no cash is kept, money cannot be exchanged', async () => {
  id = await opened({ cashMode: 'implied' });
  expect(await refusal('exchange', { amount: '1', currency: 'USD', counterAmount: '1', counterCurrency: 'EUR' })).toContain(
    'conflict: The portfolio keeps no cash',
  );
});
