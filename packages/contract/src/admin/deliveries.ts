/** Mails, webhooks and pushes on their way to users, and those that gave up, to be sent again. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { NotificationKind } from '../notifications/index.ts';
import { route } from '../route.ts';
import { Closed, Id, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';

export const DELIVERY_STATES = ['waiting', 'delivered', 'dead', 'skipped'] as const;
export const DELIVERY_CHANNELS = ['email', 'webhook', 'push'] as const;

export const AdminDelivery = Closed({
  id: Id,
  userId: Id,
  userEmail: Type.String(),
  channel: OneOf(DELIVERY_CHANNELS),
  /** Null for a mail that is no notification, and for the test of a webhook. */
  kind: Nullable(NotificationKind),
  status: OneOf(DELIVERY_STATES, { description: 'dead: it was given up. skipped: nobody wanted it any more.' }),
  attempts: Type.Integer({ minimum: 0 }),
  responseStatus: Nullable(Type.Integer({ description: 'What the receiver answered last.' })),
  detail: Nullable(Type.String()),
  canRetry: Type.Boolean({ description: 'Whether it can be sent again: it was given up, and what it says is still known.' }),
  dueAt: Instant,
  createdAt: Instant,
  finishedAt: Nullable(Instant),
});
export type AdminDelivery = Static<typeof AdminDelivery>;

const tag = 'Administration';
const example: AdminDelivery = {
  id: '01936f2e-8c00-7000-8000-0000000000e1',
  userId: '01936f2e-8c00-7000-8000-000000000001',
  userEmail: 'user@example.com',
  channel: 'webhook',
  kind: 'alert',
  status: 'dead',
  attempts: 9,
  responseStatus: 503,
  detail: 'The receiver answered 503.',
  canRetry: true,
  dueAt: '2026-01-05T14:30:00.000Z',
  createdAt: '2026-01-05T14:30:00.000Z',
  finishedAt: '2026-01-08T14:30:00.000Z',
};

export const listDeliveries = route({
  name: 'listDeliveries',
  method: 'GET',
  path: '/api/v1/admin/deliveries',
  tag,
  summary: 'Mails, webhooks and pushes to users, the newest first. What they say is theirs and not shown.',
  access: 'admin',
  scope: 'admin',
  query: Closed({
    status: Type.Optional(OneOf(DELIVERY_STATES)),
    channel: Type.Optional(OneOf(DELIVERY_CHANNELS)),
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the user’s address or of what went wrong.' })),
    ...PageQuery,
  }),
  answers: { 200: Page(AdminDelivery) },
  errors: [],
  example: { query: { status: 'dead' }, answer: { items: [example], nextCursor: null } },
});

export const retryDelivery = route({
  name: 'retryDelivery',
  method: 'POST',
  path: '/api/v1/admin/deliveries/{id}/retry',
  tag,
  summary: 'Send what was given up once more, with all its attempts before it. Receivers know a copy by its id.',
  access: 'admin',
  scope: 'admin',
  params: Closed({ id: Id }),
  answers: { 200: AdminDelivery },
  errors: ['conflict'],
  example: { params: { id: example.id }, answer: { ...example, status: 'waiting', attempts: 0, canRetry: false, finishedAt: null } },
});
