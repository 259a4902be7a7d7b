import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, decimal, formatDecimal, ONE, sum, ZERO } from '../money/index.ts';
import { lotsOf, mergeLots, openLotBook, spinOffLots, splitLots, tradeLots, type CostMethod, type LotBook } from './index.ts';

const d = decimal;
const shown = (book: LotBook): string[] =>
  lotsOf(book).map(({ id, quantity, cost, acquiredOn }) => `${id}: ${formatDecimal(quantity)} @ ${formatDecimal(cost)} on ${acquiredOn}`);

const twoLots = (method: CostMethod = 'fifo'): LotBook => {
  const book = openLotBook(method);
  tradeLots(book, { id: 'a', on: 1, side: 'buy', quantity: d('10'), amount: d('100'), baseAmount: d('90') });
  tradeLots(book, { id: 'b', on: 2, side: 'buy', quantity: d('5'), amount: d('80'), baseAmount: d('80') });
  return book;
};

describe('a split', () => {
  it('multiplies quantities and leaves days and costs', () => {
    const book = twoLots();
    splitLots(book, { newShares: d('3'), oldShares: d('2') });
    expect(shown(book)).toEqual(['a: 15 @ 100 on 1', 'b: 7.5 @ 80 on 2']);
    expect(book.quantity).toBe(d('22.5'));
  });

  it('keeps the order of highest cost first, so that the dear lot is still sold first', () => {
    const book = twoLots('hifo'); // 10 and 16 a share
    splitLots(book, { newShares: d('4'), oldShares: ONE }); // 2.50 and 4
    tradeLots(book, { id: 'c', on: 3, side: 'buy', quantity: ONE, amount: d('3'), baseAmount: d('3') });
    const sold = tradeLots(book, { id: 's', on: 4, side: 'sell', quantity: d('22'), amount: ZERO, baseAmount: ZERO });
    expect('gains' in sold ? sold.gains.map(({ lotId, quantity }) => `${lotId} ${formatDecimal(quantity)}`) : sold).toEqual([
      'b 20',
      'c 1',
      'a 1',
    ]);
  });

  it('pays the fraction out as a sale', () => {
    const book = twoLots();
    // 5 and 2.5 are left; 0.5 of a's 5 for 100 cost 10.
    const paid = splitLots(book, { newShares: ONE, oldShares: d('2') }, { id: 'p', on: 3, amount: d('12'), baseAmount: d('11') });
    expect('gains' in paid ? paid.gains : paid).toMatchObject([
      { lotId: 'a', quantity: d('0.5'), cost: d('10'), gain: d('2'), baseGain: d('2') },
    ]);
    expect(shown(book)).toEqual(['a: 4.5 @ 90 on 1', 'b: 2.5 @ 80 on 2']);
  });

  it('refuses money for a fraction that there is not, and counts that are not positive, without a split', () => {
    const [book, paid] = [twoLots(), { id: 'p', on: 3, amount: ONE, baseAmount: ONE }];
    expect(splitLots(book, { newShares: d('2'), oldShares: ONE }, paid)).toEqual({ code: 'no_fraction' });
    expect(splitLots(book, { newShares: ONE, oldShares: ZERO })).toEqual({ code: 'quantity_not_positive', asked: ZERO });
    expect(shown(book)).toEqual(['a: 10 @ 100 on 1', 'b: 5 @ 80 on 2']);
    expect(splitLots(openLotBook('fifo'), { newShares: ONE, oldShares: ONE }, paid)).toEqual({ code: 'nothing_held' });
  });
});

describe('a spin-off', () => {
  it('moves its share of each lot, with the day', () => {
    const [book, child] = [twoLots(), openLotBook('fifo')];
    const moved = spinOffLots(book, child, { id: 'x', quantity: d('3'), costShare: d('0.25') });
    expect(shown(book)).toEqual(['a: 10 @ 75 on 1', 'b: 5 @ 60 on 2']);
    expect(shown(child)).toEqual(['x:a: 2 @ 25 on 1', 'x:b: 1 @ 20 on 2']);
    // Base: 90 * 0.25 + 80 * 0.25 = 42.50.
    expect(moved).toEqual({ cost: d('-45'), baseCost: d('-42.5'), newCost: d('45'), newBaseCost: d('42.5'), gains: [] });
    expect(child.baseCost).toBe(d('42.5'));
  });

  it('is refused for what is not held and for nothing received', () => {
    const child = openLotBook('fifo');
    expect(spinOffLots(openLotBook('fifo'), child, { id: 'x', quantity: ONE, costShare: ONE })).toEqual({ code: 'nothing_held' });
    expect(spinOffLots(twoLots(), child, { id: 'x', quantity: ZERO, costShare: ONE })).toMatchObject({ code: 'quantity_not_positive' });
  });
});

describe('a merger', () => {
  it('for shares carries days and costs over', () => {
    const [book, target] = [twoLots(), openLotBook('fifo')];
    mergeLots(book, target, { id: 'm', on: 5, quantity: d('30'), amount: ZERO, baseAmount: ZERO });
    expect([shown(book), shown(target)]).toEqual([[], ['m:a: 20 @ 100 on 1', 'm:b: 10 @ 80 on 2']]);
    expect([book.cost, book.quantity, target.baseCost]).toEqual([ZERO, ZERO, d('170')]);
  });

  it('for shares and money lowers the cost by the money first', () => {
    const [book, target] = [twoLots(), openLotBook('fifo')];
    // 270 over 15 shares is 18 a share: 180 against a's 100 and 90 against b's 80.
    const merged = mergeLots(book, target, { id: 'm', on: 5, quantity: d('30'), amount: d('270'), baseAmount: d('270') });
    expect('gains' in merged ? merged.gains.map(({ lotId, gain }) => `${lotId} ${formatDecimal(gain)}`) : merged).toEqual(['a 80', 'b 10']);
    expect(merged).toMatchObject({ cost: d('-180'), newCost: ZERO });
  });

  it('for money alone is a sale of everything', () => {
    const merged = mergeLots(twoLots(), null, { id: 'm', on: 5, quantity: ZERO, amount: d('300'), baseAmount: d('300') });
    expect('gains' in merged ? sum(merged.gains.map(({ gain }) => gain)) : merged).toBe(d('120'));
  });

  it('of any size leaves cash, old cost, new cost and gain in balance', () => {
    const cents = fc.integer({ min: 0, max: 1_000_000 }).map((n) => d((n / 100).toFixed(2)));
    const shares = fc.integer({ min: 1, max: 5000 }).map((n) => d((n / 7).toFixed(6)));
    fc.assert(
      fc.property(fc.array(fc.tuple(shares, cents), { minLength: 1, maxLength: 9 }), shares, cents, (bought, quantity, amount) => {
        for (const method of ['average', 'fifo', 'hifo'] as const) {
          const [book, target] = [openLotBook(method), openLotBook(method)];
          bought.forEach(([q, a], on) => tradeLots(book, { id: `t${on}`, on, side: 'buy', quantity: q, amount: a, baseAmount: a }));
          const merged = mergeLots(book, target, { id: 'm', on: 99, quantity, amount, baseAmount: amount });
          if ('code' in merged) throw new Error(merged.code);
          expect(add(add(amount, merged.cost), merged.newCost)).toBe(sum(merged.gains.map(({ gain }) => gain)));
          expect([book.quantity, book.cost, target.quantity, target.cost]).toEqual([ZERO, ZERO, quantity, merged.newCost]);
        }
      }),
    );
  });
});
