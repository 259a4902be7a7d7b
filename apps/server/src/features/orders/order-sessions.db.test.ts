/**
 * Random trading through two servers at once, against a bookkeeper that only knows what was answered: it adds up deposits, withdrawals and
 * fills in whole cents and shares, and imports nothing from what it judges.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperOrder, PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestAnswer, TestClient } from '../../testing/test-client.ts';

let app: TestApp;
let second: TestApp;
let trader: PaperTrader;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
  await app.app.market.quotes.flush();
  second = await startTestApp({ beside: app });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

interface Wish {
  readonly kind: 'order' | 'cash' | 'cancel' | 'trigger';
  readonly buying: boolean;
  readonly quantity: number;
  /** Cents; 0 is a market order. */
  readonly limit: number;
  readonly timeInForce: 'gtc' | 'ioc' | 'fok';
  readonly pick: number;
}

const wish = fc.record<Wish>({
  kind: fc.constantFrom('order', 'order', 'order', 'order', 'cash', 'cancel', 'trigger', 'trigger'),
  buying: fc.boolean(),
  quantity: fc.integer({ min: 1, max: 30 }),
  limit: fc.oneof(fc.constant(0), fc.integer({ min: 800, max: 1_200 })),
  timeInForce: fc.constantFrom('gtc', 'gtc', 'ioc', 'fok'),
  pick: fc.nat(30),
});
/** Several moments of a session: a price, and what is asked for at it all at once. */
const moments = fc.array(
  fc.record({
    cents: fc.integer({ min: 900, max: 1_100 }),
    size: fc.integer({ min: 1, max: 25 }),
    wishes: fc.array(wish, { minLength: 6, maxLength: 12 }),
  }),
  {
    minLength: 6,
    maxLength: 6,
  },
);

const written = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const cents = (text: string) => {
  const [whole = '', fraction = ''] = text.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
};

async function ask(id: string, { kind, buying, quantity, limit, timeInForce, pick }: Wish, at: number): Promise<TestAnswer | null> {
  const server = at % 2 === 0 ? app : second;
  const client: TestClient = server.as(trader.user);
  if (kind === 'cash')
    return client.post(`portfolios/${id}/cash`, { type: buying ? 'deposit' : 'withdrawal', amount: written(quantity * 37) });
  if (kind === 'order') {
    const price = limit === 0 ? { type: 'market' } : { type: 'limit', limitPrice: written(limit) };
    return client.post(`portfolios/${id}/orders`, { symbol: 'SHARE', side: buying ? 'buy' : 'sell', quantity, timeInForce, ...price });
  }
  const open = await trader.orders(id, '?status=open&limit=500');
  const orderId = open[pick % Math.max(open.length, 1)]?.id;
  if (orderId === undefined) return null;
  if (kind === 'cancel') return client.delete(`portfolios/${id}/orders/${orderId}`);
  await server.app.trading.desk.submit({ kind: 'trigger', portfolioId: id, by: null, orderId, seen: null });
  return null;
}

/** What the answers say there must be now. */
function booksOf(orders: readonly PaperOrder[], movedCents: number) {
  const sum = (part: (order: PaperOrder) => number) => orders.reduce((total, order) => total + part(order), 0);
  const sign = ({ side }: PaperOrder) => (side === 'buy' ? -1 : 1);
  const isOpen = ({ status }: PaperOrder) => status === 'accepted' || status === 'partiallyFilled';
  const left = (order: PaperOrder) => (isOpen(order) ? Number(order.quantity) - Number(order.filledQuantity) : 0);
  return {
    cash:
      100_000 +
      movedCents +
      sum((order) => sign(order) * order.fills.reduce((total, fill) => total + Number(fill.quantity) * cents(fill.price), 0)),
    shares: sum((order) => -sign(order) * Number(order.filledQuantity)),
    reservedShares: sum((order) => (order.side === 'sell' ? left(order) : 0)),
  };
}

test('I2, I3, I5, I7, I8: whatever is asked of two servers at once, the books are what the answers say', async () => {
  for (const session of fc.sample(moments, { numRuns: 5, seed: 20_260_105 })) {
    const id = await trader.open({ settings: { fillModel: 'sizeAware' } });
    let moved = 0;
    const told = new Map<string, number>();
    for (const { cents: price, size, wishes } of session) {
      for (const server of [app, second])
        trader.quote({ bid: written(price), ask: written(price), bidSize: String(size), askSize: String(size) }, server);
      const answers = await Promise.all(wishes.map((one, at) => ask(id, one, at)));
      for (const [at, { kind, buying, quantity }] of wishes.entries()) {
        const answer = answers[at];
        if (kind === 'cash' && answer?.status === 201) moved += (buying ? 1 : -1) * quantity * 37;
        if (kind === 'order' && answer?.status === 201)
          told.set(answer.as<PaperOrder>().id, (told.get(answer.as<PaperOrder>().id) ?? 0) + 1);
        expect([undefined, 'insufficient_cash', 'insufficient_position', 'order_final']).toContain(answer?.code);
      }
      const orders = await trader.orders(id, '?limit=500');
      const books = booksOf(orders, moved);
      const { rows } = await app.pool.query<{ quantity: string; reserved_quantity: string }>(
        'select quantity, reserved_quantity from positions where portfolio_id = $1',
        [id],
      );
      const cash = await trader.cash(id);
      expect(cents(cash.balance)).toBe(books.cash);
      expect([Number(rows[0]?.quantity ?? 0), Number(rows[0]?.reserved_quantity ?? 0)]).toEqual([books.shares, books.reservedShares]);
      expect(Number(cash.available)).toBeGreaterThanOrEqual(0);
      expect(books.shares).toBeGreaterThanOrEqual(books.reservedShares);
      // Each order that was answered is there, once, and no other.
      expect(orders.map((order) => order.id).sort()).toEqual([...told.keys()].sort());
      expect([...told.values()].every((times) => times === 1)).toBe(true);
      for (const { quantity, filledQuantity, fills } of orders) {
        expect(fills.reduce((total, fill) => total + Number(fill.quantity), 0)).toBe(Number(filledQuantity));
        expect(Number(filledQuantity)).toBeLessThanOrEqual(Number(quantity));
      }
    }
    await trader.client.delete(`portfolios/${id}/orders`);
    expect(await trader.cash(id)).toMatchObject({ reserved: '0' });
  }
}, 120_000);
