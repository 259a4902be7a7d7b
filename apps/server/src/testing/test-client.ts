/** Requests into the app without a network, each answer held against the contract. */
import type { Route } from '@holdfast/contract';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { cookieValue } from '../platform/http/index.ts';
import { faultsOfAnswer } from './check-answer.ts';
import { rememberOperation } from './seen-operations.ts';

export interface TestAnswer {
  readonly status: number;
  /** The parsed body, or null when there is none. */
  readonly body: unknown;
  /** The parsed body as the type that the test expects; the contract was checked already. */
  as<Body>(): Body;
  /** The error's code, or undefined. */
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  /** As it came, for files. */
  readonly bytes: Buffer;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly remoteAddress?: string;
  /** For multipart and for bodies that are not JSON; set the content type too. */
  readonly payload?: Buffer | string;
}

export interface TestClient {
  get(url: string, options?: AskOptions): Promise<TestAnswer>;
  post(url: string, body?: unknown, options?: AskOptions): Promise<TestAnswer>;
  put(url: string, body?: unknown, options?: AskOptions): Promise<TestAnswer>;
  patch(url: string, body?: unknown, options?: AskOptions): Promise<TestAnswer>;
  delete(url: string, body?: unknown, options?: AskOptions): Promise<TestAnswer>;
}

/** Lets answers be traced back to their routes. To be called before the app is ready. */
export function traceRoutes(http: FastifyInstance): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  // Not onRequest: a request that the entrance refuses reaches no further hook of that kind.
  for (const scope of [http, http.uploads]) {
    scope.addHook('onSend', async (request) => {
      const { contract } = request.routeOptions.config;
      if (contract !== undefined) routes.set(request.id, contract);
    });
  }
  return routes;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ClientOptions {
  readonly http: FastifyInstance;
  readonly routes: ReadonlyMap<string, Route>;
  /** Asked for each request. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly onHeaders?: (headers: TestAnswer['headers']) => void;
}

export function createTestClient(client: ClientOptions): TestClient {
  const ask = async (method: Method, url: string, options: AskOptions & { readonly body?: unknown }): Promise<TestAnswer> => {
    const { body, payload, remoteAddress } = options;
    const answer = await client.http.inject({
      method,
      url: url.startsWith('/') ? url : `/api/v1/${url}`,
      headers: { host: 'localhost', ...client.headers(), ...options.headers },
      ...(payload === undefined ? {} : { payload }),
      ...(body === undefined ? {} : { payload: body as NonNullable<InjectOptions['payload']> }),
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    });
    client.onHeaders?.(answer.headers);
    return checked(`${method} ${url}`, client.routes.get(String(answer.headers['x-request-id'])) ?? null, {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      bytes: answer.rawPayload,
    });
  };
  return {
    get: (url, options = {}) => ask('GET', url, options),
    post: (url, body, options = {}) => ask('POST', url, { ...options, body }),
    put: (url, body, options = {}) => ask('PUT', url, { ...options, body }),
    patch: (url, body, options = {}) => ask('PATCH', url, { ...options, body }),
    delete: (url, body, options = {}) => ask('DELETE', url, { ...options, body }),
  };
}

function checked(asked: string, route: Route | null, answer: Pick<TestAnswer, 'status' | 'headers' | 'text' | 'bytes'>): TestAnswer {
  const { status, headers, text } = answer;
  const contentType = headers['content-type']?.toString();
  const isPage = route === null && status < 400;
  const faults = isPage ? [] : faultsOfAnswer(route, { status, contentType, text });
  if (faults.length > 0) throw new Error(`${asked} broke the contract:\n  ${faults.join('\n  ')}\n${status} ${text.slice(0, 2_000)}`);
  const body: unknown = contentType?.includes('json') === true && text !== '' ? JSON.parse(text) : text === '' ? null : text;
  const code = status >= 400 && typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : undefined;
  if (route !== null) rememberOperation(route.name, status, code ?? null);
  return { status, headers, text, bytes: answer.bytes, body, code, as: <Body>() => body as Body };
}

/** A browser: it keeps cookies by name, and a page's script sends the CSRF value and says who it is. */
export function createTestBrowser(
  client: Omit<ClientOptions, 'headers' | 'onHeaders'>,
): TestClient & { readonly cookies: ReadonlyMap<string, string> } {
  const cookies = new Map<string, string>();
  const onHeaders = (headers: TestAnswer['headers']) => {
    const lines = headers['set-cookie'];
    for (const line of Array.isArray(lines) ? lines : lines === undefined ? [] : [String(lines)]) {
      const name = line.slice(0, line.indexOf('='));
      const value = cookieValue(line, name) ?? '';
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
  };
  const headers = () => {
    const csrf = cookies.get('holdfast_csrf') ?? cookies.get('__Host-holdfast_csrf');
    return {
      'x-holdfast-client': 'web',
      ...(cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
    };
  };
  return { ...createTestClient({ ...client, headers, onHeaders }), cookies };
}
