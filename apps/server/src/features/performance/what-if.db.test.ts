import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  for (const [symbol, prices] of [
    ['ONE', { '2025-12-01': '10', '2025-12-05': '12', '2026-01-05': '15' }],
    ['TWO', { '2025-12-01': '20', '2026-01-05': '18' }],
  ] as const) {
    await app.as(ada).post('instruments', { symbol, name: symbol, assetClass: 'other', currency: 'USD' });
    const given = Object.entries(prices).map(([day, price]) => ({ day, price }));
    await app.as(ada).put(`instruments/${symbol}/prices`, { prices: given });
  }
});
afterAll(() => app.close());

async function portfolio(facts: readonly object[]): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'What if', kind: 'tracked', baseCurrency: 'USD' });
  const { id } = made.as<{ id: string }>();
  for (const fact of facts) expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  return id;
}

const FACTS = [
  { type: 'deposit', amount: '1000', tradedAt: '2025-12-01' },
  { type: 'buy', symbol: 'ONE', quantity: '40', price: '10', tradedAt: '2025-12-02' },
  { type: 'sell', symbol: 'ONE', quantity: '30', price: '12', tradedAt: '2025-12-06' },
  { type: 'deposit', amount: '100', tradedAt: '2025-12-07' },
  { type: 'buy', symbol: 'TWO', quantity: '20', price: '20', tradedAt: '2025-12-08' },
];

test('what was held then, at the prices of now, beside what really came of it', async () => {
  const id = await portfolio(FACTS);
  const answer = await app.as(ada).get(`portfolios/${id}/what-if?on=2025-12-05`);
  expect(answer.body).toEqual({
    ...{ portfolioId: id, currency: 'USD', on: '2025-12-05', unpriced: [] },
    // 600 of cash and 40 at 12; today the 40 are at 15.
    ...{ valueThen: '1080', valueHeld: '1200', heldGain: '120' },
    // 600 + 360 + 100 - 400 = 660 of cash, 10 at 15, 20 at 18: 1,170, and 100 of it were brought since.
    ...{ valueNow: '1170', flows: '100', actualGain: '-10', difference: '-130' },
    positions: [{ symbol: 'ONE', name: 'ONE', quantity: '40', price: '15', baseMarketValue: '600' }],
  });
});

test('a split since then happens to what is held too', async () => {
  const split = { type: 'split', symbol: 'ONE', newShares: '2', oldShares: '1', tradedAt: '2025-12-09' };
  const id = await portfolio([...FACTS, split]);
  const { valueHeld } = (await app.as(ada).get(`portfolios/${id}/what-if?on=2025-12-05`)).as<{ valueHeld: string }>();
  // 600 + 80 at 15.
  expect(valueHeld).toBe('1800');
});

test('the day must lie behind', async () => {
  const id = await portfolio([]);
  for (const on of ['2026-01-05', '2026-01-06', '2025-02-30', 'now'])
    expect((await app.as(ada).get(`portfolios/${id}/what-if?on=${on}`)).code).toBe('invalid_value');
  expect((await app.as(ada).get(`portfolios/${id}/what-if`)).code).toBe('invalid_value');
});
