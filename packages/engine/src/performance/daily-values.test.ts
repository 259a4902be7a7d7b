import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transaction } from '../ledger/index.ts';
import { decimal, decimalFromNumber, toNumber, ZERO, type Decimal } from '../money/index.ts';
import { recordHistory, valuePortfolio, type PortfolioRules } from '../portfolio/index.ts';
import { capitalReturn, dailyValues, timeWeighted, type PerformanceFacts, type PriceSeries } from './index.ts';

const d = decimal;
const series = (rows: readonly (readonly [number, number])[]): PriceSeries => ({
  days: Int32Array.from(rows, ([on]) => on),
  closes: Float64Array.from(rows, ([, close]) => close),
});
const head = (on: number, currency = 'EUR') => ({ id: `t${on}`, tradedOn: on, currency });
const deposit = (on: number, amount: string): Transaction => ({ ...head(on), type: 'deposit', amount: d(amount), fee: ZERO });
const buy = (on: number, quantity: string, amount: string): Transaction => ({
  ...head(on),
  type: 'buy',
  instrument: 'ACME',
  quantity: d(quantity),
  amount: d(amount),
  fee: ZERO,
  tax: ZERO,
});
const facts = (transactions: readonly Transaction[], rest: Partial<PerformanceFacts> = {}): PerformanceFacts => ({
  baseCurrency: 'EUR',
  cashMode: 'full',
  transactions,
  prices: new Map(),
  rates: new Map(),
  ...rest,
});

describe('the worked example of the front door', () => {
  it('returns 4.5 % time-weighted, -1/210 simple and -1/155 on average capital', () => {
    const prices = new Map([['ACME', series([[9, 100], [10, 110], [11, 104.5]])]]); // prettier-ignore
    const daily = dailyValues(facts([deposit(9, '100'), buy(9, '1', '100'), deposit(11, '110'), buy(11, '1', '110')], { prices }), {
      from: 10,
      to: 11,
    });
    expect([daily.opening, ...daily.values]).toEqual([100, 110, 209]);
    const weighted = timeWeighted(daily);
    expect('total' in weighted ? weighted.total : weighted).toBeCloseTo(0.045, 12);
    const { gain, simple, averageCapital, roai } = capitalReturn(daily);
    expect([gain, simple, averageCapital, roai]).toEqual([-1, -1 / 210, 155, -1 / 155]);
  });
});

describe('daily values', () => {
  it('carry a close over gaps, and take the trade price before the first close', () => {
    const prices = new Map([['ACME', series([[12, 60], [14, 70]])]]); // prettier-ignore
    const daily = dailyValues(facts([buy(10, '2', '100')], { prices, cashMode: 'implied' }), { from: 9, to: 15 });
    expect([...daily.values]).toEqual([0, 100, 100, 120, 120, 140, 140]);
    expect([...daily.inflows]).toEqual([0, 100, 0, 0, 0, 0, 0]);
  });

  it('put everything before the period into the opening value', () => {
    const daily = dailyValues(facts([deposit(1, '70'), deposit(5, '30'), deposit(6, '1')]), { from: 6, to: 6 });
    expect([daily.opening, ...daily.values, ...daily.inflows]).toEqual([100, 101, 1]);
  });

  it('net implied payments of a day, so that exchanging one share for another is no flow', () => {
    const other: Transaction = { ...buy(10, '5', '80'), instrument: 'OTHER' } as Transaction;
    const sale: Transaction = { ...buy(10, '1', '100'), type: 'sell' } as Transaction;
    const daily = dailyValues(facts([buy(8, '1', '100'), sale, other], { cashMode: 'implied' }), { from: 9, to: 10 });
    expect([[...daily.values], [...daily.inflows], [...daily.outflows]]).toEqual([[100, 80], [0, 0], [0, 20]]); // prettier-ignore
  });

  it('let transfers flow at market value and not at cost', () => {
    const prices = new Map([['ACME', series([[1, 50]])]]);
    const moved: Transaction[] = [
      { ...head(5), type: 'transferIn', instrument: 'ACME', quantity: d('4'), cost: d('40') },
      { ...head(6), type: 'transferOut', instrument: 'ACME', quantity: d('1') },
    ];
    const daily = dailyValues(facts(moved, { prices }), { from: 5, to: 6 });
    expect([[...daily.values], [...daily.inflows], [...daily.outflows]]).toEqual([[200, 150], [200, 0], [0, 50]]); // prettier-ignore
  });

  it('name what has no price at all', () => {
    const given: Transaction[] = [{ ...head(5), type: 'transferIn', instrument: 'ACME', quantity: d('4'), cost: ZERO }];
    const daily = dailyValues(facts(given), { from: 5, to: 6 });
    expect([[...daily.values], daily.unpriced]).toEqual([[0, 0], ['ACME']]);
  });

  it('of nothing are nothing', () => {
    const daily = dailyValues(facts([]), { from: 5, to: 4 });
    expect([daily.opening, daily.values.length]).toEqual([0, 0]);
  });
});

describe('every day', () => {
  const cents = fc.integer({ min: 1, max: 500_000 }).map((n) => d((n / 100).toFixed(2)));
  const kinds = ['buy', 'buy', 'buy', 'sell', 'deposit', 'withdrawal', 'dividend', 'fee', 'split', 'transferIn', 'transferOut', 'exchange', 'spinOff', 'merger'] as const; // prettier-ignore
  const row = fc.record({
    kind: fc.constantFrom(...kinds),
    gap: fc.integer({ min: 0, max: 4 }),
    which: fc.integer({ min: 0, max: 3 }),
    quantity: fc.integer({ min: 1, max: 40 }).map((n) => d(String(n))),
    amount: cents,
  });
  const closes = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 90_000 })), { maxLength: 30 });
  const names = ['A', 'B', 'C', 'D'];

  function transactionOf(drawn: typeof row extends fc.Arbitrary<infer Row> ? Row : never, index: number, on: number): Transaction {
    const { kind, which, quantity, amount } = drawn;
    const currency = which % 2 === 0 ? 'EUR' : 'USD';
    const common = { id: `t${index}`, tradedOn: on, currency, baseRate: d('0.9') };
    const held = { ...common, instrument: names[which] ?? 'A' };
    const costs = { fee: d('1'), tax: ZERO };
    switch (kind) {
      case 'buy':
      case 'sell':
        return { ...held, ...costs, type: kind, quantity, amount };
      case 'deposit':
      case 'withdrawal':
        return { ...common, type: kind, amount, fee: d('1') };
      case 'dividend':
        return { ...held, ...costs, type: kind, amount };
      case 'fee':
        return { ...common, type: kind, amount };
      case 'split':
        return { ...held, type: kind, newShares: d('3'), oldShares: d('2'), cashInLieu: ZERO };
      case 'transferIn':
        return { ...held, type: kind, quantity, cost: amount };
      case 'transferOut':
        return { ...held, type: kind, quantity };
      case 'exchange':
        return { ...common, type: kind, amount, counterCurrency: which % 2 === 0 ? 'USD' : 'EUR', counterAmount: amount, fee: ZERO };
      case 'spinOff':
        return { ...held, type: kind, newInstrument: names[(which + 2) % 4] ?? 'C', quantity, costShare: d('0.5') };
      case 'merger':
        return { ...held, type: kind, newInstrument: names[(which + 2) % 4] ?? 'C', quantity, amount };
    }
  }

  it('is worth what the portfolio floor says when it values the history up to that day, and flows explain what the owner put in', () => {
    const input = fc.record({
      rows: fc.array(row, { maxLength: 25 }),
      prices: fc.tuple(closes, closes, closes, closes),
      usd: closes,
      cashMode: fc.constantFrom('full' as const, 'implied' as const),
    });
    fc.assert(
      fc.property(input, fc.integer({ min: 101, max: 130 }), ({ rows, prices, usd, cashMode }, from) => {
        let on = 100;
        const drawn = rows.map((one, index) => transactionOf(one, index, (on += one.gap)));
        const rules: PortfolioRules = { baseCurrency: 'EUR', costMethod: 'fifo', cashMode, shorting: false };
        const refused = new Set(recordHistory(rules, drawn).refused.map(({ transaction }) => transaction));
        const transactions = drawn.filter((transaction) => !refused.has(transaction));
        // Every instrument has a close before anything happens, so that no trade price is needed.
        const dated = (list: readonly (readonly [number, number])[], first: number): PriceSeries => {
          let day = 95;
          return series([[95, first], ...list.map(([gap, close]) => [(day += gap), close / 100] as const)]); // prettier-ignore
        };
        const all: PerformanceFacts = {
          baseCurrency: 'EUR',
          cashMode,
          transactions,
          prices: new Map(names.map((name, index) => [name, dated(prices[index] ?? [], 10)])),
          rates: new Map([['USD', dated(usd, 0.9)]]),
        };
        const period = { from, to: from + 20 };
        const daily = dailyValues(all, period);
        const lastAt = (list: PriceSeries | undefined, day: number): Decimal => decimalFromNumber(list?.closes[(list.days.findLastIndex((known) => known <= day))] ?? 0) ?? ZERO; // prettier-ignore
        for (let day = from - 1; day <= period.to; day += 1) {
          const { book } = recordHistory(rules, transactions.filter(({ tradedOn }) => tradedOn <= day)); // prettier-ignore
          const valued = valuePortfolio(book, {
            priceOf: (instrument) => lastAt(all.prices.get(instrument), day),
            baseRateOf: () => lastAt(all.rates.get('USD'), day),
          });
          const value = day < from ? daily.opening : (daily.values[day - from] ?? NaN);
          expect(value).toBeCloseTo(toNumber(valued.totalValue), 5);
        }
        // Deposits and withdrawals at the day's rate; under implied cash, what each day's payments came to.
        const rate = (transaction: Transaction) =>
          transaction.currency === 'EUR' ? 1 : toNumber(lastAt(all.rates.get('USD'), transaction.tradedOn));
        if (cashMode === 'full' && !transactions.some(({ type }) => type === 'transferIn' || type === 'transferOut')) {
          const inside = transactions.filter(({ tradedOn }) => tradedOn >= period.from && tradedOn <= period.to);
          const moved = (type: 'deposit' | 'withdrawal') =>
            inside.reduce((total, one) => total + (one.type === type ? toNumber(one.amount) * rate(one) : 0), 0);
          expect(daily.inflows.reduce((a, b) => a + b, 0)).toBeCloseTo(moved('deposit'), 5);
          expect(daily.outflows.reduce((a, b) => a + b, 0)).toBeCloseTo(moved('withdrawal'), 5);
        }
      }),
      { numRuns: 60 },
    );
  });
});
