/** Orders of paper portfolios. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Currency, Exact, ExactInput, Id, Instant, Items, Nullable, OneOf, Page, PageQuery, Symbol } from '../shapes.ts';
import { ClientOrderId, exampleOrder, Order, OrderInput, OrderStatus, OrderType, TimeInForce } from './order.ts';

export { exampleOrder, Order, OrderInput, OrderStatus } from './order.ts';

const tag = 'Orders';

const portfolioParams = Closed({ id: Id });
const orderParams = Closed({ id: Id, orderId: Id });
const params = { id: examplePortfolio.id };

const refusals = [
  'insufficient_cash',
  'insufficient_position',
  'market_closed',
  'unknown_symbol',
  'instrument_inactive',
  'tick_size',
  'stop_reached',
  'stale_quote',
  'no_quote',
  'order_too_large',
  'order_too_small',
  'no_exchange_rate',
  'too_many_open_orders',
  'ambiguous_symbol',
  'client_order_id_taken',
  'portfolio_kind',
  'portfolio_archived',
] as const;

export const placeOrder = route({
  name: 'placeOrder',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/orders',
  tag,
  summary: 'Place an order.',
  description:
    'Answered after the order is durably committed. Give quantity or notional. Stops look at the last price. takeProfit and stopLoss on a purchase place orders that protect each fill; stopLoss on a limit sale places its other half. 201 is a new order; 200 is the order placed earlier with the same clientOrderId and body. A refused order creates nothing and uses nothing up.',
  access: 'user',
  scope: 'trade',
  counts: 'burst',
  params: portfolioParams,
  body: OrderInput,
  answers: { 201: Order, 200: Order },
  errors: refusals,
  idempotent: 'by-the-desk',
  example: { params, body: { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '10', clientOrderId: 'my-1' }, answer: exampleOrder },
});

export const BatchOutcome = Closed({
  index: Type.Integer(),
  status: Type.Integer({
    description:
      'What the order alone would have been answered with: 201, 200, 409 or 422; 500 or 503 for one that could not be decided while others were.',
  }),
  order: Nullable(Order),
  error: Nullable(
    Closed({
      code: Type.String(),
      detail: Type.String(),
      needed: Type.Optional(Exact),
      available: Type.Optional(Exact),
      currency: Type.Optional(Currency),
    }),
  ),
});

export const placeOrders = route({
  name: 'placeOrders',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/orders/batch',
  tag,
  summary: 'Place up to 500 orders, decided in the order given.',
  description: 'Each order succeeds or is refused by itself. With an Idempotency-Key a repeated batch answers the orders placed first.',
  access: 'user',
  scope: 'trade',
  counts: 'burst',
  params: portfolioParams,
  body: Closed({ orders: Type.Array(OrderInput, { minItems: 1, maxItems: 500 }) }),
  answers: { 200: Closed({ items: Type.Array(BatchOutcome) }) },
  errors: ['portfolio_kind', 'portfolio_archived'],
  idempotent: 'by-the-desk',
  example: {
    params,
    body: { orders: [{ symbol: 'AAPL', side: 'buy', type: 'market', quantity: '10' }] },
    answer: { items: [{ index: 0, status: 201, order: exampleOrder, error: null }] },
  },
});

export const previewOrder = route({
  name: 'previewOrder',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/orders/preview',
  tag,
  summary: 'What an order would do now, without placing it.',
  access: 'user',
  scope: 'read',
  counts: 'burst',
  params: portfolioParams,
  body: OrderInput,
  answers: {
    200: Closed({
      symbol: Type.String(),
      outcome: OneOf(['fills', 'partlyFills', 'rests', 'cancels', 'refused']),
      quantity: Exact,
      price: Nullable(Exact),
      amount: Exact,
      fee: Exact,
      currency: Currency,
      cashBefore: Exact,
      cashAfter: Exact,
      cashCurrency: Currency,
      reserved: Exact,
      refusal: Nullable(
        Closed({
          code: Type.String(),
          detail: Type.String(),
          needed: Type.Optional(Exact),
          available: Type.Optional(Exact),
          currency: Type.Optional(Currency),
        }),
      ),
      quote: Nullable(Closed({ last: Exact, bid: Nullable(Exact), ask: Nullable(Exact), at: Instant })),
    }),
  },
  errors: ['unknown_symbol', 'ambiguous_symbol', 'portfolio_kind', 'portfolio_archived'],
  example: {
    params,
    body: { symbol: 'AAPL', side: 'buy', type: 'limit', quantity: '10', limitPrice: '225' },
    answer: {
      symbol: 'AAPL',
      outcome: 'rests',
      quantity: '10',
      price: '225',
      amount: '2250',
      fee: '0',
      currency: 'USD',
      cashBefore: '100000',
      cashAfter: '100000',
      cashCurrency: 'USD',
      reserved: '2250',
      refusal: null,
      quote: { last: '228.44', bid: '228.43', ask: '228.45', at: '2026-01-05T14:30:00.000Z' },
    },
  },
});

export const listOrders = route({
  name: 'listOrders',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/orders',
  tag,
  summary: 'Orders, newest first.',
  access: 'user',
  scope: 'read',
  params: portfolioParams,
  query: Closed({
    ...PageQuery,
    status: Type.Optional(OneOf(['open', 'final', 'accepted', 'partiallyFilled', 'filled', 'canceled', 'replaced', 'expired', 'rejected'])),
    symbol: Type.Optional(Symbol),
    side: Type.Optional(OneOf(['buy', 'sell'])),
    type: Type.Optional(OrderType),
    from: Type.Optional({ ...Instant, description: 'Placed at or after.' }),
    to: Type.Optional({ ...Instant, description: 'Placed before.' }),
    clientOrderId: Type.Optional(Type.String({ maxLength: 64 })),
    parentId: Type.Optional(Id),
  }),
  answers: { 200: Page(Order) },
  errors: ['ambiguous_symbol'],
  example: { params, query: { status: 'open' }, answer: { items: [exampleOrder], nextCursor: null } },
});

export const getOrder = route({
  name: 'getOrder',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/orders/{orderId}',
  tag,
  summary: 'One order with its fills.',
  access: 'user',
  scope: 'read',
  params: orderParams,
  answers: { 200: Order },
  errors: [],
  example: { params: { ...params, orderId: exampleOrder.id }, answer: exampleOrder },
});

export const listOrderEvents = route({
  name: 'listOrderEvents',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/orders/{orderId}/events',
  tag,
  summary: 'Every change of an order: its audit.',
  access: 'user',
  scope: 'read',
  params: orderParams,
  answers: {
    200: Items(
      Closed({
        sequence: Type.Integer(),
        at: Instant,
        status: OrderStatus,
        filledQuantity: Exact,
        averageFillPrice: Nullable(Exact),
        fees: Exact,
      }),
    ),
  },
  errors: [],
  example: {
    params: { ...params, orderId: exampleOrder.id },
    answer: {
      items: [
        { sequence: 1, at: '2026-01-05T14:30:00.000Z', status: 'filled', filledQuantity: '10', averageFillPrice: '228.45', fees: '0' },
      ],
    },
  },
});

export const replaceOrder = route({
  name: 'replaceOrder',
  method: 'PATCH',
  path: '/api/v1/portfolios/{id}/orders/{orderId}',
  tag,
  summary: 'Put another order in the place of an open one.',
  description:
    'Answers the new order, which has an id of its own and names the old one in replacesId; the old one is replaced. What is not given stays; without a quantity it is what the old order has not filled. The place among equal prices is kept only by asking for less. Refused, the old order stands as it was.',
  access: 'user',
  counts: 'burst',
  scope: 'trade',
  params: orderParams,
  body: Type.Object(
    {
      quantity: Type.Optional(ExactInput),
      limitPrice: Type.Optional(ExactInput),
      stopPrice: Type.Optional(ExactInput),
      trailAmount: Type.Optional(ExactInput),
      trailPercent: Type.Optional(ExactInput),
      timeInForce: Type.Optional(TimeInForce),
      clientOrderId: Type.Optional(ClientOrderId),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  answers: { 200: Order },
  errors: [
    'insufficient_cash',
    'insufficient_position',
    'market_closed',
    'instrument_inactive',
    'tick_size',
    'stop_reached',
    'stale_quote',
    'order_too_large',
    'order_too_small',
    'client_order_id_taken',
    'order_final',
    'portfolio_archived',
  ],
  example: {
    params: { ...params, orderId: exampleOrder.id },
    body: { limitPrice: '226' },
    answer: {
      ...exampleOrder,
      id: '01980a5e-7c1e-7000-8000-00000000c002',
      clientOrderId: null,
      type: 'limit',
      limitPrice: '226',
      status: 'accepted',
      filledQuantity: '0',
      averageFillPrice: null,
      fills: [],
      replacesId: exampleOrder.id,
    },
  },
});

export const cancelOrder = route({
  name: 'cancelOrder',
  method: 'DELETE',
  path: '/api/v1/portfolios/{id}/orders/{orderId}',
  tag,
  summary: 'Cancel an open order.',
  access: 'user',
  scope: 'trade',
  counts: 'burst',
  params: orderParams,
  answers: { 200: Order },
  errors: ['order_final'],
  example: {
    params: { ...params, orderId: exampleOrder.id },
    answer: { ...exampleOrder, status: 'canceled', filledQuantity: '0', averageFillPrice: null, fills: [] },
  },
});

export const cancelOrders = route({
  name: 'cancelOrders',
  method: 'DELETE',
  path: '/api/v1/portfolios/{id}/orders',
  tag,
  summary: 'Cancel all open orders.',
  access: 'user',
  scope: 'trade',
  counts: 'burst',
  params: portfolioParams,
  answers: { 200: Closed({ canceled: Type.Integer() }) },
  errors: [],
  example: { params, answer: { canceled: 3 } },
});

export const orderRoutes: readonly Route[] = [
  placeOrder,
  placeOrders,
  previewOrder,
  listOrders,
  getOrder,
  listOrderEvents,
  replaceOrder,
  cancelOrder,
  cancelOrders,
];
