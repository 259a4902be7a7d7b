/** The contract as an OpenAPI 3.1 document: every operation with every status and error code it can answer, and examples. */
import type { TObject, TSchema } from 'typebox';
import type { ErrorCode } from './error-codes.ts';
import { ERRORS } from './error-codes.ts';
import { errorAnswers, problemExample } from './open-api-errors.ts';
import type { Answer, Json } from './open-api-errors.ts';
import type { Access, Route } from './route.ts';
import { commonErrors } from './route.ts';
import { Problem } from './shapes.ts';

export interface OpenApiOptions {
  readonly version: string;
}

/** Plain JSON data. Routes appear in the order given, their tags in the order of their first route. */
export function createOpenApi(routes: readonly Route[], { version }: OpenApiOptions): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      summary: 'Portfolio tracking, cash-checked practice trading, alerts, documents and reports on one live API.',
      description: INTRODUCTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server.' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { securitySchemes: SECURITY_SCHEMES, schemas: { Problem: plain(Problem) }, examples: problemExamples(), headers: HEADERS },
  };
}

const INTRODUCTION = `Exact values (money, price, quantity, rate) are decimal strings; in requests also JSON numbers of at most 15 significant digits.
Instants are RFC 3339 in UTC with milliseconds, days are YYYY-MM-DD. Unknown fields of a body are refused. A trailing slash is accepted everywhere.
Lists take \`limit\` and \`cursor\` and answer \`{ items, nextCursor }\`. Errors are application/problem+json with a \`code\` to branch on.
A POST with an effect takes \`Idempotency-Key\`, kept for 24 hours: a repetition answers what the first call answered, with \`Idempotency-Replayed: true\`.`;

const SECURITY_SCHEMES: Json = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of a session, or an API key (hfk_…).' },
  browser: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-holdfast_session',
    description: 'The session cookie of the web app. Writes need the value of the CSRF cookie in X-CSRF-Token.',
  },
};

const SECURITY: Readonly<Record<Access, readonly Json[]>> = {
  public: [],
  market: [{}, { bearer: [] }, { browser: [] }],
  user: [{ bearer: [] }, { browser: [] }],
  admin: [{ bearer: [] }, { browser: [] }],
};

const HEADERS: Json = {
  RequestId: { description: 'The id of the request, also in every log line about it.', schema: { type: 'string' } },
  IdempotencyReplayed: { description: 'true when this is the answer to an earlier request with the same key.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds after which trying again makes sense.', schema: { type: 'integer', minimum: 0 } },
  RateLimitLimit: { description: 'Requests allowed in the present window.', schema: { type: 'integer' } },
  RateLimitRemaining: { description: 'Requests left in the present window.', schema: { type: 'integer' } },
  RateLimitReset: { description: 'Seconds until the window begins anew.', schema: { type: 'integer' } },
};

const WHO: Readonly<Record<Access, string>> = {
  public: 'Open to everybody.',
  market: 'Open to everybody while PUBLIC_MARKET_DATA is on, otherwise to signed-in users.',
  user: 'For signed-in users, who see only what is theirs.',
  admin: 'For administrators.',
};

/** What an API key needs for the route. */
function keysFor({ access, scope }: Route): string | undefined {
  if (access === 'public') return undefined;
  return scope === undefined || scope === 'session' ? 'Not for API keys.' : `API keys need the scope \`${scope}\`.`;
}

function operationOf(route: Route): Json {
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, WHO[route.access], keysFor(route)].filter((part) => part !== undefined).join('\n\n'),
    security: SECURITY[route.access],
    ...listOf('parameters', [
      ...parametersOf('path', route.params, route.example.params),
      ...parametersOf('query', route.query, route.example.query),
      ...headerParameters(route),
    ]),
    ...bodyOf(route),
    responses: merged(answersOf(route), errorAnswers(route, errorsOf(route))),
  };
}

function problemExamples(): Json {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  return Object.fromEntries(codes.map((code) => [code, { summary: ERRORS[code].title, value: problemExample(code) }]));
}

/** A status that is both an answer and an error has the contents of both. */
function merged(answers: Readonly<Record<string, Answer>>, errors: Readonly<Record<string, Answer>>): Record<string, Json> {
  const all: Record<string, Json> = { ...errors };
  for (const [status, answer] of Object.entries(answers)) {
    const error = errors[status];
    all[status] =
      error === undefined
        ? answer
        : { ...answer, headers: { ...error.headers, ...answer.headers }, content: { ...answer.content, ...error.content } };
  }
  return all;
}

/** Every error of a route, once each, by status and then by name. */
export function errorsOf(route: Route): readonly ErrorCode[] {
  const codes = [...new Set([...route.errors, ...commonErrors(route)])];
  return codes.sort((one, other) => ERRORS[one].status - ERRORS[other].status || (one < other ? -1 : 1));
}

function parametersOf(place: 'path' | 'query', schema: TObject | undefined, example: object | undefined): readonly Json[] {
  if (schema === undefined) return [];
  const required = new Set<string>(schema.required ?? []);
  const examples = new Map<string, unknown>(Object.entries(example ?? {}));
  return Object.entries(schema.properties).map(([name, property]) => {
    const { description, ...rest } = plain(property);
    return {
      name,
      in: place,
      required: place === 'path' || required.has(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
      ...(examples.has(name) ? { example: examples.get(name) as Json } : {}),
    };
  });
}

function headerParameters(route: Route): readonly Json[] {
  const key: Json = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Makes a repetition answer what the first call answered, without a second effect.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  };
  return route.idempotent === undefined ? [] : [key];
}

function bodyOf(route: Route): { readonly [field: string]: Json } {
  if (route.upload === 'multipart') {
    const fields = route.body === undefined ? {} : (plain(route.body)['properties'] ?? {});
    const file = { type: 'string', contentMediaType: 'application/octet-stream', description: 'The file.' };
    const schema = { type: 'object', required: ['file'], properties: { ...(fields as object), file } };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (route.body === undefined) return {};
  const example = route.example.body === undefined ? {} : { example: route.example.body as Json };
  return { requestBody: { required: !takesNull(route.body), content: { 'application/json': { schema: plain(route.body), ...example } } } };
}

function answersOf(route: Route): Record<string, Answer> {
  const headers = {
    'X-Request-Id': { $ref: '#/components/headers/RequestId' },
    ...(route.counts === 'never'
      ? {}
      : {
          'RateLimit-Limit': { $ref: '#/components/headers/RateLimitLimit' },
          'RateLimit-Remaining': { $ref: '#/components/headers/RateLimitRemaining' },
          'RateLimit-Reset': { $ref: '#/components/headers/RateLimitReset' },
        }),
    ...(route.idempotent === undefined ? {} : { 'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' } }),
  };
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, schema]): [string, Answer] => {
      const description = DESCRIPTIONS[Number(status)] ?? 'The answer.';
      if (schema === null) return [status, { description, headers }];
      const example = route.example.answer === undefined ? {} : { example: route.example.answer as Json };
      const types = [route.produces ?? 'application/json'].flat();
      const content = Object.fromEntries(types.map((type) => [type, { schema: plain(schema), ...example }]));
      return [status, { description, headers, content }];
    }),
  );
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Taken on; the work goes on.',
  204: 'Done. There is nothing to say.',
  503: 'Not able to serve at the moment.',
};

/** The schema as plain JSON, without what TypeBox keeps beside it. */
function plain(schema: TSchema): { readonly [field: string]: Json } {
  return JSON.parse(JSON.stringify(schema)) as { readonly [field: string]: Json };
}

function takesNull(schema: TSchema): boolean {
  const { anyOf } = plain(schema);
  return Array.isArray(anyOf) && anyOf.some((part: unknown) => (part as { readonly type?: string }).type === 'null');
}

function listOf(name: string, list: readonly Json[]): { readonly [field: string]: Json } {
  return list.length === 0 ? {} : { [name]: list };
}
