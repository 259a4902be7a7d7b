/** Instruments on the wire: what can be held or followed. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Currency, Day, Exact, ExactInput, Id, Nullable, OneOf, Page, PageQuery, Symbol } from '../shapes.ts';

export const AssetClass = OneOf(['stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other'] as const);

export const Instrument = Closed(
  {
    id: Id,
    symbol: Symbol,
    name: Type.String(),
    exchange: Nullable(Type.String({ description: 'Where it is listed. Null for what no exchange lists.' })),
    assetClass: AssetClass,
    currency: Currency,
    sector: Nullable(Type.String()),
    country: Nullable(Type.String({ description: 'ISO 3166 alpha-2.' })),
    isin: Nullable(Type.String()),
    tickSize: Nullable(Exact),
    status: OneOf(['active', 'inactive'] as const, { description: 'An inactive one is kept for history and takes no orders.' }),
    source: Type.String({ description: 'Whose prices it has: simulated, import, manual, or the name of a provider.' }),
    private: Type.Boolean({ description: 'True when it exists for you only.' }),
  },
  { description: 'Something that can be held or followed.' },
);
export type Instrument = Static<typeof Instrument>;

const Name = Type.String({ minLength: 1, maxLength: 200 });
const Exchange = Type.String({ pattern: '^[A-Za-z0-9-]{1,16}$', maxLength: 16, examples: ['NASDAQ'] });
const Sector = Nullable(Type.String({ minLength: 1, maxLength: 100 }));
const Country = Nullable(Type.String({ pattern: '^[A-Z]{2}$', maxLength: 2 }));
const Isin = Nullable(Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{9}[0-9]$', maxLength: 12 }));
export const SymbolParams = Closed({ symbol: Symbol });

const apple: Instrument = {
  id: '01936b2e-7c00-7000-8000-000000000001',
  symbol: 'AAPL',
  name: 'Apple Inc.',
  exchange: 'NASDAQ',
  assetClass: 'stock',
  currency: 'USD',
  sector: 'Information Technology',
  country: 'US',
  isin: 'US0378331005',
  tickSize: '0.01',
  status: 'active',
  source: 'simulated',
  private: false,
};
const house: Instrument = {
  ...apple,
  id: '01936b2e-7c00-7000-8000-000000000002',
  symbol: 'HOUSE-ELM-ST',
  name: 'House in Elm Street',
  exchange: null,
  assetClass: 'other',
  sector: null,
  isin: null,
  tickSize: null,
  source: 'manual',
  private: true,
};

export const listInstruments = route({
  name: 'listInstruments',
  method: 'GET',
  path: '/api/v1/instruments',
  tag: 'instruments',
  summary: 'Search or list instruments.',
  description:
    'Without `search` by symbol. With it, best match first: the symbol itself, symbols that begin with it, then names of which every searched word begins a word. Your private instruments are included.',
  access: 'market',
  scope: 'read',
  query: Closed({
    search: Type.Optional(Type.String({ maxLength: 100 })),
    assetClass: Type.Optional(AssetClass),
    exchange: Type.Optional(Exchange),
    status: Type.Optional(OneOf(['active', 'inactive', 'all'] as const, { description: 'active by default.' })),
    ...PageQuery,
  }),
  answers: { 200: Page(Instrument) },
  errors: [],
  example: { query: { search: 'apple', limit: 10 }, answer: { items: [apple], nextCursor: null } },
});

export const getInstrument = route({
  name: 'getInstrument',
  method: 'GET',
  path: '/api/v1/instruments/{symbol}',
  tag: 'instruments',
  summary: 'One instrument.',
  description:
    'A bare symbol means your private instrument of that name, else the primary listing; SYMBOL.EXCHANGE means any other. A symbol that only a provider of market data knows is fetched and kept.',
  access: 'market',
  scope: 'read',
  params: SymbolParams,
  answers: { 200: Instrument },
  errors: ['ambiguous_symbol'],
  example: { params: { symbol: 'AAPL' }, answer: apple },
});

export const createInstrument = route({
  name: 'createInstrument',
  method: 'POST',
  path: '/api/v1/instruments',
  tag: 'instruments',
  summary: 'Create a private instrument, or as an administrator a public one.',
  description: 'A private instrument (a house, a bond) exists for you only, under its own symbol, and has the prices that you give it.',
  access: 'user',
  scope: 'write',
  body: Closed({
    symbol: Symbol,
    name: Name,
    assetClass: AssetClass,
    currency: Currency,
    exchange: Type.Optional(Nullable(Exchange)),
    sector: Type.Optional(Sector),
    country: Type.Optional(Country),
    isin: Type.Optional(Isin),
    tickSize: Type.Optional(Nullable(ExactInput)),
    private: Type.Optional(Type.Boolean({ description: 'True unless an administrator says false: then everybody sees it.' })),
  }),
  answers: { 201: Instrument },
  errors: ['symbol_taken', 'forbidden', 'conflict'],
  idempotent: 'replayed',
  example: {
    body: { symbol: 'HOUSE-ELM-ST', name: 'House in Elm Street', assetClass: 'other', currency: 'USD', country: 'US' },
    answer: house,
  },
});

export const updateInstrument = route({
  name: 'updateInstrument',
  method: 'PATCH',
  path: '/api/v1/instruments/{symbol}',
  tag: 'instruments',
  summary: 'Change what is said of an instrument.',
  description:
    'Your private ones, or as an administrator any public one. Symbol, exchange and currency stay, since history is kept in them.',
  access: 'user',
  scope: 'write',
  params: SymbolParams,
  body: Closed({
    name: Type.Optional(Name),
    assetClass: Type.Optional(AssetClass),
    sector: Type.Optional(Sector),
    country: Type.Optional(Country),
    isin: Type.Optional(Isin),
    tickSize: Type.Optional(Nullable(ExactInput)),
    status: Type.Optional(OneOf(['active', 'inactive'] as const)),
  }),
  answers: { 200: Instrument },
  errors: ['ambiguous_symbol', 'forbidden'],
  example: {
    params: { symbol: 'HOUSE-ELM-ST' },
    body: { name: 'House, 12 Elm Street' },
    answer: { ...house, name: 'House, 12 Elm Street' },
  },
});

export const deactivateInstrument = route({
  name: 'deactivateInstrument',
  method: 'DELETE',
  path: '/api/v1/instruments/{symbol}',
  tag: 'instruments',
  summary: 'Deactivate an instrument.',
  description: 'It takes no more orders and leaves the lists; history that names it stays. PATCH with status active brings it back.',
  access: 'user',
  scope: 'write',
  params: SymbolParams,
  answers: { 204: null },
  errors: ['ambiguous_symbol', 'forbidden'],
  example: { params: { symbol: 'HOUSE-ELM-ST' } },
});

export const putInstrumentPrices = route({
  name: 'putInstrumentPrices',
  method: 'PUT',
  path: '/api/v1/instruments/{symbol}/prices',
  tag: 'instruments',
  summary: 'Give a private instrument its prices.',
  description: 'One price a day. A day that has a price already gets the new one, null takes it away. The latest is its quote.',
  access: 'user',
  scope: 'write',
  params: SymbolParams,
  body: Closed({
    prices: Type.Array(Closed({ day: Day, price: Nullable(ExactInput) }), { minItems: 1, maxItems: 5_000 }),
  }),
  answers: {
    200: Closed({
      symbol: Symbol,
      count: Type.Integer({ description: 'Days with a price.' }),
      firstOn: Nullable(Day),
      lastOn: Nullable(Day),
      last: Nullable(Exact),
    }),
  },
  errors: ['ambiguous_symbol', 'forbidden', 'conflict'],
  example: {
    params: { symbol: 'HOUSE-ELM-ST' },
    body: {
      prices: [
        { day: '2025-12-31', price: '350000.00' },
        { day: '2026-01-05', price: '352500.00' },
      ],
    },
    answer: { symbol: 'HOUSE-ELM-ST', count: 2, firstOn: '2025-12-31', lastOn: '2026-01-05', last: '352500' },
  },
});

export const instrumentsRoutes = [
  listInstruments,
  getInstrument,
  createInstrument,
  updateInstrument,
  deactivateInstrument,
  putInstrumentPrices,
] as const;
