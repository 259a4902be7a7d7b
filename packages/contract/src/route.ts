/** A route as data. The server binds a use case to it, the documents and the client are made from it. */
import type { Static, TObject, TSchema } from 'typebox';
import type { ErrorCode } from './error-codes.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call: `public` anybody; `market` anybody while PUBLIC_MARKET_DATA is on, else a signed-in user;
 * `user` a signed-in user, who only ever sees what is theirs; `admin` an administrator.
 */
export type Access = 'public' | 'market' | 'user' | 'admin';

/**
 * What an API key needs to call the route: one of its scopes. `session` is never for keys, since whoever holds one must not be able to
 * make another, or to change how the user signs in. A route that names nothing is closed to keys.
 */
export type RouteScope = 'read' | 'trade' | 'write' | 'admin' | 'session';

export interface Route {
  /** Unique, camelCase: the operationId, and the method's name in the client. */
  readonly name: string;
  readonly method: Method;
  /** With `{name}` for parameters, e.g. /api/v1/portfolios/{id}. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly scope?: RouteScope;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
  /** `multipart` takes a file instead of JSON; `none` for everything else. */
  readonly upload?: 'multipart';
  /** What it answers when it succeeds, by status. `null` is an empty answer. */
  readonly answers: Readonly<Record<number, TSchema | null>>;
  /** Media type of the answer when it is not JSON, or those it may have. */
  readonly produces?: string | readonly string[];
  /** Errors beyond those every route can answer (see `commonErrors`). */
  readonly errors: readonly ErrorCode[];
  /** A POST with an effect takes Idempotency-Key; `secret`: the answer shows a secret, which is never replayed. */
  readonly idempotent?: 'replayed' | 'secret' | 'by-the-desk';
  /** `burst`: not against the hourly quota (orders). `never`: against no limit (probes). Left out: against all that apply. */
  readonly counts?: 'burst' | 'never';
  /** May run longer than the usual limit, milliseconds. */
  readonly timeoutMs?: number;
  /** Answers in the shape of a seed's own document: that door's error shape and 400 instead of 422. */
  readonly door?: 'tickers' | 'analytics' | 'watchlist';
  readonly example: { readonly params?: object; readonly query?: object; readonly body?: unknown; readonly answer?: unknown };
}

export function route<const R extends Route>(definition: R): R {
  return definition;
}

export type ParamsOf<R extends Route> = R['params'] extends TSchema ? Static<R['params']> : Record<string, never>;
export type QueryOf<R extends Route> = R['query'] extends TSchema ? Static<R['query']> : Record<string, never>;
export type BodyOf<R extends Route> = R['body'] extends TSchema ? Static<R['body']> : undefined;
type AnswerSchemas<R extends Route> = R['answers'][keyof R['answers']];
export type AnswerOf<R extends Route> =
  AnswerSchemas<R> extends infer S ? (S extends TSchema ? Static<S> : S extends null ? undefined : never) : never;

/** The errors that a route can answer without saying so itself. */
export function commonErrors(definition: Route): readonly ErrorCode[] {
  const errors: ErrorCode[] = ['rate_limited', 'internal', 'unavailable', 'timeout', 'unknown_host'];
  if (definition.access !== 'public') errors.push('unauthenticated', 'insufficient_scope');
  if (definition.access === 'admin') errors.push('forbidden');
  if (definition.params !== undefined) errors.push('not_found');
  if (definition.query !== undefined || definition.params !== undefined) errors.push('invalid_value');
  if (definition.body !== undefined) errors.push('unparsable', 'invalid_value', 'unknown_field', 'too_large', 'unsupported_media_type');
  if (definition.idempotent !== undefined) errors.push('idempotency_key_reused', 'request_in_progress');
  if (definition.idempotent === 'secret') errors.push('secret_already_shown');
  // Also on public routes: a browser that is signed in sends its cookie there too.
  if (definition.method !== 'GET') errors.push('csrf_failed');
  return errors;
}
