/** Where prices come from, for whoever runs the server. */
import { Type } from 'typebox';
import { route } from '../route.ts';
import { Closed, Day, Instant, Nullable, OneOf } from '../shapes.ts';

const Provider = Closed({
  name: Type.String({ examples: ['alpha-vantage'] }),
  position: Type.Integer({ description: 'When it is asked: 1 first.' }),
  state: OneOf(['ready', 'paused', 'outOfQuota', 'computed'] as const, {
    description: 'paused: left alone after it failed or asked for it. computed: its prices are worked out here.',
  }),
  pausedUntil: Nullable(Instant),
  quotas: Type.Array(Closed({ requests: Type.Integer(), perSeconds: Type.Integer(), used: Type.Integer() })),
  lastAnswerAt: Nullable(Instant),
  lastSkip: Nullable(Closed({ at: Instant, reason: Type.String(), detail: Type.String() })),
});

const Skip = Closed({
  provider: Type.String(),
  day: Day,
  reason: Type.String({
    description:
      'quota, paced, paused, or what went wrong: unreachable, timeout, server_error, throttled, refused, redirected, too_large, malformed.',
  }),
  count: Type.Integer(),
  lastAt: Instant,
  detail: Type.String(),
});

export const listProviders = route({
  name: 'listProviders',
  method: 'GET',
  path: '/api/v1/admin/providers',
  tag: 'Administration',
  summary: 'Where prices come from, what is left of the quotas, and why a provider was not asked.',
  description: '`skips` are of the last seven days, newest first.',
  access: 'admin',
  scope: 'admin',
  answers: {
    200: Closed({
      providers: Type.Array(Provider),
      writer: Type.Boolean({ description: 'Whether this server is the one that writes the prices of providers.' }),
      caches: Type.Array(Closed({ name: Type.String(), hits: Type.Integer(), misses: Type.Integer(), hitRate: Nullable(Type.Number()) })),
      skips: Type.Array(Skip),
    }),
  },
  errors: [],
  example: {
    answer: {
      providers: [
        {
          name: 'alpha-vantage',
          position: 1,
          state: 'ready',
          pausedUntil: null,
          quotas: [{ requests: 25, perSeconds: 86400, used: 7 }],
          lastAnswerAt: '2026-01-05T15:15:00.000Z',
          lastSkip: null,
        },
      ],
      writer: true,
      caches: [{ name: 'provider-quotes', hits: 90, misses: 10, hitRate: 0.9 }],
      skips: [],
    },
  },
});

export const priceFeedRoutes = [listProviders] as const;
