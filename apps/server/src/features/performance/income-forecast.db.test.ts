import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  for (const [symbol, currency] of [
    ['PAYS', 'USD'],
    ['ZAHLT', 'EUR'],
  ] as const)
    await app.as(ada).post('instruments', { symbol, name: `The ${symbol}`, assetClass: 'stock', currency });
});
afterAll(() => app.close());

interface Forecast {
  readonly [figure: string]: unknown;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly months: readonly Readonly<Record<string, string>>[];
}

async function portfolio(facts: readonly object[]): Promise<string> {
  const made = await app.as(ada).post('portfolios', { name: 'Income', kind: 'tracked', baseCurrency: 'USD', cashMode: 'implied' });
  const { id } = made.as<{ id: string }>();
  for (const fact of facts) expect((await app.as(ada).post(`portfolios/${id}/transactions`, fact)).status).toBe(201);
  return id;
}

const forecast = async (id: string) => (await app.as(ada).get(`portfolios/${id}/income/forecast`)).as<Forecast>();
const buy = (symbol: string, quantity: string) => ({ type: 'buy', symbol, quantity, price: '10', tradedAt: '2025-02-03' });
const paid = (tradedAt: string, amount: string) => ({ type: 'dividend', symbol: 'PAYS', amount, tradedAt });

test('what was paid in the last year again, and what is declared: each marked which it is', async () => {
  const id = await portfolio([buy('PAYS', '10'), buy('ZAHLT', '20'), paid('2025-03-10', '5'), paid('2025-09-10', '6')]);
  const declared = { kind: 'cashDividend', exOn: '2026-05-04', payOn: '2026-05-08', amountPerShare: '0.5' };
  expect((await app.as(ada).post('instruments/ZAHLT/actions', declared)).status).toBe(201);
  const body = await forecast(id);
  expect(
    body.items.map(({ kind, symbol, on, amount, currency, basedOn }) => [kind, symbol, on, amount, currency, basedOn !== null]),
  ).toEqual([
    ['projected', 'PAYS', '2026-03-10', '5', 'USD', true],
    ['declared', 'ZAHLT', '2026-05-08', '10', 'EUR', false],
    ['projected', 'PAYS', '2026-09-10', '6', 'USD', true],
  ]);
  const euros = Number(body.items[1]?.['baseAmount']);
  const { text } = await app.anonymous.get('exchange-rates?base=EUR&currencies=USD&from=2026-01-05&to=2026-01-05');
  expect(euros).toBeCloseTo(10 * Number(/"USD":"([\d.]+)"/.exec(text)?.[1]), 2);
  expect(body).toMatchObject({ from: '2026-01-06', to: '2027-01-05', currency: 'USD', projected: '11', declared: String(euros) });
  expect(Number(body['total'])).toBeCloseTo(11 + euros, 9);
  expect(body.months).toEqual([
    { month: '2026-03', declared: '0', projected: '5' },
    { month: '2026-05', declared: String(euros), projected: '0' },
    { month: '2026-09', declared: '0', projected: '6' },
  ]);
});

test('a portfolio that holds nothing expects nothing', async () => {
  expect(await forecast(await portfolio([]))).toMatchObject({ total: '0', items: [], months: [] });
});
