/** Allocation: how a portfolio should be spread, and what would have to be traded for it. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Currency, Exact, ExactInput, Id, Nullable, OneOf } from '../shapes.ts';

const tag = 'Allocation';
const params = { id: examplePortfolio.id };
const Key = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

/** What a value can be spread by. */
export const ALLOCATION_KEYS = ['symbol', 'assetClass', 'sector', 'country', 'currency'] as const;
const By = OneOf(ALLOCATION_KEYS);

const Targets = Closed({
  portfolioId: Id,
  currency: Currency,
  by: By,
  items: Type.Array(
    Closed({
      key: Type.String(),
      target: Nullable(Type.Unsafe<string>({ ...Exact, description: 'A fraction of the whole; null where none was set.' })),
      value: Exact,
      weight: Type.Number({ description: 'A fraction of the whole as it is now.' }),
      drift: Nullable(Type.Number({ description: 'weight - target.' })),
    }),
    { description: 'What is held or has a target, the greatest value first; cash has the key `cash`.' },
  ),
  targeted: Type.Unsafe<string>({ ...Exact, description: 'Sum of the targets; what is left of 1 has none.' }),
});

const exampleTargets = {
  portfolioId: examplePortfolio.id,
  currency: 'USD',
  by: 'assetClass' as const,
  items: [
    { key: 'stock', target: '0.7', value: '8000', weight: 0.8, drift: 0.1 },
    { key: 'bond', target: '0.25', value: '1500', weight: 0.15, drift: -0.1 },
    { key: 'cash', target: '0.05', value: '500', weight: 0.05, drift: 0 },
  ],
  targeted: '1',
};

export const getAllocationTargets = route({
  name: 'getAllocationTargets',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/allocation-targets',
  tag,
  summary: 'How a portfolio should be spread, beside how it is.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ by: Type.Optional(OneOf(ALLOCATION_KEYS, { description: 'Default: symbol.' })) }),
  answers: { 200: Targets },
  errors: [],
  example: { params, query: { by: 'assetClass' }, answer: exampleTargets },
});

export const putAllocationTargets = route({
  name: 'putAllocationTargets',
  method: 'PUT',
  path: '/api/v1/portfolios/{id}/allocation-targets',
  tag,
  summary: 'Set how a portfolio should be spread.',
  description:
    'In place of all targets of the same `by`. A target is a fraction of the whole, cash included: 0.25 is 25 %. Together they are at most 1; an empty list removes them. The key `cash` is the part that should stay in cash. A symbol may have a target before it is held.',
  access: 'user',
  scope: 'write',
  params: Closed({ id: Id }),
  body: Closed({ by: By, targets: Type.Array(Closed({ key: Key, target: ExactInput }), { maxItems: 200 }) }),
  answers: { 200: Targets },
  errors: ['unknown_symbol', 'ambiguous_symbol'],
  example: {
    params,
    body: {
      by: 'assetClass',
      targets: [
        { key: 'stock', target: '0.7' },
        { key: 'bond', target: '0.25' },
        { key: 'cash', target: '0.05' },
      ],
    },
    answer: exampleTargets,
  },
});

export const getRebalancing = route({
  name: 'getRebalancing',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/rebalancing',
  tag,
  summary: 'The orders that would bring a portfolio to its targets.',
  description:
    'A proposal at live prices; nothing is placed, and fees are not in it. What is above its target is sold first, then what is below is bought with that and with cash down to its target less `cashBand`. Where cash is not enough, every purchase gets the same share of its wish. A key’s gap is shared by value among what is held of it. What has no target stays as it is, `unreachable` names targets for which nothing is held that could be bought, `unpriced` what is held without a price.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({
    by: Type.Optional(OneOf(ALLOCATION_KEYS, { description: 'Whose targets. Default: symbol.' })),
    quantities: Type.Optional(OneOf(['whole', 'fractional'], { description: 'Whole units (the default), or up to 6 decimals of one.' })),
    minimumTrade: Type.Optional(
      Type.String({
        pattern: '^\\d{1,20}(\\.\\d{1,18})?$',
        maxLength: 40,
        description: 'Trades of less, in the base currency, are left out. Default: 0.',
      }),
    ),
    cashBand: Type.Optional(
      Type.String({
        pattern: '^\\d{1,20}(\\.\\d{1,18})?$',
        maxLength: 40,
        description: 'How far below its target purchases may take the cash, a fraction of the whole. Default: 0.',
      }),
    ),
  }),
  answers: {
    200: Closed({
      portfolioId: Id,
      currency: Currency,
      by: By,
      totalValue: Exact,
      orders: Type.Array(
        Closed({
          symbol: Type.String(),
          name: Type.String(),
          key: Type.String(),
          side: OneOf(['buy', 'sell']),
          quantity: Exact,
          price: Exact,
          currency: Currency,
          value: Type.Unsafe<string>({ ...Exact, description: 'In the portfolio’s base currency.' }),
        }),
      ),
      items: Type.Array(
        Closed({
          key: Type.String(),
          target: Nullable(Exact),
          weightBefore: Type.Number(),
          weightAfter: Type.Number(),
          valueAfter: Exact,
        }),
      ),
      cashBefore: Exact,
      cashAfter: Exact,
      unreachable: Type.Array(Type.String()),
      unpriced: Type.Array(Type.String()),
    }),
  },
  errors: [],
  example: {
    params,
    query: { by: 'symbol', quantities: 'whole', minimumTrade: '50', cashBand: '0.01' },
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      by: 'symbol',
      totalValue: '10000',
      orders: [
        { symbol: 'AAPL', name: 'Apple Inc.', key: 'AAPL', side: 'sell', quantity: '4', price: '250', currency: 'USD', value: '1000' },
        { symbol: 'BND', name: 'Bond fund', key: 'BND', side: 'buy', quantity: '13', price: '75', currency: 'USD', value: '975' },
      ],
      items: [
        { key: 'AAPL', target: '0.7', weightBefore: 0.8, weightAfter: 0.7, valueAfter: '7000' },
        { key: 'BND', target: '0.25', weightBefore: 0.15, weightAfter: 0.2475, valueAfter: '2475' },
        { key: 'cash', target: '0.05', weightBefore: 0.05, weightAfter: 0.0525, valueAfter: '525' },
      ],
      cashBefore: '500',
      cashAfter: '525',
      unreachable: [],
      unpriced: [],
    },
  },
});

export const allocationRoutes: readonly Route[] = [getAllocationTargets, putAllocationTargets, getRebalancing];
