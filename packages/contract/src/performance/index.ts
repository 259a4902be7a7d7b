/** Performance: how well a portfolio did, how bumpy the road was, what it realised and earned, and where each figure comes from. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Currency, Day, Id, Nullable, OneOf, Symbol } from '../shapes.ts';
import { explainRoutes } from './explain.ts';
import { getIncomeForecast } from './forecast.ts';
import { exactPerformanceRoutes } from './gains.ts';
import { getWhatIf } from './what-if.ts';

export { explainFigure } from './explain.ts';
export { getIncomeForecast } from './forecast.ts';
export { getWhatIf } from './what-if.ts';
export { getIncome, getRealizedGains, listLots, listSnapshots } from './gains.ts';

const tag = 'Performance';
const params = { id: examplePortfolio.id };
const Fraction = Nullable(Type.Number({ description: 'A fraction: 0.05 is 5 %.' }));
const PeriodQuery = {
  from: Type.Optional(Day),
  to: Type.Optional(Day),
} as const;

/** The returns that `method` chooses between. */
export const RETURN_METHODS = ['timeWeighted', 'moneyWeighted', 'simple', 'roai'] as const;

const Drawdown = Closed({
  depth: Type.Number({ description: '1 - lowest / peak of the flow-free index.' }),
  peakOn: Day,
  troughOn: Day,
  recoveredOn: Nullable(Day),
});
const exampleDrawdown = { depth: 0.0412, peakOn: '2026-02-03', troughOn: '2026-03-10', recoveredOn: '2026-04-02' };

const Performance = Closed({
  portfolioId: Id,
  currency: Currency,
  from: Nullable(Day),
  to: Nullable(Day),
  method: OneOf(RETURN_METHODS),
  return: Fraction,
  timeWeighted: Fraction,
  annualized: Fraction,
  moneyWeighted: Fraction,
  moneyWeightedReason: Nullable(Type.String()),
  simple: Fraction,
  roai: Fraction,
  series: Type.Array(
    Closed({
      day: Day,
      value: Type.Number(),
      invested: Type.Number(),
      cumulativeReturn: Type.Number(),
      drawdown: Type.Number(),
      rollingReturn: Fraction,
      benchmarkReturn: Type.Optional(Type.Number()),
      benchmarkValue: Type.Optional(Nullable(Type.Number())),
    }),
  ),
  months: Type.Array(Closed({ month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }), return: Type.Number() })),
  drawdowns: Type.Array(Drawdown),
  benchmark: Nullable(Closed({ symbol: Type.String(), name: Type.String(), return: Fraction, ranOut: Type.Boolean() })),
  unpriced: Type.Array(Type.String()),
  methods: Type.Record(Type.String(), Type.String()),
});

export const getPerformance = route({
  name: 'getPerformance',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/performance',
  tag,
  summary: 'How well a portfolio did: four named returns, the line of each day, the months and the drawdowns.',
  description:
    'Days are those of the portfolio’s time zone; the first is that of its first transaction when `from` is left out, the last is today. `method` chooses what `return` repeats. Returns are fractions and nothing is annualised below one year: `annualized` is the time-weighted return a year, `moneyWeighted` the rate a year from one year on and the return over the span below. `benchmarkValue` is what the same flows would be worth in the benchmark.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({
    ...PeriodQuery,
    method: Type.Optional(OneOf(RETURN_METHODS, { description: 'Default: timeWeighted.' })),
    benchmark: Type.Optional(Symbol),
    interval: Type.Optional(OneOf(['day', 'week', 'month'], { description: 'Distance of the points of `series`. Default: day.' })),
  }),
  answers: { 200: Performance },
  errors: ['unknown_symbol', 'ambiguous_symbol'],
  example: {
    params,
    query: { from: '2026-01-01', benchmark: 'SPX' },
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      from: '2026-01-01',
      to: '2026-04-30',
      method: 'timeWeighted',
      return: 0.045,
      timeWeighted: 0.045,
      annualized: null,
      moneyWeighted: 0.0441,
      moneyWeightedReason: null,
      simple: 0.0448,
      roai: 0.0452,
      series: [
        {
          day: '2026-04-30',
          value: 104_500,
          invested: 100_000,
          cumulativeReturn: 0.045,
          drawdown: 0,
          rollingReturn: null,
          benchmarkReturn: 0.031,
          benchmarkValue: 103_100,
        },
      ],
      months: [{ month: '2026-04', return: 0.012 }],
      drawdowns: [exampleDrawdown],
      benchmark: { symbol: 'SPX', name: 'Example index', return: 0.031, ranOut: false },
      unpriced: [],
      methods: { timeWeighted: 'Daily returns, linked: inflows at the start of the day, outflows at its end.' },
    },
  },
});

const Risk = Closed({
  portfolioId: Id,
  from: Nullable(Day),
  to: Nullable(Day),
  observations: Type.Integer({ description: 'Weekdays with capital.' }),
  volatility: Fraction,
  downsideDeviation: Fraction,
  sharpe: Nullable(Type.Number()),
  sortino: Nullable(Type.Number()),
  calmar: Nullable(Type.Number()),
  omega: Nullable(Type.Number()),
  maxDrawdown: Nullable(Drawdown),
  valueAtRisk: Fraction,
  parametricValueAtRisk: Fraction,
  conditionalValueAtRisk: Fraction,
  riskFreeRate: Type.Number(),
  confidence: Type.Number(),
  benchmark: Nullable(
    Closed({
      symbol: Type.String(),
      name: Type.String(),
      beta: Nullable(Type.Number()),
      alpha: Fraction,
      trackingError: Fraction,
      informationRatio: Nullable(Type.Number()),
      upCapture: Fraction,
      downCapture: Fraction,
    }),
  ),
  methods: Type.Record(Type.String(), Type.String()),
});

export const getRisk = route({
  name: 'getRisk',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/risk',
  tag,
  summary: 'How bumpy the road was, alone and beside a benchmark.',
  description:
    'From daily time-weighted returns of weekdays. Losses are positive: a value at risk of 0.02 is a loss of 2 %. A figure is null where too little was seen or its divisor is zero, never infinite.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({
    ...PeriodQuery,
    benchmark: Type.Optional(Symbol),
    riskFreeRate: Type.Optional(Type.Number({ minimum: -0.5, maximum: 1, default: 0, description: 'A year, as a fraction.' })),
    confidence: Type.Optional(Type.Number({ minimum: 0.5, maximum: 0.999, default: 0.95 })),
  }),
  answers: { 200: Risk },
  errors: ['unknown_symbol', 'ambiguous_symbol'],
  example: {
    params,
    query: { riskFreeRate: 0.02 },
    answer: {
      portfolioId: examplePortfolio.id,
      from: '2026-01-01',
      to: '2026-04-30',
      observations: 85,
      volatility: 0.182,
      downsideDeviation: 0.121,
      sharpe: 0.62,
      sortino: 0.93,
      calmar: null,
      omega: 1.12,
      maxDrawdown: exampleDrawdown,
      valueAtRisk: 0.0171,
      parametricValueAtRisk: 0.0186,
      conditionalValueAtRisk: 0.0233,
      riskFreeRate: 0.02,
      confidence: 0.95,
      benchmark: null,
      methods: { volatility: 'Sample standard deviation of daily returns x sqrt(252).' },
    },
  },
});

export const performanceRoutes: readonly Route[] = [
  getPerformance,
  getRisk,
  ...exactPerformanceRoutes,
  ...explainRoutes,
  getWhatIf,
  getIncomeForecast,
];
