/**
 * Signing up, in and out. A client that keeps tokens gets them in the answer; a browser says `X-Holdfast-Client: web` and gets
 * cookies that its scripts cannot read, with a CSRF value to send back in `X-CSRF-Token`.
 */
import { Type } from 'typebox';
import { NewPassword, PersonName, Username } from '../accounts/shapes.ts';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { Closed, Email, Id, Instant, Nullable, Page, PageQuery } from '../shapes.ts';
import { OpenedSession, sessionExample } from './shapes.ts';

export { BearerSession, WebSession } from './shapes.ts';

export const register = route({
  name: 'register',
  method: 'POST',
  path: '/api/v1/auth/register',
  tag: 'Sessions',
  summary: 'Opens an account, with a portfolio to begin with, and signs in.',
  access: 'public',
  body: Closed({
    email: Email,
    password: NewPassword,
    username: Type.Optional(Username),
    firstName: Type.Optional(PersonName),
    lastName: Type.Optional(PersonName),
  }),
  answers: { 201: OpenedSession },
  errors: ['email_taken', 'username_taken', 'weak_password'],
  example: {
    body: { email: 'ada@example.com', password: 'correct horse battery staple', username: 'ada', firstName: 'Ada', lastName: 'Lovelace' },
    answer: sessionExample,
  },
});

export const login = route({
  name: 'login',
  method: 'POST',
  path: '/api/v1/auth/login',
  tag: 'Sessions',
  summary: 'Signs in. After several failures the next try has to wait, longer each time.',
  access: 'public',
  body: Closed({
    email: Type.String({ minLength: 1, maxLength: 254, description: 'The e-mail address or the user name.' }),
    password: Type.String({ minLength: 1, maxLength: 1024 }),
    code: Type.Optional(
      Type.String({
        maxLength: 32,
        description: 'The second factor, for accounts that have one: of the authenticator, or a recovery code.',
      }),
    ),
  }),
  answers: { 200: OpenedSession },
  errors: ['invalid_credentials', 'second_factor_required'],
  example: { body: { email: 'ada@example.com', password: 'correct horse battery staple' }, answer: sessionExample },
});

export const openDemonstration = route({
  name: 'openDemonstration',
  method: 'POST',
  path: '/api/v1/auth/demonstration',
  tag: 'Sessions',
  summary: 'Signs in to the demonstration account, where this server has one.',
  description:
    'Servers on the embedded database with the simulated market have one, to look around in; `GET /api/v1` says so. Never in production.',
  access: 'public',
  answers: { 200: OpenedSession },
  errors: ['not_found'],
  example: { answer: sessionExample },
});

const RefreshToken = Type.String({ minLength: 1, maxLength: 200 });

export const refreshSession = route({
  name: 'refreshSession',
  method: 'POST',
  path: '/api/v1/auth/refresh',
  tag: 'Sessions',
  summary: 'A new access token and the next refresh token.',
  description:
    'Every refresh token is good once. Asking again within 10 s gives the very same successor, so a lost answer does no harm; ' +
    'using an older one ends the session, because somebody has a copy. Browsers send their cookie and X-Holdfast-Client: web.',
  access: 'public',
  body: Nullable(Closed({ refreshToken: Type.Optional(RefreshToken) })),
  answers: { 200: OpenedSession },
  errors: ['invalid_refresh_token'],
  example: { body: { refreshToken: sessionExample.refreshToken }, answer: sessionExample },
});

export const logout = route({
  name: 'logout',
  method: 'POST',
  path: '/api/v1/auth/logout',
  tag: 'Sessions',
  summary: 'Ends the session of the refresh token, the access token or the cookie. Also when it has ended already.',
  access: 'public',
  body: Nullable(Closed({ refreshToken: Type.Optional(RefreshToken) })),
  answers: { 204: null },
  errors: [],
  example: { body: { refreshToken: sessionExample.refreshToken } },
});

export const logoutAll = route({
  name: 'logoutAll',
  method: 'POST',
  path: '/api/v1/auth/logout-all',
  tag: 'Sessions',
  summary: 'Ends every session of the signed-in user, this one included.',
  access: 'user',
  scope: 'session',
  body: Nullable(Closed({ refreshToken: Type.Optional(RefreshToken) })),
  answers: { 204: null },
  errors: [],
  example: { body: {} },
});

export const Session = Closed({
  id: Id,
  kind: Type.Union([Type.Literal('bearer'), Type.Literal('web')]),
  current: Type.Boolean({ description: 'Whether it is the one that asks.' }),
  userAgent: Nullable(Type.String()),
  ipAddress: Nullable(Type.String({ description: 'Shortened to its network.' })),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
});

export const listSessions = route({
  name: 'listSessions',
  method: 'GET',
  path: '/api/v1/me/sessions',
  tag: 'Sessions',
  summary: 'Where the user is signed in, newest first.',
  access: 'user',
  scope: 'session',
  query: Closed(PageQuery),
  answers: { 200: Page(Session) },
  errors: [],
  example: {
    answer: {
      items: [
        {
          id: '01936f2e-8c00-7000-8000-000000000002',
          kind: 'web',
          current: true,
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
          ipAddress: '203.0.113.x',
          createdAt: '2026-01-05T14:30:00.000Z',
          lastSeenAt: '2026-01-05T15:00:00.000Z',
          expiresAt: '2026-01-12T15:00:00.000Z',
        },
      ],
      nextCursor: null,
    },
  },
});

export const revokeSession = route({
  name: 'revokeSession',
  method: 'DELETE',
  path: '/api/v1/me/sessions/{id}',
  tag: 'Sessions',
  summary: 'Ends one session at once.',
  access: 'user',
  scope: 'session',
  params: Closed({ id: Id }),
  answers: { 204: null },
  errors: [],
  example: { params: { id: '01936f2e-8c00-7000-8000-000000000002' } },
});

export const revokeOtherSessions = route({
  name: 'revokeOtherSessions',
  method: 'DELETE',
  path: '/api/v1/me/sessions',
  tag: 'Sessions',
  summary: 'Ends every session but the one that asks. API keys stay.',
  access: 'user',
  scope: 'session',
  answers: { 204: null },
  errors: [],
  example: {},
});

export const sessionsRoutes: readonly Route[] = [
  register,
  login,
  openDemonstration,
  refreshSession,
  logout,
  logoutAll,
  listSessions,
  revokeSession,
  revokeOtherSessions,
];
