/** Keys for programs: named, limited to scopes, shown once. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { Closed, Id, Instant, Nullable, Page, PageQuery } from '../shapes.ts';
import { Scope } from './scopes.ts';

const Scopes = Type.Array(Scope, { minItems: 1, maxItems: 4, uniqueItems: true });

const apiKeyFields = {
  id: Id,
  name: Type.String(),
  start: Type.String({ description: 'How the key begins, to recognise it by.' }),
  scopes: Scopes,
  createdAt: Instant,
  expiresAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
} as const;

export const ApiKey = Closed(apiKeyFields);
export type ApiKey = Static<typeof ApiKey>;
/** With the key itself, which is shown this once. */
export const NewApiKey = Closed({ ...apiKeyFields, key: Type.String() });

const example: ApiKey = {
  id: '01936f2e-8c00-7000-8000-0000000000a1',
  name: 'Nightly export',
  start: 'hfk_Zk3vQ0aL',
  scopes: ['read'],
  createdAt: '2026-01-05T14:30:00.000Z',
  expiresAt: '2027-01-05T00:00:00.000Z',
  lastUsedAt: null,
};

export const listApiKeys = route({
  name: 'listApiKeys',
  method: 'GET',
  path: '/api/v1/me/api-keys',
  tag: 'Security',
  summary: 'The keys that hold, newest first.',
  access: 'user',
  scope: 'session',
  query: Closed(PageQuery),
  answers: { 200: Page(ApiKey) },
  errors: [],
  example: { answer: { items: [example], nextCursor: null } },
});

export const createApiKey = route({
  name: 'createApiKey',
  method: 'POST',
  path: '/api/v1/me/api-keys',
  tag: 'Security',
  summary: 'A new key. It is shown in this answer and never again.',
  description:
    'A key is sent like an access token: Authorization: Bearer hfk_…. It ends when it is revoked or has expired, and with everything else ' +
    'when the password or the role changes, when the account is deactivated and when it signs out everywhere.',
  access: 'user',
  scope: 'session',
  body: Closed({
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    scopes: Scopes,
    expiresAt: Type.Optional(Nullable(Instant)),
  }),
  answers: { 201: NewApiKey },
  errors: ['conflict'],
  idempotent: 'secret',
  example: {
    body: { name: 'Nightly export', scopes: ['read'], expiresAt: '2027-01-05T00:00:00.000Z' },
    answer: { ...example, key: 'hfk_Zk3vQ0aLw7XnE2rT9yUbPq4sD6fG8hJ1kL5mN0cV3xB' },
  },
});

export const revokeApiKey = route({
  name: 'revokeApiKey',
  method: 'DELETE',
  path: '/api/v1/me/api-keys/{id}',
  tag: 'Security',
  summary: 'Ends a key at once, on every server and open connection.',
  access: 'user',
  scope: 'session',
  params: Closed({ id: Id }),
  answers: { 204: null },
  errors: [],
  example: { params: { id: example.id } },
});

export const apiKeyRoutes: readonly Route[] = [listApiKeys, createApiKey, revokeApiKey];
