import { Type } from 'typebox';
import { route } from '../route.ts';
import { Closed, Exact, ExactInput, Id, Instant, Nullable, Symbol } from '../shapes.ts';
import { Envelope } from './envelope.ts';
import { Stock, stockExample } from './stock.ts';

const tag = 'watchlist-api';
const door = 'watchlist' as const;
const base = '/api/v1/watchlists/watchlists';
const byId = Closed({ id: Id });
const ListName = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
const Description = Type.String({ maxLength: 2_000 });
const paging = {
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
} as const;

const List = Closed({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  is_default: Type.Boolean(),
  item_count: Type.Integer(),
  created_at: Instant,
  updated_at: Instant,
});
const Item = Closed({
  stock: Stock,
  stock_symbol: Symbol,
  note: Type.String(),
  latest_price: Nullable(Exact),
  alert_thresholds: Type.Object(
    {},
    {
      additionalProperties: Exact,
      description: 'The standing price alerts of this stock by kind: price_above, price_below, percent_change.',
    },
  ),
  added_at: Instant,
});
const Thresholds = Closed(
  {
    price_above: Type.Optional(Nullable(ExactInput)),
    price_below: Type.Optional(Nullable(ExactInput)),
    percent_change: Type.Optional(Nullable(ExactInput)),
  },
  { description: 'Each sets the alert of its kind or, where there is one, changes it; null takes it away. They fire once.' },
);

const listExample = {
  id: '01980a5e-7c1e-7000-8000-00000000e001',
  name: 'Technology',
  description: '',
  is_default: true,
  item_count: 1,
  created_at: '2026-01-05T14:30:00.000Z',
  updated_at: '2026-01-05T14:30:00.000Z',
};
const itemExample = {
  stock: stockExample,
  stock_symbol: 'AAPL',
  note: '',
  latest_price: '228.44',
  alert_thresholds: { price_above: '250' },
  added_at: '2026-01-05T14:30:00.000Z',
};
const params = { id: listExample.id };
const one = { data: listExample, meta: null, errors: null };
const oneItem = { data: itemExample, meta: null, errors: null };

export const listStockWatchlists = route({
  name: 'listStockWatchlists',
  method: 'GET',
  path: base,
  tag,
  summary: 'Your watchlists.',
  access: 'user',
  scope: 'read',
  query: Closed(paging),
  answers: { 200: Envelope(Type.Array(List)) },
  errors: [],
  door,
  example: { answer: { data: [listExample], meta: { next: null, previous: null, count: 1 }, errors: null } },
});

export const createStockWatchlist = route({
  name: 'createStockWatchlist',
  method: 'POST',
  path: base,
  tag,
  summary: 'Make a watchlist, as many as your plan allows.',
  access: 'user',
  scope: 'write',
  body: Closed({ name: ListName, description: Type.Optional(Description), is_default: Type.Optional(Type.Boolean()) }),
  answers: { 201: Envelope(List) },
  errors: ['plan_limit', 'conflict'],
  idempotent: 'replayed',
  door,
  example: { body: { name: 'Technology' }, answer: { ...one, data: { ...listExample, item_count: 0 } } },
});

export const getStockWatchlist = route({
  name: 'getStockWatchlist',
  method: 'GET',
  path: `${base}/{id}`,
  tag,
  summary: 'One watchlist.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: Envelope(List) },
  errors: [],
  door,
  example: { params, answer: one },
});

const change = <const Name extends string, const Method extends 'PUT' | 'PATCH'>(name: Name, method: Method) =>
  route({
    name,
    method,
    path: `${base}/{id}`,
    tag,
    summary: 'Rename a watchlist, describe it or make it the default; what is left out stays.',
    access: 'user',
    scope: 'write',
    params: byId,
    body: Closed({
      name: Type.Optional(ListName),
      description: Type.Optional(Description),
      is_default: Type.Optional(Type.Boolean({ description: 'false changes nothing: make another list the default.' })),
    }),
    answers: { 200: Envelope(List) },
    errors: ['conflict'],
    door,
    example: { params, body: { name: 'Chips' }, answer: { ...one, data: { ...listExample, name: 'Chips' } } },
  });

export const replaceStockWatchlist = change('replaceStockWatchlist', 'PUT');
export const changeStockWatchlist = change('changeStockWatchlist', 'PATCH');

export const deleteStockWatchlist = route({
  name: 'deleteStockWatchlist',
  method: 'DELETE',
  path: `${base}/{id}`,
  tag,
  summary: 'Delete a watchlist.',
  access: 'user',
  scope: 'write',
  params: byId,
  answers: { 204: null },
  errors: [],
  door,
  example: { params },
});

export const listWatchedStocks = route({
  name: 'listWatchedStocks',
  method: 'GET',
  path: `${base}/{id}/items`,
  tag,
  summary: 'The stocks of a watchlist.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: Envelope(Type.Array(Item)) },
  errors: [],
  door,
  example: { params, answer: { data: [itemExample], meta: { next: null, previous: null, count: 1 }, errors: null } },
});

export const addWatchedStock = route({
  name: 'addWatchedStock',
  method: 'POST',
  path: `${base}/{id}/add_stock`,
  tag,
  summary: 'Watch a stock, and be told at thresholds.',
  description: 'For a stock that is watched already only the thresholds count.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ stock_symbol: Symbol, alert_thresholds: Type.Optional(Thresholds) }),
  answers: { 201: Envelope(Item) },
  errors: ['ambiguous_symbol', 'instrument_inactive', 'conflict'],
  idempotent: 'replayed',
  door,
  example: { params, body: { stock_symbol: 'AAPL', alert_thresholds: { price_above: '250' } }, answer: oneItem },
});

export const removeWatchedStock = route({
  name: 'removeWatchedStock',
  method: 'DELETE',
  path: `${base}/{id}/remove_stock`,
  tag,
  summary: 'Stop watching a stock. Its alerts stay.',
  access: 'user',
  scope: 'write',
  params: byId,
  query: Closed({ symbol: Symbol }),
  answers: { 204: null },
  errors: [],
  door,
  example: { params, query: { symbol: 'AAPL' } },
});

export const addWatchedStocks = route({
  name: 'addWatchedStocks',
  method: 'POST',
  path: `${base}/{id}/bulk_add`,
  tag,
  summary: 'Watch many stocks; each has its own outcome.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ stock_symbols: Type.Array(Symbol, { minItems: 1, maxItems: 200 }) }),
  answers: {
    200: Envelope(
      Closed({
        added: Type.Array(Type.String()),
        skipped: Type.Array(Closed({ stock_symbol: Type.String(), reason: Type.String(), detail: Nullable(Type.String()) })),
      }),
    ),
  },
  errors: [],
  idempotent: 'replayed',
  door,
  example: {
    params,
    body: { stock_symbols: ['AAPL', 'NOSUCH'] },
    answer: {
      data: {
        added: ['AAPL'],
        skipped: [{ stock_symbol: 'NOSUCH', reason: 'unknown_symbol', detail: 'There is no instrument NOSUCH. Search for its name.' }],
      },
      meta: null,
      errors: null,
    },
  },
});

export const watchDoorRoutes = [
  listStockWatchlists,
  createStockWatchlist,
  getStockWatchlist,
  replaceStockWatchlist,
  changeStockWatchlist,
  deleteStockWatchlist,
  listWatchedStocks,
  addWatchedStock,
  removeWatchedStock,
  addWatchedStocks,
] as const;
