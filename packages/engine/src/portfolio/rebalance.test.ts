import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absolute, add, decimal, formatDecimal, maximum, multiply, ONE, subtract, sum, ZERO, type Decimal } from '../money/index.ts';
import { rebalance, type RebalanceHolding, type Rebalancing, type RebalanceRules } from './rebalance.ts';

const RULES: RebalanceRules = {
  targets: new Map(),
  cashTarget: ZERO,
  cashBand: ZERO,
  step: ONE,
  minimumTrade: ZERO,
};

function holding(instrument: string, key: string, [quantity, price]: readonly [string, string]): RebalanceHolding {
  const [held, each] = [decimal(quantity), decimal(price)];
  return { instrument, key, quantity: held, free: held, price: each, value: multiply(held, each) };
}

function targets(...parts: readonly (readonly [string, string])[]): ReadonlyMap<string, Decimal> {
  return new Map(parts.map(([key, weight]) => [key, decimal(weight)]));
}

const told = ({ trades }: Rebalancing) =>
  trades.map(({ side, instrument, quantity }) => `${side} ${formatDecimal(quantity)} ${instrument}`);

describe('a proposal by hand', () => {
  const held = [holding('A', 'a', ['60', '10']), holding('B', 'b', ['10', '30'])];

  it('sells what is too much and buys what is too little with it', () => {
    // 600 + 300 + 100 of cash = 1,000: a wants 400, b 600. 20 of A bring 200, and 300 buy 10 of B.
    const proposal = rebalance(held, decimal('100'), { ...RULES, targets: targets(['a', '0.4'], ['b', '0.6']) });
    expect(told(proposal)).toEqual(['sell 20 A', 'buy 10 B']);
    expect(formatDecimal(proposal.cashAfter)).toBe('0');
  });

  it('leaves the cash its part, and goes below it only as far as the band lets it', () => {
    // 100 of cash are to stay: 200 come from A, which buy 6 of B for 180. With a band of 0.05 the seventh is paid for too.
    const wanted = { ...RULES, targets: targets(['a', '0.4'], ['b', '0.6']), cashTarget: decimal('0.1') };
    expect(told(rebalance(held, decimal('100'), wanted))).toEqual(['sell 20 A', 'buy 6 B']);
    const banded = rebalance(held, decimal('100'), { ...wanted, cashBand: decimal('0.05') });
    expect(told(banded)).toEqual(['sell 20 A', 'buy 8 B']);
    expect(formatDecimal(banded.cashAfter)).toBe('60');
  });

  it('takes the nearest whole number, or as many decimals as the step has', () => {
    // b wants 550: 250 more, which is 8.33 of B.
    const wanted = { ...RULES, targets: targets(['b', '0.55']) };
    expect(told(rebalance(held, decimal('1000'), { ...wanted, targets: targets(['b', '0.289474']) }))).toEqual(['buy 8 B']);
    const fractions = rebalance(held, decimal('100'), { ...wanted, targets: targets(['b', '0.35']), step: decimal('0.001') });
    expect(told(fractions)).toEqual(['buy 1.667 B']);
  });

  it('keeps what has no target, leaves out what is too small, and names what cannot be bought', () => {
    const wanted = { ...RULES, targets: targets(['a', '0.59'], ['gold', '0.05']), minimumTrade: decimal('20') };
    const proposal = rebalance(held, decimal('100'), wanted);
    expect(told(proposal)).toEqual([]);
    expect(proposal.unreachable).toEqual(['gold']);
  });

  it('sells nothing that orders hold back', () => {
    const [first, second] = held as [RebalanceHolding, RebalanceHolding];
    const proposal = rebalance([{ ...first, free: decimal('5') }, second], ZERO, { ...RULES, targets: targets(['a', '0']) });
    expect(told(proposal)).toEqual(['sell 5 A']);
  });
});

const KEYS = ['a', 'b', 'c'] as const;
const amount = fc.integer({ min: 1, max: 500_000 }).map((cents) => decimal((cents / 100).toFixed(2)));
const holdings = fc.array(
  fc.record({
    key: fc.constantFrom(...KEYS),
    quantity: fc.integer({ min: 0, max: 500 }),
    price: amount,
    kept: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 1, maxLength: 8 },
);
const wanted = fc.tuple(...KEYS.map(() => fc.integer({ min: 0, max: 1000 })), fc.integer({ min: 0, max: 300 })).map((parts) => {
  const whole = Math.max(
    1,
    parts.reduce((one, other) => one + other, 0),
  );
  const [cash = ZERO, ...weights] = parts.toReversed().map((part) => decimal((Math.floor((part / whole) * 10_000) / 10_000).toFixed(4)));
  return { cashTarget: cash, targets: new Map(KEYS.map((key, index) => [key, weights[index] ?? ZERO])) };
});

interface Drawn {
  readonly key: (typeof KEYS)[number];
  readonly quantity: number;
  readonly price: Decimal;
  readonly kept: number;
}

function drawnHolding({ key, quantity, price, kept }: Drawn, index: number, step: Decimal): RebalanceHolding {
  const held = multiply((BigInt(quantity) * ONE) as Decimal, step === ONE ? ONE : decimal('0.37'));
  const free = maximum(ZERO, subtract(held, (BigInt(kept) * step) as Decimal));
  return { instrument: `i${index}`, key, quantity: held, free, price, value: multiply(held, price) };
}

describe('on every portfolio', () => {
  it('cash never goes below its band, nothing is sold that is not free, no trade is too small, and every key comes nearer', () => {
    fc.assert(
      fc.property(holdings, wanted, fc.record({ cash: amount, minimumTrade: amount, whole: fc.boolean() }), (rows, goal, how) => {
        const step = how.whole ? ONE : decimal('0.00000001');
        const held = rows.map((row, index) => drawnHolding(row, index, step));
        const rules = { ...goal, cashBand: decimal('0.01'), step, minimumTrade: how.minimumTrade };
        const { trades, cashAfter, totalValue } = rebalance(held, how.cash, rules);
        const floor = maximum(ZERO, multiply(subtract(rules.cashTarget, rules.cashBand), totalValue));
        expect(cashAfter >= 0n && (cashAfter >= floor || trades.every(({ side }) => side === 'sell'))).toBe(true);
        for (const trade of trades) {
          const own = held.find(({ instrument }) => instrument === trade.instrument);
          expect(trade.value >= how.minimumTrade).toBe(true);
          expect(trade.quantity % step).toBe(0n);
          if (trade.side === 'sell') expect(own !== undefined && trade.quantity <= own.free).toBe(true);
        }
        for (const key of KEYS) {
          const own = held.filter((one) => one.key === key);
          const before = sum(own.map(({ value }) => value));
          const moved = trades.filter((one) => one.key === key).map(({ side, value }) => (side === 'buy' ? value : subtract(ZERO, value)));
          const goalValue = multiply(rules.targets.get(key) ?? ZERO, totalValue);
          const [was, is] = [absolute(subtract(before, goalValue)), absolute(subtract(add(before, sum(moved)), goalValue))];
          const rounding = multiply(sum(own.map(({ price }) => price ?? ZERO)), step);
          expect(is <= add(was, rounding)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('where all may be traded and cash is what the targets leave, every key ends within a step of its target', () => {
    fc.assert(
      fc.property(holdings, wanted, fc.record({ cash: amount, whole: fc.boolean() }), (rows, { targets: goal }, { cash, whole }) => {
        const step = whole ? ONE : decimal('0.00000001');
        const held = rows.map((row, index) => drawnHolding({ ...row, kept: 0 }, index, step));
        const { trades, totalValue } = rebalance(held, cash, { ...RULES, targets: goal, step });
        for (const key of KEYS) {
          const own = held.filter((one) => one.key === key);
          if (own.length === 0) continue;
          const moved = trades.filter((one) => one.key === key).map(({ side, value }) => (side === 'buy' ? value : subtract(ZERO, value)));
          const after = add(sum(own.map(({ value }) => value)), sum(moved));
          const off = absolute(subtract(after, multiply(goal.get(key) ?? ZERO, totalValue)));
          // A step of each instrument, and a step of each that was sold too little of: that much less could be bought.
          const steps = multiply(sum(held.map(({ price }) => price ?? ZERO)), step);
          expect(off <= add(steps, decimal('0.000001'))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
