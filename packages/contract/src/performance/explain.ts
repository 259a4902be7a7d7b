/** Explain: how a figure came about, down to transactions, prices and rates. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Exact, Id, Nullable, OneOf } from '../shapes.ts';

export const EXPLAINED_FIGURES = [
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
  'simpleReturn',
] as const;

/** A node of a trail; `inputs` holds nodes of the same shape. */
const Trail = Type.Object(
  { figure: Type.String(), operation: OneOf(['given', 'sum', 'difference', 'product', 'quotient']), value: Exact },
  {
    additionalProperties: true,
    description:
      'A figure: `inputs` are figures of the same shape, put together by `operation` (a difference takes all further inputs from the first, a quotient divides the first by the second). A given figure has a `source`: a transaction, lot, price, rate or position. `subject` says of which instrument or currency the figure is; `left` how many further inputs were left out.',
  },
);

export const explainFigure = route({
  name: 'explainFigure',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/explain',
  tag: 'Performance',
  summary: 'How a figure of the summary came about, down to its facts.',
  description: 'Reading a trail upwards recomputes the figure. In the base currency, at live prices, unrounded.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({
    figure: OneOf(EXPLAINED_FIGURES),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 200, description: 'Inputs shown of any one figure.' })),
  }),
  answers: { 200: Closed({ portfolioId: Id, figure: OneOf(EXPLAINED_FIGURES), trail: Nullable(Trail) }) },
  errors: [],
  example: {
    params: { id: examplePortfolio.id },
    query: { figure: 'marketValue' },
    answer: {
      portfolioId: examplePortfolio.id,
      figure: 'marketValue',
      trail: {
        figure: 'marketValue',
        operation: 'sum',
        value: '2284.4',
        inputs: [
          {
            figure: 'marketValue',
            operation: 'product',
            subject: 'AAPL',
            value: '2284.4',
            inputs: [
              { figure: 'quantity', operation: 'given', value: '10', source: { kind: 'position', symbol: 'AAPL' } },
              { figure: 'price', operation: 'given', value: '228.44', source: { kind: 'price', symbol: 'AAPL' } },
            ],
          },
        ],
      },
    },
  },
});

export const explainRoutes: readonly Route[] = [explainFigure];
