/** How an account is kept safe: the second factor, passkeys, keys for programs, and what is proved by mail. */
import type { Route } from '../route.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { mailedRoutes } from './mailed.ts';
import { passkeyRoutes } from './passkeys.ts';
import { totpRoutes } from './totp.ts';

export { ApiKey, createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
export { changeEmail, forgetPassword, getEmail, resetPassword, sendVerification, verifyEmail } from './mailed.ts';
export {
  Passkey,
  addPasskey,
  listPasskeys,
  loginWithPasskey,
  removePasskey,
  renamePasskey,
  startPasskey,
  startPasskeyLogin,
} from './passkeys.ts';
export { Scope } from './scopes.ts';
export { confirmTotp, disableTotp, enrolTotp, getTotp, renewRecoveryCodes } from './totp.ts';

export const securityRoutes: readonly Route[] = [...totpRoutes, ...passkeyRoutes, ...apiKeyRoutes, ...mailedRoutes];
