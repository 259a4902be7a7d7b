import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, isWeekday } from '../time/index.ts';
import {
  annualize,
  benchmarkReturns,
  capitalReturn,
  collapseFlows,
  flowsOf,
  investedSeries,
  linkByCycle,
  linkReturns,
  moneyWeighted,
  monthlyReturns,
  presentValues,
  rollingReturns,
  sameFlowsInBenchmark,
  subPeriods,
  timeWeighted,
  weekdayReturns,
  type DailyValues,
  type TimeWeighted,
} from './index.ts';

const daily = (
  opening: number,
  rows: readonly (readonly [value: number, inflow?: number, outflow?: number])[],
  from = 100,
): DailyValues => ({
  from,
  opening,
  values: Float64Array.from(rows, ([value]) => value),
  inflows: Float64Array.from(rows, ([, inflow = 0]) => inflow),
  outflows: Float64Array.from(rows, ([, , outflow = 0]) => outflow),
  unpriced: [],
});
const known = (values: DailyValues): TimeWeighted => {
  const weighted = timeWeighted(values);
  if ('code' in weighted) throw new Error(weighted.code);
  return weighted;
};

/** Histories that grow by given daily returns, with flows between: the true return is known by construction. */
const returnsAndFlows = fc.array(
  fc.record({
    growth: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    inflow: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5000 })),
    kept: fc.oneof(fc.constant(1), fc.double({ min: 0.1, max: 1, noNaN: true })),
  }),
  { minLength: 1, maxLength: 60 },
);
const grown = (opening: number, days: readonly { growth: number; inflow: number; kept: number }[], from = 100): DailyValues => {
  let value = opening;
  return daily(opening, days.map(({ growth, inflow, kept }) => { // prettier-ignore
    const before = (value + inflow) * (1 + growth);
    value = before * kept;
    return [value, inflow, before - value] as const;
  }), from); // prettier-ignore
};

describe('the time-weighted return', () => {
  it('is what the days earned, whatever came and went', () => {
    fc.assert(
      fc.property(returnsAndFlows, fc.integer({ min: 1, max: 10_000 }), (days, opening) => {
        const expected = days.reduce((level, { growth }) => level * (1 + growth), 1) - 1;
        expect(known(grown(opening, days)).total).toBeCloseTo(expected, 8);
      }),
    );
  });

  it('is explained by sub-periods between flows that multiply to it', () => {
    fc.assert(
      fc.property(returnsAndFlows, fc.integer({ min: 0, max: 10_000 }), (days, opening) => {
        const values = grown(opening, days);
        const weighted = known(values);
        const parts = subPeriods(values, weighted);
        expect(parts.reduce((level, { total }) => level * (1 + total), 1) - 1).toBeCloseTo(weighted.total, 8);
        expect(parts.reduce((next, part) => (part.from === next ? part.to + 1 : NaN), values.from)).toBe(values.from + days.length);
        for (const { opening: before, inflow, outflow, closing, total } of parts) {
          if (before + inflow > 1e-6) expect((closing + outflow) / (before + inflow) - 1).toBeCloseTo(total, 8);
        }
      }),
    );
  });

  it('starts with the first deposit and survives a full withdrawal', () => {
    // Nothing, then 100 that become 110, all taken, nothing, then 50 that become 55.
    const weighted = known(daily(0, [[0], [110, 100], [0, 0, 110], [0], [55, 50]]));
    expect([...weighted.returns].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0, 0.1, 0, 0, 0.1]);
    expect([...weighted.hadCapital]).toEqual([0, 1, 1, 0, 1]);
    expect([weighted.daysOfCapital, weighted.total.toFixed(10)]).toEqual([4, '0.2100000000']);
  });

  it('has nothing to say about a gain without capital but that it happened', () => {
    const weighted = known(daily(0, [[0], [5], [5]]));
    expect([weighted.total, weighted.gainsWithoutCapital]).toEqual([0, [101]]);
  });

  it('is refused where a value is negative', () => {
    expect(timeWeighted(daily(100, [[100], [-50]]))).toEqual({ code: 'negative_value', on: 101, value: -50 });
    expect(timeWeighted(daily(-1, [[100]]))).toEqual({ code: 'negative_value', on: 99, value: -1 });
  });

  it('is annualised from one year on only', () => {
    expect(annualize(0.21, 730)).toBeCloseTo(0.1, 12);
    expect(annualize(0.1, 365)).toBeCloseTo(0.1, 12);
    expect(annualize(0.1, 364)).toBeNull();
    expect(annualize(-1, 400)).toBe(-1);
  });
});

describe('returns by the calendar', () => {
  it('link to the whole, month by month', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 20_000 }),
        (values, from) => {
          const returns = Float64Array.from(values);
          for (const cycle of ['week', 'month', 'quarter', 'year'] as const) {
            const periods = linkByCycle(returns, from, cycle);
            expect(linkReturns(Float64Array.from(periods, ({ total }) => total))).toBeCloseTo(linkReturns(returns), 9);
            expect(periods.reduce((next, part) => (part.from === next ? part.to + 1 : NaN), from)).toBe(from + values.length);
          }
        },
      ),
    );
    expect(monthlyReturns(Float64Array.of(0.1, 0.1, -0.5), day('2024-01-30'))).toMatchObject([
      { month: '2024-01' },
      { month: '2024-02', total: -0.5 },
    ]);
  });

  it('carry a weekend into Monday, and count no day without capital', () => {
    const from = day('2024-03-07'); // a Thursday
    const returns = Float64Array.of(0.01, 0.02, 0.1, 0.1, 0.03, 0.5, 0);
    const hadCapital = Uint8Array.of(0, 1, 1, 1, 1, 1, 0);
    const seen = weekdayReturns({ returns, hadCapital }, from);
    expect(seen).toHaveLength(3); // Friday, Monday with its weekend, Tuesday
    expect(seen[0]).toBeCloseTo(0.02, 12);
    expect(seen[1]).toBeCloseTo(1.1 * 1.1 * 1.03 - 1, 12);
  });

  it('lose nothing on weekdays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { maxLength: 50 }),
        fc.integer({ min: 0, max: 400 }),
        (values, from) => {
          fc.pre(values.length > 0 && isWeekday(from + values.length - 1));
          const hadCapital = new Uint8Array(values.length).fill(1);
          const seen = weekdayReturns({ returns: Float64Array.from(values), hadCapital }, from);
          expect(linkReturns(seen)).toBeCloseTo(linkReturns(Float64Array.from(values)), 9);
          expect(seen).toHaveLength(values.filter((_, index) => isWeekday(from + index)).length);
        },
      ),
    );
  });

  it('roll over a window once it is full', () => {
    const index = Float64Array.of(1.1, 1.21, 1.331);
    expect([...rollingReturns(index, 2)].map((value) => (Number.isNaN(value) ? null : Math.round(value * 1e6) / 1e6))).toEqual([
      null,
      0.21,
      0.21,
    ]);
  });
});

describe('returns on capital', () => {
  it('agree on the gain with value and flows', () => {
    fc.assert(
      fc.property(returnsAndFlows, fc.integer({ min: 0, max: 10_000 }), (days, opening) => {
        const values = grown(opening, days);
        const { gain, inflow, outflow, averageCapital, roai, simple } = capitalReturn(values);
        expect(gain).toBeCloseTo((values.values.at(-1) ?? 0) - opening - inflow + outflow, 6);
        expect(investedSeries(values).at(-1)).toBeCloseTo(opening + inflow - outflow, 6);
        if (roai !== null) expect(roai * averageCapital).toBeCloseTo(gain, 6);
        if (simple !== null) expect(simple * (opening + inflow)).toBeCloseTo(gain, 6);
      }),
    );
  });

  it('are all equal when there is no flow', () => {
    const values = daily(100, [[105], [120]]);
    expect([known(values).total, capitalReturn(values).simple, capitalReturn(values).roai].map((value) => value?.toFixed(12))).toEqual([
      '0.200000000000',
      '0.200000000000',
      '0.200000000000',
    ]);
    const rate = moneyWeighted(flowsOf(values));
    expect('overSpan' in rate ? rate.overSpan : rate).toBeCloseTo(0.2, 12);
  });

  it('are null where nothing was put in', () => {
    expect(capitalReturn(daily(0, [[0]]))).toMatchObject({ simple: null, roai: null, gain: 0 });
  });
});

describe('the money-weighted return', () => {
  const flow = (on: number, amount: number) => ({ on, amount });

  it('makes the flows worth nothing on their first day', () => {
    const flows = fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: -10_000, max: 10_000 })), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(flows, (rows) => {
        const rate = moneyWeighted(rows.map(([on, amount]) => flow(on, amount)));
        fc.pre('annual' in rate && rate.annual > -0.999 && rate.annual < 1000);
        const values = presentValues(rate.flows, rate.annual);
        const size = values.reduce((total, { presentValue }) => total + Math.abs(presentValue), 0);
        expect(Math.abs(values.reduce((total, { presentValue }) => total + presentValue, 0))).toBeLessThan(1e-9 * size);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the rate the flows were made with, however extreme', () => {
    const later = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(later, fc.double({ min: -0.95, max: 5, noNaN: true }), (rows, rate) => {
        const worth = rows.reduce((total, [on, amount]) => total + amount * (1 + rate) ** (-on / 365), 0);
        const found = moneyWeighted([flow(0, -worth), ...rows.map(([on, amount]) => flow(on, amount))]);
        expect('annual' in found ? found.annual : found).toBeCloseTo(rate, 6);
      }),
    );
  });

  it('is over the span what simple growth is, below a year too', () => {
    const rate = moneyWeighted([flow(0, -100), flow(1, 90)]);
    expect('overSpan' in rate ? [rate.overSpan.toFixed(12), rate.days] : rate).toEqual(['-0.100000000000', 1]);
    // 10 % in one day is 1.1^365 - 1 a year, about 1.28e15.
    const fast = moneyWeighted([flow(0, -100), flow(1, 110)]);
    expect('annual' in fast ? fast.annual / (1.1 ** 365 - 1) : fast).toBeCloseTo(1, 6);
  });

  it('takes, of several rates, the one whose return over the span is nearest to the simple return', () => {
    // -100 + 230 v - 132 v²: v = 1/1.1 and v = 1/1.2. Received 230 for 232 paid in: a simple return of -0.9 %; 10 % is over two years 21 %.
    const rate = moneyWeighted([flow(0, -100), flow(365, 230), flow(730, -132)]);
    expect('annual' in rate ? [rate.roots, rate.annual.toFixed(9)] : rate).toEqual([2, '0.100000000']);
  });

  it.each([
    ['no_flows', []],
    ['no_flows', [flow(0, 100), flow(0, -100)]],
    ['no_money_paid_in', [flow(0, 100), flow(5, 5)]],
    ['no_root', [flow(0, -100), flow(365, 230), flow(730, -133)]], // 230² < 4 * 100 * 133
  ])('says %s where there is no rate', (code, flows) => {
    expect(moneyWeighted(flows)).toEqual({ code });
  });

  it('of money that never came back is -100 %', () => {
    expect(moneyWeighted([flow(0, -100), flow(50, -10)])).toMatchObject({ annual: -1, overSpan: -1 });
  });

  it('reads dates in any order and adds up flows of one day', () => {
    expect(collapseFlows([flow(3, 1), flow(1, -2), flow(3, 4), flow(2, 5), flow(2, -5)])).toEqual([flow(1, -2), flow(3, 5)]);
  });
});

describe('a benchmark', () => {
  const closes = { days: Int32Array.of(98, 100, 103), closes: Float64Array.of(100, 110, 99) };

  it('returns what its closes did, 0 over gaps and before the first', () => {
    const returns = benchmarkReturns(closes, { from: 97, to: 103 });
    expect(returns === null ? null : [...returns].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0, 0, 0, 0.1, 0, 0, -0.1]);
    expect(benchmarkReturns(closes, { from: 90, to: 97 })).toBeNull();
  });

  it('is converted by its rates', () => {
    // 100 * 1.0 to 110 * 0.9 is -1 %.
    const rates = { days: Int32Array.of(90, 100), closes: Float64Array.of(1, 0.9) };
    expect(benchmarkReturns(closes, { from: 100, to: 100 }, rates)?.[0]).toBeCloseTo(-0.01, 12);
  });

  it('with the same flows is worth what the portfolio is when the portfolio is the benchmark', () => {
    fc.assert(
      fc.property(returnsAndFlows, fc.integer({ min: 1, max: 10_000 }), (days, opening) => {
        const values = grown(opening, days);
        const same = sameFlowsInBenchmark(
          values,
          Float64Array.from(days, ({ growth }) => growth),
        );
        expect(same.ranOut).toBe(false);
        values.values.forEach((value, index) => expect(same.values[index]).toBeCloseTo(value, 6));
      }),
    );
  });

  it('runs out when more is taken than it would have grown to', () => {
    const { values, ranOut } = sameFlowsInBenchmark(daily(100, [[10, 0, 120], [10]]), Float64Array.of(0, 0)); // prettier-ignore
    expect([ranOut, ...values]).toEqual([true, NaN, NaN]);
  });
});
