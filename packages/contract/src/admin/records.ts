/** What an administrator may look at but not change: prices as they came, and what users were told, without its words. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { NotificationKind } from '../notifications/index.ts';
import { route } from '../route.ts';
import { Closed, Currency, Exact, Id, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';

const tag = 'Administration';

export const AdminPrice = Closed({
  symbol: Type.String(),
  exchange: Type.String(),
  name: Type.String(),
  currency: Currency,
  last: Exact,
  bid: Nullable(Exact),
  ask: Nullable(Exact),
  at: Instant,
  source: Type.String(),
});
export type AdminPrice = Static<typeof AdminPrice>;

export const PRICE_SORTS = ['symbol', '-symbol', 'at', '-at'] as const;

export const listPrices = route({
  name: 'listPrices',
  method: 'GET',
  path: '/api/v1/admin/prices',
  tag,
  summary: 'The stored latest price of every public instrument that has one.',
  description: 'Prices of a simulated market are computed and not stored.',
  access: 'admin',
  scope: 'admin',
  query: Closed({
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the symbol or the name.' })),
    source: Type.Optional(Type.String({ maxLength: 64 })),
    sort: Type.Optional(OneOf(PRICE_SORTS, { description: 'Default: symbol.' })),
    ...PageQuery,
  }),
  answers: { 200: Page(AdminPrice) },
  errors: [],
  example: {
    query: { search: 'AAPL' },
    answer: {
      items: [
        {
          symbol: 'AAPL',
          exchange: 'XNAS',
          name: 'Apple Inc.',
          currency: 'USD',
          last: '225.10',
          bid: '225.09',
          ask: '225.11',
          at: '2026-01-05T14:30:00.000Z',
          source: 'finnhub',
        },
      ],
      nextCursor: null,
    },
  },
});

export const AdminNotification = Closed({
  id: Id,
  userId: Id,
  kind: NotificationKind,
  severity: OneOf(['info', 'warning', 'critical'] as const),
  createdAt: Instant,
  readAt: Nullable(Instant),
  deliveries: Type.Array(
    Closed({
      channel: OneOf(['email', 'webhook', 'push'] as const),
      status: OneOf(['waiting', 'delivered', 'dead', 'skipped'] as const),
      attempts: Type.Integer({ minimum: 0 }),
      detail: Nullable(Type.String()),
    }),
  ),
});
export type AdminNotification = Static<typeof AdminNotification>;

export const listSentNotifications = route({
  name: 'listSentNotifications',
  method: 'GET',
  path: '/api/v1/admin/notifications',
  tag,
  summary: 'What users were told and whether it reached them, the newest first. What it says is theirs and not shown.',
  access: 'admin',
  scope: 'admin',
  query: Closed({
    userId: Type.Optional(Id),
    kind: Type.Optional(NotificationKind),
    delivery: Type.Optional(
      OneOf(['waiting', 'delivered', 'dead', 'skipped'] as const, { description: 'With a delivery of this status.' }),
    ),
    ...PageQuery,
  }),
  answers: { 200: Page(AdminNotification) },
  errors: [],
  example: {
    query: { delivery: 'dead' },
    answer: {
      items: [
        {
          id: '01936f2e-8c00-7000-8000-0000000000a1',
          userId: '01936f2e-8c00-7000-8000-000000000001',
          kind: 'alert',
          severity: 'info',
          createdAt: '2026-01-05T14:30:00.000Z',
          readAt: null,
          deliveries: [{ channel: 'email', status: 'dead', attempts: 8, detail: 'The mail server does not answer.' }],
        },
      ],
      nextCursor: null,
    },
  },
});
