import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absolute, add, decimal, formatDecimal, ONE, subtract, sum, ZERO } from '../money/index.ts';
import { day } from '../time/index.ts';
import {
  averagePrice,
  COST_METHODS,
  holdingTerm,
  lotsOf,
  openLotBook,
  receiveLot,
  releaseLots,
  returnCapital,
  splitLots,
  tradeLots,
  type CostMethod,
  type Lot,
  type LotBook,
  type LotChange,
  type LotRefusal,
  type RealizedGain,
} from './index.ts';

const d = decimal;

/** "3 @ 30 on 5" is a lot of 3 shares that cost 30 in all. */
const shownLots = (book: LotBook): string[] =>
  lotsOf(book).map(({ quantity, cost, acquiredOn }) => `${formatDecimal(quantity)} @ ${formatDecimal(cost)} on ${acquiredOn}`);
const shownGains = (change: LotChange | LotRefusal): string[] | string =>
  'code' in change
    ? change.code
    : change.gains.map(({ lotId, quantity, gain }) => `${lotId} ${formatDecimal(quantity)}: ${formatDecimal(gain)}`);

let sequence = 0;
const trade = (book: LotBook, side: 'buy' | 'sell', text: string): LotChange | LotRefusal => {
  const [quantity = '', amount = '', on = '0', id = `t${(sequence += 1)}`] = text.split(' ');
  return tradeLots(book, { id, on: Number(on), side, quantity: d(quantity), amount: d(amount), baseAmount: d(amount) });
};

describe('the worked example of the front door', () => {
  it.each([
    ['fifo', ['a 10: 100', 'b 5: 0'], ['5 @ 100 on 1']],
    // Under average cost the one pool gains 300 - 15 * 15 = 75 and keeps 5 at 15.
    ['average', ['a 15: 75'], ['5 @ 75 on 0']],
  ] as const)('holds under %s', (method, gains, lots) => {
    const book = openLotBook(method);
    trade(book, 'buy', '10 100 0 a');
    trade(book, 'buy', '10 200 1 b');
    expect(shownGains(trade(book, 'sell', '15 300 2 c'))).toEqual(gains);
    expect(shownLots(book)).toEqual(lots);
  });
});

describe('a sale of 4 out of 2 for 20 (day 1), 3 for 90 (day 2), 3 for 60 (day 3)', () => {
  it.each<[CostMethod, string[], string[]]>([
    // Sold for 400, 100 a share.
    ['fifo', ['a 2: 180', 'b 2: 140'], ['1 @ 30 on 2', '3 @ 60 on 3']],
    ['lifo', ['c 3: 240', 'b 1: 70'], ['2 @ 20 on 1', '2 @ 60 on 2']],
    ['hifo', ['b 3: 210', 'c 1: 80'], ['2 @ 20 on 1', '2 @ 40 on 3']],
    ['specific', ['a 2: 180', 'b 2: 140'], ['1 @ 30 on 2', '3 @ 60 on 3']], // none named: the oldest
    ['average', ['a 4: 315'], ['4 @ 85 on 1']], // 170 / 8 = 21.25 a share
  ])('under %s', (method, gains, lots) => {
    const book = openLotBook(method);
    trade(book, 'buy', '2 20 1 a');
    trade(book, 'buy', '3 90 2 b');
    trade(book, 'buy', '3 60 3 c');
    expect(shownGains(trade(book, 'sell', '4 400 4 s'))).toEqual(gains);
    expect(shownLots(book)).toEqual(lots);
    expect(averagePrice(book)).toBe(d(method === 'average' ? '21.25' : { fifo: '22.5', lifo: '20', hifo: '15', specific: '22.5' }[method]));
  });

  it('takes the named lots under specific, and refuses names that do not fit', () => {
    const book = openLotBook('specific');
    trade(book, 'buy', '2 20 1 a');
    trade(book, 'buy', '3 90 2 b');
    const sell = (lots: readonly (readonly [string, string])[]) =>
      tradeLots(book, {
        id: 's',
        on: 4,
        side: 'sell',
        quantity: d('3'),
        amount: d('300'),
        baseAmount: d('300'),
        lots: lots.map(([lotId, quantity]) => ({ lotId, quantity: d(quantity) })),
      });
    expect(sell([['b', '2']])).toEqual({ code: 'lots_do_not_sum', asked: d('3'), chosen: d('2') });
    expect(sell([['z', '3']])).toEqual({ code: 'unknown_lot', lotId: 'z' });
    expect(sell([['a', '3']])).toEqual({ code: 'insufficient_lot', lotId: 'a', asked: d('3'), held: d('2') });
    expect(sell([['a', '1.5'], ['a', '1.5']])).toMatchObject({ code: 'insufficient_lot' }); // prettier-ignore
    expect(sell([['a', '-1'], ['b', '4']])).toEqual({ code: 'quantity_not_positive', asked: d('-1') }); // prettier-ignore
    expect(shownLots(book)).toEqual(['2 @ 20 on 1', '3 @ 90 on 2']);
    expect(shownGains(sell([['b', '2'], ['a', '1']]))).toEqual(['b 2: 140', 'a 1: 90']); // prettier-ignore
  });

  it('refuses names under any other method, and more than is held', () => {
    const book = openLotBook('fifo');
    trade(book, 'buy', '2 20 1 a');
    const lots = [{ lotId: 'a', quantity: ONE }];
    expect(tradeLots(book, { id: 's', on: 2, side: 'sell', quantity: ONE, amount: ONE, baseAmount: ONE, lots })).toEqual({
      code: 'lots_not_selectable',
      method: 'fifo',
    });
    expect(trade(book, 'sell', '2.1 30')).toEqual({ code: 'insufficient_quantity', asked: d('2.1'), held: d('2') });
    expect(trade(book, 'sell', '0 30')).toEqual({ code: 'quantity_not_positive', asked: ZERO });
    expect(releaseLots(book, d('3'))).toEqual({ code: 'insufficient_quantity', asked: d('3'), held: d('2') });
    expect(shownLots(book)).toEqual(['2 @ 20 on 1']);
  });
});

describe('a partial sale', () => {
  it('keeps 10 decimals of cost, and the last share takes what is left, so nothing is lost', () => {
    const book = openLotBook('fifo');
    trade(book, 'buy', '3 100 0 a');
    expect(shownGains(trade(book, 'sell', '1 0'))).toEqual(['a 1: -33.3333333333']);
    expect(shownGains(trade(book, 'sell', '1 0'))).toEqual(['a 1: -33.3333333334']); // half of 66.6666666667
    expect(shownGains(trade(book, 'sell', '1 0'))).toEqual(['a 1: -33.3333333333']);
    expect([book.cost, book.quantity, averagePrice(book)]).toEqual([ZERO, ZERO, null]);
  });
});

describe('highest cost first', () => {
  it('breaks ties by age, also between lots that partial sales have rounded', () => {
    const book = openLotBook('hifo');
    trade(book, 'buy', '3 100 1 a');
    trade(book, 'buy', '3 100 0 b');
    trade(book, 'buy', '3 100 1 c');
    expect(shownGains(trade(book, 'sell', '1 0'))).toEqual(['b 1: -33.3333333333']);
    // What is left of b is 66.6666666667 for 2, a hair more than a third of 100; a sale of a would not follow from age.
    expect(shownGains(trade(book, 'sell', '3 0'))).toEqual(['b 2: -66.6666666667', 'a 1: -33.3333333333']);
  });
});

describe('a short position', () => {
  it('opens with the proceeds as cost, and gains what buying back saves', () => {
    const book = openLotBook('fifo', { shorting: true });
    trade(book, 'buy', '1 100 0 a');
    // Sells 3 for 330 through zero: 1 held brings 110, a gain of 10; 2 are short for 220.
    expect(shownGains(trade(book, 'sell', '3 330 1 b'))).toEqual(['a 1: 10']);
    expect(shownLots(book)).toEqual(['-2 @ -220 on 1']);
    expect(averagePrice(book)).toBe(d('110'));
    // Buys 3 for 300: 2 at 100 close what brought 220, a gain of 20; 1 is held for 100.
    const back = trade(book, 'buy', '3 300 500 c');
    expect(shownGains(back)).toEqual(['b -2: 20']);
    expect('gains' in back ? back.gains[0]?.term : null).toBe('short');
    expect(shownLots(book)).toEqual(['1 @ 100 on 500']);
  });
});

describe('the US holding term', () => {
  it.each([
    ['1998-11-01', '1999-11-01', 'short'],
    ['1998-11-01', '1999-11-02', 'long'],
    ['2023-03-01', '2024-03-01', 'short'], // over a leap day
    ['2023-03-01', '2024-03-02', 'long'],
    ['2016-02-29', '2017-02-28', 'short'],
    ['2016-02-29', '2017-03-01', 'long'],
    ['2016-02-28', '2017-02-28', 'short'],
    ['2016-02-28', '2017-03-01', 'long'],
    ['2015-02-28', '2016-02-29', 'short'], // Revenue Ruling 66-7: from the end of one month past the end of the other
    ['2015-02-28', '2016-03-01', 'long'],
  ])('acquired %s, sold %s: %s', (acquired, sold, term) => {
    expect(holdingTerm(day(acquired), day(sold))).toBe(term);
  });
});

// ---------------------------------------------------------------------------------------------------------------------------------
// The slow, obvious book: a list that is sorted anew for each sale, on bare bigints with rounding of its own.

interface SlowLot { id: string; on: number; q: bigint; c: bigint; unit: bigint; n: number } // prettier-ignore
interface SlowGain { lotId: string; q: bigint; c: bigint; p: bigint } // prettier-ignore

const TEN = 10n ** 8n; // what is below 10 decimals
function nearest(n: bigint, whole: bigint): bigint {
  const negative = n < 0n !== whole < 0n;
  const [top, bottom] = [magnitude(n), magnitude(whole)];
  const twice = (top * 2n) / bottom;
  const exactTie = (top * 2n) % bottom === 0n && twice % 2n === 1n;
  const rounded = exactTie ? (twice / 2n) % 2n === 0n ? twice / 2n : twice / 2n + 1n : (twice + 1n) / 2n; // prettier-ignore
  return negative ? -rounded : rounded;
}
const share10 = (amount: bigint, part: bigint, whole: bigint): bigint => nearest(amount * part, whole * TEN) * TEN;
const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

class SlowBook {
  lots: SlowLot[] = [];
  #count = 0;
  readonly #method: CostMethod;
  constructor(method: CostMethod) {
    this.#method = method;
  }
  held(): bigint {
    return this.lots.reduce((total, lot) => total + lot.q, 0n);
  }
  receive(id: string, on: number, [q, c]: readonly [bigint, bigint]): void {
    const [pool] = this.lots;
    if (this.#method === 'average' && pool !== undefined) {
      pool.q += q;
      pool.c += c;
      pool.on = Math.min(pool.on, on);
    } else this.lots.push({ id, on, q, c, unit: nearest(c * 10n ** 18n, q), n: (this.#count += 1) });
    this.lots.sort((a, b) => a.on - b.on || a.n - b.n);
  }
  take(quantity: bigint): SlowLot[] {
    const inOrder = [...this.lots];
    if (this.#method === 'lifo') inOrder.reverse();
    if (this.#method === 'hifo') inOrder.sort((a, b) => (a.unit === b.unit ? a.on - b.on || a.n - b.n : a.unit > b.unit ? -1 : 1));
    const taken: SlowLot[] = [];
    let left = quantity;
    for (const lot of inOrder) {
      const part = left < magnitude(lot.q) ? left : magnitude(lot.q);
      if (part === 0n) break;
      const q = lot.q < 0n ? -part : part;
      const c = q === lot.q ? lot.c : share10(lot.c, q, lot.q);
      taken.push({ ...lot, q, c });
      lot.q -= q;
      lot.c -= c;
      left -= part;
    }
    this.lots = this.lots.filter((lot) => lot.q !== 0n);
    return taken;
  }
  trade(id: string, on: number, [q, amount]: readonly [bigint, bigint]): SlowGain[] {
    const held = this.held();
    const opposite = held !== 0n && held > 0n !== q > 0n;
    const closing = !opposite ? 0n : magnitude(q) < magnitude(held) ? magnitude(q) : magnitude(held);
    const closingAmount = closing === magnitude(q) ? amount : share10(amount, closing, magnitude(q));
    const signed = q < 0n ? closingAmount : -closingAmount;
    const taken = closing === 0n ? [] : this.take(closing);
    let left = signed;
    const gains = taken.map((lot, index) => {
      const p = index === taken.length - 1 ? left : share10(signed, magnitude(lot.q), closing);
      left -= p;
      return { lotId: lot.id, q: lot.q, c: lot.c, p };
    });
    const rest = magnitude(q) - closing;
    if (rest > 0n) this.receive(id, on, q < 0n ? [-rest, closingAmount - amount] : [rest, amount - closingAmount]);
    return gains;
  }
}

const quantity = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((n) => d(String(n))),
  fc.integer({ min: 1, max: 99_999 }).map((n) => d((n / 1000).toFixed(3))),
);
const amount = fc.integer({ min: 0, max: 100_000 }).map((cents) => d((cents / 100).toFixed(2)));
const step = fc.record({
  kind: fc.constantFrom('buy', 'buy', 'sell', 'sell', 'in', 'out', 'split'),
  quantity,
  amount,
  back: fc.integer({ min: 0, max: 40 }),
});

describe('the fast book against the slow one', () => {
  it.each(COST_METHODS)('agrees on every lot, gain and sum under %s, shorting included', (method) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const book = openLotBook(method, { shorting: true });
        const slow = new SlowBook(method);
        steps.forEach(({ kind, quantity: q, amount: a, back }, on) => {
          const id = `t${on}`;
          if (kind === 'buy' || kind === 'sell') {
            const change = tradeLots(book, { id, on, side: kind, quantity: q, amount: a, baseAmount: a });
            const gains = slow.trade(id, on, [kind === 'buy' ? q : 0n - q, a]);
            if ('code' in change) throw new Error(change.code);
            expect(change.gains.map(({ lotId, quantity: part, cost, proceeds }) => [lotId, part, cost, proceeds])).toEqual(
              gains.map(({ lotId, q: part, c, p }) => [lotId, part, c, p]),
            );
            // Money in or out, the change of cost and the gain always meet.
            const cash = kind === 'buy' ? 0n - a : a;
            expect(change.cost + cash).toBe(sum(change.gains.map(({ gain }) => gain)));
          } else if (kind === 'in' && book.quantity >= 0n) {
            const lot: Lot = { id, acquiredOn: on - back, quantity: q, cost: a, baseCost: a };
            receiveLot(book, lot);
            slow.receive(id, on - back, [q, a]);
          } else if (kind === 'out' && book.quantity >= q) {
            const released = releaseLots(book, q);
            if ('code' in released) throw new Error(released.code);
            expect(released.lots.map(({ id: lotId, quantity: part, cost }) => [lotId, part, cost])).toEqual(
              slow.take(q).map((lot) => [lot.id, lot.q, lot.c]),
            );
          } else if (kind === 'split') {
            splitLots(book, { newShares: d('2'), oldShares: ONE });
            slow.lots = slow.lots.map((lot) => ({ ...lot, q: lot.q * 2n, unit: nearest(lot.unit, 2n) }));
          }
          expect(lotsOf(book).map((lot) => [lot.id, lot.acquiredOn, lot.quantity, lot.cost])).toEqual(
            slow.lots.map((lot) => [lot.id, lot.on, lot.q, lot.c]),
          );
          expect([book.quantity, book.cost]).toEqual([slow.held(), slow.lots.reduce((total, lot) => total + lot.c, 0n)]);
          expect(book.baseCost).toBe(book.cost);
          if (book.quantity === 0n) expect(book.cost).toBe(ZERO);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('never lets a long-only book go below zero, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COST_METHODS), fc.array(step, { maxLength: 60 }), (method, steps) => {
        const book = openLotBook(method);
        steps.forEach(({ kind, quantity: q, amount: a }, on) => {
          const before = [lotsOf(book), book.quantity, book.cost];
          const change = tradeLots(book, {
            id: `t${on}`,
            on,
            side: kind === 'sell' || kind === 'out' ? 'sell' : 'buy',
            quantity: q,
            amount: a,
            baseAmount: a,
          });
          if ('code' in change) expect([lotsOf(book), book.quantity, book.cost]).toEqual(before);
          expect(book.quantity >= 0n && lotsOf(book).every((lot) => lot.quantity > 0n)).toBe(true);
        });
      }),
    );
  });
});

describe('base currency', () => {
  it('is kept beside the own currency at the rate of each transaction', () => {
    const book = openLotBook('fifo');
    // 10 for 1,000 USD at 0.90 EUR, 10 for 1,000 USD at 0.80 EUR; 15 sold for 1,800 USD at 1.00 EUR.
    const buy = (id: string, baseAmount: string) =>
      tradeLots(book, { id, on: 0, side: 'buy', quantity: d('10'), amount: d('1000'), baseAmount: d(baseAmount) });
    buy('a', '900');
    buy('b', '800');
    const sold = tradeLots(book, { id: 's', on: 1, side: 'sell', quantity: d('15'), amount: d('1800'), baseAmount: d('1800') });
    const gains: readonly RealizedGain[] = 'code' in sold ? [] : sold.gains;
    // USD: 1,800 - 1,500. EUR: 1,800 - (900 + 400).
    expect([sum(gains.map(({ gain }) => gain)), sum(gains.map(({ baseGain }) => baseGain))]).toEqual([d('300'), d('500')]);
    expect([book.cost, book.baseCost]).toEqual([d('500'), d('400')]);
  });
});

describe('a return of capital', () => {
  it('is cost first and gain beyond, lot by lot', () => {
    const book = openLotBook('fifo');
    trade(book, 'buy', '10 100 0 a');
    trade(book, 'buy', '10 20 400 b');
    // 60 over 20 shares is 30 a lot: a falls to 70, b to 0 with 10 beyond.
    const change = returnCapital(book, { id: 'r', on: 500, amount: d('60'), baseAmount: d('60') });
    expect(shownGains(change)).toEqual(['b 0: 10']);
    expect('cost' in change ? change.cost : null).toBe(d('-50'));
    expect(shownLots(book)).toEqual(['10 @ 70 on 0', '10 @ 0 on 400']);
  });

  it('of any size changes cost by what is not gain', () => {
    const lots = fc.array(fc.tuple(quantity, amount), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...COST_METHODS), lots, amount, (method, bought, paid) => {
        const book = openLotBook(method);
        bought.forEach(([q, a], on) => tradeLots(book, { id: `t${on}`, on, side: 'buy', quantity: q, amount: a, baseAmount: a }));
        const change = returnCapital(book, { id: 'r', on: 99, amount: paid, baseAmount: paid });
        if ('code' in change) throw new Error(change.code);
        expect(add(paid, change.cost)).toBe(sum(change.gains.map(({ gain }) => gain)));
        expect(lotsOf(book).every(({ cost }) => cost >= 0n)).toBe(true);
        expect(book.cost).toBe(subtract(sum(bought.map(([, a]) => a)), absolute(change.cost)));
      }),
    );
  });
});

describe('a book that is opened again after every trade', () => {
  it.each(COST_METHODS)('sells the same lots under %s as one that stays open', (method) => {
    const trades = fc.array(fc.record({ side: fc.constantFrom('buy', 'buy', 'sell'), quantity, amount }), { maxLength: 80 });
    fc.assert(
      fc.property(trades, (rows) => {
        const open = openLotBook(method);
        let again = openLotBook(method);
        rows.forEach(({ side, quantity: asked, amount: paid }, on) => {
          const trade = { id: `t${on}`, on, side, quantity: asked, amount: paid, baseAmount: paid };
          const change = tradeLots(open, trade);
          expect(tradeLots(again, trade)).toEqual(change);
          again = openLotBook(method, { lots: lotsOf(again) });
          expect(lotsOf(again)).toEqual(lotsOf(open));
        });
      }),
    );
  });
});
