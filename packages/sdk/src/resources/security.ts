import { path, type HttpClient } from '../http-client.ts';
import type { SignedIn } from '../wire/account.ts';
import type { Page } from '../wire/page.ts';
import type {
  ApiKey,
  ApiKeyWish,
  EmailChange,
  EmailState,
  NewApiKey,
  NewPasskey,
  Passkey,
  PasskeyProof,
  PasswordReset,
  RecoveryCodes,
  TotpSecret,
  TotpState,
} from '../wire/security.ts';

/** Second factor, passkeys, API keys, and what is proved by mail. */
export function securityCalls(http: HttpClient) {
  return Object.freeze({
    totp: (signal?: AbortSignal) => http<TotpState>({ method: 'GET', path: '/me/mfa/totp', signal }),
    enrolTotp: (password: string) => http<TotpSecret>({ method: 'POST', path: '/me/mfa/totp', body: { password } }),
    confirmTotp: (code: string) => http<RecoveryCodes>({ method: 'POST', path: '/me/mfa/totp/confirm', body: { code } }),
    disableTotp: (password: string) => http<undefined>({ method: 'DELETE', path: '/me/mfa/totp', body: { password } }),
    renewRecoveryCodes: (password: string) => http<RecoveryCodes>({ method: 'POST', path: '/me/mfa/recovery-codes', body: { password } }),
    passkeys: (signal?: AbortSignal) => http<{ items: Passkey[] }>({ method: 'GET', path: '/me/passkeys', signal }),
    /** What the browser needs to make a passkey. */
    startPasskey: (password: string) => http<{ challenge: string }>({ method: 'POST', path: '/me/passkeys/options', body: { password } }),
    addPasskey: (body: NewPasskey) => http<Passkey>({ method: 'POST', path: '/me/passkeys', body }),
    renamePasskey: (id: string, name: string) => http<Passkey>({ method: 'PATCH', path: path('/me/passkeys/{}', id), body: { name } }),
    removePasskey: (id: string, password: string) =>
      http<undefined>({ method: 'DELETE', path: path('/me/passkeys/{}', id), body: { password } }),
    startPasskeyLogin: () => http<{ challenge: string }>({ method: 'POST', path: '/auth/passkeys/options', anonymous: true }),
    loginWithPasskey: (body: PasskeyProof) => http<SignedIn>({ method: 'POST', path: '/auth/passkeys', body, anonymous: true }),
    apiKeys: (signal?: AbortSignal) => http<Page<ApiKey>>({ method: 'GET', path: '/me/api-keys', query: { limit: 100 }, signal }),
    createApiKey: (body: ApiKeyWish, idempotencyKey?: string) =>
      http<NewApiKey>({ method: 'POST', path: '/me/api-keys', body, idempotencyKey }),
    revokeApiKey: (id: string) => http<undefined>({ method: 'DELETE', path: path('/me/api-keys/{}', id) }),
    revokeOtherSessions: () => http<undefined>({ method: 'DELETE', path: '/me/sessions' }),
    email: (signal?: AbortSignal) => http<EmailState>({ method: 'GET', path: '/me/email', signal }),
    changeEmail: (body: EmailChange) => http<undefined>({ method: 'POST', path: '/me/email', body }),
    sendVerification: () => http<undefined>({ method: 'POST', path: '/me/email/verification' }),
    verifyEmail: (token: string) =>
      http<{ email: string }>({ method: 'POST', path: '/auth/email/verify', body: { token }, anonymous: true }),
    forgetPassword: (email: string) => http<undefined>({ method: 'POST', path: '/auth/password/forgot', body: { email }, anonymous: true }),
    resetPassword: (body: PasswordReset) => http<undefined>({ method: 'POST', path: '/auth/password/reset', body, anonymous: true }),
    /** Deactivates the account, or erases it and all it owns for good. */
    leave: ({ erase, password }: { readonly erase: boolean; readonly password: string }) =>
      http<undefined>({ method: 'DELETE', path: '/me', query: { erase }, body: { password } }),
  });
}
