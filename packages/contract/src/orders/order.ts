import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { Closed, Currency, Exact, ExactInput, Id, Instant, Nullable, OneOf, Symbol } from '../shapes.ts';

export const OrderStatus = OneOf(['accepted', 'partiallyFilled', 'filled', 'canceled', 'replaced', 'expired', 'rejected']);

export const OrderType = OneOf(['market', 'limit', 'stop', 'stopLimit', 'trailingStop']);
export const TimeInForce = OneOf(['day', 'gtc', 'ioc', 'fok']);

/** Only on orders that have them: a plain order is answered without these fields. */
const OrderTerms = {
  trailAmount: Type.Optional(Exact),
  trailPercent: Type.Optional(Exact),
  triggeredAt: Type.Optional({ ...Instant, description: 'When the stop was reached; from then on the order trades.' }),
  takeProfit: Type.Optional(Closed({ limitPrice: Exact })),
  stopLoss: Type.Optional(Closed({ stopPrice: Exact, limitPrice: Nullable(Exact) })),
  parentId: Type.Optional({ ...Id, description: 'The purchase whose fills this order protects.' }),
  pairId: Type.Optional({ ...Id, description: 'Of two open orders with one pairId, what one sells the other does not.' }),
  replacesId: Type.Optional(Id),
  replacedById: Type.Optional(Id),
};

export const Order = Closed({
  id: Id,
  clientOrderId: Nullable(Type.String()),
  portfolioId: Id,
  symbol: Type.String(),
  side: OneOf(['buy', 'sell']),
  type: OrderType,
  timeInForce: TimeInForce,
  quantity: Exact,
  notional: Nullable(Exact),
  limitPrice: Nullable(Exact),
  stopPrice: Nullable(Exact),
  status: OrderStatus,
  filledQuantity: Exact,
  averageFillPrice: Nullable(Exact),
  fees: Exact,
  currency: Currency,
  fills: Type.Array(Closed({ quantity: Exact, price: Exact, at: Instant })),
  rejection: Nullable(Closed({ code: Type.String(), detail: Type.String() })),
  createdAt: Instant,
  updatedAt: Instant,
  expiresAt: Nullable(Instant),
  ...OrderTerms,
});

export const ClientOrderId = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\x21-\\x7e]+$' });

export const OrderInput = Closed({
  symbol: Symbol,
  side: OneOf(['buy', 'sell']),
  type: OrderType,
  quantity: Type.Optional(ExactInput),
  notional: Type.Optional(ExactInput),
  limitPrice: Type.Optional(ExactInput),
  stopPrice: Type.Optional(ExactInput),
  trailAmount: Type.Optional(ExactInput),
  trailPercent: Type.Optional(ExactInput),
  timeInForce: Type.Optional(TimeInForce),
  clientOrderId: Type.Optional(ClientOrderId),
  takeProfit: Type.Optional(
    Type.Union([Closed({ limitPrice: ExactInput }), ExactInput], { description: 'A price alone is its limitPrice.' }),
  ),
  stopLoss: Type.Optional(
    Type.Union([Closed({ stopPrice: ExactInput, limitPrice: Type.Optional(ExactInput) }), ExactInput], {
      description: 'A price alone is its stopPrice.',
    }),
  ),
});

export const exampleOrder = {
  id: '01980a5e-7c1e-7000-8000-00000000c001',
  clientOrderId: 'my-1',
  portfolioId: examplePortfolio.id,
  symbol: 'AAPL',
  side: 'buy' as const,
  type: 'market' as const,
  timeInForce: 'day' as const,
  quantity: '10',
  notional: null,
  limitPrice: null,
  stopPrice: null,
  status: 'filled' as const,
  filledQuantity: '10',
  averageFillPrice: '228.45',
  fees: '0',
  currency: 'USD',
  fills: [{ quantity: '10', price: '228.45', at: '2026-01-05T14:30:00.000Z' }],
  rejection: null,
  createdAt: '2026-01-05T14:30:00.000Z',
  updatedAt: '2026-01-05T14:30:00.000Z',
  expiresAt: null,
};
