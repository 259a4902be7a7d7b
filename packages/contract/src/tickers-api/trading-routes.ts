/** The accounts, orders, portfolio and quality part of the stock portfolio API (seed 002). Instants are naive UTC text, money JSON numbers. */
import { Type } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Email, Id, OneOf } from '../shapes.ts';

const tag = 'tickers-api';
const door = 'tickers' as const;
const LARGEST = 1_000_000_000_000;
const NaiveUtc = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$', maxLength: 19, examples: ['2022-04-05T10:00:00'] });
const Credentials = Closed({ email: Email, password: Type.String({ minLength: 1, maxLength: 128 }) });
const Token = Closed({ access_token: Type.String(), token_type: Type.Literal('bearer') });
const credentials = { email: 'user@example.com', password: 'a long and private sentence' };
const token = { access_token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', token_type: 'bearer' as const };
const id = '01980a5e-7c1e-7000-8000-00000000d001';
const timestamp = '2022-04-05T10:00:00';

export const signUp = route({
  name: 'signUp',
  method: 'POST',
  path: '/api/v1/users/signup',
  tag,
  summary: 'Register, and be signed in.',
  access: 'public',
  body: Credentials,
  answers: { 200: Token },
  errors: ['email_taken', 'weak_password'],
  door,
  example: { body: credentials, answer: token },
});

export const logIn = route({
  name: 'logIn',
  method: 'POST',
  path: '/api/v1/users/login',
  tag,
  summary: 'Sign in.',
  access: 'public',
  body: Credentials,
  answers: { 200: Token },
  errors: ['invalid_credentials', 'second_factor_required'],
  door,
  example: { body: credentials, answer: token },
});

export const renewToken = route({
  name: 'renewToken',
  method: 'POST',
  path: '/api/v1/users/refresh',
  tag,
  summary: 'A new token for a still valid one.',
  access: 'user',
  scope: 'session',
  answers: { 200: Token },
  errors: [],
  door,
  example: { answer: token },
});

export const logOut = route({
  name: 'logOut',
  method: 'POST',
  path: '/api/v1/users/logout',
  tag,
  summary: 'End the session of the token.',
  access: 'user',
  scope: 'session',
  answers: { 200: Closed({ detail: Type.String() }) },
  errors: [],
  door,
  example: { answer: { detail: 'Signed out.' } },
});

const Purchase = Closed({
  id: Id,
  user_id: Id,
  tick_id: Id,
  purchase_price: Type.Number(),
  purchase_qty: Type.Number(),
  timestamp: NaiveUtc,
});
const purchase = { id, user_id: id, tick_id: id, purchase_price: 150, purchase_qty: 100, timestamp };

export const recordPurchases = route({
  name: 'recordPurchases',
  method: 'POST',
  path: '/api/v1/place-order',
  tag,
  summary: 'Record purchases in the default portfolio.',
  description:
    'All or none. The price is the one given: this records what was bought elsewhere and moves no virtual cash. Prices and quantities must be positive unless STRICT_ORDERS=false, which keeps them for the quality checks.',
  access: 'user',
  scope: 'write',
  counts: 'burst',
  body: Type.Array(
    Closed({
      tick_id: Id,
      purchase_price: Type.Number({ minimum: -LARGEST, maximum: LARGEST }),
      purchase_qty: Type.Integer({ minimum: -LARGEST, maximum: LARGEST }),
    }),
    { minItems: 1, maxItems: 500 },
  ),
  answers: { 200: Type.Array(Purchase) },
  errors: ['unknown_symbol', 'instrument_inactive'],
  idempotent: 'replayed',
  door,
  example: { body: [{ tick_id: id, purchase_price: 150, purchase_qty: 100 }], answer: [purchase] },
});

export const listPurchases = route({
  name: 'listPurchases',
  method: 'GET',
  path: '/api/v1/orders/purchased',
  tag,
  summary: 'Recorded purchases, newest first.',
  access: 'user',
  scope: 'read',
  query: Closed({
    skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 100 })),
  }),
  answers: { 200: Closed({ orders: Type.Array(Purchase), total: Type.Integer(), skip: Type.Integer(), limit: Type.Integer() }) },
  errors: [],
  door,
  example: { query: { skip: 0, limit: 100 }, answer: { orders: [purchase], total: 1, skip: 0, limit: 100 } },
});

const PortfolioPosition = Closed({
  user_id: Id,
  positions: Type.Array(
    Closed({
      symbol: Type.String(),
      quantity: Type.Number(),
      average_price: Type.Number(),
      current_price: Type.Number(),
      pnl: Type.Number(),
      timestamp: NaiveUtc,
    }),
  ),
  total_pnl: Type.Number(),
});
const positionRoute = {
  path: '/api/v1/portfolio-position',
  tag,
  description:
    'Acts on the default portfolio; `portfolio=all` adds up all tracked ones. A position without a price counts at its cost. `total_pnl` is in the currency that all positions share, else converted to that of the default portfolio.',
  access: 'user' as const,
  scope: 'read' as const,
  query: Closed({ portfolio: Type.Optional(OneOf(['default', 'all'])) }),
  answers: { 200: PortfolioPosition },
  errors: [],
  door,
  example: {
    answer: {
      user_id: id,
      positions: [{ symbol: 'AAPL', quantity: 100, average_price: 150, current_price: 155, pnl: 500, timestamp }],
      total_pnl: 500,
    },
  },
};
export const postPortfolioPosition = route({
  ...positionRoute,
  name: 'postPortfolioPosition',
  method: 'POST',
  summary: 'Positions with profit and loss.',
});
export const getPortfolioPosition = route({
  ...positionRoute,
  name: 'getPortfolioPosition',
  method: 'GET',
  summary: 'The same as a read.',
});

export const getQualityChecks = route({
  name: 'getQualityChecks',
  method: 'GET',
  path: '/api/v1/quality-checks',
  tag,
  summary: 'What may be wrong in the recorded purchases.',
  description:
    'Checked anew each time. An issue keeps its `issue_id` as long as it is there; `description` says what is wrong and what to do about it, `severity` is high, medium or low.',
  access: 'user',
  scope: 'read',
  answers: {
    200: Closed({
      user_id: Id,
      issues: Type.Array(
        Closed({ issue_id: Id, description: Type.String(), severity: OneOf(['high', 'medium', 'low']), timestamp: NaiveUtc }),
      ),
      total_issues: Type.Integer(),
      timestamp: NaiveUtc,
    }),
  },
  errors: [],
  door,
  example: {
    answer: {
      user_id: id,
      issues: [
        {
          issue_id: id,
          description: `Invalid purchase price for order_id=${id}: 0 is not above zero. Enter the price per unit as your broker confirmed it.`,
          severity: 'high',
          timestamp,
        },
      ],
      total_issues: 1,
      timestamp,
    },
  },
});

export const tickersTradingRoutes: readonly Route[] = [
  signUp,
  logIn,
  renewToken,
  logOut,
  recordPurchases,
  listPurchases,
  postPortfolioPosition,
  getPortfolioPosition,
  getQualityChecks,
];
