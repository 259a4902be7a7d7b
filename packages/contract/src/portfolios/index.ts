/** Portfolios: what is looked at together. */
import { Type } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { AsOf, Closed, Currency, Exact, ExactInput, Id, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';
import { CashMode, CostMethod, examplePortfolio, Portfolio, PortfolioKind, TradingSettingsInput } from './portfolio.ts';

export { CashBalance, examplePortfolio, Portfolio, TradingSettings, TradingSettingsInput } from './portfolio.ts';

const tag = 'Portfolios';
const byId = Closed({ id: Id });
const params = { id: examplePortfolio.id };
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
const Description = Type.String({ maxLength: 2_000 });
const TimeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'IANA name; days, snapshots and day changes end at its midnight.',
});

export const listPortfolios = route({
  name: 'listPortfolios',
  method: 'GET',
  path: '/api/v1/portfolios',
  tag,
  summary: 'Your portfolios, oldest first.',
  access: 'user',
  scope: 'read',
  query: Closed({
    ...PageQuery,
    kind: Type.Optional(PortfolioKind),
    archived: Type.Optional(Type.Boolean({ description: 'true lists archived ones instead.' })),
  }),
  answers: { 200: Page(Portfolio) },
  errors: [],
  example: { query: { limit: 50 }, answer: { items: [examplePortfolio], nextCursor: null } },
});

export const createPortfolio = route({
  name: 'createPortfolio',
  method: 'POST',
  path: '/api/v1/portfolios',
  tag,
  summary: 'Open a portfolio.',
  description: 'A paper portfolio starts with 100,000.00 of virtual cash unless startingCash says otherwise; a tracked one starts empty.',
  access: 'user',
  scope: 'write',
  body: Closed({
    name: Name,
    description: Type.Optional(Description),
    kind: PortfolioKind,
    cashMode: Type.Optional(CashMode),
    baseCurrency: Type.Optional(Currency),
    timeZone: Type.Optional(TimeZone),
    costMethod: Type.Optional(CostMethod),
    startingCash: Type.Optional(ExactInput),
    settings: Type.Optional(TradingSettingsInput),
  }),
  answers: { 201: Portfolio },
  errors: ['conflict'],
  idempotent: 'replayed',
  example: { body: { name: 'Practice', kind: 'paper', baseCurrency: 'USD', startingCash: '100000' }, answer: examplePortfolio },
});

export const getPortfolio = route({
  name: 'getPortfolio',
  method: 'GET',
  path: '/api/v1/portfolios/{id}',
  tag,
  summary: 'One portfolio with its cash.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: Portfolio },
  errors: [],
  example: { params, answer: examplePortfolio },
});

export const changePortfolio = route({
  name: 'changePortfolio',
  method: 'PATCH',
  path: '/api/v1/portfolios/{id}',
  tag,
  summary: 'Rename, describe, set cost method or trading rules, archive or bring back.',
  description:
    'Another costMethod (tracked portfolios only) recomputes every gain; GET realized-gains?costMethod= shows beforehand what it would give.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({
    name: Type.Optional(Name),
    description: Type.Optional(Description),
    timeZone: Type.Optional(TimeZone),
    costMethod: Type.Optional(CostMethod),
    settings: Type.Optional(TradingSettingsInput),
    archived: Type.Optional(Type.Boolean()),
  }),
  answers: { 200: Portfolio },
  errors: ['portfolio_kind', 'conflict'],
  example: { params, body: { name: 'Long term' }, answer: { ...examplePortfolio, name: 'Long term' } },
});

export const deletePortfolio = route({
  name: 'deletePortfolio',
  method: 'DELETE',
  path: '/api/v1/portfolios/{id}',
  tag,
  summary: 'Archive a portfolio.',
  description: 'Nothing is lost: its open orders are canceled, it leaves the lists, and PATCH { "archived": false } brings it back.',
  access: 'user',
  scope: 'write',
  params: byId,
  answers: { 204: null },
  errors: ['conflict'],
  example: { params },
});

export const resetPortfolio = route({
  name: 'resetPortfolio',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/reset',
  tag,
  summary: 'Start a paper portfolio again.',
  description: 'Open orders are canceled, holdings and cash are put aside in the old epoch, and the new one starts with startingCash.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ startingCash: Type.Optional(ExactInput) }),
  answers: { 200: Portfolio },
  errors: ['portfolio_kind', 'portfolio_archived', 'conflict'],
  idempotent: 'replayed',
  example: { params, body: { startingCash: '50000' }, answer: { ...examplePortfolio, epoch: 2 } },
});

export const clonePortfolio = route({
  name: 'clonePortfolio',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/clone',
  tag,
  summary: 'Open a paper portfolio with the same rules and free cash.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ name: Type.Optional(Name) }),
  answers: { 201: Portfolio },
  errors: ['portfolio_kind', 'conflict'],
  idempotent: 'replayed',
  example: { params, body: { name: 'Practice 2' }, answer: { ...examplePortfolio, name: 'Practice 2' } },
});

export const CashReceipt = Closed({
  transactionId: Id,
  type: OneOf(['deposit', 'withdrawal']),
  amount: Exact,
  currency: Currency,
  balance: Exact,
  tradedAt: Instant,
});

export const moveCash = route({
  name: 'moveCash',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/cash',
  tag,
  summary: 'Deposit or withdraw cash.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed({ type: OneOf(['deposit', 'withdrawal']), amount: ExactInput, currency: Type.Optional(Currency) }),
  answers: { 201: CashReceipt },
  errors: ['insufficient_cash', 'portfolio_archived', 'conflict'],
  idempotent: 'by-the-desk',
  example: {
    params,
    body: { type: 'deposit', amount: '500.00' },
    answer: {
      transactionId: '01980a5e-7c1e-7000-8000-00000000b001',
      type: 'deposit',
      amount: '500',
      currency: 'USD',
      balance: '100500',
      tradedAt: '2026-01-05T14:30:00.000Z',
    },
  },
});

export const PortfolioSummary = Closed({
  portfolioId: Id,
  currency: Currency,
  totalValue: Exact,
  marketValue: Exact,
  cashValue: Exact,
  investedCapital: Exact,
  costBasis: Exact,
  realizedGain: Exact,
  unrealizedGain: Exact,
  priceEffect: Type.Unsafe<string>({
    ...Exact,
    description: 'The part of unrealizedGain that prices made, at the rates of the purchases.',
  }),
  currencyEffect: Type.Unsafe<string>({ ...Exact, description: 'The rest of unrealizedGain, which exchange rates made.' }),
  crossEffect: Type.Unsafe<string>({ ...Exact, description: 'The part of currencyEffect that lies on what prices did.' }),
  cashCurrencyGain: Type.Unsafe<string>({ ...Exact, description: 'What exchange rates did to cash in other currencies.' }),
  income: Exact,
  costs: Exact,
  netGain: Exact,
  simpleReturn: Nullable(Type.Number({ description: 'netGain / investedCapital, a fraction; null without capital.' })),
  dayChange: Exact,
  dayChangePercent: Nullable(Type.Number()),
  positions: Type.Integer(),
  unpriced: Type.Array(Type.String(), { description: 'Symbols held without a price; they count at cost.' }),
  asOf: Instant,
  prices: OneOf(['live', 'close'], { description: 'live: the newest prices. close: those of the past day that asOf named.' }),
});

export const getPortfolioSummary = route({
  name: 'getPortfolioSummary',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/summary',
  tag,
  summary: 'What a portfolio is worth and what it gained, now or on a past day.',
  description:
    'All in the base currency at live prices, or with asOf as it was then at the closes of that day. Each figure is rounded once. investedCapital is money and holdings put in less taken out. simpleReturn is netGain over everything put in. netGain = realized + unrealized + income + currency gain on cash - costs that are not inside lots.',
  access: 'user',
  scope: 'read',
  params: byId,
  query: Closed({ asOf: Type.Optional(AsOf) }),
  answers: { 200: PortfolioSummary },
  errors: [],
  example: {
    params,
    answer: {
      portfolioId: examplePortfolio.id,
      currency: 'USD',
      totalValue: '100250',
      marketValue: '20250',
      cashValue: '80000',
      investedCapital: '100000',
      costBasis: '20000',
      realizedGain: '0',
      unrealizedGain: '250',
      priceEffect: '250',
      currencyEffect: '0',
      crossEffect: '0',
      cashCurrencyGain: '0',
      income: '0',
      costs: '0',
      netGain: '250',
      simpleReturn: 0.0025,
      dayChange: '120.5',
      dayChangePercent: 0.12,
      positions: 3,
      unpriced: [],
      asOf: '2026-01-05T14:30:00.000Z',
      prices: 'live',
    },
  },
});

export const portfolioRoutes: readonly Route[] = [
  listPortfolios,
  createPortfolio,
  getPortfolio,
  changePortfolio,
  deletePortfolio,
  resetPortfolio,
  clonePortfolio,
  moveCash,
  getPortfolioSummary,
];
