/** Who is signed in: sessions, their access and refresh tokens, the gate that every request passes. */
export { createAccessTokens } from './access-tokens.ts';
export type { AccessTokens } from './access-tokens.ts';
export { createKnownDevices } from './known-devices.ts';
export type { DeviceBook } from './known-devices.ts';
export { createSessionCookies } from './session-cookies.ts';
export type { SessionCookies } from './session-cookies.ts';
export { bindSessionRoutes, createBrowserSessions, signIn } from './session-routes.ts';
export type { SessionRouteNeeds, SignInNeeds } from './session-routes.ts';
export { findSessionState } from './session-store.ts';
export { SESSIONS_ENDED, createSessionDesk, endOne, openSession, renewSession, tellEnded } from './sessions.ts';
export type { OpenedSession, Opening, SessionNeeds } from './sessions.ts';
export { createTokenGate } from './token-gate.ts';
export type { KeyReader, TokenGate } from './token-gate.ts';
