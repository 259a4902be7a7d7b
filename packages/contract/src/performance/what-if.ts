/** What if: a portfolio as if nothing had been bought or sold since a day. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import { Closed, Currency, Day, Exact, Id, Nullable } from '../shapes.ts';

export const getWhatIf = route({
  name: 'getWhatIf',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/what-if',
  tag: 'Performance',
  summary: 'What if nothing had been bought or sold since a day.',
  description:
    'Holdings and cash as they were at the end of the day `on`, worth what they would be now; splits recorded since are followed, dividends and interest since are not in it. In the base currency. `actualGain` is what really came of it: value now less value then less `flows`, what was put in since less what was taken out. `difference` is actualGain - heldGain: above zero, trading since paid.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ on: Day }),
  answers: {
    200: Closed({
      portfolioId: Id,
      currency: Currency,
      on: Day,
      valueThen: Exact,
      valueHeld: Exact,
      heldGain: Exact,
      valueNow: Exact,
      flows: Exact,
      actualGain: Exact,
      difference: Exact,
      positions: Type.Array(
        Closed({ symbol: Type.String(), name: Type.String(), quantity: Exact, price: Nullable(Exact), baseMarketValue: Exact }),
      ),
      unpriced: Type.Array(Type.String()),
    }),
  },
  errors: [],
  example: {
    params: { id: examplePortfolio.id },
    query: { on: '2025-12-31' },
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      on: '2025-12-31',
      valueThen: '100000',
      valueHeld: '104000',
      heldGain: '4000',
      valueNow: '108500',
      flows: '5000',
      actualGain: '3500',
      difference: '-500',
      positions: [{ symbol: 'AAPL', name: 'Apple Inc.', quantity: '10', price: '228.44', baseMarketValue: '2284.4' }],
      unpriced: [],
    },
  },
});
