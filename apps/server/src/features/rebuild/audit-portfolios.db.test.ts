import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestAnswer } from '../../testing/test-client.ts';
import type { Difference } from './index.ts';

let app: TestApp;
let owner: TestUser;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function audit(portfolioId: string | null = null): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  const totals = await app.app.trading.audit({ portfolioId, onDifference: (difference) => void differences.push(difference) });
  expect(totals.differences).toBe(differences.length);
  return differences;
}

async function open(body: object): Promise<string> {
  const answer = await app.as(owner).post('portfolios', { name: 'Audited', ...body });
  expect(answer.status).toBe(201);
  return answer.as<{ id: string }>().id;
}

const idOf = (answer: TestAnswer): string => answer.as<{ id: string }>().id;
/** What a random step may be refused for; anything else is a fault of the test or the server. */
const EXPECTED = [200, 201, 204, 409, 422];

type Step = readonly [kind: string, symbol: string, quantity: number, choice: number];
const SYMBOLS = ['AAPL', 'MSFT', 'SAP'];

const step = (kinds: readonly string[]): fc.Arbitrary<Step> =>
  fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...SYMBOLS), fc.integer({ min: 1, max: 30 }), fc.nat(1_000));
const paperStep = step([
  'buy',
  'buy',
  'sell',
  'rest',
  'rest',
  'offer',
  'cancel',
  'trigger',
  'trigger',
  'deposit',
  'withdrawal',
  'wait',
  'zone',
  'reset',
]);
const trackedStep = step(['buy', 'buy', 'sell', 'deposit', 'withdrawal', 'correct', 'reverse', 'zone']);
const method = fc.constantFrom('average', 'fifo', 'lifo', 'hifo');
const currency = fc.constantFrom('USD', 'EUR');

async function paperHistory(id: string, steps: readonly Step[]): Promise<void> {
  const client = app.as(owner);
  const path = `portfolios/${id}`;
  const orders: string[] = [];
  for (const [kind, symbol, quantity, choice] of steps) {
    const order = { symbol, type: 'limit', timeInForce: 'gtc', quantity };
    const price = async () => Number((await client.get(`quotes/${symbol}`)).as<{ last: string }>().last);
    const chosen = orders[choice % Math.max(1, orders.length)];
    const answers: TestAnswer[] = [];
    if (kind === 'buy' || kind === 'sell')
      answers.push(await client.post(`${path}/orders`, { symbol, side: kind, type: 'market', quantity }));
    if (kind === 'rest')
      answers.push(
        await client.post(`${path}/orders`, { ...order, side: 'buy', limitPrice: ((await price()) * (0.5 + choice / 900)).toFixed(2) }),
      );
    if (kind === 'offer')
      answers.push(
        await client.post(`${path}/orders`, { ...order, side: 'sell', limitPrice: ((await price()) * (0.5 + choice / 900)).toFixed(2) }),
      );
    if (kind === 'cancel' && chosen !== undefined) answers.push(await client.delete(`${path}/orders/${chosen}`));
    if (kind === 'trigger' && chosen !== undefined)
      await app.app.trading.desk.submit({ kind: 'trigger', portfolioId: id, by: null, orderId: chosen, seen: null });
    if (kind === 'deposit' || kind === 'withdrawal')
      answers.push(await client.post(`${path}/cash`, { type: kind, amount: `${choice}.${quantity}` }));
    if (kind === 'wait') app.clock.advance(1_000);
    if (kind === 'zone') answers.push(await client.patch(path, { timeZone: choice % 2 === 0 ? 'Asia/Tokyo' : 'America/New_York' }));
    if (kind === 'reset' && choice % 5 === 0) answers.push(await client.post(`${path}/reset`, { startingCash: 50_000 }));
    for (const answer of answers) {
      expect(EXPECTED).toContain(answer.status);
      if (answer.status === 201 && ['rest', 'offer'].includes(kind)) orders.push(idOf(answer));
    }
  }
}

async function trackedHistory(id: string, steps: readonly Step[]): Promise<void> {
  const client = app.as(owner);
  const path = `portfolios/${id}/transactions`;
  const recorded: string[] = [];
  for (const [kind, symbol, quantity, choice] of steps) {
    const price = 100 + choice / 7;
    const tradedAt = new Date(app.clock.now() - choice * 86_400_000).toISOString();
    const trade = { symbol, quantity: quantity / 4, price: price.toFixed(4), fee: (choice % 5) + 0.25, tradedAt };
    const chosen = recorded[choice % Math.max(1, recorded.length)];
    const answers: TestAnswer[] = [];
    if (kind === 'buy' || kind === 'sell') answers.push(await client.post(path, { type: kind, ...trade }));
    if (kind === 'deposit' || kind === 'withdrawal')
      answers.push(
        await client.post(path, { type: kind, amount: choice + 1, currency: choice % 3 === 0 ? 'EUR' : 'USD', fee: 1, tradedAt }),
      );
    if (kind === 'correct' && chosen !== undefined) answers.push(await client.patch(`${path}/${chosen}`, { fee: '2.5', tradedAt }));
    if (kind === 'reverse' && chosen !== undefined) answers.push(await client.delete(`${path}/${chosen}`));
    if (kind === 'zone')
      answers.push(await client.patch(`portfolios/${id}`, { timeZone: choice % 2 === 0 ? 'Asia/Tokyo' : 'America/New_York' }));
    for (const answer of answers) {
      expect([...EXPECTED, 404]).toContain(answer.status);
      if (answer.status === 201) recorded.push(idOf(answer));
    }
  }
}

test(
  'I1, I9: after a random history through the API, of orders or of records, everything stored is what the facts give',
  { timeout: 120_000 },
  async () => {
    let users = 0;
    const fees = { fixed: '0.35', basisPoints: 12.5, minimum: '1' };
    const settings = fc.constantFrom({ fees }, { fillModel: 'sizeAware', slippageBasisPoints: 3 }, {});
    const paper = fc.record({
      costMethod: method,
      baseCurrency: currency,
      settings,
      steps: fc.array(paperStep, { minLength: 10, maxLength: 30 }),
    });
    const cashMode = fc.constantFrom('full', 'implied');
    const tracked = fc.record({
      costMethod: method,
      baseCurrency: currency,
      cashMode,
      steps: fc.array(trackedStep, { minLength: 10, maxLength: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(paper, tracked, async ({ steps: orders, ...paperBody }, { steps: records, ...trackedBody }) => {
        // A user keeps at most 200 portfolios, which a long search for the smallest counterexample would use up.
        owner = await app.user(`owner${(users += 1)}`);
        const practice = await open({ kind: 'paper', ...paperBody });
        await paperHistory(practice, orders);
        expect(await audit(practice)).toEqual([]);
        const kept = await open({ kind: 'tracked', ...trackedBody });
        await trackedHistory(kept, records);
        expect(await audit(kept)).toEqual([]);
      }),
      { numRuns: 10 },
    );
    expect(await audit()).toEqual([]);
  },
);
