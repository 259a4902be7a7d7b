/**
 * Stops, trailing stops, brackets, pairs and replacements against a slow, obvious bookkeeper that counts in whole shares and
 * ten-thousandths of a dollar and imports nothing from the engine: every reservation is added up anew from the list of open orders.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, decimal, formatDecimal, multiply, ONE, sum, toNumber, ZERO, type Decimal } from '../money/index.ts';
import { DEFAULT_RULES, holdingOf, isOpen, mayMove, type Account, type Order, type OrderRequest } from '../orders/index.ts';
import { close, fillResting, place, replace, type MarketQuote, type PlacementContext, type Posting } from './index.ts';

const KEY = 1;
const money = (cents: number) => decimal((cents / 100).toFixed(2));

interface Wish {
  readonly kind: 'order' | 'quote' | 'cancel' | 'replace';
  readonly buying: boolean;
  readonly type: 'market' | 'limit' | 'stop' | 'stopLimit' | 'trailingStop';
  readonly quantity: number;
  /** Cents. */
  readonly limit: number;
  readonly stop: number;
  /** Cents, or percent where `percent`. */
  readonly trail: number;
  readonly percent: boolean;
  readonly profit: number | null;
  readonly loss: number | null;
  readonly price: number;
  readonly size: number;
  readonly pick: number;
}

const cents = fc.integer({ min: 50, max: 150 });
const session = fc.array(
  fc.record<Wish>({
    kind: fc.constantFrom('order', 'order', 'order', 'quote', 'quote', 'quote', 'cancel', 'replace'),
    buying: fc.boolean(),
    type: fc.constantFrom('market', 'limit', 'stop', 'stopLimit', 'trailingStop'),
    quantity: fc.integer({ min: 1, max: 9 }),
    limit: cents,
    stop: cents,
    trail: fc.integer({ min: 1, max: 40 }),
    percent: fc.boolean(),
    profit: fc.option(cents),
    loss: fc.option(cents),
    price: cents,
    size: fc.integer({ min: 1, max: 9 }),
    pick: fc.nat(9),
  }),
  { maxLength: 50 },
);

interface Line {
  readonly id: string;
  readonly buying: boolean;
  /** What is left to trade. */
  left: number;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly trail: { readonly by: number; readonly percent: boolean } | null;
  mark: number;
  triggered: boolean;
  /** Cents that one share of an open purchase holds back. */
  readonly holds: number;
  readonly profit: number | null;
  readonly loss: number | null;
  readonly parent: string | null;
  readonly pair: string | null;
}

/** One account on paper. */
class Bookkeeper {
  cash = 2_000;
  shares = 0;
  open: Line[] = [];
  #names = 0;

  reservedCash(): number {
    return this.open.reduce((total, line) => total + (line.buying ? line.left * line.holds : 0), 0);
  }

  reservedShares(): number {
    const pairs = new Set<string>();
    return this.open.reduce((total, line) => {
      if (line.buying || (line.pair !== null && pairs.has(line.pair))) return total;
      if (line.pair !== null) pairs.add(line.pair);
      return total + line.left;
    }, 0);
  }

  /** In ten-thousandths of a dollar, so that percentages of cents are whole. */
  stopOf(line: Line): number | null {
    if (line.triggered) return null;
    if (line.stop !== null) return line.stop * 100;
    if (line.trail === null) return null;
    const distance = line.trail.percent ? line.mark * line.trail.by : line.trail.by * 100;
    return line.buying ? line.mark * 100 + distance : line.mark * 100 - distance;
  }

  stopped(line: Line, price: number): boolean {
    const stop = this.stopOf(line);
    return stop !== null && (line.buying ? price * 100 >= stop : price * 100 <= stop);
  }

  place(line: Line, price: number, size: number): boolean {
    const before = { cash: this.cash, shares: this.shares, open: this.open.map((other) => ({ ...other })) };
    const undo = (): boolean => {
      Object.assign(this, before);
      return false;
    };
    if (this.stopped(line, price)) return false;
    if (!line.buying && line.left > this.shares - this.reservedShares()) return false;
    // It holds nothing yet, and a part that trades now is paid from what is free.
    if (this.stopOf(line) === null && this.reaches(line, price)) {
      const part = Math.min(line.left, size);
      if (line.buying && part * price > this.cash - this.reservedCash()) return undo();
      this.#trade(line, part, price);
    }
    if (line.left === 0) return true;
    if (line.buying && line.left * line.holds > this.cash - this.reservedCash()) return undo();
    // Before the orders that its first fill has brought about.
    if (line.buying || line.loss === null) this.open.splice(before.open.length, 0, line);
    else {
      const pair = this.#name();
      this.open.push({ ...line, loss: null, pair }, this.#exit(line.left, { stop: line.loss, pair, parent: null }));
    }
    return true;
  }

  reaches(line: Line, price: number): boolean {
    return line.limit === null || (line.buying ? price <= line.limit : price >= line.limit);
  }

  quote(price: number, size: number): void {
    for (const line of [...this.open]) {
      if (!this.open.includes(line)) continue;
      line.mark = line.buying ? Math.min(line.mark, price) : Math.max(line.mark, price);
      if (this.stopped(line, price)) line.triggered = true;
      if (this.stopOf(line) !== null || !this.reaches(line, price)) continue;
      const part = Math.min(line.left, size);
      const free = this.cash - (this.reservedCash() - part * line.holds);
      if (line.buying && part * price > free) this.drop(line);
      else this.#trade(line, part, price);
      if (line.left === 0) this.drop(line);
    }
  }

  drop(line: Line): void {
    this.open = this.open.filter((other) => other !== line);
  }

  #trade(line: Line, part: number, price: number): void {
    line.left -= part;
    this.cash += line.buying ? -part * price : part * price;
    this.shares += line.buying ? part : -part;
    const other = line.pair === null ? undefined : this.open.find(({ pair, id }) => pair === line.pair && id !== line.id);
    if (other !== undefined) {
      other.left -= part;
      if (other.left === 0) this.drop(other);
    }
    if (!line.buying || (line.profit === null && line.loss === null)) return;
    const children = this.open.filter(({ parent }) => parent === line.id);
    for (const child of children) child.left += part;
    if (children.length > 0) return;
    const pair = line.profit !== null && line.loss !== null ? this.#name() : null;
    if (line.profit !== null) this.open.push(this.#exit(part, { limit: line.profit, pair, parent: line.id }));
    if (line.loss !== null) this.open.push(this.#exit(part, { stop: line.loss, pair, parent: line.id }));
  }

  #exit(left: number, of: Partial<Line> & Pick<Line, 'pair' | 'parent'>): Line {
    const none = { limit: null, stop: null, trail: null, profit: null, loss: null, mark: 0, triggered: false, holds: 0 };
    return { ...none, id: this.#name(), buying: false, left, ...of };
  }

  #name(): string {
    return `k${(this.#names += 1)}`;
  }
}

/** Of sales only, so that what purchases hold back is in whole cents. */
function inPercent(wish: Wish): boolean {
  return wish.percent && !wish.buying;
}

/** What a wish is for the bookkeeper. */
function lineOf(id: string, wish: Wish, price: number): Line {
  const { buying, type } = wish;
  const stop = type === 'stop' || type === 'stopLimit' ? wish.stop : null;
  const limit = type === 'limit' || type === 'stopLimit' ? wish.limit : null;
  const trail = type === 'trailingStop' ? { by: wish.trail, percent: inPercent(wish) } : null;
  const pairs = !buying && type === 'limit' && wish.loss !== null && wish.loss < wish.limit;
  return {
    ...{ id, buying, left: wish.quantity, limit, stop, trail, mark: price, triggered: false, parent: null, pair: null },
    holds: limit ?? stop ?? (trail === null ? price : price + trail.by),
    profit: buying ? wish.profit : null,
    loss: buying || pairs ? wish.loss : null,
  };
}

function requestOf(id: string, wish: Wish): OrderRequest {
  const line = lineOf(id, wish, wish.price);
  const trailing = line.trail !== null;
  return {
    id,
    side: wish.buying ? 'buy' : 'sell',
    type: wish.type,
    timeInForce: 'gtc',
    quantity: decimal(String(wish.quantity)),
    notional: null,
    limitPrice: line.limit === null ? null : money(line.limit),
    terms: {
      stopPrice: line.stop === null ? null : money(line.stop),
      trailAmount: trailing && !inPercent(wish) ? money(wish.trail) : null,
      trailPercent: trailing && inPercent(wish) ? decimal(String(wish.trail)) : null,
      mark: null,
      takeProfit: line.profit === null ? null : money(line.profit),
      stopLoss: line.loss === null ? null : { stopPrice: money(line.loss), limitPrice: null },
      parentId: null,
      replacesId: null,
      priorityId: null,
    },
  };
}

const START: Account = {
  baseCurrency: 'USD',
  costMethod: 'average',
  cash: money(2_000),
  reserved: ZERO,
  creditLimit: ZERO,
  foreignCash: new Map(),
  holdings: new Map(),
  openOrders: 0,
  rules: { ...DEFAULT_RULES, fillModel: 'sizeAware' },
};

/** The engine's side of a session: its account, all its orders, and what every one of them did. */
class Desk {
  account = START;
  price = 100;
  size = 9;
  readonly orders = new Map<string, Order>();
  readonly trades = new Map<string, { readonly quantity: Decimal; readonly price: Decimal }[]>();
  #ids = 0;
  readonly moment = { now: 0, day: 0, newId: () => this.name() };

  /** Ids rise, as they do in the world. */
  name(): string {
    return `o${String((this.#ids += 1)).padStart(4, '0')}`;
  }

  open(): Order[] {
    return [...this.orders.values()].filter(({ status }) => isOpen(status));
  }

  keep(orders: readonly Order[]): void {
    for (const order of orders) {
      const before = this.orders.get(order.id);
      if (before !== undefined && before.status !== order.status && !mayMove(before.status, order.status))
        throw new Error(`I8: ${before.status} to ${order.status}`);
      expect(compare(order.filledQuantity, order.quantity) <= 0).toBe(true);
      this.orders.set(order.id, order);
    }
  }

  trade(order: Order, postings: readonly Posting[]): void {
    const traded = postings.flatMap(({ transaction, price }) =>
      (transaction.type === 'buy' || transaction.type === 'sell') && price !== null ? [{ quantity: transaction.quantity, price }] : [],
    );
    this.trades.set(order.id, [...(this.trades.get(order.id) ?? []), ...traded]);
  }

  quoteNow(): MarketQuote {
    const [price, size] = [money(this.price), decimal(String(this.size))];
    return { last: price, bid: price, ask: price, bidSize: size, askSize: size, at: 0 };
  }

  context(): PlacementContext {
    const instrument = { key: KEY, currency: 'USD', baseRate: ONE, tickSize: null, active: true };
    const session = { open: true, opensAt: null };
    return { instrument, quote: this.quoteNow(), staleAfterMs: 1, session, dayEndsAt: 1, goodTillCanceledEndsAt: 1, moment: this.moment };
  }

  linked(order: Order): Order[] {
    return this.open().filter(
      (other) =>
        other.id !== order.id &&
        (other.terms?.parentId === order.id || (other.terms?.pairId !== null && other.terms?.pairId === order.terms?.pairId)),
    );
  }

  /** Orders as the bookkeeper keeps them: in the order of their coming. */
  hear(): void {
    for (const { id } of this.open()) {
      const order = this.orders.get(id);
      if (order === undefined || !isOpen(order.status)) continue;
      const { instrument, quote } = { ...this.context(), quote: this.quoteNow() };
      const outcome = fillResting(this.account, { order, instrument, quote, linked: this.linked(order), seen: null }, this.moment);
      if (outcome === null) {
        // What a matcher does: the mark follows the price, and is handed in with the next trigger.
        this.orders.set(id, marked(order, quote));
        continue;
      }
      this.account = outcome.account;
      this.trade(outcome.order, outcome.postings);
      this.keep([outcome.order, ...outcome.others]);
    }
  }
}

function marked(order: Order, quote: MarketQuote): Order {
  const mark = order.terms?.mark ?? null;
  if (order.terms === null || mark === null) return order;
  const better = order.side === 'sell' ? quote.last > mark : quote.last < mark;
  return better ? { ...order, terms: { ...order.terms, mark: quote.last } } : order;
}

test('I2, I3, I7, I8: a random session with every type of order agrees with the bookkeeper', () => {
  fc.assert(
    fc.property(session, (wishes) => {
      const desk = new Desk();
      const keeper = new Bookkeeper();
      for (const wish of wishes) {
        if (wish.kind === 'quote') {
          [desk.price, desk.size] = [wish.price, wish.size];
          desk.hear();
          keeper.quote(wish.price, wish.size);
        } else if (wish.kind === 'order') {
          const id = desk.name();
          const decision = place(desk.account, requestOf(id, { ...wish, price: desk.price }), desk.context());
          expect(decision.outcome).toBe(keeper.place(lineOf(id, wish, desk.price), desk.price, desk.size) ? 'placed' : 'refused');
          if (decision.outcome === 'refused') continue;
          desk.account = decision.account;
          desk.trade(decision.order, decision.postings);
          desk.keep([decision.order, ...decision.others]);
        } else {
          const [order, line] = [desk.open()[wish.pick], keeper.open[wish.pick]];
          if (order === undefined || line === undefined) continue;
          if (wish.kind === 'cancel') {
            const ended = close(desk.account, { order, linked: desk.linked(order) }, 'canceled');
            desk.account = ended?.account ?? desk.account;
            if (ended !== null) desk.keep([ended.order]);
            keeper.drop(line);
          } else if (line.pair === null && line.parent === null && line.limit !== null && line.stop === null) {
            // A plain limit is asked to trade something else: nothing is lost when that is refused.
            const asked = { quantity: decimal(String(wish.quantity)), limitPrice: money(wish.limit), stopPrice: null };
            const change = { ...asked, trailAmount: null, trailPercent: null, timeInForce: null };
            const id = desk.name();
            const decision = replace(desk.account, { order, linked: [], change, id }, desk.context());
            const kept = [...keeper.open];
            keeper.drop(line);
            const next: Line = { ...line, id, left: wish.quantity, limit: wish.limit, holds: wish.limit };
            const placed = keeper.place(next, desk.price, desk.size);
            if (!placed) keeper.open = kept;
            expect(decision.outcome).toBe(placed ? 'placed' : 'refused');
            if (decision.outcome === 'refused') continue;
            desk.account = decision.account;
            desk.trade(decision.order, decision.postings);
            desk.keep([decision.replaced, decision.order, ...decision.others]);
          }
        }
        const holding = holdingOf(desk.account, KEY);
        expect(
          [desk.account.cash, desk.account.reserved, holding.quantity, holding.reserved].map(formatDecimal),
          JSON.stringify({ wish, open: keeper.open }),
        ).toEqual(
          [
            money(keeper.cash),
            decimal((keeper.reservedCash() / 100).toFixed(6)),
            decimal(String(keeper.shares)),
            decimal(String(keeper.reservedShares())),
          ].map(formatDecimal),
        );
        expect([desk.account.openOrders, desk.open().length]).toEqual([keeper.open.length, keeper.open.length]);
      }
      for (const [id, order] of desk.orders) {
        const trades = desk.trades.get(id) ?? [];
        const [quantity, value] = [
          sum(trades.map((trade) => trade.quantity)),
          sum(trades.map((trade) => multiply(trade.quantity, trade.price))),
        ];
        expect([order.filledQuantity, order.filledValue].map(formatDecimal)).toEqual([quantity, value].map(formatDecimal));
        if (order.averageFillPrice !== null) expect(toNumber(order.averageFillPrice)).toBeCloseTo(toNumber(value) / toNumber(quantity), 12);
      }
    }),
    { numRuns: 1_000 },
  );
});
