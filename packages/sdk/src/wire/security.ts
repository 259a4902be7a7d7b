import type { AnswerOf, BodyOf } from '@holdfast/contract';
import type {
  addPasskey,
  changeEmail,
  confirmTotp,
  createApiKey,
  enrolTotp,
  getEmail,
  getTotp,
  listApiKeys,
  listPasskeys,
  loginWithPasskey,
  resetPassword,
} from '@holdfast/contract/security';

export type TotpState = AnswerOf<typeof getTotp>;
/** The secret of an authenticator app, to type in and to show as QR code. */
export type TotpSecret = AnswerOf<typeof enrolTotp>;
export type RecoveryCodes = AnswerOf<typeof confirmTotp>;
export type Passkey = AnswerOf<typeof listPasskeys>['items'][number];
/** What navigator.credentials.create() gave, as JSON. */
export type NewPasskey = BodyOf<typeof addPasskey>;
/** What navigator.credentials.get() gave, as JSON. */
export type PasskeyProof = BodyOf<typeof loginWithPasskey>;
export type ApiKey = AnswerOf<typeof listApiKeys>['items'][number];
export type ApiKeyWish = BodyOf<typeof createApiKey>;
export type NewApiKey = AnswerOf<typeof createApiKey>;
export type ApiKeyScope = ApiKeyWish['scopes'][number];
export type EmailState = AnswerOf<typeof getEmail>;
export type EmailChange = BodyOf<typeof changeEmail>;
export type PasswordReset = BodyOf<typeof resetPassword>;
