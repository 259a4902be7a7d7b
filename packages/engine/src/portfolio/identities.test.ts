import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancesOf, journal, naturalBalance, securitiesAccount, trialBalance, type Transaction, type Transfer } from '../ledger/index.ts';
import { COST_METHODS } from '../lots/index.ts';
import { absolute, add, decimal, formatDecimal, multiply, ONE, subtract, sum, toNumber, ZERO, type Decimal } from '../money/index.ts';
import {
  allocate,
  explain,
  openPortfolioBook,
  positionsOf,
  recompute,
  recordHistory,
  recordTransaction,
  valuePortfolio,
  type ExplainedFigure,
  type Market,
  type PortfolioRules,
} from './index.ts';

/** Random histories of every type of transaction, in two currencies, some of them impossible (those are refused and left out). */
const cents = fc.integer({ min: 0, max: 2_000_000 }).map((n) => decimal((n / 100).toFixed(2)));
const fewCents = fc.integer({ min: 0, max: 500 }).map((n) => decimal((n / 100).toFixed(2)));
const shares = fc.oneof(
  fc.integer({ min: 1, max: 50 }).map((n) => decimal(String(n))),
  fc.integer({ min: 1, max: 50_000 }).map((n) => decimal((n / 1000).toFixed(3))),
);
const rate = fc.integer({ min: 5000, max: 20_000 }).map((n) => decimal((n / 10_000).toFixed(4)));
const type = fc.constantFrom<Transaction['type']>(
  'buy',
  'buy',
  'buy',
  'sell',
  'sell',
  'deposit',
  'withdrawal',
  'dividend',
  'interest',
  'fee',
  'tax',
  'split', // prettier-ignore
  'transferIn',
  'transferOut',
  'exchange',
  'returnOfCapital',
  'spinOff',
  'merger', // prettier-ignore
);
const drawn = fc.record({
  type,
  which: fc.integer({ min: 0, max: 3 }),
  quantity: shares,
  amount: cents,
  fee: fewCents,
  tax: fewCents,
  rate,
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

/** A and C trade in the base currency, B and D in dollars. */
const instruments = ['A', 'B', 'C', 'D'] as const;

function transactionOf(row: Drawn, index: number): Transaction {
  const instrument = instruments[row.which] ?? 'A';
  const other = instruments[(row.which + 2) % 4] ?? 'C';
  const currency = row.which % 2 === 0 ? 'EUR' : 'USD';
  const head = { id: `t${index}`, tradedOn: index, currency, baseRate: row.rate };
  const { type, quantity, amount, fee, tax } = row;
  switch (type) {
    case 'buy':
    case 'sell':
      return { ...head, type, instrument, quantity, amount, fee, tax };
    case 'deposit':
    case 'withdrawal':
      return { ...head, type, amount, fee };
    case 'dividend':
      return { ...head, type, instrument, amount, fee, tax };
    case 'interest':
      return { ...head, type, amount, fee, tax };
    case 'fee':
    case 'tax':
      return { ...head, type, amount, ...(row.which > 1 ? { instrument } : {}) };
    case 'split':
      return {
        ...head,
        type,
        instrument,
        newShares: row.which > 1 ? ONE : decimal('3'),
        oldShares: decimal('2'),
        cashInLieu: row.which === 2 ? fee : ZERO,
      };
    case 'transferIn':
      return { ...head, type, instrument, quantity, cost: amount, acquiredOn: index - 10 };
    case 'transferOut':
      return { ...head, type, instrument, quantity };
    case 'exchange':
      return {
        ...head,
        type,
        amount,
        counterCurrency: currency === 'EUR' ? 'USD' : 'EUR',
        counterAmount: add(multiply(amount, row.rate), tax),
        fee,
      };
    case 'returnOfCapital':
      return { ...head, type, instrument, amount: fee, fee: ZERO, tax: ZERO };
    case 'spinOff':
      return { ...head, type, instrument, newInstrument: other, quantity, costShare: decimal('0.3') };
    case 'merger':
      return { ...head, type, instrument, newInstrument: row.rate > ONE ? other : null, quantity, amount };
  }
}

const history = fc.array(drawn, { maxLength: 60 }).map((rows) => rows.map(transactionOf));
const rules: fc.Arbitrary<PortfolioRules> = fc.record({
  baseCurrency: fc.constant('EUR'),
  costMethod: fc.constantFrom(...COST_METHODS),
  cashMode: fc.constantFrom('full' as const, 'implied' as const),
  shorting: fc.boolean(),
});
const market: fc.Arbitrary<Market> = fc.record({ price: cents, rate, gap: fc.boolean() }).map(({ price, rate: usd, gap }) => ({
  priceOf: (instrument) => (gap && instrument === 'B' ? null : price),
  baseRateOf: () => usd,
}));
const FIGURES: readonly ExplainedFigure[] = [
  'totalValue',
  'marketValue',
  'cashValue',
  'costBasis',
  'investedCapital',
  'realizedGain',
  'unrealizedGain',
  'income',
  'cashCurrencyGain',
  'costs',
  'netGain',
  'simpleReturn', // prettier-ignore
];

describe('on every history', () => {
  it('net gain is value now and what was taken out, less what was put in; and the sum of its parts', () => {
    fc.assert(
      fc.property(rules, history, market, (how, transactions, seen) => {
        const { book } = recordHistory(how, transactions);
        const v = valuePortfolio(book, seen);
        expect(v.netGain).toBe(subtract(add(v.totalValue, v.takenOut), v.putIn));
        expect(v.netGain).toBe(subtract(sum([v.realizedGain, v.unrealizedGain, v.income, v.cashCurrencyGain]), v.costs));
        expect(v.totalValue).toBe(add(v.marketValue, v.cashValue));
        expect(v.cash.find(({ currency }) => currency === 'EUR')?.currencyGain ?? ZERO).toBe(ZERO);
      }),
      { numRuns: 300 },
    );
  });

  it('price effect and currency effect are the unrealized gain in base currency', () => {
    fc.assert(
      fc.property(rules, history, market, (how, transactions, seen) => {
        for (const position of valuePortfolio(recordHistory(how, transactions).book, seen).positions) {
          expect(add(position.priceEffect, position.currencyEffect)).toBe(position.baseUnrealizedGain);
          const { quantity, averagePrice, costBasis, price, baseRate, baseCostBasis } = position;
          if (position.currency === 'EUR') expect(absolute(position.currencyEffect) <= 1n).toBe(true);
          if (averagePrice === null || price === null || baseRate === null || costBasis === ZERO) continue;
          // q (P1 - P0) FX0, in floating point: an independent road to the same figure.
          const rateThen = toNumber(baseCostBasis) / toNumber(costBasis);
          const expected = (toNumber(quantity) * toNumber(price) - toNumber(costBasis)) * rateThen;
          expect(Math.abs(toNumber(position.priceEffect) - expected)).toBeLessThan(
            1e-6 * (1 + Math.abs(expected) + Math.abs(toNumber(baseCostBasis))),
          );
          // q (P1 - P0) (FX1 - FX0), which the currency effect contains: without it, what the rate did to the cost is left.
          const both = (toNumber(quantity) * toNumber(price) - toNumber(costBasis)) * (toNumber(baseRate) - rateThen);
          const near = 1e-6 * (1 + Math.abs(expected) + Math.abs(both) + Math.abs(toNumber(baseCostBasis)));
          expect(Math.abs(toNumber(position.crossEffect) - both)).toBeLessThan(near);
          const rateOnCost = toNumber(costBasis) * toNumber(baseRate) - toNumber(baseCostBasis);
          expect(Math.abs(toNumber(subtract(position.currencyEffect, position.crossEffect)) - rateOnCost)).toBeLessThan(near);
        }
      }),
    );
  });

  it('average price times quantity is the cost basis, and the lots are the position', () => {
    fc.assert(
      fc.property(rules, history, (how, transactions) => {
        for (const position of positionsOf(recordHistory(how, transactions).book)) {
          expect(sum(position.lots.map(({ quantity }) => quantity))).toBe(position.quantity);
          expect(sum(position.lots.map(({ cost }) => cost))).toBe(position.costBasis);
          expect(sum(position.lots.map(({ baseCost }) => baseCost))).toBe(position.baseCostBasis);
          if (position.quantity === ZERO) expect([position.costBasis, position.averagePrice]).toEqual([ZERO, null]);
          if (!how.shorting) expect(position.quantity >= 0n).toBe(true);
          if (position.averagePrice === null) continue;
          const back = multiply(position.averagePrice, position.quantity);
          expect(absolute(subtract(back, position.costBasis)) <= add(absolute(position.quantity), ONE)).toBe(true);
        }
      }),
    );
  });

  it('the ledger agrees with the book: cash, cost of every holding, gain of every sale, and a sum of zero', () => {
    fc.assert(
      fc.property(rules, history, (how, transactions) => {
        const book = openPortfolioBook(how);
        const transfers: Transfer[] = [];
        const gained: Record<string, Decimal> = {};
        for (const transaction of transactions) {
          const recorded = recordTransaction(book, transaction);
          if ('code' in recorded) continue;
          transfers.push(...journal(transaction, recorded, how.cashMode));
          gained[transaction.currency] = add(gained[transaction.currency] ?? ZERO, sum(recorded.gains.map(({ gain }) => gain)));
        }
        const balances = balancesOf(transfers);
        for (const currency of ['EUR', 'USD']) {
          expect(trialBalance(balances, currency)).toBe(ZERO);
          expect(naturalBalance(balances, currency, 'cash')).toBe(book.cash.get(currency)?.balance ?? ZERO);
          expect(naturalBalance(balances, currency, 'realizedGain')).toBe(gained[currency] ?? ZERO);
        }
        for (const position of positionsOf(book)) {
          expect(naturalBalance(balances, position.currency, securitiesAccount(position.instrument))).toBe(position.costBasis);
        }
      }),
    );
  });

  it('every figure is recomputed by the inputs of its own explanation', () => {
    fc.assert(
      fc.property(rules, history, market, (how, transactions, seen) => {
        const { book } = recordHistory(how, transactions);
        const valuation = valuePortfolio(book, seen);
        for (const figure of FIGURES) {
          const trail = explain(book, valuation, figure);
          const value = valuation[figure];
          expect(trail === null ? null : formatDecimal(trail.value)).toBe(value === null ? null : formatDecimal(value));
          if (trail !== null) expect(recompute(trail)).toBe(value);
        }
      }),
    );
  });

  it('recording again gives the same book', () => {
    fc.assert(
      fc.property(rules, history, (how, transactions) => {
        const [first, second] = [recordHistory(how, transactions), recordHistory(how, transactions)];
        expect(positionsOf(first.book)).toEqual(positionsOf(second.book));
        expect(first.book.cash).toEqual(second.book.cash);
      }),
      { numRuns: 30 },
    );
  });
});

describe('an allocation', () => {
  it('splits thirds so that the weights still make a whole', () => {
    const thirds = allocate(['b', 'a', 'c'].map((key) => ({ key, value: ONE })));
    expect(thirds.map(({ key, weight }) => [key, weight === null ? null : formatDecimal(weight)])).toEqual([
      ['a', '0.3334'],
      ['b', '0.3333'],
      ['c', '0.3333'],
    ]);
  });

  it('gives what the cut left over to those who lost most by it', () => {
    // 0.44, 0.36 and 0.20 cut to one place leave 0.1; 0.36 lost more than 0.44.
    const parts = allocate([44, 36, 20].map((value) => ({ key: String(value), value: decimal(String(value)) })), 1); // prettier-ignore
    expect(parts.map(({ weight }) => (weight === null ? null : formatDecimal(weight)))).toEqual(['0.4', '0.4', '0.2']);
  });

  it('sums keys, and has no weights where the whole is not positive', () => {
    const rows = [
      { key: 'x', value: decimal('3') },
      { key: 'y', value: ONE },
      { key: 'x', value: decimal('-3') },
    ];
    expect(allocate(rows)).toEqual([
      { key: 'y', value: ONE, weight: ONE },
      { key: 'x', value: ZERO, weight: ZERO },
    ]);
    expect(allocate([{ key: 'x', value: ZERO }])).toEqual([{ key: 'x', value: ZERO, weight: null }]);
    expect(allocate([])).toEqual([]);
  });

  it('adds up to exactly one, each weight within one unit of the true one', () => {
    const value = fc.integer({ min: -1000, max: 1_000_000 }).map((n) => decimal((n / 100).toFixed(2)));
    const items = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), value }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 6 }), (rows, places) => {
        const whole = rows.reduce((total, row) => total + toNumber(row.value), 0);
        fc.pre(whole > 1);
        const parts = allocate(rows, places);
        expect(sum(parts.map(({ weight }) => weight ?? ZERO))).toBe(ONE);
        for (const part of parts)
          expect(Math.abs(toNumber(part.weight ?? ZERO) - toNumber(part.value) / whole)).toBeLessThan(10 ** -places + 1e-9);
      }),
    );
  });
});
