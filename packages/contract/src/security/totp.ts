/** The second factor: codes of an authenticator app (RFC 6238), and recovery codes for the day the telephone is gone. */
import { Type } from 'typebox';
import { GivenPassword } from '../accounts/shapes.ts';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { Closed, Instant, Nullable } from '../shapes.ts';

const RecoveryCodes = Closed({ recoveryCodes: Type.Array(Type.String(), { description: 'Each is good once. They are shown only here.' }) });
const password = { password: 'correct horse battery staple' };
const codes = { recoveryCodes: ['a7k2x-m9q4twz', 'b3h8p-r5n6yce'] };
const path = '/api/v1/me/mfa/totp';
const common = { tag: 'Security', access: 'user', scope: 'session' } as const;

export const getTotp = route({
  ...common,
  name: 'getTotp',
  method: 'GET',
  path,
  summary: 'Whether the account has a second factor, and how many recovery codes are left.',
  answers: { 200: Closed({ enabled: Type.Boolean(), enabledAt: Nullable(Instant), recoveryCodesLeft: Type.Integer({ minimum: 0 }) }) },
  errors: [],
  example: { answer: { enabled: true, enabledAt: '2026-01-05T14:30:00.000Z', recoveryCodesLeft: 10 } },
});

export const enrolTotp = route({
  ...common,
  name: 'enrolTotp',
  method: 'POST',
  path,
  summary: 'A new secret for an authenticator app. Nothing changes until a code of it is confirmed.',
  body: Closed({ password: GivenPassword }),
  answers: {
    201: Closed({ secret: Type.String({ description: 'Base32, to type in.' }), uri: Type.String({ description: 'To show as QR code.' }) }),
  },
  errors: ['conflict'],
  example: {
    body: password,
    answer: {
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Holdfast:ada%40example.com?issuer=Holdfast&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    },
  },
});

export const confirmTotp = route({
  ...common,
  name: 'confirmTotp',
  method: 'POST',
  path: `${path}/confirm`,
  summary: 'Turns the second factor on with a code of the new secret, and answers the recovery codes.',
  body: Closed({ code: Type.String({ minLength: 6, maxLength: 10 }) }),
  answers: { 200: RecoveryCodes },
  errors: ['conflict'],
  example: { body: { code: '492039' }, answer: codes },
});

export const disableTotp = route({
  ...common,
  name: 'disableTotp',
  method: 'DELETE',
  path,
  summary: 'Turns the second factor off, and forgets its secret and recovery codes.',
  body: Closed({ password: GivenPassword }),
  answers: { 204: null },
  errors: ['conflict'],
  example: { body: password },
});

export const renewRecoveryCodes = route({
  ...common,
  name: 'renewRecoveryCodes',
  method: 'POST',
  path: '/api/v1/me/mfa/recovery-codes',
  summary: 'Ten new recovery codes in place of those there were.',
  body: Closed({ password: GivenPassword }),
  answers: { 200: RecoveryCodes },
  errors: ['conflict'],
  example: { body: password, answer: codes },
});

export const totpRoutes: readonly Route[] = [getTotp, enrolTotp, confirmTotp, disableTotp, renewRecoveryCodes];
