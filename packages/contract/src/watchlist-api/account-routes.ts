import { Type } from 'typebox';
import { GivenPassword, NewPassword, PersonName, Role } from '../accounts/index.ts';
import { route } from '../route.ts';
import { Closed, Currency, Email, Id, Instant, Nullable } from '../shapes.ts';
import { Envelope } from './envelope.ts';

const tag = 'watchlist-api';
const door = 'watchlist' as const;

const tokens = {
  access: Type.String({ description: 'Send it as `Authorization: Bearer <access>`.' }),
  refresh: Type.String({ description: 'Good for one renewal within 7 days.' }),
  access_token: Type.String({ description: 'The same as `access`.' }),
} as const;
const Tokens = Closed(
  { ...Envelope(Closed(tokens)).properties, ...tokens },
  { description: 'The tokens stand in the envelope and beside it, where clients of other servers look for them.' },
);
const given = { access: 'eyJ…', refresh: 'hfr_…', access_token: 'eyJ…' };
const tokensExample = { data: given, meta: null, errors: null, ...given };

export const obtainToken = route({
  name: 'obtainToken',
  method: 'POST',
  path: '/api/v1/auth/token',
  tag,
  summary: 'Sign in: an access and a refresh token.',
  access: 'public',
  body: Closed({
    email: Type.String({ minLength: 1, maxLength: 254, description: 'Or the user name.' }),
    password: GivenPassword,
    code: Type.Optional(Type.String({ maxLength: 64, description: 'Where the account has a second factor: its code or a recovery code.' })),
  }),
  answers: { 200: Tokens },
  errors: ['invalid_credentials', 'second_factor_required'],
  door,
  example: { body: { email: 'user@example.com', password: 'password123' }, answer: tokensExample },
});

export const renewTokens = route({
  name: 'renewTokens',
  method: 'POST',
  path: '/api/v1/auth/token/refresh',
  tag,
  summary: 'New tokens for a refresh token, which is used up by it.',
  access: 'public',
  body: Closed({ refresh: Type.String({ minLength: 1, maxLength: 512 }) }),
  answers: { 200: Tokens },
  errors: ['invalid_refresh_token'],
  door,
  example: { body: { refresh: 'hfr_…' }, answer: tokensExample },
});

const Profile = Closed({
  timezone: Type.String(),
  preferred_currency: Currency,
  account_tier: Role,
  max_watchlists: Nullable(Type.Integer({ description: 'Null is any number.' })),
});
const profileExample = { timezone: 'UTC', preferred_currency: 'USD', account_tier: 'standard' as const, max_watchlists: 1 };

const Account = Closed({
  id: Id,
  email: Email,
  first_name: Type.String(),
  last_name: Type.String(),
  is_active: Type.Boolean(),
  date_joined: Instant,
  profile: Profile,
});
const accountExample = {
  id: '01936f2e-8c00-7000-8000-000000000001',
  email: 'lovelace@example.com',
  first_name: 'Ada',
  last_name: 'Lovelace',
  is_active: true,
  date_joined: '2026-01-05T14:30:00.000Z',
  profile: profileExample,
};
const one = { data: accountExample, meta: null, errors: null };
const users = '/api/v1/accounts/users';

export const registerAccount = route({
  name: 'registerAccount',
  method: 'POST',
  path: users,
  tag,
  summary: 'Register.',
  access: 'public',
  body: Closed({
    email: Email,
    password: NewPassword,
    password2: Type.Optional(Type.String({ maxLength: 1024, description: 'The same once more, where it is sent.' })),
    first_name: Type.Optional(PersonName),
    last_name: Type.Optional(PersonName),
  }),
  answers: { 201: Envelope(Account) },
  errors: ['email_taken', 'weak_password'],
  door,
  example: {
    body: {
      email: 'lovelace@example.com',
      password: 'correct horse battery staple',
      password2: 'correct horse battery staple',
      first_name: 'Ada',
      last_name: 'Lovelace',
    },
    answer: one,
  },
});

export const getAccount = route({
  name: 'getAccount',
  method: 'GET',
  path: `${users}/me`,
  tag,
  summary: 'Your account and profile.',
  access: 'user',
  scope: 'read',
  answers: { 200: Envelope(Account) },
  errors: [],
  door,
  example: { answer: one },
});

const readOnly = 'Read-only: what is sent is ignored.';

export const updateAccountProfile = route({
  name: 'updateAccountProfile',
  method: 'PUT',
  path: `${users}/update_profile`,
  tag,
  summary: 'Change your time zone, currency and name; what is left out stays.',
  access: 'user',
  scope: 'write',
  body: Closed({
    timezone: Type.Optional(Type.String({ maxLength: 64, description: 'A name of the IANA time zone database.' })),
    preferred_currency: Type.Optional(Currency),
    first_name: Type.Optional(PersonName),
    last_name: Type.Optional(PersonName),
    account_tier: Type.Optional(Type.String({ maxLength: 32, description: readOnly })),
    max_watchlists: Type.Optional(Nullable(Type.Integer({ description: readOnly }))),
  }),
  answers: { 200: Envelope(Profile) },
  errors: [],
  door,
  example: {
    body: { timezone: 'Europe/Berlin', preferred_currency: 'EUR' },
    answer: { data: { ...profileExample, timezone: 'Europe/Berlin', preferred_currency: 'EUR' }, meta: null, errors: null },
  },
});

export const changeAccountPassword = route({
  name: 'changeAccountPassword',
  method: 'POST',
  path: `${users}/change_password`,
  tag,
  summary: 'A new password. Every session ends: ask for a token again.',
  access: 'user',
  scope: 'session',
  body: Closed({
    old_password: GivenPassword,
    new_password: NewPassword,
    new_password2: Type.Optional(Type.String({ maxLength: 1024, description: 'The same once more, where it is sent.' })),
  }),
  answers: { 200: Envelope(Closed({ detail: Type.String() })) },
  errors: ['weak_password'],
  door,
  example: {
    body: {
      old_password: 'correct horse battery staple',
      new_password: 'a sentence nobody else would say',
      new_password2: 'a sentence nobody else would say',
    },
    answer: { data: { detail: 'The password is changed. Sign in with the new one.' }, meta: null, errors: null },
  },
});

export const accountDoorRoutes = [
  obtainToken,
  renewTokens,
  registerAccount,
  getAccount,
  updateAccountProfile,
  changeAccountPassword,
] as const;
