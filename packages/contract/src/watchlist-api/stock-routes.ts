import { Type } from 'typebox';
import { route } from '../route.ts';
import { Closed, Currency, Id, Symbol } from '../shapes.ts';
import { Envelope } from './envelope.ts';
import { Stock, stockExample as stock } from './stock.ts';

const tag = 'watchlist-api';
const door = 'watchlist' as const;

const one = { data: stock, meta: null, errors: null };
const page = { data: [stock], meta: { next: null, previous: null, count: 1 }, errors: null };
const byId = Closed({ id: Id });
const Exchange = Type.String({ pattern: '^[A-Za-z0-9-]{1,16}$', maxLength: 16 });
const paging = {
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
} as const;

export const listStocks = route({
  name: 'listStocks',
  method: 'GET',
  path: '/api/v1/stocks/stocks',
  tag,
  summary: 'Active stocks, by symbol.',
  access: 'user',
  scope: 'read',
  query: Closed({ exchange: Type.Optional(Exchange), ...paging }),
  answers: { 200: Envelope(Type.Array(Stock)) },
  errors: [],
  door,
  example: {
    query: { page_size: 1 },
    answer: { ...page, meta: { next: '/api/v1/stocks/stocks/?page_size=1&cursor=…', previous: null, count: 1 } },
  },
});

export const searchStocks = route({
  name: 'searchStocks',
  method: 'GET',
  path: '/api/v1/stocks/stocks/search',
  tag,
  summary: 'Stocks whose symbol or name fits, best first.',
  access: 'user',
  scope: 'read',
  query: Closed({ query: Type.String({ minLength: 1, maxLength: 100 }), ...paging }),
  answers: { 200: Envelope(Type.Array(Stock)) },
  errors: [],
  door,
  example: { query: { query: 'AAPL' }, answer: page },
});

export const listStockExchanges = route({
  name: 'listStockExchanges',
  method: 'GET',
  path: '/api/v1/stocks/stocks/exchanges',
  tag,
  summary: 'The exchanges on which something is listed here.',
  access: 'user',
  scope: 'read',
  answers: { 200: Envelope(Type.Array(Type.String())) },
  errors: [],
  door,
  example: { answer: { data: ['NASDAQ', 'NYSE'], meta: { next: null, previous: null, count: 2 }, errors: null } },
});

export const getStock = route({
  name: 'getStock',
  method: 'GET',
  path: '/api/v1/stocks/stocks/{id}',
  tag,
  summary: 'One stock.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: Envelope(Stock) },
  errors: [],
  door,
  example: { params: { id: stock.id }, answer: one },
});

export const createStock = route({
  name: 'createStock',
  method: 'POST',
  path: '/api/v1/stocks/stocks',
  tag,
  summary: 'Add a stock that everybody sees.',
  description: 'Its currency is the one of its exchange unless it is given.',
  access: 'admin',
  scope: 'admin',
  body: Closed({
    symbol: Symbol,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    exchange: Type.Optional(Exchange),
    currency: Type.Optional(Currency),
  }),
  answers: { 201: Envelope(Stock) },
  errors: ['symbol_taken'],
  idempotent: 'replayed',
  door,
  example: { body: { symbol: 'AAPL', name: 'Apple Inc.', exchange: 'NASDAQ' }, answer: one },
});

export const changeStock = route({
  name: 'changeStock',
  method: 'PATCH',
  path: '/api/v1/stocks/stocks/{id}',
  tag,
  summary: 'Change what a stock is called, or take it up again.',
  access: 'admin',
  scope: 'admin',
  params: byId,
  body: Closed({ name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })), is_active: Type.Optional(Type.Boolean()) }),
  answers: { 200: Envelope(Stock) },
  errors: [],
  door,
  example: { params: { id: stock.id }, body: { name: 'Apple' }, answer: { ...one, data: { ...stock, name: 'Apple' } } },
});

export const deactivateStock = route({
  name: 'deactivateStock',
  method: 'POST',
  path: '/api/v1/stocks/stocks/{id}/deactivate',
  tag,
  summary: 'Take a stock off the lists. Nothing is deleted: history that names it stays.',
  access: 'admin',
  scope: 'admin',
  params: byId,
  answers: { 200: Envelope(Stock) },
  errors: [],
  idempotent: 'replayed',
  door,
  example: { params: { id: stock.id }, answer: { ...one, data: { ...stock, is_active: false } } },
});

export const stockRoutes = [listStocks, searchStocks, listStockExchanges, getStock, createStock, changeStock, deactivateStock] as const;
