import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Id, Instant, Items, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';
import { NOTIFICATION_KINDS, NotificationKind } from './notification.ts';

const tag = 'Webhooks';

const Kinds = Nullable(
  Type.Array(NotificationKind, { minItems: 1, maxItems: NOTIFICATION_KINDS.length, uniqueItems: true, description: 'null: all kinds.' }),
);
const Url = Type.String({ minLength: 1, maxLength: 2_000, description: 'An https address that is public.' });
const Description = Type.String({ maxLength: 200 });

export const Webhook = Closed({
  id: Id,
  url: Type.String(),
  description: Type.String(),
  kinds: Nullable(Type.Array(NotificationKind)),
  isEnabled: Type.Boolean(),
  disabledBecause: Nullable(
    OneOf(['byOwner', 'failing', 'gone'], { description: 'failing: nothing was taken for a day; gone: it answered 410.' }),
  ),
  failures: Type.Integer({ description: 'Tries in a row that failed.' }),
  previousSecretUntil: Nullable(
    Type.String({ format: 'date-time', description: 'Until then messages are signed with the old secret too.' }),
  ),
  createdAt: Instant,
});
export type Webhook = Static<typeof Webhook>;

const WithSecret = Closed({
  webhook: Webhook,
  secret: Type.String({ description: 'whsec_ and base64; shown this once.' }),
});

export const WebhookDelivery = Closed({
  id: Id,
  type: Type.String({ description: 'notification.KIND, or webhook.test.' }),
  status: OneOf(['waiting', 'delivered', 'dead', 'skipped']),
  attempts: Type.Integer(),
  responseStatus: Nullable(Type.Integer({ description: 'What the receiver answered last.' })),
  detail: Nullable(Type.String({ description: 'Why the last try failed, or why there was none.' })),
  nextAttemptAt: Nullable(Instant),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
});
export type WebhookDelivery = Static<typeof WebhookDelivery>;

const example: Webhook = {
  id: '01980a5e-7c1e-7000-8000-00000000b001',
  url: 'https://hooks.example.org/holdfast',
  description: 'House bus',
  kinds: ['fill', 'alert'],
  isEnabled: true,
  disabledBecause: null,
  failures: 0,
  previousSecretUntil: null,
  createdAt: '2026-01-05T14:30:00.000Z',
};
const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const exampleDelivery: WebhookDelivery = {
  id: '01980a5e-7c1e-7000-8000-00000000b002',
  type: 'notification.fill',
  status: 'delivered',
  attempts: 1,
  responseStatus: 204,
  detail: null,
  nextAttemptAt: null,
  createdAt: '2026-01-05T14:30:00.000Z',
  finishedAt: '2026-01-05T14:30:00.180Z',
};
const params = Closed({ id: Id });

export const listWebhooks = route({
  name: 'listWebhooks',
  method: 'GET',
  path: '/api/v1/webhooks',
  tag,
  summary: 'Your webhooks, the newest last.',
  access: 'user',
  scope: 'read',
  answers: { 200: Items(Webhook) },
  errors: [],
  example: { answer: { items: [example] } },
});

export const createWebhook = route({
  name: 'createWebhook',
  method: 'POST',
  path: '/api/v1/webhooks',
  tag,
  summary: 'Have notifications posted to an address.',
  description:
    'Each is posted as `{ type, timestamp, data }` and signed as Standard Webhooks says (https://www.standardwebhooks.com): `webhook-id` is the same over all tries, `webhook-timestamp` is that of the try, `webhook-signature` is `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under the secret. An answer other than 2xx within 15 s is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. Redirects are not followed, and addresses that are not public are refused. At most 10 of a user.',
  access: 'user',
  scope: 'write',
  body: Closed({ url: Url, description: Type.Optional(Description), kinds: Type.Optional(Kinds) }),
  answers: { 201: WithSecret },
  errors: ['conflict'],
  idempotent: 'secret',
  example: { body: { url: example.url, description: 'House bus', kinds: ['fill', 'alert'] }, answer: { webhook: example, secret } },
});

export const getWebhook = route({
  name: 'getWebhook',
  method: 'GET',
  path: '/api/v1/webhooks/{id}',
  tag,
  summary: 'One webhook.',
  access: 'user',
  scope: 'read',
  params,
  answers: { 200: Webhook },
  errors: [],
  example: { params: { id: example.id }, answer: example },
});

export const changeWebhook = route({
  name: 'changeWebhook',
  method: 'PATCH',
  path: '/api/v1/webhooks/{id}',
  tag,
  summary: 'Change a webhook, or turn it off and on.',
  description: 'What falls due while it is off is left out.',
  access: 'user',
  scope: 'write',
  params,
  body: Closed({
    url: Type.Optional(Url),
    description: Type.Optional(Description),
    kinds: Type.Optional(Kinds),
    isEnabled: Type.Optional(Type.Boolean()),
  }),
  answers: { 200: Webhook },
  errors: [],
  example: { params: { id: example.id }, body: { isEnabled: true }, answer: example },
});

export const deleteWebhook = route({
  name: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/v1/webhooks/{id}',
  tag,
  summary: 'Remove a webhook and its log.',
  access: 'user',
  scope: 'write',
  params,
  answers: { 204: null },
  errors: [],
  example: { params: { id: example.id } },
});

export const rotateWebhookSecret = route({
  name: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/secret',
  tag,
  summary: 'Give a webhook a new secret.',
  description: 'For 24 hours messages are signed with the old one too, so that the receiver can change over.',
  access: 'user',
  scope: 'write',
  params,
  answers: { 200: WithSecret },
  errors: [],
  idempotent: 'secret',
  example: {
    params: { id: example.id },
    answer: { webhook: { ...example, previousSecretUntil: '2026-01-06T14:30:00.000Z' }, secret },
  },
});

export const testWebhook = route({
  name: 'testWebhook',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/test',
  tag,
  summary: 'Send a webhook a test.',
  description: 'A message of the type `webhook.test`, tried once; how it went stands in the log. A webhook that is off takes none.',
  access: 'user',
  scope: 'write',
  params,
  answers: { 202: Closed({ deliveryId: Id }) },
  errors: ['conflict'],
  idempotent: 'replayed',
  example: { params: { id: example.id }, answer: { deliveryId: exampleDelivery.id } },
});

export const listWebhookDeliveries = route({
  name: 'listWebhookDeliveries',
  method: 'GET',
  path: '/api/v1/webhooks/{id}/deliveries',
  tag,
  summary: 'What was posted to a webhook and how it went, the newest first.',
  description: 'Kept for 30 days after the last try.',
  access: 'user',
  scope: 'read',
  params,
  query: Closed({ status: Type.Optional(OneOf(['waiting', 'delivered', 'dead', 'skipped'])), ...PageQuery }),
  answers: { 200: Page(WebhookDelivery) },
  errors: [],
  example: { params: { id: example.id }, query: { limit: 1 }, answer: { items: [exampleDelivery], nextCursor: null } },
});
