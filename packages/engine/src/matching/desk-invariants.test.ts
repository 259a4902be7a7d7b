/**
 * Random commands against a slow, obvious bookkeeper that uses plain integers of cents and whole shares and imports nothing from
 * the engine. Its decisions and balances must be the engine's.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, formatDecimal, ONE, sum, ZERO } from '../money/index.ts';
import { DEFAULT_RULES, holdingOf, type Account, type Order } from '../orders/index.ts';
import { close, fillResting, moveCash, place, type MarketQuote, type PlacementContext, type Posting } from './index.ts';

const KEY = 1;
const cents = (value: number) => decimal((value / 100).toFixed(2));

interface Wish {
  readonly kind: 'order' | 'cash' | 'cancel' | 'quote';
  readonly buying: boolean;
  readonly quantity: number;
  /** Cents; 0 is a market order. */
  readonly limit: number;
  readonly price: number;
  readonly pick: number;
}

const wishes = fc.array(
  fc.record<Wish>({
    kind: fc.constantFrom('order', 'order', 'order', 'cash', 'cancel', 'quote', 'quote'),
    buying: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 40 }),
    limit: fc.oneof(fc.constant(0), fc.integer({ min: 50, max: 150 })),
    price: fc.integer({ min: 50, max: 150 }),
    pick: fc.nat(20),
  }),
  { maxLength: 60 },
);

/** One account, kept the way one would on paper: every reservation is recomputed from the list of open orders. */
class Bookkeeper {
  cash = 2_000;
  shares = 0;
  spent = 0;
  readonly open: { id: string; buying: boolean; quantity: number; limit: number }[] = [];

  reservedCash(): number {
    return this.open.filter((order) => order.buying).reduce((total, order) => total + order.quantity * order.limit, 0);
  }

  reservedShares(): number {
    return this.open.filter((order) => !order.buying).reduce((total, order) => total + order.quantity, 0);
  }

  order(id: string, wish: Wish, price: number): 'filled' | 'accepted' | 'refused' {
    const reaches = wish.limit === 0 || (wish.buying ? price <= wish.limit : price >= wish.limit);
    if (!wish.buying && wish.quantity > this.shares - this.reservedShares()) return 'refused';
    const at = reaches ? price : wish.limit;
    if (wish.buying && wish.quantity * at > this.cash - this.reservedCash()) return 'refused';
    if (reaches) this.trade(wish.buying, wish.quantity, price);
    else this.open.push({ id, buying: wish.buying, quantity: wish.quantity, limit: wish.limit });
    return reaches ? 'filled' : 'accepted';
  }

  trade(buying: boolean, quantity: number, price: number): void {
    this.cash += buying ? -quantity * price : quantity * price;
    this.shares += buying ? quantity : -quantity;
  }

  quote(price: number): string[] {
    const reached = this.open.filter((order) => (order.buying ? price <= order.limit : price >= order.limit));
    for (const order of reached) {
      this.open.splice(this.open.indexOf(order), 1);
      this.trade(order.buying, order.quantity, price);
    }
    return reached.map((order) => order.id);
  }
}

const EMPTY: Account = {
  baseCurrency: 'USD',
  costMethod: 'average',
  cash: cents(2_000),
  reserved: ZERO,
  creditLimit: ZERO,
  foreignCash: new Map(),
  holdings: new Map(),
  openOrders: 0,
  rules: DEFAULT_RULES,
};

test('a random session agrees with a bookkeeper, keeps every invariant, and its ledger adds up', () => {
  fc.assert(
    fc.property(wishes, (session) => {
      let ids = 0;
      let price = 100;
      let account = EMPTY;
      const open = new Map<string, Order>();
      const postings: Posting[] = [];
      const keeper = new Bookkeeper();
      const moment = { now: 0, day: 0, newId: () => `t${(ids += 1)}` };
      const instrument = { key: KEY, currency: 'USD', baseRate: ONE, tickSize: null, active: true };
      const quoteAt = (at: number): MarketQuote => ({
        last: cents(at),
        bid: cents(at),
        ask: cents(at),
        bidSize: null,
        askSize: null,
        at: 0,
      });
      const fillReached = (): void => {
        const expected = keeper.quote(price);
        for (const order of [...open.values()]) {
          const outcome = fillResting(account, { order, instrument, quote: quoteAt(price), linked: [], seen: null }, moment);
          expect(outcome !== null).toBe(expected.includes(order.id));
          if (outcome === null) continue;
          expect(outcome.order.status).toBe('filled');
          account = outcome.account;
          postings.push(...outcome.postings);
          open.delete(order.id);
        }
      };
      for (const wish of session) {
        if (wish.kind === 'quote') {
          price = wish.price;
          fillReached();
        } else if (wish.kind === 'cash') {
          const amount = wish.quantity * 10;
          const allowed = wish.buying || amount <= keeper.cash - keeper.reservedCash();
          const moved = moveCash(account, { type: wish.buying ? 'deposit' : 'withdrawal', currency: 'USD', amount: cents(amount) }, moment);
          expect('code' in moved).toBe(!allowed);
          if (!('code' in moved)) {
            account = moved.account;
            postings.push(moved.posting);
            keeper.cash += wish.buying ? amount : -amount;
          }
        } else if (wish.kind === 'cancel') {
          const order = [...open.values()][wish.pick];
          if (order === undefined) continue;
          const outcome = close(account, { order, linked: [] }, 'canceled');
          account = outcome?.account ?? account;
          open.delete(order.id);
          keeper.open.splice(
            keeper.open.findIndex(({ id }) => id === order.id),
            1,
          );
        } else {
          const id = `o${(ids += 1)}`;
          const request = {
            id,
            side: wish.buying ? 'buy' : 'sell',
            type: wish.limit === 0 ? 'market' : 'limit',
            timeInForce: 'gtc',
            quantity: decimal(String(wish.quantity)),
            notional: null,
            limitPrice: wish.limit === 0 ? null : cents(wish.limit),
            terms: null,
          } as const;
          const at: PlacementContext = {
            instrument,
            quote: quoteAt(price),
            staleAfterMs: 1,
            session: { open: true, opensAt: null },
            dayEndsAt: 1,
            goodTillCanceledEndsAt: 1,
            moment,
          };
          const decision = place(account, request, at);
          expect(decision.outcome === 'refused' ? 'refused' : decision.order.status).toBe(keeper.order(id, wish, price));
          if (decision.outcome === 'refused') continue;
          account = decision.account;
          postings.push(...decision.postings);
          if (decision.order.status === 'accepted') open.set(id, decision.order);
        }
        const holding = holdingOf(account, KEY);
        expect([account.cash, account.reserved, holding.quantity, holding.reserved].map(formatDecimal)).toEqual(
          [cents(keeper.cash), cents(keeper.reservedCash()), decimal(String(keeper.shares)), decimal(String(keeper.reservedShares()))].map(
            formatDecimal,
          ),
        );
        expect(account.openOrders).toBe(keeper.open.length);
      }
      // The ledger: what it says of cash and cost is what the account says.
      const effect = (name: string) =>
        sum(
          postings.flatMap(({ transfers }) =>
            transfers.flatMap((transfer) => [
              ...(transfer.debitAccount === name ? [transfer.amount] : []),
              ...(transfer.creditAccount === name ? [decimal(formatDecimal(transfer.amount).replace(/^/, '-'))] : []),
            ]),
          ),
        );
      expect(formatDecimal(effect('cash'))).toBe(formatDecimal(decimal(formatDecimal((account.cash - EMPTY.cash) as never))));
      expect(formatDecimal(effect(`securities:${KEY}`))).toBe(formatDecimal(holdingOf(account, KEY).costBasis));
    }),
    { numRuns: 300 },
  );
});
