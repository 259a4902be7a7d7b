/** What is proved by a mailed token: that an address is the user's, and that whoever forgot a password may choose a new one. */
import { Type } from 'typebox';
import { GivenPassword, NewPassword } from '../accounts/shapes.ts';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { Closed, Email, Instant, Nullable } from '../shapes.ts';

const MailedToken = Type.String({ minLength: 1, maxLength: 200, description: 'From the link in the mail.' });
const common = { tag: 'Security', access: 'user', scope: 'session' } as const;
const open = { tag: 'Sessions', access: 'public' } as const;
const token = 'hfm_pQ7tVn2cXz5bA8dK0fLw3gYhJr6sUeM1';

export const forgetPassword = route({
  ...open,
  name: 'forgetPassword',
  method: 'POST',
  path: '/api/v1/auth/password/forgot',
  summary: 'Mails a link to choose a new password. Answers the same whether there is such an account or not.',
  body: Closed({ email: Email }),
  answers: { 204: null },
  errors: [],
  example: { body: { email: 'ada@example.com' } },
});

export const resetPassword = route({
  ...open,
  name: 'resetPassword',
  method: 'POST',
  path: '/api/v1/auth/password/reset',
  summary: 'Chooses a new password with the mailed token, which is good once and for an hour. Every session and API key ends.',
  body: Closed({ token: MailedToken, password: NewPassword }),
  answers: { 204: null },
  errors: ['weak_password', 'invalid_token'],
  example: { body: { token, password: 'a sentence nobody else would say' } },
});

export const verifyEmail = route({
  ...open,
  name: 'verifyEmail',
  method: 'POST',
  path: '/api/v1/auth/email/verify',
  summary: 'Proves an address with the mailed token: the one the account was opened with, or the one it changes to.',
  body: Closed({ token: MailedToken }),
  answers: { 200: Closed({ email: Email }) },
  errors: ['invalid_token', 'email_taken'],
  example: { body: { token }, answer: { email: 'ada@example.com' } },
});

export const getEmail = route({
  ...common,
  name: 'getEmail',
  method: 'GET',
  path: '/api/v1/me/email',
  summary: 'The address, whether it is proved, and the one it is about to change to.',
  answers: { 200: Closed({ email: Email, verifiedAt: Nullable(Instant), pendingEmail: Nullable(Email) }) },
  errors: [],
  example: { answer: { email: 'ada@example.com', verifiedAt: '2026-01-05T14:30:00.000Z', pendingEmail: null } },
});

export const sendVerification = route({
  ...common,
  name: 'sendVerification',
  method: 'POST',
  path: '/api/v1/me/email/verification',
  summary: 'Mails the link that proves the address once more.',
  answers: { 204: null },
  errors: ['conflict'],
  example: {},
});

export const changeEmail = route({
  ...common,
  name: 'changeEmail',
  method: 'POST',
  path: '/api/v1/me/email',
  summary: 'Mails a link to the new address. The address changes when the link is used; the old one is told.',
  body: Closed({ email: Email, password: GivenPassword }),
  answers: { 204: null },
  errors: ['conflict'],
  example: { body: { email: 'ada.lovelace@example.com', password: 'correct horse battery staple' } },
});

export const mailedRoutes: readonly Route[] = [forgetPassword, resetPassword, verifyEmail, getEmail, sendVerification, changeEmail];
