import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Id, Instant, Items } from '../shapes.ts';

const tag = 'Notifications';
const Base64Url = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 16, maxLength });

export const PushSubscription = Closed({
  id: Id,
  userAgent: Type.String({ description: 'The browser, as it names itself.' }),
  host: Type.String({ description: 'The push service that its maker runs.' }),
  createdAt: Instant,
});
export type PushSubscription = Static<typeof PushSubscription>;

const example: PushSubscription = {
  id: '01980a5e-7c1e-7000-8000-00000000b003',
  userAgent: 'Mozilla/5.0',
  host: 'push.example.org',
  createdAt: '2026-01-05T14:30:00.000Z',
};

export const listPushSubscriptions = route({
  name: 'listPushSubscriptions',
  method: 'GET',
  path: '/api/v1/push-subscriptions',
  tag,
  summary: 'The browsers that get your push messages.',
  access: 'user',
  scope: 'read',
  answers: { 200: Items(PushSubscription) },
  errors: [],
  example: { answer: { items: [example] } },
});

export const addPushSubscription = route({
  name: 'addPushSubscription',
  method: 'POST',
  path: '/api/v1/push-subscriptions',
  tag,
  summary: 'Have push messages sent to a browser.',
  description:
    'What `PushSubscription.toJSON()` gives in a browser that subscribed with `pushPublicKey` of the preferences. The same endpoint again replaces the one before. At most 20 of a user.',
  access: 'user',
  scope: 'write',
  body: Closed({
    endpoint: Type.String({ minLength: 1, maxLength: 2_000 }),
    keys: Closed({ p256dh: Base64Url(200), auth: Base64Url(100) }),
  }),
  answers: { 201: PushSubscription },
  errors: ['conflict'],
  idempotent: 'replayed',
  example: {
    body: {
      endpoint: 'https://push.example.org/send/abc',
      keys: {
        p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
        auth: 'tBHItJI5svbpez7KI4CCXg',
      },
    },
    answer: example,
  },
});

export const removePushSubscription = route({
  name: 'removePushSubscription',
  method: 'DELETE',
  path: '/api/v1/push-subscriptions/{id}',
  tag,
  summary: 'Send a browser no more push messages.',
  access: 'user',
  scope: 'write',
  params: Closed({ id: Id }),
  answers: { 204: null },
  errors: [],
  example: { params: { id: example.id } },
});
