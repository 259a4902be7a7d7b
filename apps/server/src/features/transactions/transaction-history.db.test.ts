/** Random histories recorded over HTTP against a slow, plain model of a portfolio that shares nothing with what it judges. */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN });
const NONE = new Exact(0);

interface Fact {
  readonly type: 'buy' | 'sell' | 'deposit' | 'withdrawal';
  readonly symbol: string;
  readonly quantity: string;
  readonly price: string;
  readonly fee: string;
  /** The day's number in December 2025. */
  readonly day: number;
}

interface Kept {
  readonly id: string;
  readonly fact: Fact;
}

interface Modelled {
  cash: Decimal;
  readonly gains: Map<string, Decimal>;
  readonly held: Map<string, { lots: { quantity: Decimal; cost: Decimal }[]; gain: Decimal }>;
}

/** Everything from the first fact on, or null where one sells what is not there. Days in order, and facts of a day as recorded. */
function modelOf(facts: readonly Kept[], method: string): Modelled | null {
  const model: Modelled = { cash: NONE, gains: new Map(), held: new Map() };
  for (let day = 1; day <= 31; day += 1) {
    for (const kept of facts) if (kept.fact.day === day && !apply(model, kept, method)) return null;
  }
  return model;
}

function apply(model: Modelled, { id, fact }: Kept, method: string): boolean {
  const amount = new Exact(fact.quantity).times(fact.price).toDecimalPlaces(2);
  const fee = new Exact(fact.fee);
  const comesIn = fact.type === 'sell' || fact.type === 'deposit';
  const moved = comesIn ? amount.minus(fee) : amount.plus(fee).negated();
  const holding = model.held.get(fact.symbol) ?? { lots: [], gain: NONE };
  if (fact.type === 'buy') {
    holding.lots.push({ quantity: new Exact(fact.quantity), cost: amount.plus(fee) });
    if (method === 'average')
      holding.lots = [
        holding.lots.reduce((one, other) => ({ quantity: one.quantity.plus(other.quantity), cost: one.cost.plus(other.cost) })),
      ];
  }
  if (fact.type === 'sell') {
    const cost = costOf(holding.lots, new Exact(fact.quantity), method);
    if (cost === null) return false;
    holding.lots = holding.lots.filter(({ quantity }) => !quantity.isZero());
    model.gains.set(id, moved.minus(cost));
    holding.gain = holding.gain.plus(moved.minus(cost));
  }
  if (fact.type === 'buy' || fact.type === 'sell') model.held.set(fact.symbol, holding);
  model.cash = model.cash.plus(moved);
  return true;
}

/** Takes the quantity out of the lots and answers what it had cost: a part of a lot its share to 10 decimals, a whole one all of it. */
function costOf(lots: { quantity: Decimal; cost: Decimal }[], quantity: Decimal, method: string): Decimal | null {
  let [left, cost] = [quantity, NONE];
  for (const lot of method === 'lifo' ? lots.toReversed() : lots) {
    const part = Exact.min(left, lot.quantity);
    const share = part.eq(lot.quantity) ? lot.cost : lot.cost.times(part).div(lot.quantity).toDecimalPlaces(10);
    lot.quantity = lot.quantity.minus(part);
    lot.cost = lot.cost.minus(share);
    left = left.minus(part);
    cost = cost.plus(share);
  }
  return left.isZero() ? cost : null;
}

const cents = (most: number) => fc.integer({ min: 1, max: most }).map((count) => (count / 100).toFixed(2));
const fact: fc.Arbitrary<Fact> = fc.record({
  type: fc.constantFrom('buy', 'buy', 'buy', 'sell', 'sell', 'deposit', 'withdrawal'),
  symbol: fc.constantFrom('AAPL', 'MSFT'),
  quantity: cents(2_000),
  price: fc.integer({ min: 10_000, max: 3_000_000 }).map((units) => (units / 10_000).toFixed(4)),
  fee: cents(200),
  day: fc.integer({ min: 1, max: 31 }),
});
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('record' as const), fact, at: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct' as const), fact, at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reverse' as const), fact, at: fc.nat() }) },
);

function bodyOf({ type, symbol, quantity, price, fee, day }: Fact): object {
  const common = { fee, tradedAt: `2025-12-${String(day).padStart(2, '0')}` };
  const amount = new Exact(quantity).times(price).toDecimalPlaces(2);
  return type === 'buy' || type === 'sell' ? { type, symbol, quantity, price, ...common } : { type, amount: amount.toFixed(), ...common };
}

test(
  'I9, I10: cash, positions and every gain of a random history are those of the plain model, to the last digit',
  { timeout: 240_000 },
  async () => {
    let users = 0;
    const methods = fc.constantFrom('average', 'fifo', 'lifo');
    await fc.assert(
      fc.asyncProperty(methods, fc.array(step, { minLength: 5, maxLength: 15 }), async (costMethod, steps) => {
        const user = await app.user(`user${(users += 1)}`);
        const client = app.as(user);
        const made = await client.post('portfolios', { name: 'Random', kind: 'tracked', baseCurrency: 'USD', costMethod });
        const { id } = made.as<{ id: string }>();
        let kept: readonly Kept[] = [];
        for (const { kind, fact: drawn, at } of steps)
          kept = await takeStep({ client, path: `portfolios/${id}/transactions`, costMethod }, kept, { kind, drawn, at });
        await compare(user, id, modelOf(kept, costMethod));
      }),
      { numRuns: 6 },
    );
  },
);

async function takeStep(
  of: { readonly client: ReturnType<TestApp['as']>; readonly path: string; readonly costMethod: string },
  kept: readonly Kept[],
  { kind, drawn, at }: { readonly kind: 'record' | 'correct' | 'reverse'; readonly drawn: Fact; readonly at: number },
): Promise<readonly Kept[]> {
  const { client, path, costMethod } = of;
  const chosen = kept[at % Math.max(1, kept.length)];
  if (kind === 'record') {
    const answer = await client.post(path, bodyOf(drawn));
    const next = [...kept, { id: answer.status === 201 ? answer.as<{ id: string }>().id : '', fact: drawn }];
    return settled({ done: answer.status === 201, kept, next }, costMethod);
  }
  if (chosen === undefined) return kept;
  if (kind === 'reverse') {
    const answer = await client.delete(`${path}/${chosen.id}`);
    return settled({ done: answer.status === 204, kept, next: kept.filter(({ id }) => id !== chosen.id) }, costMethod);
  }
  const isTrade = chosen.fact.type === 'buy' || chosen.fact.type === 'sell';
  const { type: _, ...body } = bodyOf({ ...drawn, type: chosen.fact.type }) as { type: string };
  const answer = await client.patch(`${path}/${chosen.id}`, body);
  const corrected = { ...drawn, type: chosen.fact.type, symbol: isTrade ? drawn.symbol : chosen.fact.symbol };
  const next = kept.map((one) => (one.id === chosen.id ? { id: one.id, fact: corrected } : one));
  return settled({ done: answer.status === 200, kept, next }, costMethod);
}

/** The server takes a step exactly where the model finds it possible, and nothing of one that it refuses. */
function settled(
  step: { readonly done: boolean; readonly kept: readonly Kept[]; readonly next: readonly Kept[] },
  costMethod: string,
): readonly Kept[] {
  const net = step.next.every(
    ({ fact: { type, quantity, price, fee } }) => type !== 'sell' || new Exact(quantity).times(price).toDecimalPlaces(2).gte(fee),
  );
  expect(step.done).toBe(net && modelOf(step.next, costMethod) !== null);
  return step.done ? step.next : step.kept;
}

async function compare(user: TestUser, id: string, model: Modelled | null): Promise<void> {
  if (model === null) throw new Error('The model and the server took an impossible step together.');
  const get = async <Body>(path: string) => (await app.as(user).get(path)).as<Body>();
  const { cash } = await get<{ cash: { balance: string }[] }>(`portfolios/${id}`);
  expect(cash[0]?.balance).toBe(model.cash.toFixed());
  const { items } = await get<{ items: { symbol: string; quantity: string; costBasis: string; realizedGain: string }[] }>(
    `portfolios/${id}/positions`,
  );
  const held = [...model.held]
    .map(([symbol, { lots, gain }]) => [symbol, total(lots, 'quantity'), total(lots, 'cost'), gain.toFixed()] as const)
    .filter(([, quantity]) => quantity !== '0');
  expect(new Set(items.map(({ symbol, quantity, costBasis, realizedGain }) => [symbol, quantity, costBasis, realizedGain]))).toEqual(
    new Set(held),
  );
  const sales = await get<{ items: { id: string; realizedGain: string | null }[] }>(`portfolios/${id}/transactions?type=sell&limit=500`);
  expect(new Map(sales.items.map((sale) => [sale.id, sale.realizedGain]))).toEqual(
    new Map([...model.gains].map(([sale, gain]) => [sale, gain.toFixed()])),
  );
  const { realizedGain } = await get<{ realizedGain: string }>(`portfolios/${id}/summary`);
  // A summary rounds once, at its end, to the cents of its currency and halves to the even one.
  const gains = [...model.gains.values()].reduce((sum, gain) => sum.plus(gain), NONE);
  expect(realizedGain).toBe(gains.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN).toFixed());
}

function total(lots: readonly { quantity: Decimal; cost: Decimal }[], figure: 'quantity' | 'cost'): string {
  return lots.reduce((sum, lot) => sum.plus(lot[figure]), NONE).toFixed();
}
