/** The error answers of an operation, by status, with every code and an example of each. */
import type { ErrorCode } from './error-codes.ts';
import { ERRORS } from './error-codes.ts';
import type { Route } from './route.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

/** A response object of the document. */
export interface Answer {
  readonly [field: string]: Json;
  readonly description: string;
  readonly headers: { readonly [name: string]: Json };
  readonly content?: { readonly [mediaType: string]: Json };
}

/** Clients of the seeds' documents know no 422. */
function doorStatus(route: Route, status: number): number {
  return route.door !== undefined && status === 422 ? 400 : status;
}

export function errorAnswers(route: Route, codes: readonly ErrorCode[]): Record<string, Answer> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const status = doorStatus(route, ERRORS[code].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries([...byStatus].map(([status, sameStatus]) => [String(status), answerOf(route, status, sameStatus)]));
}

function answerOf(route: Route, status: number, codes: readonly ErrorCode[]): Answer {
  const code = { type: 'string', enum: codes };
  const media =
    route.door === undefined
      ? {
          'application/problem+json': {
            schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { status: { const: status }, code } }] },
            examples: Object.fromEntries(codes.map((each) => [each, { $ref: `#/components/examples/${each}` }])),
          },
        }
      : {
          'application/json': {
            schema: { type: 'object', required: ['detail', 'code'], properties: { detail: { type: 'string' }, code } },
            examples: Object.fromEntries(codes.map((each) => [each, { value: { detail: `${ERRORS[each].title}.`, code: each } }])),
          },
        };
  return {
    description: codes.map((each) => `\`${each}\`: ${ERRORS[each].title}.`).join('\n'),
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/RequestId' },
      ...(status === 429 || status >= 500 ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
    },
    content: media,
  };
}

/** A problem as the server would write it. */
export function problemExample(code: ErrorCode): { readonly [field: string]: Json } {
  const { status, title } = ERRORS[code];
  const figures = code.startsWith('insufficient_') ? { needed: '1204.10', available: '980.00', currency: 'USD' } : {};
  return {
    type: `urn:holdfast:error:${code}`,
    title,
    status,
    code,
    detail: `${title}.`,
    instance: '/api/v1/portfolios',
    requestId: '01936f2e-8c00-7000-8000-000000000009',
    ...figures,
  };
}
