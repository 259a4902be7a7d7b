/** Transactions: the dated facts of a portfolio. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Currency, Day, Exact, ExactInput, Id, Instant, Items, Nullable, OneOf, Page, PageQuery, Symbol } from '../shapes.ts';

const tag = 'Transactions';
export const TRANSACTION_TYPES = [
  'buy',
  'sell',
  'deposit',
  'withdrawal',
  'dividend',
  'interest',
  'fee',
  'tax',
  'split',
  'transferIn',
  'transferOut',
  'exchange',
  'returnOfCapital',
  'spinOff',
  'merger',
] as const;

export const Transaction = Closed({
  id: Id,
  portfolioId: Id,
  version: Type.Integer(),
  type: OneOf(TRANSACTION_TYPES),
  symbol: Nullable(Type.String()),
  quantity: Nullable(Exact),
  price: Nullable(Exact),
  amount: Exact,
  currency: Currency,
  fee: Exact,
  tax: Exact,
  cashEffect: Exact,
  realizedGain: Nullable(Exact),
  counterAmount: Type.Optional(Exact),
  counterCurrency: Type.Optional(Currency),
  newShares: Type.Optional(Exact),
  oldShares: Type.Optional(Exact),
  newSymbol: Type.Optional(Type.String()),
  costShare: Type.Optional(Exact),
  baseCost: Type.Optional(Exact),
  acquiredOn: Type.Optional(Day),
  baseRate: Type.Optional(Exact),
  lots: Type.Optional(Type.Array(Closed({ lotId: Id, quantity: Exact }))),
  orderId: Nullable(Id),
  note: Nullable(Type.String()),
  source: Type.String(),
  tradedAt: Instant,
  recordedAt: Instant,
});

const exampleTransaction = {
  id: '01980a5e-7c1e-7000-8000-00000000b002',
  portfolioId: examplePortfolio.id,
  version: 1,
  type: 'buy' as const,
  symbol: 'AAPL',
  quantity: '10',
  price: '228.45',
  amount: '2284.5',
  currency: 'USD',
  fee: '0',
  tax: '0',
  cashEffect: '-2284.5',
  realizedGain: null,
  orderId: '01980a5e-7c1e-7000-8000-00000000c001',
  note: null,
  source: 'order',
  tradedAt: '2026-01-05T14:30:00.000Z',
  recordedAt: '2026-01-05T14:30:00.000Z',
};

const filters = {
  ...PageQuery,
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Symbol, instrument name or note.' })),
  type: Type.Optional(OneOf(TRANSACTION_TYPES)),
  symbol: Type.Optional(Symbol),
  from: Type.Optional(Type.String({ maxLength: 30, description: 'Day or instant, inclusive.' })),
  to: Type.Optional(Type.String({ maxLength: 30, description: 'Day or instant; a day is included whole.' })),
  minAmount: Type.Optional(Type.String({ pattern: '^\\d{1,20}(\\.\\d{1,18})?$', maxLength: 40 })),
  sort: Type.Optional(OneOf(['tradedAt', '-tradedAt', 'amount', '-amount'], { description: 'Default: -tradedAt, newest first.' })),
};
const params = { id: examplePortfolio.id };
const byId = Closed({ id: Id, transactionId: Id });

export const listTransactions = route({
  name: 'listTransactions',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/transactions',
  tag,
  summary: 'Transactions of a portfolio: search, filter, sort, page.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed(filters),
  answers: { 200: Page(Transaction) },
  errors: [],
  example: { params, query: { type: 'buy', search: 'apple' }, answer: { items: [exampleTransaction], nextCursor: null } },
});

export const listAllTransactions = route({
  name: 'listAllTransactions',
  method: 'GET',
  path: '/api/v1/transactions',
  tag,
  summary: 'Transactions over all your portfolios.',
  access: 'user',
  scope: 'read',
  query: Closed(filters),
  answers: { 200: Page(Transaction) },
  errors: [],
  example: { query: { symbol: 'AAPL' }, answer: { items: [exampleTransaction], nextCursor: null } },
});

export const getTransaction = route({
  name: 'getTransaction',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/transactions/{transactionId}',
  tag,
  summary: 'One transaction.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: Transaction },
  errors: [],
  example: { params: { ...params, transactionId: exampleTransaction.id }, answer: exampleTransaction },
});

export const getTransactionHistory = route({
  name: 'getTransactionHistory',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/transactions/{transactionId}/history',
  tag,
  summary: 'Every version of a transaction: what was known when.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: Items(Closed({ version: Type.Integer(), reversed: Type.Boolean(), recordedAt: Instant, transaction: Transaction })) },
  errors: [],
  example: {
    params: { ...params, transactionId: exampleTransaction.id },
    answer: { items: [{ version: 1, reversed: false, recordedAt: '2026-01-05T14:30:00.000Z', transaction: exampleTransaction }] },
  },
});

const TransactionFields = {
  symbol: Type.Optional(Symbol),
  quantity: Type.Optional(ExactInput),
  price: Type.Optional(ExactInput),
  amount: Type.Optional(ExactInput),
  currency: Type.Optional(Currency),
  fee: Type.Optional(ExactInput),
  tax: Type.Optional(ExactInput),
  tradedAt: Type.Optional(Type.String({ maxLength: 30, description: 'Day or instant; now when left out; not in the future.' })),
  note: Type.Optional(Type.String({ maxLength: 1_000 })),
  counterAmount: Type.Optional(ExactInput),
  counterCurrency: Type.Optional(Currency),
  newShares: Type.Optional(ExactInput),
  oldShares: Type.Optional(ExactInput),
  newSymbol: Type.Optional(Symbol),
  costShare: Type.Optional(ExactInput),
  baseCost: Type.Optional(ExactInput),
  acquiredOn: Type.Optional(Day),
  baseRate: Type.Optional(ExactInput),
  lots: Type.Optional(Type.Array(Closed({ lotId: Id, quantity: ExactInput }), { minItems: 1, maxItems: 1_000 })),
};

const FIELDS = `What each type takes; every type takes currency, tradedAt and note.

- buy, sell: symbol, quantity, price; fee, tax. A sale of a portfolio with cost method specific names its lots.
- deposit, withdrawal: amount; fee, tax.
- dividend: symbol, amount before tax (or quantity and price a share); fee, tax.
- interest: amount before tax; symbol, fee, tax. fee, tax: amount; symbol.
- split: symbol, newShares for oldShares (4 and 1); amount is cash paid for a fraction.
- transferIn: symbol, quantity, amount (its cost elsewhere; or price a share); acquiredOn, baseCost. transferOut: symbol, quantity; lots.
- exchange: amount of currency given for counterAmount of counterCurrency; fee.
- returnOfCapital: symbol, amount; fee, tax.
- spinOff: symbol, newSymbol, quantity received, costShare (0 to 1) of the cost that goes along.
- merger: symbol, and newSymbol with quantity received, or amount of money, or both.

baseRate is base currency units per unit of currency, where the day's own rate is not the one that was paid. A paper portfolio’s transactions come from its orders (409).`;

export const recordTransaction = route({
  name: 'recordTransaction',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/transactions',
  tag,
  summary: 'Record a transaction of a tracked portfolio.',
  description: FIELDS,
  access: 'user',
  scope: 'write',
  params: Closed({ id: Id }),
  body: Closed({ type: OneOf(TRANSACTION_TYPES), ...TransactionFields }),
  answers: { 201: Transaction },
  errors: [
    'portfolio_kind',
    'portfolio_archived',
    'conflict',
    'unknown_symbol',
    'ambiguous_symbol',
    'insufficient_position',
    'no_exchange_rate',
  ],
  idempotent: 'replayed',
  example: {
    params,
    body: { type: 'buy', symbol: 'AAPL', quantity: '10', price: '228.45', tradedAt: '2026-01-05' },
    answer: { ...exampleTransaction, orderId: null, source: 'manual' },
  },
});

export const correctTransaction = route({
  name: 'correctTransaction',
  method: 'PATCH',
  path: '/api/v1/portfolios/{id}/transactions/{transactionId}',
  tag,
  summary: 'Correct a transaction of a tracked portfolio.',
  description: 'The first version stays in the history; figures are recomputed from its day on.',
  access: 'user',
  scope: 'write',
  params: byId,
  body: Closed(TransactionFields),
  answers: { 200: Transaction },
  errors: ['portfolio_kind', 'portfolio_archived', 'unknown_symbol', 'ambiguous_symbol', 'insufficient_position', 'no_exchange_rate'],
  example: {
    params: { ...params, transactionId: exampleTransaction.id },
    body: { price: '228.40' },
    answer: { ...exampleTransaction, version: 2, price: '228.4' },
  },
});

export const reverseTransaction = route({
  name: 'reverseTransaction',
  method: 'DELETE',
  path: '/api/v1/portfolios/{id}/transactions/{transactionId}',
  tag,
  summary: 'Take a transaction of a tracked portfolio back.',
  description: 'Recorded as a reversal; the history keeps it.',
  access: 'user',
  scope: 'write',
  params: byId,
  answers: { 204: null },
  errors: ['portfolio_kind', 'portfolio_archived', 'insufficient_position'],
  example: { params: { ...params, transactionId: exampleTransaction.id } },
});

export const transactionRoutes: readonly Route[] = [
  listTransactions,
  listAllTransactions,
  getTransaction,
  getTransactionHistory,
  recordTransaction,
  correctTransaction,
  reverseTransaction,
];
