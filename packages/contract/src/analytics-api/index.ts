/** The stock portfolio analytics API (seed 003): positions added by hand and what they are worth. Every path also answers under /api/v1. */
import { Type } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Id, Instant, Nullable, Symbol } from '../shapes.ts';

const tag = 'analytics-api';
const door = 'analytics' as const;
const Amount = Type.Number({
  exclusiveMinimum: 0,
  maximum: 1_000_000_000_000,
  description: 'At most 15 significant digits.',
});

export const StockPosition = Closed({
  id: Id,
  user_id: Id,
  stock_symbol: Type.String(),
  quantity: Type.Number(),
  purchase_price: Type.Number(),
  created_at: Instant,
});
const position = {
  id: '01980a5e-7c1e-7000-8000-00000000e001',
  user_id: '01980a5e-7c1e-7000-8000-00000000e002',
  stock_symbol: 'AAPL',
  quantity: 10,
  purchase_price: 150,
  created_at: '2026-01-05T14:30:00.000Z',
};
const byId = Closed({ id: Id });

export const AnalyticsSummary = Closed({
  total_value: Type.Number(),
  total_invested: Type.Number(),
  total_gain_loss: Type.Number(),
  total_gain_loss_percent: Nullable(Type.Number({ description: '5 means 5 %; null without invested capital.' })),
  currency: Type.String(),
  positions: Type.Array(
    Closed({
      stock_symbol: Type.String(),
      quantity: Type.Number(),
      average_price: Type.Number(),
      current_price: Nullable(Type.Number()),
      invested: Type.Number(),
      value: Type.Number(),
      gain_loss: Type.Number(),
      gain_loss_percent: Nullable(Type.Number()),
      allocation_percent: Type.Number(),
    }),
  ),
});

/** The same route under the seed's own path and under /api/v1. */
function twice<const R extends Route>(definition: R) {
  const versioned = { ...definition, name: `${definition.name}V1`, path: `/api/v1${definition.path}` };
  return [route(definition), route(versioned)] as const;
}

export const summaries = twice({
  name: 'getAnalyticsSummary',
  method: 'GET',
  path: '/portfolio/summary',
  tag,
  summary: 'Value, capital, gain and a breakdown per stock of the default portfolio.',
  access: 'user',
  scope: 'read',
  answers: { 200: AnalyticsSummary },
  errors: [],
  door,
  example: {
    answer: {
      total_value: 1550,
      total_invested: 1500,
      total_gain_loss: 50,
      total_gain_loss_percent: 3.33,
      currency: 'USD',
      positions: [
        {
          stock_symbol: 'AAPL',
          quantity: 10,
          average_price: 150,
          current_price: 155,
          invested: 1500,
          value: 1550,
          gain_loss: 50,
          gain_loss_percent: 3.33,
          allocation_percent: 100,
        },
      ],
    },
  },
});

export const positionLists = twice({
  name: 'listStockPositions',
  method: 'GET',
  path: '/portfolio/positions',
  tag,
  summary: 'Positions as they were added, oldest first.',
  access: 'user',
  scope: 'read',
  query: Closed({
    skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  }),
  answers: { 200: Type.Array(StockPosition) },
  errors: [],
  door,
  example: { answer: [position] },
});

export const positionAdditions = twice({
  name: 'addStockPosition',
  method: 'POST',
  path: '/portfolio/positions',
  tag,
  summary: 'Add a position to the default portfolio.',
  access: 'user',
  scope: 'write',
  body: Closed({ stock_symbol: Symbol, quantity: Amount, purchase_price: Amount }),
  answers: { 201: StockPosition },
  errors: ['unknown_symbol', 'ambiguous_symbol'],
  idempotent: 'replayed',
  door,
  example: { body: { stock_symbol: 'AAPL', quantity: 10, purchase_price: 150 }, answer: position },
});

export const positionChanges = twice({
  name: 'changeStockPosition',
  method: 'PUT',
  path: '/portfolio/positions/{id}',
  tag,
  summary: 'Correct a position.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({
    stock_symbol: Type.Optional(Symbol),
    quantity: Type.Optional(Amount),
    purchase_price: Type.Optional(Amount),
  }),
  answers: { 200: StockPosition },
  errors: ['unknown_symbol', 'ambiguous_symbol', 'insufficient_position'],
  door,
  example: { params: { id: position.id }, body: { quantity: 12 }, answer: { ...position, quantity: 12 } },
});

export const positionRemovals = twice({
  name: 'removeStockPosition',
  method: 'DELETE',
  path: '/portfolio/positions/{id}',
  tag,
  summary: 'Remove a position.',
  description: 'Taken back by a reversal: the history keeps it.',
  access: 'user',
  scope: 'write',
  params: byId,
  answers: { 204: null },
  errors: ['insufficient_position'],
  door,
  example: { params: { id: position.id } },
});

export const stockPrices = twice({
  name: 'getStockPrice',
  method: 'GET',
  path: '/stocks/{symbol}/price',
  tag,
  summary: 'The current price of a symbol, with its age.',
  access: 'user',
  scope: 'read',
  params: Closed({ symbol: Symbol }),
  answers: {
    200: Closed({
      symbol: Type.String(),
      price: Type.Number(),
      currency: Type.String(),
      source: Type.String(),
      timestamp: Instant,
      age_seconds: Type.Number(),
    }),
  },
  errors: ['ambiguous_symbol'],
  door,
  example: {
    params: { symbol: 'AAPL' },
    answer: { symbol: 'AAPL', price: 155.2, currency: 'USD', source: 'simulated', timestamp: '2026-01-05T14:30:00.000Z', age_seconds: 0.4 },
  },
});

export const analyticsRoutes: readonly Route[] = [
  summaries,
  positionLists,
  positionAdditions,
  positionChanges,
  positionRemovals,
  stockPrices,
].flat();
