/** What a portfolio realised, earned and still holds, lot by lot: exact amounts. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Currency, Day, Exact, Id, Nullable, OneOf, Symbol } from '../shapes.ts';

const tag = 'Performance';
const params = { id: examplePortfolio.id };
const Year = Type.Integer({ minimum: 1900, maximum: 2200, description: 'Calendar year of the portfolio’s days.' });
const COST_METHODS = ['average', 'fifo', 'lifo', 'hifo', 'specific'] as const;
const Term = Nullable(OneOf(['short', 'long'], { description: 'US holding period; null where lots are pooled.' }));

const GainTotals = Closed({ proceeds: Exact, cost: Exact, gain: Exact, shortTerm: Exact, longTerm: Exact, disallowed: Exact });
const RealizedGain = Closed({
  transactionId: Id,
  lotId: Type.String(),
  symbol: Type.String(),
  name: Type.String(),
  acquiredOn: Nullable(Day),
  disposedOn: Day,
  quantity: Exact,
  proceeds: Exact,
  cost: Exact,
  gain: Exact,
  term: Term,
  disallowed: Exact,
});

export const getRealizedGains = route({
  name: 'getRealizedGains',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/realized-gains',
  tag,
  summary: 'What sales brought, lot by lot, with holding period and wash sales.',
  description:
    'In the base currency, each amount at the rate of its own day; a gain is proceeds net of the sale’s fees less the cost of the lot. `costMethod` shows what another method would have given; nothing is changed. `disallowed` is the part of a loss that US wash-sale rules move into replacement shares (bought within 30 days before or after); it is flagged and not taken out of `gain`.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ year: Type.Optional(Year), symbol: Type.Optional(Symbol), costMethod: Type.Optional(OneOf(COST_METHODS)) }),
  answers: {
    200: Closed({
      portfolioId: Id,
      currency: Currency,
      costMethod: OneOf(COST_METHODS),
      year: Nullable(Type.Integer()),
      totals: GainTotals,
      years: Type.Array(Closed({ year: Type.Integer(), gain: Exact })),
      items: Type.Array(RealizedGain),
    }),
  },
  errors: ['unknown_symbol', 'ambiguous_symbol'],
  example: {
    params,
    query: { year: 2026, costMethod: 'fifo' },
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      costMethod: 'fifo',
      year: 2026,
      totals: { proceeds: '1200', cost: '1000', gain: '200', shortTerm: '200', longTerm: '0', disallowed: '0' },
      years: [{ year: 2026, gain: '200' }],
      items: [
        {
          transactionId: '01980a5e-7c1e-7000-8000-00000000b003',
          lotId: '01980a5e-7c1e-7000-8000-00000000b002',
          symbol: 'AAPL',
          name: 'Apple Inc.',
          acquiredOn: '2026-01-05',
          disposedOn: '2026-03-02',
          quantity: '10',
          proceeds: '1200',
          cost: '1000',
          gain: '200',
          term: 'short',
          disallowed: '0',
        },
      ],
    },
  },
});

export const getIncome = route({
  name: 'getIncome',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/income',
  tag,
  summary: 'Dividends and interest, by month and by instrument.',
  description:
    'Before tax, in the base currency at the rate of each day. `tax` is what was withheld or paid outside lots, `fees` likewise.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ year: Type.Optional(Year) }),
  answers: {
    200: Closed({
      portfolioId: Id,
      currency: Currency,
      year: Nullable(Type.Integer()),
      total: Exact,
      costs: Exact,
      months: Type.Array(Closed({ month: Type.String(), amount: Exact })),
      items: Type.Array(Closed({ transactionId: Id, symbol: Nullable(Type.String()), on: Day, amount: Exact })),
    }),
  },
  errors: [],
  example: {
    params,
    query: { year: 2026 },
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      year: 2026,
      total: '24.5',
      costs: '3.68',
      months: [{ month: '2026-02', amount: '24.5' }],
      items: [{ transactionId: '01980a5e-7c1e-7000-8000-00000000b004', symbol: 'AAPL', on: '2026-02-13', amount: '24.5' }],
    },
  },
});

export const listLots = route({
  name: 'listLots',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/positions/{symbol}/lots',
  tag,
  summary: 'The open lots of a position: when they were bought and what they cost.',
  description: 'Under average cost all shares form one pool. Amounts in the instrument’s currency; `baseCost` in the portfolio’s.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id, symbol: Symbol }),
  answers: {
    200: Closed({
      symbol: Type.String(),
      currency: Currency,
      costMethod: OneOf(COST_METHODS),
      quantity: Exact,
      costBasis: Exact,
      items: Type.Array(
        Closed({ lotId: Type.String(), acquiredOn: Nullable(Day), quantity: Exact, cost: Exact, baseCost: Exact, unitCost: Exact }),
      ),
    }),
  },
  errors: ['unknown_symbol', 'ambiguous_symbol'],
  example: {
    params: { ...params, symbol: 'AAPL' },
    answer: {
      symbol: 'AAPL',
      currency: 'USD',
      costMethod: 'fifo',
      quantity: '10',
      costBasis: '2205',
      items: [
        {
          lotId: '01980a5e-7c1e-7000-8000-00000000b002',
          acquiredOn: '2026-01-05',
          quantity: '10',
          cost: '2205',
          baseCost: '2205',
          unitCost: '220.5',
        },
      ],
    },
  },
});

export const listSnapshots = route({
  name: 'listSnapshots',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/snapshots',
  tag,
  summary: 'What a portfolio was worth at the close of each of its days.',
  description:
    'From its first transaction up to yesterday, in the base currency. A correction makes the days from its own on anew. `inflow` is what the owner brought on the day, `outflow` what the owner took.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ from: Type.Optional(Day), to: Type.Optional(Day) }),
  answers: {
    200: Closed({
      portfolioId: Id,
      currency: Currency,
      items: Type.Array(Closed({ day: Day, value: Type.Number(), inflow: Type.Number(), outflow: Type.Number() })),
    }),
  },
  errors: [],
  example: {
    params,
    query: { from: '2026-01-05' },
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      items: [{ day: '2026-01-05', value: 100_250.5, inflow: 100_000, outflow: 0 }],
    },
  },
});

export const exactPerformanceRoutes: readonly Route[] = [getRealizedGains, getIncome, listLots, listSnapshots];
