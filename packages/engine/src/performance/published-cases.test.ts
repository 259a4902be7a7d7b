import { expect, it } from 'vitest';
import { openLotBook, tradeLots } from '../lots/index.ts';
import { decimalFromNumber, sum, toNumber, ZERO } from '../money/index.ts';
import { expectWithin, publishedCases, runPublishedCases, type PublishedCase } from '../../cases/published-cases.ts';
import { addYears, day, type Day } from '../time/index.ts';
import {
  alpha,
  annualize,
  beta,
  capitalReturn,
  downsideDeviation,
  drawdowns,
  drawdownSeries,
  flowsOf,
  linkByCycle,
  longestRecovery,
  moneyWeighted,
  omegaRatio,
  quantile,
  sharpeRatio,
  sortinoRatio,
  timeWeighted,
  volatility,
  WEEKDAY_RISK,
  type CashFlow,
  type DailyValues,
} from './index.ts';

type FlowRow = readonly [on: string, amount: number];
const array = (values: unknown): Float64Array => Float64Array.from(values as readonly number[]);
/** Missing first returns are left out, as the source does. */
const seen = (values: unknown): Float64Array => Float64Array.from((values as readonly (number | null)[]).filter((value) => value !== null));
const flows = (rows: unknown): readonly CashFlow[] => (rows as readonly FlowRow[]).map(([on, amount]) => ({ on: day(on), amount }));
const rateOf = (list: readonly CashFlow[]): number | string => {
  const rate = moneyWeighted(list);
  return 'code' in rate ? rate.code : rate.annual;
};

const rate = (published: PublishedCase): void => {
  const found = rateOf(flows(published.input['flows']));
  expectWithin(published, typeof found === 'number' ? found : null, { expected: published.expected['rate'] });
};
/** Equal periods are years of 365 days apart: the same equation. */
const periodic = (published: PublishedCase): void => {
  const amounts = published.input['periodic_flows'] as readonly number[];
  const found = rateOf(amounts.map((amount, index) => ({ on: index * 365, amount })));
  expectWithin(published, typeof found === 'number' ? found : null, { expected: published.expected['rate'] });
};
const noRate =
  (code: string) =>
  (published: PublishedCase): void => {
    expect(published.expected['rate']).toBeNull();
    expect(rateOf(flows(published.input['flows']))).toBe(code);
  };

const PLAIN_RATES = [
  'own-bond-at-par',
  'own-one-year',
  'pyxirr-minus_0_99',
  'pyxirr-1938',
  'pyxirr-30-3',
  'pyxirr-30-11',
  'pyxirr-30-15',
  'pyxirr-30-19', // prettier-ignore
  'pyxirr-30-23',
  'pyxirr-30-27',
  'pyxirr-30-35',
  'pyxirr-30-39',
  'pyxirr-30-43',
  'pyxirr-30-47',
  'npm-xirr-ten',
  'npm-xirr-over-100', // prettier-ignore
  'npm-xirr-issue-1',
  'npm-xirr-120-months', // prettier-ignore
];
runPublishedCases('xirr.json', {
  ...Object.fromEntries(PLAIN_RATES.map((id) => [id, rate])),
  'pyxirr-30-31': noRate('no_root'),
  'npm-xirr-all-nonnegative': noRate('no_money_paid_in'),
  'periodic-irr-3': periodic,
  'periodic-irr-7': periodic,
});

it('the rate of pyxirr-30-7 is the other one of its two', () => {
  const published = publishedCases('xirr.json').find(({ id }) => id === 'pyxirr-30-7');
  const [other = NaN] = published?.expected['note_multiple_roots_found'] as readonly number[];
  expect(rateOf(flows(published?.input['flows']))).toBeCloseTo(other, 8);
});

it('the closed part of own-two-lots-closed-one-open earned the stated rate on its own flows', () => {
  const published = publishedCases('fifo.json').find(({ id }) => id === 'own-two-lots-closed-one-open');
  if (published === undefined) throw new Error('own-two-lots-closed-one-open');
  const book = openLotBook('fifo');
  const sold = (published.input['transactions'] as readonly (readonly [string, 'buy' | 'sell', number, number])[]).flatMap(
    ([on, side, quantity, figure], index) => {
      const amount = decimalFromNumber(figure) ?? ZERO;
      const change = tradeLots(book, {
        id: `t${index}`,
        on: day(on),
        side,
        quantity: decimalFromNumber(quantity) ?? ZERO,
        amount,
        baseAmount: amount,
      });
      return 'code' in change ? [] : change.gains;
    },
  );
  const proceeds = toNumber(sum(sold.map((gain) => gain.proceeds)));
  const found = rateOf([
    ...sold.map(({ acquiredOn, cost }) => ({ on: acquiredOn, amount: -toNumber(cost) })),
    { on: day('2023-01-01'), amount: proceeds },
  ]);
  expectWithin(published, typeof found === 'number' ? found : null, { expected: published.expected['closed_irr'], tolerance: 'rate' });
});

/** Values of whole days: a figure holds until the next one, and flows of a day move it at once. */
function dailyOf(from: Day, to: Day, rows: readonly { readonly on: Day; readonly inflow?: number; readonly gain?: number }[]): DailyValues {
  const count = to - from + 1;
  const [values, inflows] = [new Float64Array(count), new Float64Array(count)];
  for (const { on, inflow = 0, gain = 0 } of rows) {
    inflows[on - from] = (inflows[on - from] ?? 0) + inflow;
    for (let index = on - from; index < count; index += 1) values[index] = (values[index] ?? 0) + inflow + gain;
  }
  return { from, opening: 0, values, inflows, outflows: new Float64Array(count), unpriced: [] };
}

runPublishedCases('twr.json', {
  'own-last-day-deposit': (published) => {
    const { input, expected } = published;
    const from = day(input['from'] as string);
    const rows = (input['transactions'] as readonly (readonly [string, string, number])[]).map(([on, type, amount]) =>
      type === 'deposit' ? { on: day(on), inflow: amount } : { on: day(on), gain: amount },
    );
    const weighted = timeWeighted(dailyOf(from, day(input['to'] as string), rows));
    for (const [on, value] of Object.entries(expected['cumulative_return'] as Record<string, number>)) {
      expectWithin(published, 'code' in weighted ? null : (weighted.index[day(on) - from] ?? NaN) - 1, { expected: value });
    }
  },
  'own-nothing-earned': (published) => {
    const { input, expected } = published;
    const rows = (input['external_flows'] as readonly FlowRow[]).map(([on, inflow]) => ({ on: day(on), inflow }));
    const daily = dailyOf(day(input['from'] as string), day(input['to'] as string), rows);
    expect(daily.values.at(-1)).toBe((input['valuations'] as Record<string, number>)['2018-12-31']);
    const weighted = timeWeighted(daily);
    const total = 'code' in weighted ? null : weighted.total;
    expectWithin(published, capitalReturn(daily).gain, { expected: expected['pnl'] });
    expectWithin(published, total, { expected: expected['twr_period'] });
    expectWithin(published, annualize(total ?? NaN, daily.values.length), { expected: expected['twr_year'] });
    const found = rateOf(flowsOf(daily));
    expectWithin(published, typeof found === 'number' ? found : null, { expected: expected['irr'] });
  },
  // Without flows the gain over the opening value is what every method says.
  'mdietz-no-flows': (published) => {
    const { input, expected } = published;
    expect(input['flows']).toEqual([]);
    const daily: DailyValues = {
      from: 0,
      opening: input['begin'] as number,
      values: array([input['end']]),
      inflows: array([0]),
      outflows: array([0]),
      unpriced: [],
    };
    expect(capitalReturn(daily).gain).toBe(expected['gain']);
    expectWithin(published, capitalReturn(daily).simple, { expected: expected['modified_dietz'] });
  },
  'own-negative-value': ({ input, expected }) => {
    expect(expected['error']).toBe('negative portfolio value');
    const values = array(Object.values(input['values'] as Record<string, number>));
    const daily: DailyValues = {
      from: day('2024-06-03'),
      opening: 0,
      values,
      inflows: array([80, 0]),
      outflows: array([0, 0]),
      unpriced: [],
    };
    expect(timeWeighted(daily)).toEqual({ code: 'negative_value', on: day('2024-06-04'), value: -20 });
  },
  'empyrical-aggregate': (published) => {
    const { input, expected } = published;
    const names = { weekly: 'week', monthly: 'month', quarterly: 'quarter', yearly: 'year' } as const;
    for (const [name, cycle] of Object.entries(names)) {
      const totals = linkByCycle(array(input['daily_returns']), day(input['first_date'] as string), cycle).map(({ total }) => total);
      const figures = expected[name] as readonly number[];
      expect(totals).toHaveLength(figures.length);
      totals.forEach((total, index) => expectWithin(published, total, { expected: figures[index] }));
    }
  },
  'ts-cagr-2y': (published) => {
    const { begin, end, years } = published.input as { readonly begin: number; readonly end: number; readonly years: number };
    const start = day('2021-01-01');
    expectWithin(published, annualize(end / begin - 1, addYears(start, years) - start), { expected: published.expected['cagr'] });
  },
});

const recovery = (published: PublishedCase): void => {
  expectWithin(published, longestRecovery(drawdowns(array(published.input['daily_equity']), 0)), {
    expected: published.expected['recovery_days'],
  });
};
/** The source reports a loss as a negative figure. */
const negativeDrawdown = (published: PublishedCase): void => {
  let level = 1;
  const index = seen(published.input['returns']).map((value) => (level *= 1 + value));
  expectWithin(published, -Math.max(...drawdownSeries(index, 1)), { expected: published.expected['max_drawdown'] });
};
const sortino = (published: PublishedCase): void => {
  const setting = {
    periodsPerYear: published.input['periods_per_year'] as number,
    riskFreeRate: 0,
    acceptableReturn: published.input['required'] as number,
  };
  expectWithin(published, sortinoRatio(seen(published.input['returns']), setting), { expected: published.expected['sortino'] });
};
const monthly = { ...WEEKDAY_RISK, periodsPerYear: 12 };

runPublishedCases('risk.json', {
  'own-drawdown-below-zero': (published) => {
    const index = array(published.input['cumulative_returns']).map((value) => 1 + value);
    expectWithin(published, Math.max(...drawdownSeries(index)), { expected: published.expected['max_drawdown'] });
  },
  'ts-maxdd-from-zero': (published) => {
    expectWithin(published, Math.max(...drawdownSeries(array(published.input['values']))), {
      expected: published.expected['max_drawdown'],
    });
  },
  'lean-recovery-100-90-95-100': recovery,
  'lean-recovery-100-90-80-70': recovery,
  'lean-recovery-100': recovery,
  // Not annualised: one period a year.
  'cme-sortino': (published) => {
    const setting = { periodsPerYear: 1, riskFreeRate: 0, acceptableReturn: published.input['target'] as number };
    expectWithin(published, sortinoRatio(array(published.input['returns']), setting), { expected: published.expected['sortino'] });
  },
  'emp-maxdd-mixed': negativeDrawdown,
  'emp-maxdd-negative': negativeDrawdown,
  'emp-vol-monthly': (published) => {
    expectWithin(published, volatility(seen(published.input['returns']), monthly), { expected: published.expected['volatility'] });
  },
  'emp-sharpe-mixed': (published) => {
    expect(published.input['risk_free_per_period']).toBe(0);
    expectWithin(published, sharpeRatio(seen(published.input['returns']), WEEKDAY_RISK), { expected: published.expected['sharpe'] });
  },
  'emp-sharpe-flat': ({ input, expected }) => {
    expect(expected['sharpe']).toContain('not defined');
    expect(sharpeRatio(seen(input['returns']), WEEKDAY_RISK)).toBeNull();
  },
  'emp-downside-monthly': (published) => {
    expectWithin(published, downsideDeviation(seen(published.input['returns']), monthly), {
      expected: published.expected['downside_risk'],
    });
  },
  'emp-sortino-mixed': sortino,
  'emp-sortino-monthly': sortino,
  'emp-alpha-beta': (published) => {
    const returns = published.input['returns'] as readonly (number | null)[];
    const benchmark = (published.input['benchmark'] as readonly number[]).filter((_, index) => returns[index] !== null);
    const aligned = { returns: seen(returns), benchmark: array(benchmark) };
    expectWithin(published, alpha(aligned, WEEKDAY_RISK), { expected: published.expected['alpha'] });
    expectWithin(published, beta(aligned), { expected: published.expected['beta'] });
  },
  'emp-hist-var-6': (published) => {
    for (const [cutoff, expected] of Object.entries(published.expected['var_by_cutoff'] as Record<string, number>)) {
      expectWithin(published, quantile(array(published.input['returns']), Number(cutoff)), { expected });
    }
  },
  'emp-omega-mixed': (published) => {
    const setting = { ...WEEKDAY_RISK, acceptableReturn: published.input['required_annual'] as number };
    expectWithin(published, omegaRatio(seen(published.input['returns']), setting), { expected: published.expected['omega'] });
  },
});
