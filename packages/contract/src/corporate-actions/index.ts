/** Corporate actions on the wire: what changed one unit of an instrument. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Currency, Day, Exact, ExactInput, Id, Items, Nullable, Symbol } from '../shapes.ts';

const source = Type.String({ description: 'The provider that said so, or `manual`.' });

export const CorporateAction = Type.Union([
  Closed({ id: Id, kind: Type.Literal('split'), exOn: Day, newShares: Exact, oldShares: Exact, source }),
  Closed({
    id: Id,
    kind: Type.Literal('cashDividend'),
    exOn: Day,
    payOn: Nullable(Day),
    amountPerShare: Exact,
    currency: Currency,
    source,
  }),
]);
export type CorporateAction = Static<typeof CorporateAction>;

const split = {
  id: '01980a5e-7c1e-7000-8000-00000000f001',
  kind: 'split',
  exOn: '2020-08-31',
  newShares: '4',
  oldShares: '1',
  source: 'yahoo',
} as const;

export const listCorporateActions = route({
  name: 'listCorporateActions',
  method: 'GET',
  path: '/api/v1/instruments/{symbol}/actions',
  tag: 'instruments',
  summary: 'Splits and cash dividends of an instrument, oldest first.',
  access: 'market',
  scope: 'read',
  params: Closed({ symbol: Symbol }),
  answers: { 200: Items(CorporateAction) },
  errors: ['ambiguous_symbol'],
  example: { params: { symbol: 'AAPL' }, answer: { items: [split] } },
});

export const addCorporateAction = route({
  name: 'addCorporateAction',
  method: 'POST',
  path: '/api/v1/instruments/{symbol}/actions',
  tag: 'instruments',
  summary: 'Record a split or a cash dividend.',
  description:
    'Of a private instrument by its owner, of a public one by an administrator. `exOn` is the first day on which the price is that of the new shares, or no longer holds the dividend. Charts are adjusted for it; what is held is changed by transactions only.',
  access: 'user',
  scope: 'write',
  params: Closed({ symbol: Symbol }),
  body: Type.Union([
    Closed({ kind: Type.Literal('split'), exOn: Day, newShares: ExactInput, oldShares: ExactInput }),
    Closed({
      kind: Type.Literal('cashDividend'),
      exOn: Day,
      payOn: Type.Optional(Nullable(Day)),
      amountPerShare: ExactInput,
    }),
  ]),
  answers: { 201: CorporateAction },
  errors: ['forbidden', 'ambiguous_symbol', 'conflict'],
  idempotent: 'replayed',
  example: {
    params: { symbol: 'AAPL' },
    body: { kind: 'split', exOn: '2020-08-31', newShares: '4', oldShares: '1' },
    answer: { ...split, source: 'manual' },
  },
});

export const removeCorporateAction = route({
  name: 'removeCorporateAction',
  method: 'DELETE',
  path: '/api/v1/instruments/{symbol}/actions/{actionId}',
  tag: 'instruments',
  summary: 'Take back a corporate action that was recorded wrongly.',
  access: 'user',
  scope: 'write',
  params: Closed({ symbol: Symbol, actionId: Id }),
  answers: { 204: null },
  errors: ['forbidden', 'ambiguous_symbol'],
  example: { params: { symbol: 'AAPL', actionId: split.id } },
});

export const corporateActionRoutes = [listCorporateActions, addCorporateAction, removeCorporateAction] as const;
