/** The user's own account, and what an administrator may do with the accounts of others. */
import { Type } from 'typebox';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { Closed, Currency, Id, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';
import { AdminUser, GivenPassword, NewPassword, PersonName, Role, User, Username, adminUserExample, userExample } from './shapes.ts';

export { AdminUser, GivenPassword, NewPassword, PersonName, PlanLimits, Role, User, Username, userExample } from './shapes.ts';

export const getMe = route({
  name: 'getMe',
  method: 'GET',
  path: '/api/v1/me',
  tag: 'Accounts',
  summary: 'The signed-in user.',
  access: 'user',
  scope: 'read',
  answers: { 200: User },
  errors: [],
  example: { answer: userExample },
});

export const changeMe = route({
  name: 'changeMe',
  method: 'PATCH',
  path: '/api/v1/me',
  tag: 'Accounts',
  summary: 'Changes what is given, leaves the rest.',
  access: 'user',
  scope: 'write',
  body: Closed({
    username: Type.Optional(Nullable(Username)),
    firstName: Type.Optional(Nullable(PersonName)),
    lastName: Type.Optional(Nullable(PersonName)),
    timezone: Type.Optional(Type.String({ maxLength: 64, description: 'A name of the IANA time zone database.' })),
    locale: Type.Optional(Type.String({ maxLength: 35, description: 'A BCP 47 language tag.' })),
    baseCurrency: Type.Optional(Currency),
  }),
  answers: { 200: User },
  errors: ['username_taken'],
  example: { body: { timezone: 'Europe/London', firstName: 'Ada' }, answer: userExample },
});

export const closeMe = route({
  name: 'closeMe',
  method: 'DELETE',
  path: '/api/v1/me',
  tag: 'Accounts',
  summary: 'Deactivates the account; with erase=true and the password it is erased for good, with all it owns.',
  access: 'user',
  scope: 'session',
  query: Closed({ erase: Type.Optional(Type.Boolean({ default: false })) }),
  body: Nullable(Closed({ password: Type.Optional(GivenPassword) })),
  answers: { 204: null },
  errors: ['conflict'],
  example: { query: { erase: true }, body: { password: 'correct horse battery staple' } },
});

export const changePassword = route({
  name: 'changePassword',
  method: 'POST',
  path: '/api/v1/me/password',
  tag: 'Accounts',
  summary: 'A new password. Every session ends; the browser that asked goes on with a new one, other clients sign in again.',
  access: 'user',
  scope: 'session',
  body: Closed({ currentPassword: GivenPassword, newPassword: NewPassword }),
  answers: { 204: null },
  errors: ['weak_password'],
  example: { body: { currentPassword: 'correct horse battery staple', newPassword: 'a sentence nobody else would say' } },
});

const userParams = Closed({ id: Id });
const idExample = { id: userExample.id };

export const listUsers = route({
  name: 'listUsers',
  method: 'GET',
  path: '/api/v1/admin/users',
  tag: 'Administration',
  summary: 'All accounts: search, filter, sort, page.',
  access: 'admin',
  scope: 'admin',
  query: Closed({
    ...PageQuery,
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of e-mail, user name, first or last name.' })),
    role: Type.Optional(Role),
    isActive: Type.Optional(Type.Boolean()),
    sort: Type.Optional(
      OneOf(['createdAt', '-createdAt', 'email', '-email'] as const, { description: 'Default: -createdAt, newest first.' }),
    ),
  }),
  answers: { 200: Page(AdminUser) },
  errors: [],
  example: { query: { search: 'ada', limit: 50 }, answer: { items: [adminUserExample], nextCursor: null } },
});

export const getUser = route({
  name: 'getUser',
  method: 'GET',
  path: '/api/v1/admin/users/{id}',
  tag: 'Administration',
  summary: 'One account.',
  access: 'admin',
  scope: 'admin',
  params: userParams,
  answers: { 200: AdminUser },
  errors: [],
  example: { params: idExample, answer: adminUserExample },
});

export const changeUser = route({
  name: 'changeUser',
  method: 'PATCH',
  path: '/api/v1/admin/users/{id}',
  tag: 'Administration',
  summary: 'Changes the role, deactivates or reactivates, signs out everywhere. Any of it ends every session of that user at once.',
  access: 'admin',
  scope: 'admin',
  params: userParams,
  body: Closed({
    role: Type.Optional(Role),
    isActive: Type.Optional(Type.Boolean()),
    signOut: Type.Optional(Type.Literal(true, { description: 'Ends every session of the user.' })),
  }),
  answers: { 200: AdminUser },
  errors: ['conflict'],
  example: { params: idExample, body: { role: 'premium' }, answer: { ...adminUserExample, role: 'premium' } },
});

export const accountsRoutes: readonly Route[] = [getMe, changeMe, closeMe, changePassword, listUsers, getUser, changeUser];
