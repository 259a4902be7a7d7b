import { createApiError, isApiError } from './api-error.ts';
import { fetchTellingProgress } from './fetch-telling-progress.ts';
import type { Problem } from './wire/problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type QueryValue = string | number | boolean | null | undefined;

export interface ApiRequest {
  readonly method: Method;
  /** Below `/api/v1`, with ids already encoded by `path`. */
  readonly path: string;
  readonly query?: { readonly [name: string]: QueryValue } | undefined;
  readonly body?: unknown;
  readonly form?: FormData;
  /** Told how much of the form was sent, from 0 to 1, where the surroundings can say. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** In place of the client's own limit, for what takes longer. */
  readonly timeoutMs?: number;
  /** Makes the server answer a repetition with the first answer, so that a retry has one effect. */
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Signing in and renewing must not be renewed themselves. */
  readonly anonymous?: boolean;
}

export interface HttpClientOptions {
  /** Without a trailing slash, for example `https://holdfast.example/api/v1` or `/api/v1`. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly credentials?: RequestCredentials;
  /** Called for each request, so that a token or a CSRF value is always the present one. */
  readonly headers?: (request: ApiRequest) => Readonly<Record<string, string>>;
  /** Called once after a 401; true means the request is worth one more try. Parallel 401s share one call. */
  readonly renew?: () => Promise<boolean>;
  readonly timeoutMs?: number;
}

export type HttpClient = <Answer>(request: ApiRequest) => Promise<Answer>;

/** Fills ids into a path, encoded: path('/quotes/{}', 'BRK/B'). */
export function path(template: string, ...ids: readonly string[]): string {
  let next = 0;
  return template.replaceAll('{}', () => encodeURIComponent(ids[next++] ?? ''));
}

/** A typed fetch: JSON in and out, problem+json as an `ApiError`, one renewal after a 401, a time limit. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  let renewal: Promise<boolean> | null = null;
  const renewOnce = (renew: () => Promise<boolean>): Promise<boolean> => {
    renewal ??= renew().finally(() => {
      renewal = null;
    });
    return renewal;
  };
  return async <Answer>(request: ApiRequest): Promise<Answer> => {
    try {
      return await send<Answer>(options, request);
    } catch (error) {
      const ended = request.anonymous !== true && isEndedSession(error);
      if (!ended || options.renew === undefined || !(await renewOnce(options.renew))) throw error;
      return send<Answer>(options, request);
    }
  };
}

/** A wrong password is a 401 as well, and no renewal helps against it. */
function isEndedSession(error: unknown): boolean {
  return isApiError(error) && (error.code === 'unauthenticated' || error.code === 'http_401');
}

async function send<Answer>(options: HttpClientOptions, request: ApiRequest): Promise<Answer> {
  const limit = AbortSignal.timeout(request.timeoutMs ?? options.timeoutMs ?? 30_000);
  const signal = request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]);
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.(request) };
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  if (request.idempotencyKey !== undefined) headers['idempotency-key'] = request.idempotencyKey;
  const init: RequestInit = { method: request.method, headers, signal, credentials: options.credentials ?? 'omit' };
  if (request.form !== undefined) init.body = request.form;
  else if (request.body !== undefined) init.body = JSON.stringify(request.body);
  let response: Response;
  try {
    response = await fetcherOf(options, request)(options.baseUrl + request.path + queryText(request.query), init);
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw unanswered(limit.aborted);
  }
  return answerOf<Answer>(response);
}

/** The browser's fetch does not say how much was sent; its elder does. */
function fetcherOf(options: HttpClientOptions, { onProgress }: ApiRequest): (address: string, init: RequestInit) => Promise<Response> {
  const tells = onProgress !== undefined && options.fetch === undefined && typeof XMLHttpRequest !== 'undefined';
  return tells ? fetchTellingProgress(onProgress) : (options.fetch ?? globalThis.fetch);
}

function queryText(query: ApiRequest['query']): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const text = await response.text();
  const parsed = parse(text);
  if (response.ok) return parsed as Answer;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  throw createApiError(problemOf(response, parsed), Number.isFinite(wait) ? wait : null);
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf(response: Response, body: unknown): Problem {
  const known = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  return {
    ...known,
    type: known.type ?? 'about:blank',
    title: known.title ?? response.statusText,
    status: response.status,
    code: known.code ?? `http_${String(response.status)}`,
    detail: known.detail ?? known.title ?? `The server answered ${String(response.status)}.`,
  };
}

function unanswered(timedOut: boolean): Error {
  return createApiError({
    type: 'about:blank',
    title: 'No answer',
    status: 0,
    code: timedOut ? 'timed_out' : 'network_unreachable',
    detail: timedOut ? 'The server did not answer in time.' : 'The server could not be reached.',
  });
}
