/** Positions: what is held. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { AsOf, Closed, Currency, Exact, Id, Instant, Items, Nullable, OneOf } from '../shapes.ts';

export const Position = Closed({
  symbol: Type.String(),
  exchange: Type.String(),
  name: Type.String(),
  assetClass: Type.String(),
  quantity: Exact,
  reserved: Exact,
  averagePrice: Exact,
  costBasis: Exact,
  price: Nullable(Exact),
  priceAt: Nullable(Instant),
  marketValue: Nullable(Exact),
  unrealizedGain: Nullable(Exact),
  unrealizedGainPercent: Nullable(Type.Number()),
  realizedGain: Exact,
  dayChange: Nullable(Exact),
  dayChangePercent: Nullable(Type.Number()),
  weight: Nullable(Type.Number({ description: 'Fraction of the total value in the base currency.' })),
  currency: Currency,
  accruedInterest: Nullable(
    Type.Unsafe<string>({
      ...Exact,
      description: 'Of a bond with terms: interest since its last coupon, in its currency. Beside the market value, not in it.',
    }),
  ),
  priceFrom: Nullable(
    OneOf(['quote', 'close', 'trade'], {
      description:
        'quote: the newest price. close: the close of the day asked for, or the last one before it. trade: what was last paid, where there was no close by then. null: none is known, and the position counts at cost.',
    }),
  ),
  baseCostBasis: Exact,
  baseMarketValue: Type.Unsafe<string>({ ...Exact, description: 'In the portfolio’s base currency; at cost where there is no price.' }),
  baseUnrealizedGain: Nullable(Exact),
  priceEffect: Nullable(
    Type.Unsafe<string>({
      ...Exact,
      description: 'What the price did: quantity x (price - averagePrice) at the rate of the purchases. Base currency.',
    }),
  ),
  currencyEffect: Nullable(
    Type.Unsafe<string>({
      ...Exact,
      description:
        'What the exchange rate did: quantity x price x (rate now - rate of the purchases). priceEffect + currencyEffect = baseUnrealizedGain.',
    }),
  ),
  crossEffect: Nullable(
    Type.Unsafe<string>({ ...Exact, description: 'The part of currencyEffect that lies on what the price did; it is contained in it.' }),
  ),
});

const params = { id: examplePortfolio.id };
const examplePosition = {
  symbol: 'AAPL',
  exchange: 'NASDAQ',
  name: 'Apple Inc.',
  assetClass: 'stock',
  quantity: '10',
  reserved: '0',
  averagePrice: '220.5',
  costBasis: '2205',
  price: '228.44',
  priceAt: '2026-01-05T14:30:00.000Z',
  marketValue: '2284.4',
  unrealizedGain: '79.4',
  unrealizedGainPercent: 3.6,
  realizedGain: '0',
  dayChange: '27.5',
  dayChangePercent: 1.22,
  weight: 0.0228,
  currency: 'USD',
  accruedInterest: null,
  priceFrom: 'quote' as const,
  baseCostBasis: '2205',
  baseMarketValue: '2284.4',
  baseUnrealizedGain: '79.4',
  priceEffect: '79.4',
  currencyEffect: '0',
  crossEffect: '0',
};

export const listPositions = route({
  name: 'listPositions',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/positions',
  tag: 'Positions',
  summary: 'What a portfolio holds, at live prices, or held on a past day.',
  description:
    'averagePrice = costBasis / quantity under the portfolio’s cost method. Amounts are in the currency of the instrument, those named base… and the effects in the portfolio’s. dayChange of a past day is against the close before.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ asOf: Type.Optional(AsOf) }),
  answers: { 200: Items(Position) },
  errors: [],
  example: { params, answer: { items: [examplePosition] } },
});

export const getAllocation = route({
  name: 'getAllocation',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/allocation',
  tag: 'Positions',
  summary: 'How the value is spread.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ by: Type.Optional(OneOf(['symbol', 'assetClass', 'sector', 'country', 'currency'])), asOf: Type.Optional(AsOf) }),
  answers: { 200: Items(Closed({ key: Type.String(), value: Exact, weight: Type.Number() })) },
  errors: [],
  example: {
    params,
    query: { by: 'assetClass' },
    answer: {
      items: [
        { key: 'stock', value: '2284.4', weight: 0.0228 },
        { key: 'cash', value: '97715.6', weight: 0.9772 },
      ],
    },
  },
});

export const positionRoutes: readonly Route[] = [listPositions, getAllocation];
