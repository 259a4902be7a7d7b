/** Watchlists: instruments that a user follows, in an order of their own, with notes and target prices. */
import { Type } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, ExactInput, Id, Items, Nullable, Page, PageQuery, Symbol } from '../shapes.ts';
import {
  itemExample,
  Name,
  NewItem,
  Note,
  Watchlist,
  watchlistExample,
  WatchlistItem,
  WatchlistWithItems,
  WatchOutcome,
} from './watchlist.ts';

export { Watchlist, WatchlistItem, WatchlistWithItems, WatchOutcome } from './watchlist.ts';

const tag = 'Watchlists';
const base = '/api/v1/watchlists';
const byId = Closed({ id: Id });
const bySymbol = Closed({ id: Id, symbol: Symbol });
const params = { id: watchlistExample.id };
const itemParams = { ...params, symbol: 'AAPL' };
const planned = 'A plan allows so many watchlists: standard 1, premium 10, administrators any number; beyond it is 403 `plan_limit`.';
const Position = Type.Integer({ minimum: 0, maximum: 100_000, description: 'From 0; what is beyond the end is the end.' });

export const listWatchlists = route({
  name: 'listWatchlists',
  method: 'GET',
  path: base,
  tag,
  summary: 'Your watchlists, in your order.',
  access: 'user',
  scope: 'read',
  query: Closed(PageQuery),
  answers: { 200: Page(Watchlist) },
  errors: [],
  example: { query: { limit: 50 }, answer: { items: [watchlistExample], nextCursor: null } },
});

export const createWatchlist = route({
  name: 'createWatchlist',
  method: 'POST',
  path: base,
  tag,
  summary: 'Make a watchlist.',
  description: `The first one is the default, whatever is said. ${planned}`,
  access: 'user',
  scope: 'write',
  body: Closed({ name: Name, note: Type.Optional(Note), isDefault: Type.Optional(Type.Boolean()) }),
  answers: { 201: Watchlist },
  errors: ['plan_limit', 'conflict'],
  idempotent: 'replayed',
  example: { body: { name: 'Technology', note: 'Looked at every Monday.' }, answer: { ...watchlistExample, itemCount: 0 } },
});

export const getWatchlist = route({
  name: 'getWatchlist',
  method: 'GET',
  path: `${base}/{id}`,
  tag,
  summary: 'One watchlist with all its items, at live prices.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: WatchlistWithItems },
  errors: [],
  example: { params, answer: { ...watchlistExample, items: [itemExample] } },
});

export const changeWatchlist = route({
  name: 'changeWatchlist',
  method: 'PATCH',
  path: `${base}/{id}`,
  tag,
  summary: 'Rename a watchlist, change its note or place, or make it the default.',
  description: 'What was the default until then is so no more. A list cannot stop being the default by itself: make another one it.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({
    name: Type.Optional(Name),
    note: Type.Optional(Note),
    isDefault: Type.Optional(Type.Literal(true)),
    position: Type.Optional(Position),
  }),
  answers: { 200: Watchlist },
  errors: ['conflict'],
  example: { params, body: { name: 'Chips', position: 0 }, answer: { ...watchlistExample, name: 'Chips' } },
});

export const deleteWatchlist = route({
  name: 'deleteWatchlist',
  method: 'DELETE',
  path: `${base}/{id}`,
  tag,
  summary: 'Delete a watchlist and its items. If it was the default, the first of the others becomes it.',
  access: 'user',
  scope: 'write',
  params: byId,
  answers: { 204: null },
  errors: [],
  example: { params },
});

export const copyWatchlist = route({
  name: 'copyWatchlist',
  method: 'POST',
  path: `${base}/{id}/copy`,
  tag,
  summary: 'Make a new watchlist with the same items, notes and targets.',
  description: planned,
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ name: Name }),
  answers: { 201: Watchlist },
  errors: ['plan_limit', 'conflict'],
  idempotent: 'replayed',
  example: { params, body: { name: 'Technology, tried out' }, answer: { ...watchlistExample, name: 'Technology, tried out', position: 1 } },
});

export const listWatchlistItems = route({
  name: 'listWatchlistItems',
  method: 'GET',
  path: `${base}/{id}/items`,
  tag,
  summary: 'The items of a watchlist in its order, at live prices, page by page.',
  access: 'user',
  scope: 'read',
  params: byId,
  query: Closed(PageQuery),
  answers: { 200: Page(WatchlistItem) },
  errors: [],
  example: { params, query: { limit: 50 }, answer: { items: [itemExample], nextCursor: null } },
});

export const addWatchlistItems = route({
  name: 'addWatchlistItems',
  method: 'POST',
  path: `${base}/{id}/items`,
  tag,
  summary: 'Watch instruments: each row has its own outcome, in the order asked.',
  description: 'A list holds up to 500. What is there already keeps its place, note and target.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ items: Type.Array(NewItem, { minItems: 1, maxItems: 200 }) }),
  answers: { 200: Items(WatchOutcome) },
  errors: [],
  idempotent: 'replayed',
  example: {
    params,
    body: { items: [{ symbol: 'AAPL', targetPrice: '210' }, { symbol: 'NOSUCH' }] },
    answer: {
      items: [
        { symbol: 'AAPL', outcome: 'added', detail: null },
        { symbol: 'NOSUCH', outcome: 'unknownSymbol', detail: 'There is no instrument NOSUCH. Search for its name.' },
      ],
    },
  },
});

export const getWatchlistItem = route({
  name: 'getWatchlistItem',
  method: 'GET',
  path: `${base}/{id}/items/{symbol}`,
  tag,
  summary: 'One item of a watchlist, at its live price.',
  access: 'user',
  scope: 'read',
  params: bySymbol,
  answers: { 200: WatchlistItem },
  errors: [],
  example: { params: itemParams, answer: itemExample },
});

export const changeWatchlistItem = route({
  name: 'changeWatchlistItem',
  method: 'PATCH',
  path: `${base}/{id}/items/{symbol}`,
  tag,
  summary: 'Change an item’s note, target price (null takes it away) or place.',
  access: 'user',
  scope: 'write',
  params: bySymbol,
  body: Closed({
    note: Type.Optional(Note),
    targetPrice: Type.Optional(Nullable(ExactInput)),
    position: Type.Optional(Position),
  }),
  answers: { 200: WatchlistItem },
  errors: [],
  example: { params: itemParams, body: { targetPrice: '210', position: 0 }, answer: itemExample },
});

export const removeWatchlistItem = route({
  name: 'removeWatchlistItem',
  method: 'DELETE',
  path: `${base}/{id}/items/{symbol}`,
  tag,
  summary: 'Stop watching an instrument.',
  access: 'user',
  scope: 'write',
  params: bySymbol,
  answers: { 204: null },
  errors: [],
  example: { params: itemParams },
});

export const watchlistRoutes: readonly Route[] = [
  listWatchlists,
  createWatchlist,
  getWatchlist,
  changeWatchlist,
  deleteWatchlist,
  copyWatchlist,
  listWatchlistItems,
  addWatchlistItems,
  getWatchlistItem,
  changeWatchlistItem,
  removeWatchlistItem,
];
