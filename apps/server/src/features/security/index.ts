/** How an account is kept safe beyond its password: second factor, passkeys, API keys, proved addresses, and word of what changed. */
export { bindApiKeyRoutes } from './api-key-routes.ts';
export { createKeyReader } from './api-keys.ts';
export { welcome } from './email-address.ts';
export { createForgottenPasswords } from './forgotten-password.ts';
export { bindMailedRoutes } from './mailed-routes.ts';
export { bindPasskeyRoutes } from './passkey-routes.ts';
export { deletePasskeysOf } from './passkey-store.ts';
export { bindSecondFactorRoutes } from './second-factor-routes.ts';
export { demandFactor } from './demand-factor.ts';
export { createSecondFactor } from './second-factor.ts';
export { createSecretBox } from './secret-box.ts';
export { securityJobs } from './security-jobs.ts';
export { createSecurityNotices } from './tell-security.ts';
export { deleteTotp, hasSecondFactor } from './totp-store.ts';
