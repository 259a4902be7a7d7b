/** What a portfolio's holdings will pay, as far as it is announced or was paid a year before. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import { Closed, Currency, Day, Exact, Id, Nullable, OneOf } from '../shapes.ts';

export const getIncomeForecast = route({
  name: 'getIncomeForecast',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/income/forecast',
  tag: 'Performance',
  summary: 'Dividends and coupons of the next twelve months: declared ones, and a projection of the last year’s.',
  description:
    'declared: announced by the company, or a coupon of a bond’s terms, on what is held. projected: each dividend received in the last 365 days again a year after its day, per share as shares are now, on what is held now; only of instruments that paid at least twice in two years, and not within 45 days of a declared payment. No growth is assumed, nothing is taken off for tax. Base amounts at the exchange rate of now.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  answers: {
    200: Closed({
      portfolioId: Id,
      currency: Currency,
      from: Day,
      to: Day,
      total: Exact,
      declared: Exact,
      projected: Exact,
      months: Type.Array(Closed({ month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }), declared: Exact, projected: Exact })),
      items: Type.Array(
        Closed({
          kind: OneOf(['declared', 'projected']),
          symbol: Type.String(),
          name: Type.String(),
          exOn: Nullable(Day),
          on: Day,
          quantity: Exact,
          amountPerShare: Exact,
          amount: Exact,
          currency: Currency,
          baseAmount: Type.Unsafe<string | null>({
            anyOf: [Exact, { type: 'null' }],
            description: 'In the base currency; null where no exchange rate is known, and then in no sum.',
          }),
          basedOn: Type.Unsafe<string | null>({ anyOf: [Id, { type: 'null' }], description: 'The transaction that a projection repeats.' }),
        }),
      ),
    }),
  },
  errors: [],
  example: {
    params: { id: examplePortfolio.id },
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      from: '2026-01-06',
      to: '2027-01-05',
      total: '26.1',
      declared: '9.8',
      projected: '16.3',
      months: [
        { month: '2026-03', declared: '9.8', projected: '0' },
        { month: '2026-06', declared: '0', projected: '16.3' },
      ],
      items: [
        {
          ...{ kind: 'declared', symbol: 'AAPL', name: 'Apple Inc.', exOn: '2026-03-02', on: '2026-03-20', quantity: '14' },
          ...{ amountPerShare: '0.7', amount: '9.8', currency: 'USD', baseAmount: '9.8', basedOn: null },
        },
      ],
    },
  },
});
