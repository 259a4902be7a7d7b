/** Bonds: what they pay and when, and what should have been recorded of them. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Currency, Day, Exact, ExactInput, Id, Items, Nullable, OneOf, Symbol } from '../shapes.ts';

const tag = 'Bonds';
const params = Closed({ symbol: Symbol });

export const COUPON_FREQUENCIES = ['none', 'yearly', 'halfYearly', 'quarterly', 'monthly'] as const;
const DayCount = OneOf(['30/360', '30E/360', 'ACT/ACT', 'ACT/365', 'ACT/360'], {
  description: 'ISDA 2006, 4.16: 30/360 is (f), 30E/360 (g), ACT/365 (d), ACT/360 (e). ACT/ACT is ICMA rule 251.',
});
const FACE = 'What one unit is redeemed at. With 100, prices are per cent of the nominal value.';

export const BondTerms = Closed({
  symbol: Type.String(),
  currency: Currency,
  faceValue: Type.Unsafe<string>({ ...Exact, description: FACE }),
  couponRate: Type.Unsafe<string>({ ...Exact, description: 'A year, as a fraction: 0.05 is 5 %.' }),
  frequency: OneOf(COUPON_FREQUENCIES),
  dayCount: DayCount,
  issuedOn: Nullable(Day),
  maturesOn: Day,
  couponAmount: Type.Unsafe<string>({ ...Exact, description: 'Of one unit on a coupon day.' }),
  accruedInterest: Type.Unsafe<string>({ ...Exact, description: 'Of one unit today, since the last coupon, with 8 decimals.' }),
  nextCouponOn: Nullable(Day),
});

const exampleTerms = {
  symbol: 'TOWN-5-2030',
  currency: 'USD',
  faceValue: '1000',
  couponRate: '0.05',
  frequency: 'halfYearly' as const,
  dayCount: '30/360' as const,
  issuedOn: '2020-03-01',
  maturesOn: '2030-03-01',
  couponAmount: '25',
  accruedInterest: '17.22222222',
  nextCouponOn: '2026-03-01',
};

export const getBondTerms = route({
  name: 'getBondTerms',
  method: 'GET',
  path: '/api/v1/instruments/{symbol}/bond-terms',
  tag,
  summary: 'Coupon, face value and maturity of a bond, and its accrued interest today.',
  access: 'user',
  scope: 'read',
  params,
  answers: { 200: BondTerms },
  errors: ['ambiguous_symbol'],
  example: { params: { symbol: 'TOWN-5-2030' }, answer: exampleTerms },
});

export const putBondTerms = route({
  name: 'putBondTerms',
  method: 'PUT',
  path: '/api/v1/instruments/{symbol}/bond-terms',
  tag,
  summary: 'Say what a bond pays and when it ends.',
  description: 'Of your private bonds, or as an administrator of public ones. In place of what was said before.',
  access: 'user',
  scope: 'write',
  params,
  body: Closed({
    faceValue: ExactInput,
    couponRate: ExactInput,
    frequency: OneOf(COUPON_FREQUENCIES),
    dayCount: DayCount,
    issuedOn: Type.Optional(Nullable(Day)),
    maturesOn: Day,
  }),
  answers: { 200: BondTerms },
  errors: ['ambiguous_symbol', 'forbidden', 'conflict'],
  example: {
    params: { symbol: 'TOWN-5-2030' },
    body: {
      ...{ faceValue: '1000', couponRate: '0.05', frequency: 'halfYearly', dayCount: '30/360' },
      ...{ issuedOn: '2020-03-01', maturesOn: '2030-03-01' },
    },
    answer: exampleTerms,
  },
});

export const removeBondTerms = route({
  name: 'removeBondTerms',
  method: 'DELETE',
  path: '/api/v1/instruments/{symbol}/bond-terms',
  tag,
  summary: 'Take back what was said of a bond.',
  access: 'user',
  scope: 'write',
  params,
  answers: { 204: null },
  errors: ['ambiguous_symbol', 'forbidden'],
  example: { params: { symbol: 'TOWN-5-2030' } },
});

export const listProposedTransactions = route({
  name: 'listProposedTransactions',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/proposed-transactions',
  tag,
  summary: 'What should have happened to a tracked portfolio and is not recorded.',
  description:
    'Coupons of the last 400 days of bonds held on the day before, without interest or a dividend of the bond within 15 days of it; and the redemption of bonds that have matured and are still held. `transaction` is the body to record it with, as it stands or corrected. Nothing is recorded by itself. A paper portfolio has none.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  answers: {
    200: Items(
      Closed({
        kind: OneOf(['coupon', 'redemption']),
        symbol: Type.String(),
        name: Type.String(),
        on: Day,
        transaction: Closed({
          type: OneOf(['interest', 'sell']),
          symbol: Type.String(),
          tradedAt: Day,
          currency: Currency,
          quantity: Type.Optional(Exact),
          price: Type.Optional(Exact),
          amount: Type.Optional(Exact),
          note: Type.String(),
        }),
      }),
    ),
  },
  errors: [],
  example: {
    params: { id: examplePortfolio.id },
    answer: {
      items: [
        {
          ...{ kind: 'coupon', symbol: 'TOWN-5-2030', name: 'Town 5 % 2030', on: '2026-03-01' },
          transaction: {
            ...{ type: 'interest', symbol: 'TOWN-5-2030', tradedAt: '2026-03-01', currency: 'USD', amount: '250' },
            note: 'Coupon 25 x 10',
          },
        },
      ],
    },
  },
});

export const bondRoutes: readonly Route[] = [getBondTerms, putBondTerms, removeBondTerms, listProposedTransactions];
