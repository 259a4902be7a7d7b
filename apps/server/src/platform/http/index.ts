/** HTTP for features: routes of the contract bound to use cases, errors by code, exact values, cursors. */
export { AppError, notFound } from './app-error.ts';
export type { ErrorExtras } from './app-error.ts';
export { API_KEY_PREFIX, CSRF_COOKIE, SESSION_COOKIE, isWithinScope } from './caller.ts';
export type { Caller, Gate, Role } from './caller.ts';
export { page, readCursor, writeCursor } from './cursor.ts';
export { cookieValue, hostName } from './entrance.ts';
export type { LimitDecision, Limiter } from './entrance.ts';
export { exactInput, exactNumber } from './exact-input.ts';
export { createHttpServer } from './http-server.ts';
export type { HttpOptions } from './http-server.ts';
export { claimKey, KEYS_KEPT_MS, keyReused, onlyOnce, requestHash } from './idempotency.ts';
export type { KeyedRequest } from './idempotency.ts';
export { knownError } from './problem.ts';
export { Answer, Serialised, serve } from './serve.ts';
export type { Ask, ServeContext, UseCase } from './serve.ts';
